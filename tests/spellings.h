/// @file
/// What the tests of a catalogue run over: every row with its usual parameter, and
/// every row that takes one with another.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_TESTS_SPELLINGS_H_
#define LANEGRAD_TESTS_SPELLINGS_H_

#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "kernels/catalogue.h"

namespace lanegrad {

template <class Info>
std::vector<std::string> Spellings(std::span<const Info> catalogue) {
  std::vector<std::string> names;
  for (const Info& info : catalogue) {
    names.emplace_back(info.name);
    const Parameter& p = info.parameter;
    if (p.name.empty()) continue;
    // Off the usual value by an amount that is no power of two.
    const float room = std::fmin(p.most, p.usual + 1.0f) - p.usual;
    names.push_back(Spelled(info.name, p, p.usual + 0.3f * room));
  }
  return names;
}

/// The distance between a float and the truth, in units of the float's last place
/// at the truth; below the normal floats the unit is that of the subnormals.
inline double ErrorInUlp(float value, double truth) {
  if (static_cast<double>(value) == truth) return 0.0;
  if (std::isnan(value) && std::isnan(truth)) return 0.0;
  // A truth beyond the largest float rounds to infinity, which is then right.
  if (std::isinf(value) && value == static_cast<float>(truth)) return 0.0;
  const double magnitude = std::fmax(std::fabs(truth), 0x1p-126);
  const double ulp = std::ldexp(1.0, std::ilogb(magnitude) - 23);
  return std::fabs(static_cast<double>(value) - truth) / ulp;
}

}  // namespace lanegrad

#endif  // LANEGRAD_TESTS_SPELLINGS_H_
