// SPDX-License-Identifier: Apache-2.0
#include "experiments/report_diff/false_alarm_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace lanegrad {
namespace {

std::string ShareText(const Share& share) {
  if (share.trials == 0) return "-";
  return fmt::format("{:.1f} %",
                     100.0 * static_cast<double>(share.hits) / static_cast<double>(share.trials));
}

std::vector<Cell> ShareRow(const char* what, const Share& share) {
  const Interval bounds = share.Bounds();
  return {{what},
          {fmt::format("{} of {}", share.hits, share.trials), static_cast<double>(share.hits)},
          {ShareText(share), static_cast<double>(share.hits)},
          {share.trials == 0
               ? "-"
               : fmt::format("{:.1f} to {:.1f} %", 100.0 * bounds.low, 100.0 * bounds.high),
           bounds.low}};
}

// The goal is one in twenty.
std::string GoalSentence(const FalseAlarms& alarms) {
  const Interval bounds = alarms.comparisons.Bounds();
  if (bounds.low > 0.05) {
    return "MISSED: this machine raises false alarms in more than 5 % of comparisons; do not "
           "trust its verdicts.";
  }
  if (bounds.high <= 0.05)
    return "The goal is reached: false alarms in at most 5 % of comparisons.";
  return fmt::format(
      "This agrees with the goal of at most 5 %; {} comparisons are too few to prove it.",
      alarms.comparisons.trials);
}

}  // namespace

VerdictPage FalseAlarmPage(const FalseAlarms& alarms, const BenchmarkFile& program,
                           const SpeedFacts& facts) {
  VerdictPage page;
  page.title = "False alarms: a program compared with itself";
  page.facts = {{"program", DescribeProcess(program)},
                {"comparisons", fmt::format("{} of {} pairs of processes each",
                                            alarms.comparisons.trials, facts.pairs)}};
  if (program.load > 0.5) {
    page.warnings.push_back(
        fmt::format("the machine was not idle: load {:.2f} at the start", program.load));
  }
  Table table = {.caption = "Differences found where there are none",
                 .columns = {{"judged", false, {}},
                             {"false alarms", true, {}},
                             {"share", true, {}},
                             {"95 % interval", true, "Clopper and Pearson's"}},
                 .rows = {}};
  table.rows = {ShareRow("comparisons, as --run judges them", alarms.comparisons),
                ShareRow("benchmarks, one by one", alarms.single)};
  if (alarms.repetitions.trials > 0) {
    table.rows.push_back(ShareRow("neighbours by U test of their repetitions", alarms.repetitions));
  }
  page.tables = {std::move(table)};
  page.summary = {GoalSentence(alarms)};
  page.notes = {
      "A comparison is a false alarm where any benchmark is called faster or slower. The rows of "
      "one comparison share their processes, so that the interval of the second line is too "
      "narrow. The last line, where there is one, is what comparing two files would have said."};
  return page;
}

Json FalseAlarmJson(const FalseAlarms& alarms, const BenchmarkFile& program,
                    const SpeedFacts& facts) {
  const auto share = [](const Share& each) {
    return Json{{"false_alarms", each.hits},
                {"of", each.trials},
                {"low", each.Bounds().low},
                {"high", each.Bounds().high}};
  };
  return {{"kind", "false_alarms"},
          {"program", ProcessJson(program)},
          {"pairs", facts.pairs},
          {"threshold", facts.threshold},
          {"comparisons", share(alarms.comparisons)},
          {"single", share(alarms.single)},
          {"repetitions", share(alarms.repetitions)}};
}

}  // namespace lanegrad
