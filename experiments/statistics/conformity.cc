// SPDX-License-Identifier: Apache-2.0
#include "experiments/statistics/conformity.h"

#include <array>
#include <charconv>
#include <cmath>

namespace lanegrad {

std::string_view ConformityName(Conformity conformity) {
  constexpr std::array<std::string_view, 4> kNames = {"exact", "within spread", "within tolerance",
                                                      "differs"};
  return kNames[static_cast<std::size_t>(conformity)];
}

double HalfUnitOf(std::string_view printed) {
  const std::size_t exponent = printed.find_first_of("eE");
  int power = 0;
  if (exponent != printed.npos) {
    std::from_chars(printed.data() + exponent + 1, printed.data() + printed.size(), power);
  }
  const std::string_view digits = printed.substr(0, exponent);
  const std::size_t point = digits.find('.');
  if (point != digits.npos) power -= static_cast<int>(digits.size() - point - 1);
  return 0.5 * std::pow(10.0, power);
}

// Student's interval of the mean is mean +- t s sqrt(1/n).
Interval PredictionInterval(std::span<const double> values, double level) {
  const Interval of_mean = MeanInterval(values, level);
  const double half = 0.5 * (of_mean.high - of_mean.low);
  const double wider = half * std::sqrt(static_cast<double>(values.size()) + 1.0);
  return {Mean(values) - wider, Mean(values) + wider};
}

Conformity Conform(std::span<const double> values, std::string_view printed, double tolerance) {
  double published = 0.0;
  std::from_chars(printed.data(), printed.data() + printed.size(), published);
  const double half_unit = HalfUnitOf(printed), off = std::fabs(Mean(values) - published);
  if (off <= half_unit) return Conformity::kExact;
  const Interval next = PredictionInterval(values);
  if (published + half_unit >= next.low && published - half_unit <= next.high) {
    return Conformity::kWithinSpread;
  }
  return off <= tolerance ? Conformity::kWithinTolerance : Conformity::kDiffers;
}

}  // namespace lanegrad
