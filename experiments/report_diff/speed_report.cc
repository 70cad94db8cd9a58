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
               {"a", ToJson(a)},
               {"b", ToJson(b)},
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

}  // namespace lanegrad
