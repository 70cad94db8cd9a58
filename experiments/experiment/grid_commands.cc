// SPDX-License-Identifier: Apache-2.0
#include "experiments/experiment/grid_commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>

#include "experiments/cli/shell.h"
#include "experiments/comparison/comparison_facts.h"
#include "experiments/comparison/comparison_report.h"
#include "experiments/records/provenance.h"
#include "experiments/report/text_table.h"
#include "experiments/runs/archive.h"
#include "experiments/runs/explain.h"
#include "experiments/runs/record_commands.h"
#include "network/folds.h"
#include "network/resolved_settings.h"
#include "network/synthetic.h"

namespace lanegrad {
namespace {

// What was asked for, as the records tell it.
std::string PlanOfRecords(const std::vector<RunRecord>& runs) {
  const ComparisonFacts facts = FactsOfRecords(runs);
  Json axes = Json::object();
  for (const Axis& axis : facts.grid) axes[axis.setting] = axis.values;
  Json command;
  const Json provenance = Json::parse(runs.back().provenance);
  if (provenance.contains("command")) command = provenance["command"];
  const Json plan = {{"command", command},
                     {"data", {{"name", facts.data}, {"checksum", facts.checksum}}},
                     {"numeric_version", kNumericVersion},
                     {"vary", axes},
                     {"tune", facts.searched},
                     {"seeds", facts.tune_seeds},
                     {"final-seeds", facts.final_seeds},
                     {"runs", runs.size()},
                     {"digest", JointDigest(runs)}};
  return plan.dump(2) + "\n";
}

}  // namespace

int ExplainCommand(const Protocol& protocol, const TuningPlan& plan, const Dataset& data) {
  std::vector<std::string> open = protocol.search.settings;
  if (const Axis* rates = FindAxis(protocol.grid, "rate"); rates != nullptr && open.empty()) {
    open.emplace_back("rate");
    fmt::print("{}", WrapText(fmt::format("The rate η of each cell is one of {}.",
                                          fmt::join(rates->values, ", ")),
                              "", kExplainColumns));
  }
  for (const std::string& name : protocol.search.settings) {
    fmt::print("{}",
               WrapText(fmt::format("{} is tuned: {}.", name,
                                    RangeText(FieldNamed(name).search(plan.runs.front().settings))),
                        "", kExplainColumns));
  }
  std::vector<std::string> said;
  const auto say = [&](const std::string& text) {
    if (std::find(said.begin(), said.end(), text) != said.end()) return;
    said.push_back(text);
    fmt::print("\n{}", text);
  };
  for (const PlannedRun& run : plan.runs) say(ExplainLoss(Resolve(run.settings, data), open));
  for (const PlannedRun& run : plan.runs) say(ExplainUpdate(Resolve(run.settings, data), open));
  return kDone;
}

int ArchiveCommand(const GridFlags& flags) {
  std::vector<std::string> notices;
  const std::vector<RunRecord> runs = RunsIn(ReadResults(flags.common.output, notices));
  std::map<std::string, std::string> more = {{"plan.json", PlanOfRecords(runs)},
                                             {"environment.json", Provenance().dump(2) + "\n"}};
  const std::size_t files = WriteArchive(flags.common.output, more, flags.archive);
  fmt::print("{}: {} files, {} runs, digest {}\nTo check it elsewhere:\n  {} --verify {}\n",
             flags.archive, files, runs.size(), JointDigest(runs), flags.experiment->name,
             ShellWord(flags.archive));
  return kDone;
}

int VerifyArchiveCommand(const GridFlags& flags, bool data_given) {
  const TemporaryDirectory directory;
  const std::filesystem::path folder = OpenArchive(flags.verify_archive, directory.path());
  fmt::print("{}: every file has its checksum\n", flags.verify_archive);
  std::vector<std::string> notices;
  const std::vector<RunRecord> runs = RunsIn(ReadResults(folder, notices));
  const auto known = SyntheticSets();
  const bool synthetic = std::any_of(
      known.begin(), known.end(), [&](const auto& set) { return set.name == runs.front().data; });
  DataSource source = flags.common.source;
  if (synthetic && !data_given) source.data = runs.front().data;
  // Records of folds are of whole tables.
  source.whole = runs.front().settings.fold != kNoFold;
  const Dataset data = LoadData(source);
  return VerifyCommand(folder, flags.sample, data, flags.common.threads, flags.loudness());
}

}  // namespace lanegrad
