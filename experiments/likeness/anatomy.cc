// SPDX-License-Identifier: Apache-2.0
#include "experiments/likeness/anatomy.h"

#include <fmt/format.h>

#include "experiments/likeness/pairs.h"

namespace lanegrad {

Finding DaleCostsNothing(const Evidence& evidence) {
  const PlannedPair cost = PairOf(evidence, "relu", "dale");
  return {CostVerdict(cost), PairText(cost)};
}

Finding TenthSuffices(const Evidence& evidence) {
  const PlannedPair cost = PairOf(evidence, "relu", "connectivity_10");
  const PlannedPair gain = PairOf(evidence, "connectivity_10", "narrow");
  const Verdict verdict = CostVerdict(cost);
  return {verdict == Verdict::kNotSupported && gain.Better() ? Verdict::kQualified : verdict,
          fmt::format("{}; against a narrow network with as many weights, {}", PairText(cost),
                      PairText(gain))};
}

Figure WiringFigure(const Evidence& evidence) {
  DotFigure figure = {
      .name = "02_3_likeness_wiring",
      .title =
          fmt::format("Dale's law costs {:.1f} points, the loss of nine of ten connections {:.1f}",
                      100.0 * PairOf(evidence, "relu", "dale").pairs.difference,
                      100.0 * PairOf(evidence, "relu", "connectivity_10").pairs.difference),
      .subtitle =
          "test accuracy, a pale dot a seed; narrow: as many weights as "
          "connectivity 10, all connected",
      .x_label = "test accuracy",
      .percent = true,
      .rows = {}};
  for (const char* name : {"relu", "dale", "connectivity_20", "connectivity_10"}) {
    figure.rows.push_back(AccuracyRow(evidence, name, "wide"));
  }
  figure.rows.push_back(AccuracyRow(evidence, "narrow", "narrow"));
  return figure;
}

}  // namespace lanegrad
