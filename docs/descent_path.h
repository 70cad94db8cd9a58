/// @file
/// The path of an optimizer on a bowl of two directions, by the catalogue's own steps in double.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_DESCENT_PATH_H_
#define LANEGRAD_DOCS_DESCENT_PATH_H_

#include <array>
#include <cmath>
#include <cstddef>
#include <string_view>
#include <vector>

namespace lanegrad {

/// E = 1/2 (c_1 w_1^2 + c_2 w_2^2), and how it is descended.
struct PlainDescent {
  std::string_view optimizer;        ///< By its name in the catalogue.
  double rate;                       ///< Of every step.
  std::array<double, 2> curvatures;  ///< c_1, c_2.
  double momentum = NAN;             ///< NaN: the optimizer's own.
};

/// The places before step 1, 2, ..., and after the last of `steps`: steps + 1 of them, the first
/// (-3, 1).
std::vector<std::array<double, 2>> DescentPath(const PlainDescent& descent, std::size_t steps);

/// E at a place.
double BowlLoss(const PlainDescent& descent, std::array<double, 2> w);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_DESCENT_PATH_H_
