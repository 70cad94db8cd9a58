// SPDX-License-Identifier: Apache-2.0
#include "experiments/back_propagation/ravine.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "kernels/elementary.h"

namespace lanegrad {

// [momentum]
std::vector<double> Descend(const Ravine& ravine, const MomentumRule& rule, std::size_t steps) {
  double w[] = {1.0, 1.0}, v[] = {0.0, 0.0};
  const double curvature[] = {ravine.steep, ravine.flat};
  std::vector<double> distances = {1.0};
  for (std::size_t t = 0; t < steps; ++t) {
    for (int i = 0; i < 2; ++i) {
      v[i] = rule.keep * v[i] + rule.weight * curvature[i] * w[i];
      w[i] += rule.sign * v[i];
    }
    const double distance = std::sqrt(0.5 * (w[0] * w[0] + w[1] * w[1]));
    distances.push_back(distance < 1e30 ? distance : 1e30);
    if (!(distance < 1e30)) w[0] = w[1] = 1e40;  // far away for good
  }
  return distances;
}
// [momentum]

double LongRunFactor(const Ravine& ravine, const MomentumRule& rule) {
  double factor = 0.0;
  for (const double curvature : {ravine.steep, ravine.flat}) {
    const double half = 0.5 * (1.0 + rule.keep + rule.sign * rule.weight * curvature);
    const double under_root = half * half - rule.keep;
    factor = std::max(
        factor, under_root < 0.0 ? std::sqrt(rule.keep) : std::fabs(half) + std::sqrt(under_root));
  }
  return factor;
}

MomentumRule BestMomentum(const Ravine& ravine) {
  const double root = std::sqrt(ravine.steep / ravine.flat);
  const double keep = (root - 1.0) / (root + 1.0);
  const double weight = 2.0 / (std::sqrt(ravine.steep) + std::sqrt(ravine.flat));
  return {.keep = keep * keep, .weight = weight * weight, .sign = -1.0};
}

MomentumRule BestDescent(const Ravine& ravine) {
  return {.keep = 0.0, .weight = 2.0 / (ravine.steep + ravine.flat), .sign = -1.0};
}

std::size_t StepsTo(const std::vector<double>& distances, double share) {
  return static_cast<std::size_t>(
      std::find_if(distances.begin(), distances.end(), [=](double d) { return d < share; }) -
      distances.begin());
}

double MomentumPlane::Keep(std::size_t row) const {
  return keep_most * (static_cast<double>(row) + 0.5) / static_cast<double>(rows);
}

double MomentumPlane::Weight(std::size_t column) const {
  return weight_most * (static_cast<double>(column) + 0.5) / static_cast<double>(columns);
}

void MeasurePlane(const Ravine& ravine, const MomentumPlane& plane, double sign, std::size_t steps,
                  Measurement& row) {
  for (std::size_t r = 0; r < plane.rows; ++r) {
    for (std::size_t c = 0; c < plane.columns; ++c) {
      const MomentumRule rule = {plane.Keep(r), plane.Weight(c), sign};
      const std::vector<double> distances = Descend(ravine, rule, steps);
      // Beyond 1e30 the path stands still: the factor is that of the steps until then.
      const std::size_t taken = std::min(
          steps, static_cast<std::size_t>(std::find(distances.begin(), distances.end(), 1e30) -
                                          distances.begin()));
      const double left = std::max(distances[taken], 1e-280);
      row.values.Set(fmt::format("c_{:02}_{:02}", r, c),
                     Exponential(Logarithm(left) / static_cast<double>(taken)));
    }
  }
}

void MeasurePath(const Ravine& ravine, const MomentumRule& rule, std::size_t steps,
                 Measurement& row) {
  const std::vector<double> distances = Descend(ravine, rule, steps);
  for (std::size_t t = 0; t < distances.size(); t += kPathStride) {
    row.values.Set(fmt::format("d_{:03}", t), distances[t]);
  }
  row.values.Set("last", distances.back());
  row.values.Set("steps", static_cast<double>(StepsTo(distances, 1e-3)));
  row.values.Set("theory", LongRunFactor(ravine, rule));
}

}  // namespace lanegrad
