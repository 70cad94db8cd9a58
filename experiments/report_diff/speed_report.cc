// SPDX-License-Identifier: Apache-2.0
#include "experiments/report_diff/speed_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
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

std::string Fixed(double value) { return fmt::format("{:.3f}", value); }

// Whether a reader who divides the columns finds another ratio.
bool IsNoQuotient(const SpeedRow& row) {
  return std::isfinite(row.ratio) && Fixed(row.ratio) != Fixed(row.b / row.a);
}

std::string RatioText(const SpeedRow& row) {
  if (!std::isfinite(row.ratio)) return "-";
  return Fixed(row.ratio) + (IsNoQuotient(row) ? " HL" : "");
}

std::string CountText(const SpeedRow& row, bool processes) {
  if (row.n_a == 0 && row.n_b == 0) return "-";
  if (processes) return fmt::format("{} pairs", row.n_a);
  return fmt::format("{}+{}", row.n_a, row.n_b);
}

// A sentence about A and B, with their names.
std::string Named(std::string_view sentence, const SpeedFacts& facts) {
  std::string named;
  for (std::size_t i = 0; i < sentence.size(); ++i) {
    const auto is_letter = [&](std::size_t place) {
      return place < sentence.size() &&
             (std::isalnum(static_cast<unsigned char>(sentence[place])) != 0);
    };
    const bool alone = !is_letter(i + 1) && (i == 0 || !is_letter(i - 1));
    if (alone && (sentence[i] == 'A' || sentence[i] == 'B')) {
      named.append(sentence[i] == 'A' ? facts.a : facts.b);
    } else {
      named.push_back(sentence[i]);
    }
  }
  return named;
}

std::string VerdictText(const SpeedRow& row, const SpeedFacts& facts) {
  const std::string name = Named(VerdictName(row.verdict), facts);
  std::string why = row.why;
  if (why.starts_with("in A: ") || why.starts_with("in B: ")) {
    why = Named(why.substr(0, 6), facts) + why.substr(6);
  }
  return why.empty() ? name : fmt::format("{} ({})", name, why);
}

Table SpeedTable(std::span<const SpeedRow> rows, const SpeedFacts& facts) {
  const std::string quotient = Named("B / A", facts);
  Table table = {
      .caption = fmt::format("{}; {}", Named("Time of B over time of A", facts),
                             facts.processes ? "a process is one measurement"
                             : facts.samples ? "a file is one measurement"
                             : facts.groups  ? "repetitions inside one process"
                                             : "repetitions inside one process each"),
      .columns = {{"benchmark", false, {}},
                  {facts.a, true, "Median time; mean, where there are only aggregates"},
                  {facts.b, true, "Median time; mean, where there are only aggregates"},
                  {facts.b + " is", true, "Ratio of the times, in words"},
                  {quotient, true,
                   Named("Ratio of the times; below 1: B is faster. HL: Hodges and Lehmann's "
                         "estimate, not the quotient of the times shown",
                         facts)},
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
         {RatioText(row), row.ratio},
         {IntervalText(row.interval), row.interval.low},
         {CountText(row, facts.processes), static_cast<double>(row.n_a)},
         {std::isfinite(row.adjusted) ? fmt::format("{:.2g}", row.adjusted) : "-", row.adjusted},
         {VerdictText(row, facts), 0.0, changed}});
  }
  return table;
}

std::map<SpeedVerdict, std::size_t> Count(std::span<const SpeedRow> rows) {
  std::map<SpeedVerdict, std::size_t> counts;
  for (const SpeedRow& row : rows) ++counts[row.verdict];
  return counts;
}

std::string CountSentence(std::span<const SpeedRow> rows, const SpeedFacts& facts) {
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
  return Named(text + ".", facts);
}

OverallSpeed Overall(std::span<const SpeedRow> rows, const SpeedFacts& facts) {
  return facts.overall ? *facts.overall : OverallOfRows(rows);
}

