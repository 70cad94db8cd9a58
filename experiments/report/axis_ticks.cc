// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/axis_ticks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/report/svg.h"

namespace lanegrad {
namespace {

std::vector<Tick> TicksOfStep(double low, double high, double step, bool percent) {
  std::vector<Tick> ticks;
  const double slack = 1e-9 * step;
  for (double i = std::ceil((low - slack) / step); i * step <= high + slack; ++i) {
    const double at = i * step;
    ticks.push_back({at, Short(std::round(at / step) * step * (percent ? 100.0 : 1.0))});
  }
  return ticks;
}

}  // namespace

std::vector<Tick> LinearTicks(double low, double high, int wanted, bool percent) {
  // Also where no double lies between: a step that changes nothing would be taken for ever.
  const double least = 1e-12 * std::max(std::fabs(low), std::fabs(high));
  if (!(high - low > least) || !std::isfinite(high - low)) {
    return {{low, Short(percent ? 100.0 * low : low)}};
  }
  // Steps 1, 2, 5, from coarse to fine; the first that gives enough.
  const double decade = std::pow(10.0, std::ceil(std::log10(high - low)));
  for (double size = decade;; size /= 10.0) {
    for (const double factor : {1.0, 0.5, 0.2}) {
      std::vector<Tick> ticks = TicksOfStep(low, high, size * factor, percent);
      if (static_cast<int>(ticks.size()) >= std::max(2, wanted)) return ticks;
    }
  }
}

std::vector<Tick> WholeTicks(double low, double high, int wanted) {
  if (!(high - low < wanted)) return LinearTicks(low, high, wanted);
  return TicksOfStep(low, high, 1.0, false);
}

std::vector<Tick> LogTicks(double low, double high, bool percent) {
  if (!(low > 0.0) || !std::isfinite(high)) return LinearTicks(low, high, 3, percent);
  std::vector<Tick> ticks;
  const int first = static_cast<int>(std::floor(std::log10(low) - 1e-9));
  const int last = static_cast<int>(std::ceil(std::log10(high) + 1e-9));
  const auto add = [&](int exponent, int factor) {
    const double at = factor * std::pow(10.0, exponent);
    if (at < low * (1 - 1e-9) || at > high * (1 + 1e-9)) return;
    const int shown = percent ? exponent + 2 : exponent;
    std::string label;
    if (shown >= -2 && shown <= 2) {
      label = Short(factor * std::pow(10.0, shown));
    } else {
      label = fmt::format("{}10<tspan dy=\"-4\" font-size=\"9\">{}</tspan>",
                          factor == 1 ? "" : fmt::format("{}·", factor),
                          shown < 0 ? fmt::format("−{}", -shown) : fmt::format("{}", shown));
    }
    ticks.push_back({at, label});
  };
  const int step = 1 + (last - first) / 8;
  for (int exponent = first; exponent <= last; exponent += step) add(exponent, 1);
  if (ticks.size() >= 3) return ticks;
  ticks.clear();
  for (int exponent = first; exponent <= last; ++exponent) {
    for (const int factor : {1, 2, 5}) add(exponent, factor);
  }
  if (ticks.size() < 2) return LinearTicks(low, high, 3, percent);
  return ticks;
}

}  // namespace lanegrad
