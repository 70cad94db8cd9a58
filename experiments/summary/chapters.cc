// SPDX-License-Identifier: Apache-2.0
#include "experiments/summary/chapters.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>

#include "experiments/cli/child_process.h"
#include "experiments/cli/command_line.h"
#include "experiments/cli/interrupt.h"
#include "experiments/experiment/claims_file.h"
#include "experiments/summary/stored_digests.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

// Names of fields: where claims of times differ from one machine to the next, they are kept apart.
std::string CountName(std::string_view verdict, bool article) {
  std::string name = fmt::format("{}{}", article ? "article_" : "other_", verdict);
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
}

// The counts are there whether or not a claim of the kind is.
void SetCounts(Fields& fields, const std::vector<RecordedClaim>& claims, bool of_this_machine) {
  for (const bool article : {true, false}) {
    for (const std::string_view verdict : kVerdictNames) {
      fields.Set(CountName(verdict, article),
                 static_cast<double>(
                     std::count_if(claims.begin(), claims.end(), [&](const RecordedClaim& each) {
                       return each.of_this_machine == of_this_machine && each.verdict == verdict &&
                              each.source.starts_with("article") == article;
                     })));
    }
  }
  fields.Set("unexpected", static_cast<double>(std::count_if(
                               claims.begin(), claims.end(), [&](const RecordedClaim& each) {
                                 return each.of_this_machine == of_this_machine &&
                                        !each.as_expected;
                               })));
}

std::string StoredDigest(std::string_view experiment, std::string_view profile) {
  for (const StoredDigests& each : kStoredDigests) {
    if (each.experiment != experiment) continue;
    return std::string(profile == "quick"     ? each.quick
                       : profile == "default" ? each.standard
                                              : std::string_view());
  }
  return {};
}

// [summary-chapter]
void RunChapter(const Scope& scope, const std::string& name, Measurement& row) {
  const fs::path program = fs::read_symlink("/proc/self/exe").parent_path() / name;
  const fs::path results = fs::path(scope.output) / name;
  std::vector<std::string> command = {program.string(), "--quiet",
                                      "--output",       results.string(),
                                      "--threads",      fmt::format("{}", scope.threads)};
  if (scope.profile != "default") command.push_back(fmt::format("--{}", scope.profile));
  const auto begin = std::chrono::steady_clock::now();
  const ChildEnd end = RunToEnd(command);
  if (InterruptRequested()) return;
  // A verdict that is not the expected one is a finding of this chapter, not its failure.
  if (end.exit_code != kDone && end.exit_code != kClaimFailed) {
    throw DataError(fmt::format("{}: ended with exit code {}: {}", name, end.exit_code, end.said));
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  const RecordedClaims read = ReadClaims(results);
  row.values.Set("title", read.title);
  row.values.Set("digest", read.digest);
  const std::string stored = StoredDigest(name, scope.profile);
  // What is stored is no outcome; so it is in no digest.
  row.machine.Set("digest_differs", !stored.empty() && stored != read.digest ? 1.0 : 0.0);
  row.machine.Set("digest_stored", stored.empty() ? 0.0 : 1.0);
  SetCounts(row.values, read.claims, false);
  SetCounts(row.machine, read.claims, true);
  for (std::size_t i = 0; i < read.claims.size(); ++i) {
    const RecordedClaim& claim = read.claims[i];
    row.values.Set(fmt::format("claim_{}", i + 1), claim.sentence);
    row.values.Set(fmt::format("source_{}", i + 1), claim.source);
    Fields& fields = claim.of_this_machine ? row.machine : row.values;
    fields.Set(fmt::format("verdict_{}", i + 1), claim.verdict);
    fields.Set(fmt::format("finding_{}", i + 1), claim.finding);
  }
  row.machine.Set("seconds", seconds.count());
}
// [summary-chapter]

}  // namespace

std::vector<Task> ChapterTasks(const Scope& scope) {
  std::vector<Task> tasks;
  for (const StoredDigests& each : kStoredDigests) {
    const std::string name(each.experiment);
    tasks.push_back({.series = "chapter",
                     .settings = {{"experiment", name}, {"profile", std::string(scope.profile)}},
                     .seed = 0,
                     .measure = [scope, name](Measurement& row) { RunChapter(scope, name, row); }});
  }
  return tasks;
}

std::string NumberOf(std::string_view experiment) {
  // 03_4_losses: two digits, then perhaps the section within the chapter.
  if (experiment.size() < 3 || experiment[0] < '0' || experiment[0] > '9') {
    return std::string(experiment);
  }
  const std::string chapter(
      experiment.substr(experiment[0] == '0' ? 1 : 0, experiment[0] == '0' ? 1 : 2));
  const std::string_view rest = experiment.substr(3);
  const std::string_view section = rest.substr(0, rest.find('_'));
  const bool digits = !section.empty() && section.find_first_not_of("0123456789") == section.npos;
  return digits ? fmt::format("{}.{}", chapter, section) : chapter;
}

std::vector<SummaryClaim> ClaimsOf(const Measurement& row) {
  std::vector<SummaryClaim> claims;
  const std::string experiment = row.settings.Text("experiment");
  for (std::size_t i = 1; row.values.Has(fmt::format("claim_{}", i)); ++i) {
    const bool timed = !row.values.Has(fmt::format("verdict_{}", i));
    const Fields& fields = timed ? row.machine : row.values;
    claims.push_back({.experiment = experiment,
                      .number = NumberOf(experiment),
                      .sentence = row.values.Text(fmt::format("claim_{}", i)),
                      .source = row.values.Text(fmt::format("source_{}", i)),
                      .verdict = fields.Text(fmt::format("verdict_{}", i)),
                      .finding = fields.Text(fmt::format("finding_{}", i)),
                      .of_this_machine = timed});
  }
  return claims;
}

std::array<double, 4> VerdictCounts(const Measurement& row, bool article_alone) {
  std::array<double, 4> counts = {};
  for (std::size_t v = 0; v < counts.size(); ++v) {
    for (const Fields* fields : {&row.values, &row.machine}) {
      counts[v] += std::max(0.0, fields->Number(CountName(kVerdictNames[v], true)));
      if (article_alone) continue;
      counts[v] += std::max(0.0, fields->Number(CountName(kVerdictNames[v], false)));
    }
  }
  return counts;
}

}  // namespace lanegrad