// Nothing where no row has a verdict: what nobody can judge one by one, nobody can as a whole.
std::string OverallSentence(const OverallSpeed& overall, std::size_t rows,
                            const SpeedFacts& facts) {
  if (!std::isfinite(overall.ratio)) return {};
  const bool apart = overall.interval.low > 1.0 || overall.interval.high < 1.0;
  const std::string what = apart ? fmt::format("{} is {}", facts.b, RatioWords(overall.ratio))
                                 : "no difference is shown";
  return fmt::format(
      "On the whole {} ({} {:.3f}, 95 % interval {}; geometric mean of {} of {} benchmarks, those "
      "with a verdict{}).",
      what, Named("B / A", facts), overall.ratio, IntervalText(overall.interval), overall.rows,
      rows, overall.by_process ? ", Hodges and Lehmann's estimate over processes" : "");
}

DotFigure RatioFigure(std::span<const SpeedRow> rows, const SpeedFacts& facts) {
  const std::size_t regressions = Regressions(rows);
  DotFigure figure = {
      .name = "speed_ratios",
      .title = regressions > 0 ? fmt::format("{} of {} benchmarks are slower in {}", regressions,
                                             rows.size(), facts.b)
                               : Named("No benchmark is shown to be slower in B", facts),
      .subtitle = fmt::format("{}, with 95 % intervals; changes below {} count as none",
                              Named("time of B over time of A", facts), Percent(facts.threshold)),
      .x_label = Named("time of B / time of A", facts),
      .percent = false,
      .reference = 1.0,
      .rows = {}};
  for (const SpeedRow& row : rows) {
    if (!std::isfinite(row.ratio)) continue;
    figure.rows.push_back({.label = row.name.size() > 46 ? row.name.substr(0, 45) + "…" : row.name,
                           .group = std::string(VerdictName(row.verdict)),
                           .value = row.ratio,
                           .low = row.interval.low,
                           .high = row.interval.high,
                           .text = fmt::format("{:.3f}", row.ratio),
                           .note = fmt::format("{}: {}, {}", row.name, RatioWords(row.ratio),
                                               VerdictText(row, facts))});
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
        "Each process counts once, with the median of its repetitions; pairs of neighbours, or "
        "the two groups of one process, are compared. The ratio is Hodges and Lehmann's estimate "
        "of the paired ratios, p is Wilcoxon's.");
  } else if (facts.samples) {
    notes.emplace_back(
        "Each file is one process and counts once, with the median of its repetitions. The ratio "
        "is Hodges and Lehmann's estimate, p is Mann and Whitney's. Nothing says that the files "
        "of both sides were made in turn: a machine that grew slower in between looks like a "
        "slower program.");
  } else {
    notes.emplace_back(
        "Each file is one process, and the intervals know of its repetitions only. Two processes "
        "of one program differ more than that, by memory layout and by the minute: take a verdict "
        "here as a hint, and compare-reports --run for an answer. The ratio is Hodges and "
        "Lehmann's estimate where there are repetitions on both sides, and the quotient of the "
        "times shown where there are aggregates; the interval on the whole is Zou and Donner's, "
        "from those of the benchmarks.");
  }
  return notes;
}

// What must not be overlooked: other machines, what was left out or taken for granted, what
// the intervals do not know.
void AddWarnings(VerdictPage& page, const BenchmarkFile& a, const BenchmarkFile& b,
                 const SpeedFacts& facts) {
  if (!facts.groups) {
    page.warnings = EnvironmentDifferences(a, b);
  } else if (a.load > 0.5) {
    page.warnings.push_back(fmt::format("the machine was not idle: load {:.2f}", a.load));
  }
  for (const auto& [name, file] : {std::pair{&facts.a, &a}, {&facts.b, &b}}) {
    for (const std::string& warning : file->warnings) {
      page.warnings.push_back(facts.groups ? warning : fmt::format("{}: {}", *name, warning));
    }
  }
  if (facts.processes || facts.samples) return;
  page.warnings.emplace_back(
      facts.groups ? "one file is one process: what another would find, with another layout of "
                     "memory, is not in these intervals; give six files of the same or more"
                   : "two files are two processes: what lies between processes is not in these "
                     "intervals; --run measures it");
}

