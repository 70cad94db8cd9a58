// SPDX-License-Identifier: Apache-2.0
#include "experiments/compute/workload.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>

namespace lanegrad {

// [training-work]
double TrainingWork(std::size_t width) {
  const double first = static_cast<double>(kPixels * width);
  const double second = static_cast<double>(width * kKinds);
  // Nobody asks for the gradient of the pixels: two products in the first layer, three after it.
  return 2.0 * first + 3.0 * second;
}
// [training-work]

double StepBytes(std::size_t width, std::size_t batch) {
  const std::size_t units = width + kKinds;
  const std::size_t parameters = kPixels * width + width * kKinds + units;
  return 4.0 * static_cast<double>(3 * parameters + batch * (2 * kPixels + 6 * units));
}

// [passes]
Passes PassesFor(double work, std::size_t width, std::size_t pool) {
  const double seen = std::max(1.0, work / TrainingWork(width));
  const double epochs = std::ceil(seen / static_cast<double>(pool));
  return {.samples = std::clamp<std::size_t>(static_cast<std::size_t>(seen / epochs), 1, pool),
          .epochs = static_cast<std::size_t>(epochs)};
}
// [passes]

Settings ComputeSettings(std::size_t width, float rate) {
  Settings settings;
  settings.layers = {kPixels, width, kKinds};
  settings.rate = rate;
  settings.batch = 32;
  settings.split_seed = std::nullopt;  // every seed has samples of its own
  return settings;
}

std::string WorkText(double work) {
  constexpr std::array<std::string_view, 10> kSuperscripts = {"⁰", "¹", "²", "³", "⁴",
                                                              "⁵", "⁶", "⁷", "⁸", "⁹"};
  const double exponent = std::floor(std::log10(work) + 1e-9);
  std::string power = "10";
  for (const char digit : fmt::format("{:.0f}", exponent)) {
    power += kSuperscripts[static_cast<std::size_t>(digit - '0')];
  }
  const double factor = work / std::pow(10.0, exponent);
  return std::fabs(factor - 1.0) < 0.01 ? power : fmt::format("{:.1f} × {}", factor, power);
}

}  // namespace lanegrad
