// SPDX-License-Identifier: Apache-2.0
#include "experiments/concepts/concepts.h"

#include <fmt/format.h>

#include "kernels/elementary.h"

namespace lanegrad {

const std::vector<ConceptNetwork>& ConceptNetworks() {
  static const std::vector<ConceptNetwork> networks = {{kNoHidden, {{}, "identity"}},
                                                       {"16, identity", {{16}, "identity"}},
                                                       {"16-16, identity", {{16, 16}, "identity"}},
                                                       {kOneHidden, {{70}, "tanh"}},
                                                       {kTwoHidden, {{16, 16}, "tanh"}}};
  return networks;
}

double ConceptCurve(double x) { return Cosine(3.0 * 3.141592653589793 * x); }

Measurement PlaneRow(const Evidence& evidence, std::string_view data, std::string_view network) {
  return evidence.Row("plane", {{"data", data}, {"network", network}});
}

std::array<Measurement, 2> BestAndWorst(const Evidence& evidence) {
  const std::vector<Measurement> rows = evidence.Series("learning");
  const auto accuracy = [](const Measurement& row) { return row.values.Number("after_accuracy"); };
  const Measurement *best = &rows.front(), *worst = &rows.front();
  for (const Measurement& row : rows) {
    if (accuracy(row) > accuracy(*best)) best = &row;
    if (accuracy(row) < accuracy(*worst)) worst = &row;
  }
  return {*best, *worst};
}

}  // namespace lanegrad
