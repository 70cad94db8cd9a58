// SPDX-License-Identifier: Apache-2.0
#include "experiments/statistics/conformity.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

namespace lanegrad {
namespace {

// From 1; of a quadratic cost, since tables are short.
std::vector<double> Ranks(std::span<const double> values) {
  std::vector<double> ranks;
  for (const double value : values) {
    const auto below =
        std::count_if(values.begin(), values.end(), [&](double other) { return other < value; });
    const auto equal = std::count(values.begin(), values.end(), value);
    ranks.push_back(static_cast<double>(below) + 0.5 * static_cast<double>(equal + 1));
  }
  return ranks;
}

}  // namespace

std::string_view ConformityName(Conformity conformity) {
  constexpr std::array<std::string_view, 5> kNames = {"exact", "within spread", "within tolerance",
                                                      "shape only", "differs"};
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

double RankCorrelation(std::span<const double> a, std::span<const double> b) {
  const std::vector<double> ranks_a = Ranks(a), ranks_b = Ranks(b);
  const double middle = 0.5 * (static_cast<double>(a.size()) + 1.0);
  double together = 0.0, of_a = 0.0, of_b = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    together += (ranks_a[i] - middle) * (ranks_b[i] - middle);
    of_a += (ranks_a[i] - middle) * (ranks_a[i] - middle);
    of_b += (ranks_b[i] - middle) * (ranks_b[i] - middle);
  }
  return together / std::sqrt(of_a * of_b);
}

bool SameShape(std::span<const double> ours, std::span<const double> published) {
  return ours.size() >= 4 && RankCorrelation(ours, published) >= 0.8;
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
