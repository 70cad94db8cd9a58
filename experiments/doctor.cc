/// @file
/// What this machine has and lacks for the work, one line each, with a remedy.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "experiments/cli/program_options.h"
#include "experiments/cli/progress.h"
#include "experiments/doctor/checks.h"
#include "experiments/records/provenance.h"
#include "experiments/report/fitted_table.h"

namespace lanegrad {
namespace {

void Print(const Finding& finding) {
  const std::string_view arrow = finding.remedy.empty()                   ? ""
                                 : finding.condition == Condition::kFault ? " -> remedy: "
                                                                          : " -> ";
  fmt::print("{}", HangingText(fmt::format("{:<5}  {:<12}  ", ConditionName(finding.condition),
                                           finding.subject),
                               fmt::format("{}{}{}", finding.text, arrow, finding.remedy),
                               TerminalColumns(STDOUT_FILENO)));
}

Json ToJson(const std::vector<Finding>& findings, std::size_t faults) {
  Json json = {{"faults", faults}, {"findings", Json::array()}, {"provenance", Provenance()}};
  for (const Finding& finding : findings) {
    json["findings"].push_back({{"subject", finding.subject},
                                {"condition", ConditionName(finding.condition)},
                                {"text", finding.text},
                                {"remedy", finding.remedy}});
  }
  return json;
}

std::size_t Count(const std::vector<Finding>& findings, Condition condition) {
  return static_cast<std::size_t>(
      std::count_if(findings.begin(), findings.end(),
                    [&](const Finding& finding) { return finding.condition == condition; }));
}

int RunChecks(const CommonOptions& options) {
  // Not ApplyCommonOptions(): it would refuse a machine whose faults are to be told.
  ApplyTarget(options.target);
  const Environment environment = {
      .data = options.source.data, .output = options.output, .target = options.target};
  std::vector<Finding> findings;
  for (const Check check : Checks()) {
    for (Finding& finding : check(environment)) {
      if (!options.json) Print(finding);
      findings.push_back(std::move(finding));
    }
  }
  const std::size_t faults = Count(findings, Condition::kFault),
                    notes = Count(findings, Condition::kNote);
  if (options.json) {
    fmt::print("{}\n", JsonText(ToJson(findings, faults), 1));
  } else {
    fmt::print("\n{} fault{}, {} note{}{}\n", faults == 0 ? "no" : fmt::format("{}", faults),
               faults == 1 ? "" : "s", notes, notes == 1 ? "" : "s", faults == 0 ? ": ready" : "");
  }
  return faults == 0 ? kDone : kClaimFailed;
}

int Main(int argc, char** argv) {
  CommandLine line(
      "doctor",
      "Says what this machine has and lacks: processor, arithmetic, threads, memory, data, disk. "
      "Each line is ok, a note (results are right all the same) or a fault, with its remedy.");
  CommonOptions options;
  options.output = "results";
  AddCommonOptions(line, options);
  line.Remove("--threads");
  line.Remove("--quiet");
  line.Remove("--pdf");
  line.Note("Exit code 1 says: there is a fault.");
  return line.Run(argc, argv, [&] { return RunChecks(options); });
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) { return lanegrad::Main(argc, argv); }
