// SPDX-License-Identifier: Apache-2.0
//
// What trainings in both grades of an activation say: verdicts, a figure, tables.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "experiments/activations/grade_pairs.h"
#include "experiments/experiment/row_table.h"
#include "experiments/records/numbered.h"
#include "experiments/verdicts/pair_verdicts.h"

namespace lanegrad {
namespace {

// By seed, the mean over all activations of what is in both grades: differences of a seed that all
// activations share are counted once.
PairedComparison OverAll(const std::vector<SeedPairs>& pairs) {
  std::vector<double> fast, exact;
  for (const SeedPairs& each : pairs) {
    fast.resize(each.b.size());
    exact.resize(each.a.size());
    for (std::size_t i = 0; i < each.a.size(); ++i) {
      exact[i] += each.a[i] / static_cast<double>(pairs.size());
      fast[i] += each.b[i] / static_cast<double>(pairs.size());
    }
  }
  return ComparePairs(fast, exact);
}

// Points of accuracy with a sign, to two decimals: what rounds to zero has none.
std::string Signed(double share) {
  const double points = std::round(1e4 * share) / 1e2;
  return points == 0.0 ? "0.00" : fmt::format("{:+.2f}", points);
}

std::size_t Shown(const std::vector<SeedPairs>& pairs) {
  return static_cast<std::size_t>(
      std::count_if(pairs.begin(), pairs.end(),
                    [](const SeedPairs& each) { return each.above() || each.below(); }));
}

// How much of a step is saved, by network: the least, the median, the most.
std::map<std::string, std::vector<double>> SavedByNetwork(const Evidence& evidence) {
  std::map<std::string, std::vector<double>> saved;
  for (const Measurement& row : evidence.Series("steps")) {
    saved[row.settings.Text("layers")].push_back(row.machine.Number("saved"));
  }
  return saved;
}

}  // namespace

std::vector<SeedPairs> GradePairs(const Evidence& evidence) {
  std::vector<SeedPairs> pairs;
  for (const char* family : {"better", "within"}) {
    for (const Measurement& row : evidence.Series("grades")) {
      const std::vector<double> exact = NumbersOf(row.values, "exact"),
                                fast = NumbersOf(row.values, "fast");
      const bool better = std::string_view(family) == "better";
      pairs.push_back({.family = family,
                       .name = row.settings.Text("activation"),
                       .a = better ? exact : fast,
                       .b = better ? fast : exact,
                       .margin = better ? 0.0 : kGradeMargin});
    }
  }
  JudgeTogether(pairs);
  return pairs;
}

// [precision-rule]
Finding PrecisionMatters(const Evidence& evidence) {
  const std::vector<SeedPairs> all = GradePairs(evidence);
  const std::vector<SeedPairs> better = FamilyOf(all, "better"), within = FamilyOf(all, "within");
  if (better.empty()) return {Verdict::kNotDecided, "not measured"};
  Verdict verdict = VerdictOf(better);
  // Where no difference is shown, it may still be shown that there is room for a small one only.
  if (verdict == Verdict::kNotDecided && VerdictOf(within) == Verdict::kSupported) {
    verdict = Verdict::kNotSupported;
  }
  const auto good = std::count_if(within.begin(), within.end(), std::mem_fn(&SeedPairs::above));
  return {
      verdict,
      fmt::format("fast minus exact is {}, {} seeds, in the mean over {} functions; a "
                  "difference is shown for {} of them, and for {} it is shown that fast is less "
                  "than a point worse (Holm, 5 %)",
                  PointsText(OverAll(better)), better.front().a.size(), better.size(),
                  Shown(better), good)};
}
// [precision-rule]

Finding FastSavesTime(const Evidence& evidence) {
  std::string figures;
  std::size_t shorter = 0, all = 0;
  for (const auto& [network, saved] : SavedByNetwork(evidence)) {
    const auto [least, most] = std::minmax_element(saved.begin(), saved.end());
    figures += fmt::format("{}of {} a step is {:.0f} to {:.0f} % shorter, {:.0f} % in the median",
                           figures.empty() ? "" : "; ", network, 100.0 * *least, 100.0 * *most,
                           100.0 * Median(saved));
    shorter += static_cast<std::size_t>(
        std::count_if(saved.begin(), saved.end(), [](double share) { return share > 0.01; }));
    all += saved.size();
  }
  if (all == 0) return {Verdict::kNotDecided, "not measured"};
  return {ByCount(shorter, all), "on this machine " + figures};
}

Figure GradeFigure(const Evidence& evidence) {
  DotFigure figure = {.name = "03_3_activations_grades",
                      .title = "Grades were not compared",
                      .subtitle =
                          "test accuracy, fast minus exact, by seed and in the mean, with its 95 % "
                          "interval",
                      .x_label = "difference, points of test accuracy",
                      .reference = 0.0,
                      .rows = {}};
  const std::vector<SeedPairs> pairs = FamilyOf(GradePairs(evidence), "better");
  for (const SeedPairs& each : pairs) {
    std::vector<double> points;
    for (std::size_t i = 0; i < each.a.size(); ++i) {
      points.push_back(100.0 * (each.b[i] - each.a[i]));
    }
    figure.rows.push_back(SeedDots(each.name, "fast minus exact", points));
    figure.rows.back().text = Signed(Mean(points) / 100.0);
  }
  if (!pairs.empty()) {
    figure.title = Shown(pairs) == 0
                       ? fmt::format("No difference is shown for any of {} functions", pairs.size())
                       : fmt::format("A difference is shown for {} of {} functions", Shown(pairs),
                                     pairs.size());
  }
  return figure;
}

NamedTable GradeTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "grades",
      .table = {
          .caption = "Each activation in both grades, at the exact one's rate",
          .columns = {{"activation", false, {}},
                      {"rate", true, {}},
                      {"test accuracy, exact", true, {}},
                      {"fast minus exact, points", true, {}},
                      {"95 % interval", false, {}},
                      {"p", true, "of no difference, after Holm"},
                      {"seeds whose weights differ", true, "at the end, between the two grades"}},
          .rows = {}}};
  const std::vector<SeedPairs> pairs = FamilyOf(GradePairs(evidence), "better");
  const std::vector<Measurement> rows = evidence.Series("grades");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const SeedPairs& pair = pairs[i];
    const PairedComparison found = ComparePairs(pair.b, pair.a);
    const double rate = rows[i].values.Number("rate"), differ = rows[i].values.Number("differ");
    named.table.rows.push_back(
        {{pair.name, 0.0, false},
         {fmt::format("{:.3g}", rate), rate, false},
         {fmt::format("{:.2f} %", 100.0 * Mean(pair.a)), Mean(pair.a), false},
         {Signed(found.difference), found.difference, false},
         {fmt::format("{} to {}", Signed(found.interval.low), Signed(found.interval.high)), 0.0,
          false},
         {fmt::format("{:.2g}", pair.p), pair.p, false},
         {fmt::format("{:.0f} of {}", differ, pair.a.size()), differ, false}});
  }
  return named;
}

NamedTable StepTable(const Evidence& evidence) {
  return RowTable("steps", "Time of a step in both grades, on the machine of the records",
                  evidence.Series("steps"),
                  {{"activation", "activation"},
                   {"layers", "network"},
                   {"exact_us", "exact, µs", "{:.1f}"},
                   {"fast_us", "fast, µs", "{:.1f}"},
                   {"saved", "saved", "{:.1f} %", 100.0, "of the fastest of many rounds"}});
}

}  // namespace lanegrad
