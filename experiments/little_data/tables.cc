// SPDX-License-Identifier: Apache-2.0
// The tables of chapter 5.3.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/little_data/judgements.h"
#include "experiments/little_data/learning_curves.h"
#include "experiments/little_data/measures.h"
#include "experiments/records/numbered.h"

namespace lanegrad {

NamedTable AccuracyTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "accuracies",
      .table = {.caption = "Test accuracy in per cent, mean of the subsets; bold: highest mean",
                .columns = {{"method", false, ""}},
                .rows = {}}};
  const std::vector<LearningCurve> curves = AllCurves(evidence);
  for (const double n : curves.front().n) {
    named.table.columns.push_back({CountText(n), true, "labelled samples"});
  }
  for (const LearningCurve& curve : curves) {
    std::vector<Cell> cells = {{curve.label}};
    for (std::size_t i = 0; i < curve.n.size(); ++i) {
      const double mean = Mean(curve.accuracy[i]);
      const bool best = std::all_of(curves.begin(), curves.end(), [&](const auto& other) {
        return i >= other.accuracy.size() || Mean(other.accuracy[i]) <= mean;
      });
      cells.push_back({fmt::format("{:.1f}", 100.0 * mean), mean, best});
    }
    cells.resize(named.table.columns.size(), {"", 0.0});  // sizes at which it takes no part
    named.table.rows.push_back(cells);
  }
  return named;
}

NamedTable LawTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "laws",
      .table = {.caption = "Power laws of the error, error = a n⁻ᵇ + c",
                .columns = {{"method", false, ""},
                            {"up to", true, "samples"},
                            {"b without offset", true, ""},
                            {"misses by", true, "root mean square, of the error"},
                            {"b with offset", true, ""},
                            {"c", true, "error that no number of samples takes away"},
                            {"misses by", true, "root mean square, of the error"},
                            {"offset pays", false, "by Akaike's criterion for few points"}},
                .rows = {}}};
  for (const LearningCurve& curve : AllCurves(evidence)) {
    if (curve.n.size() < 3) continue;
    const std::vector<double> errors = MeanErrors(curve, SeedsOf(curve));
    const PowerLaw plain = FitPowerLaw(curve.n, errors);
    const PowerLaw offset = FitPowerLawWithOffset(curve.n, errors);
    const auto number = [](double value) -> Cell { return {fmt::format("{:.3f}", value), value}; };
    const auto percent = [](double value) -> Cell {
      return {fmt::format("{:.1f} %", 100.0 * value), value};
    };
    named.table.rows.push_back({{curve.label},
                                {CountText(curve.n.back()), curve.n.back()},
                                number(plain.exponent),
                                percent(plain.deviation),
                                number(offset.exponent),
                                percent(offset.offset),
                                percent(offset.deviation),
                                {FitBetterPowerLaw(curve.n, errors).offset > 0.0 ? "yes" : "no"}});
  }
  return named;
}

NamedTable ChosenTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "held_out",
      .table = {.caption =
                    "What held-out samples promise: accuracy of the chosen trial on the "
                    "samples that chose it, and on test samples, network without regulariser",
                .columns = {{"samples", true, ""},
                            {"held out", true, "a fifth"},
                            {"different choices", true, "of six, among the subsets"},
                            {"held-out accuracy", true, "mean"},
                            {"test accuracy", true, "mean, trained again with all samples"}},
                .rows = {}}};
  for (const Measurement& row : evidence.Series("method")) {
    if (row.settings.Text("method") != "none") continue;
    const double n = row.settings.Number("n");
    std::vector<double> chosen = NumbersOf(row.values, "chosen");
    std::sort(chosen.begin(), chosen.end());
    const auto different = std::unique(chosen.begin(), chosen.end()) - chosen.begin();
    const double held_out = Mean(NumbersOf(row.values, "held_out"));
    const double test = Mean(NumbersOf(row.values, "final"));
    const double fifth = static_cast<double>(HeldOutOf(static_cast<std::size_t>(n)));
    named.table.rows.push_back({{CountText(n), n},
                                {CountText(fifth), fifth},
                                {fmt::format("{}", different), static_cast<double>(different)},
                                {fmt::format("{:.1f} %", 100.0 * held_out), held_out},
                                {fmt::format("{:.1f} %", 100.0 * test), test}});
  }
  return named;
}

}  // namespace lanegrad
