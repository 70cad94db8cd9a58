// SPDX-License-Identifier: Apache-2.0
#include "experiments/report_diff/speed_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

namespace lanegrad {
namespace {

std::string Percent(double share) { return fmt::format("{:.3g} %", 100.0 * share); }

std::string IntervalText(const Interval& interval) {
  if (!std::isfinite(interval.low)) return "-";
  return fmt::format("[{:.3f}, {:.3f}]", interval.low, interval.high);
}

std::string CountText(const SpeedRow& row, bool processes) {
  if (row.n_a == 0 && row.n_b == 0) return "-";
  if (processes) return fmt::format("{} pairs", row.n_a);
  return fmt::format("{}+{}", row.n_a, row.n_b);
}

std::string VerdictText(const SpeedRow& row) {
  const std::string_view name = VerdictName(row.verdict);
  return row.why.empty() ? std::string(name) : fmt::format("{} ({})", name, row.why);
}

Table SpeedTable(std::span<const SpeedRow> rows, const SpeedFacts& facts) {
  Table table = {
      .caption = fmt::format(
          "Time of B over time of A; {}",
          facts.processes ? "a process is one measurement" : "repetitions inside one process each"),
      .columns = {{"benchmark", false, {}},
                  {"A", true, "Median time"},
                  {"B", true, "Median time"},
                  {"B is", true, "Ratio of the times, in words"},
                  {"B / A", true, "Ratio of the times; below 1: B is faster"},
                  {"95 % interval", true, "Of the ratio, for this benchmark alone"},
                  {"n", true, "How many measurements"},
                  {"p (Holm)", true, "Of no difference, adjusted for the number of benchmarks"},
                  {"verdict", false, {}}},
      .rows = {}};
  for (const SpeedRow& row : rows) {
    const bool changed =
        row.verdict != SpeedVerdict::kNoChange && row.verdict != SpeedVerdict::kUnjudged;
    table.rows.push_back(
        {{row.name},
         {TimeText(row.a), row.a},
         {TimeText(row.b), row.b},
         {RatioWords(row.ratio), row.ratio},
         {std::isfinite(row.ratio) ? fmt::format("{:.3f}", row.ratio) : "-", row.ratio},
         {IntervalText(row.interval), row.interval.low},
         {CountText(row, facts.processes), static_cast<double>(row.n_a)},
         {std::isfinite(row.adjusted) ? fmt::format("{:.2g}", row.adjusted) : "-", row.adjusted},
         {VerdictText(row), 0.0, changed}});
  }
  return table;
}

// One line of who it was: compiler, processor and target, as far as the file says.
std::string Describe(const BenchmarkFile& file) {
  std::string text = file.name;
  for (const char* key : {"compiler", "build", "processor", "target"}) {
    for (const auto& [name, value] : file.identity) {
      if (name == key) text.append(", ").append(value);
    }
  }
  if (!file.source.empty()) text.append(", source ").append(file.source);
  if (std::isfinite(file.load)) text.append(fmt::format(", load {:.2f}", file.load));
  return text;
}

std::map<SpeedVerdict, std::size_t> Count(std::span<const SpeedRow> rows) {
  std::map<SpeedVerdict, std::size_t> counts;
  for (const SpeedRow& row : rows) ++counts[row.verdict];
  return counts;
}

std::string CountSentence(std::span<const SpeedRow> rows) {
  std::map<SpeedVerdict, std::size_t> counts = Count(rows);
  std::string text;
  for (const SpeedVerdict verdict :
       {SpeedVerdict::kSlower, SpeedVerdict::kFaster, SpeedVerdict::kNoChange}) {
    text.append(
        fmt::format("{}{} {}", text.empty() ? "" : ", ", counts[verdict], VerdictName(verdict)));
  }
  for (const SpeedVerdict verdict :
       {SpeedVerdict::kUnjudged, SpeedVerdict::kOnlyA, SpeedVerdict::kOnlyB, SpeedVerdict::kFails,
        SpeedVerdict::kFailed}) {
    if (counts[verdict] > 0) {
      text.append(fmt::format(", {} {}", counts[verdict], VerdictName(verdict)));
    }
  }
  return text + ".";
}

DotFigure RatioFigure(std::span<const SpeedRow> rows, const SpeedFacts& facts) {
  const std::size_t regressions = Regressions(rows);
  DotFigure figure = {
      .name = "speed_ratios",
      .title = regressions > 0
                   ? fmt::format("{} of {} benchmarks are slower in B", regressions, rows.size())
                   : "No benchmark is shown to be slower in B",
      .subtitle = fmt::format("time of B over time of A, with 95 % intervals; changes below {} "
                              "count as none",
                              Percent(facts.threshold)),
      .x_label = "time of B / time of A",
      .percent = false,
      .rows = {}};
  for (const SpeedRow& row : rows) {
    if (!std::isfinite(row.ratio)) continue;
    figure.rows.push_back(
        {.label = row.name.size() > 46 ? row.name.substr(0, 45) + "…" : row.name,
         .group = std::string(VerdictName(row.verdict)),
         .value = row.ratio,
         .low = row.interval.low,
         .high = row.interval.high,
         .note = fmt::format("{}: {}, {}", row.name, RatioWords(row.ratio), VerdictText(row))});
  }
  return figure;
}

Json FileJson(const BenchmarkFile& file) {
  Json json = {{"name", file.name}, {"source", file.source}, {"load", ToJson(file.load)}};
  for (const auto& [name, value] : file.identity) json["environment"][name] = value;
  return json;
}

std::vector<std::string> Notes(const SpeedFacts& facts) {
  std::vector<std::string> notes = {fmt::format(
      "A verdict of faster or slower takes three things: a p value of at most 5 % after Holm's "
      "adjustment for all benchmarks, an interval that leaves out 1, and a change beyond {}.",
      Percent(facts.threshold))};
  if (facts.processes) {
    notes.emplace_back(
        "Processes ran in turn, and each counts once, with the median of its repetitions. The "
        "ratio is Hodges and Lehmann's estimate of the paired ratios, p is Wilcoxon's.");
  } else {
    notes.emplace_back(
        "Each file is one process, and the intervals know of its repetitions only. Two processes "
        "of one program differ more than that, by memory layout and by the minute: take a verdict "
        "here as a hint, and compare-reports --run for an answer.");
  }
  return notes;
}

}  // namespace

double GeometricMeanRatio(std::span<const SpeedRow> rows) {
  double sum = 0.0, count = 0.0;
  for (const SpeedRow& row : rows) {
    if (!std::isfinite(row.ratio)) continue;
    sum += std::log(row.ratio);
    count += 1.0;
  }
  return std::exp(sum / count);
}

VerdictPage SpeedPage(std::span<const SpeedRow> rows, const BenchmarkFile& a,
                      const BenchmarkFile& b, const SpeedFacts& facts) {
  VerdictPage page;
  page.title = "Speed: B against A";
  page.facts = {{"A", Describe(a)}, {"B", Describe(b)}};
  page.warnings = EnvironmentDifferences(a, b);
  if (!facts.processes) {
    page.warnings.emplace_back(
        "two files are two processes: what lies between processes is not in these intervals; "
        "--run measures it");
  }
  page.tables = {SpeedTable(rows, facts)};
  page.summary.push_back(CountSentence(rows));
  const double ratio = GeometricMeanRatio(rows);
  const auto both = std::count_if(rows.begin(), rows.end(),
                                  [](const SpeedRow& row) { return std::isfinite(row.ratio); });
  if (both > 0) {
    page.summary.push_back(fmt::format("On the whole B is {} (geometric mean of {} ratios).",
                                       RatioWords(ratio), both));
  }
  const std::size_t regressions = Regressions(rows);
  page.summary.push_back(
      regressions > 0 ? fmt::format("REGRESSION: {} of {} benchmarks, by more than {}.",
                                    regressions, rows.size(), Percent(facts.threshold))
                      : fmt::format("No regression beyond {} is shown.", Percent(facts.threshold)));
  const std::size_t unjudged = Count(rows)[SpeedVerdict::kUnjudged];
  if (unjudged > 0) {
    page.summary.push_back(fmt::format("{} benchmark{} cannot be judged: that is no all-clear.",
                                       unjudged, unjudged == 1 ? "" : "s"));
  }
  const std::size_t missing = Count(rows)[SpeedVerdict::kOnlyA];
  if (missing > 0) {
    page.summary.push_back(
        fmt::format("{} benchmark{} of A did not run in B: that is no all-clear.", missing,
                    missing == 1 ? "" : "s"));
  }
  page.notes = Notes(facts);
  // More dots than that are a table.
  if (both > 0 && both <= 80) page.figures = {RatioFigure(rows, facts)};
  return page;
}

Json SpeedJson(std::span<const SpeedRow> rows, const BenchmarkFile& a, const BenchmarkFile& b,
               const SpeedFacts& facts) {
  Json json = {{"kind", "speed"},
               {"unit", facts.processes ? "process" : "repetition"},
               {"threshold", facts.threshold},
               {"a", FileJson(a)},
               {"b", FileJson(b)},
               {"differences", EnvironmentDifferences(a, b)},
               {"regressions", Regressions(rows)},
               {"geometric_mean_ratio", ToJson(GeometricMeanRatio(rows))},
               {"rows", Json::array()}};
  for (const SpeedRow& row : rows) {
    json["rows"].push_back({{"name", row.name},
                            {"verdict", VerdictName(row.verdict)},
                            {"why", row.why},
                            {"a_ns", ToJson(row.a)},
                            {"b_ns", ToJson(row.b)},
                            {"ratio", ToJson(row.ratio)},
                            {"low", ToJson(row.interval.low)},
                            {"high", ToJson(row.interval.high)},
                            {"p", ToJson(row.p)},
                            {"p_holm", ToJson(row.adjusted)},
                            {"n_a", row.n_a},
                            {"n_b", row.n_b}});
  }
  return json;
}

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
  page.facts = {{"program", Describe(program)},
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
          {"program", FileJson(program)},
          {"pairs", facts.pairs},
          {"threshold", facts.threshold},
          {"comparisons", share(alarms.comparisons)},
          {"single", share(alarms.single)},
          {"repetitions", share(alarms.repetitions)}};
}

}  // namespace lanegrad
