// SPDX-License-Identifier: Apache-2.0
#include "experiments/likeness/anatomy.h"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/likeness/pairs.h"

namespace lanegrad {

namespace {

// Networks that end no better than by guessing among ten classes, or nearly so.
std::size_t Failed(const std::vector<double>& accuracies) {
  return static_cast<std::size_t>(std::count_if(accuracies.begin(), accuracies.end(),
                                                [](double accuracy) { return accuracy < 0.2; }));
}

}  // namespace

Finding DaleCostsNothing(const Evidence& evidence) {
  const TestedPair cost = PairOf(evidence, "relu", "dale");
  const std::vector<double> accuracies = Accuracies(evidence, "dale");
  return {CostVerdict(cost),
          fmt::format("{}; the median under the law is {:.1f} %, and {} of {} networks end near "
                      "chance, {} without the law",
                      PairText(cost), 100.0 * Median(accuracies), Failed(accuracies),
                      accuracies.size(), Failed(Accuracies(evidence, "relu")))};
}

Finding TenthSuffices(const Evidence& evidence) {
  const TestedPair cost = PairOf(evidence, "relu", "connectivity_10");
  const TestedPair gain = PairOf(evidence, "connectivity_10", "narrow");
  const Verdict verdict = CostVerdict(cost);
  return {verdict == Verdict::kNotSupported && gain.Better() ? Verdict::kQualified : verdict,
          fmt::format("{}; against a narrow network with as many weights, {}", PairText(cost),
                      PairText(gain))};
}

Figure WiringFigure(const Evidence& evidence) {
  const std::vector<double> dale = Accuracies(evidence, "dale");
  const double full = Median(Accuracies(evidence, "relu"));
  DotFigure figure = {
      .name = "02_3_likeness_wiring",
      .title = fmt::format(
          "Median cost: {:.1f} points without nine of ten connections, {:.1f} under Dale's law, "
          "where {} of {} networks fail",
          100.0 * (full - Median(Accuracies(evidence, "connectivity_10"))),
          100.0 * (full - Median(dale)), Failed(dale), dale.size()),
      .subtitle =
          "test accuracy, a pale dot a seed; dot and bar: mean and its 95 % interval; "
          "narrow: as many weights as 10 % of the connections, in layers that are connected in "
          "full",
      .x_label = "test accuracy, %",
      .percent = true,
      .rows = {}};
  for (const char* name : {"relu", "dale", "connectivity_20", "connectivity_10"}) {
    figure.rows.push_back(AccuracyRow(evidence, name, "wide"));
  }
  figure.rows.push_back(AccuracyRow(evidence, "narrow", "narrow"));
  return figure;
}

}  // namespace lanegrad