std::string RegressionSentence(std::span<const SpeedRow> rows, const SpeedFacts& facts) {
  const std::size_t regressions = Regressions(rows);
  const std::string beyond = Percent(facts.threshold);
  if (facts.groups) {
    return regressions > 0
               ? fmt::format("SLOWER: {} in {} of {} benchmarks, by more than {}.", facts.b,
                             regressions, rows.size(), beyond)
               : fmt::format("{} is nowhere shown to be slower by more than {}.", facts.b, beyond);
  }
  return regressions > 0 ? fmt::format("REGRESSION: {} of {} benchmarks, by more than {}.",
                                       regressions, rows.size(), beyond)
                         : fmt::format("No regression beyond {} is shown.", beyond);
}

std::string Several(std::size_t count, std::string_view what) {
  return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

}  // namespace

std::string DescribeProcess(const BenchmarkFile& file) {
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

Json ProcessJson(const BenchmarkFile& file) {
  Json json = {{"name", file.name},
               {"source", file.source},
               {"load", ToJson(file.load)},
               {"warnings", file.warnings}};
  for (const auto& [name, value] : file.identity) json["environment"][name] = value;
  return json;
}

VerdictPage SpeedPage(std::span<const SpeedRow> rows, const BenchmarkFile& a,
                      const BenchmarkFile& b, const SpeedFacts& facts) {
  VerdictPage page;
  page.title = Named("Speed: B against A", facts);
  page.facts = {{facts.a, DescribeProcess(a)}, {facts.b, DescribeProcess(b)}};
  if (std::any_of(rows.begin(), rows.end(), IsNoQuotient)) {
    page.facts.emplace_back(
        "HL",
        "Hodges and Lehmann's estimate of the ratio, from all measurements: not the quotient "
        "of the two times shown");
  }
  AddWarnings(page, a, b, facts);
  page.tables = {SpeedTable(rows, facts)};
  page.summary.push_back(CountSentence(rows, facts));
  const std::string overall = OverallSentence(Overall(rows, facts), rows.size(), facts);
  if (!overall.empty()) page.summary.push_back(overall);
  const auto both = std::count_if(rows.begin(), rows.end(),
                                  [](const SpeedRow& row) { return std::isfinite(row.ratio); });
  page.verdict = page.summary.size();
  page.summary.push_back(RegressionSentence(rows, facts));
  const std::size_t unjudged = Count(rows)[SpeedVerdict::kUnjudged];
  if (unjudged > 0) {
    page.summary.push_back(
        fmt::format("{} cannot be judged: that is no all-clear.", Several(unjudged, "benchmark")));
  }
  const std::size_t missing = Count(rows)[SpeedVerdict::kOnlyA];
  if (missing > 0) {
    page.summary.push_back(fmt::format("{} of {} did not run in {}: that is no all-clear.",
                                       Several(missing, "benchmark"), facts.a, facts.b));
  }
  page.notes = Notes(facts);
  // More dots than that are a table.
  if (both > 0 && both <= 80) page.figures = {RatioFigure(rows, facts)};
  return page;
}

Json SpeedJson(std::span<const SpeedRow> rows, const BenchmarkFile& a, const BenchmarkFile& b,
               const SpeedFacts& facts) {
  const OverallSpeed overall = Overall(rows, facts);
  Json json = {{"kind", "speed"},
               {"unit", facts.processes ? "process"
                        : facts.samples ? "file"
                                        : "repetition"},
               {"threshold", facts.threshold},
               {"a_is", facts.a},
               {"b_is", facts.b},
               {"a", ProcessJson(a)},
               {"b", ProcessJson(b)},
               {"differences", EnvironmentDifferences(a, b)},
               {"regressions", Regressions(rows)},
               {"geometric_mean_ratio", ToJson(overall.ratio)},
               {"geometric_mean_low", ToJson(overall.interval.low)},
               {"geometric_mean_high", ToJson(overall.interval.high)},
               {"geometric_mean_of", overall.rows},
               {"rows", Json::array()}};
  for (const SpeedRow& row : rows) {
    json["rows"].push_back({{"name", row.name},
                            {"verdict", VerdictName(row.verdict)},
                            {"why", row.why},
                            {"a_ns", ToJson(row.a)},
                            {"b_ns", ToJson(row.b)},
                            {"ratio", ToJson(row.ratio)},
                            {"estimator", row.estimator},
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
