/// @file
/// Where the ticks of an axis lie, and what they say.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_AXIS_TICKS_H_
#define LANEGRAD_EXPERIMENTS_REPORT_AXIS_TICKS_H_

#include <string>
#include <vector>

namespace lanegrad {

/// One tick: where, and its label as SVG markup (powers of ten have an exponent).
struct Tick {
  double at;          ///< Place on the axis, in its own units.
  std::string label;  ///< Markup.
};

/// Ticks of a linear axis from low to high: about `wanted`, at 1, 2 or 5 times a
/// power of ten, inside the range, at least two where low < high. With `percent`
/// the labels are hundredfold.
std::vector<Tick> LinearTicks(double low, double high, int wanted, bool percent = false);

/// The same at whole numbers only: at most one a unit, and as few as one.
std::vector<Tick> WholeTicks(double low, double high, int wanted);

/// Ticks of a logarithmic axis from low to high, both above zero: powers of ten,
/// and 2 and 5 times them where there are fewer than three. Of more than eight decades
/// only some have one. With `percent` the labels are hundredfold.
std::vector<Tick> LogTicks(double low, double high, bool percent = false);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_AXIS_TICKS_H_
