/// @file
/// What the tests of a catalogue run over, and how they are named: every row with its default
/// parameter, and every row that takes one with another.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_TESTS_SPELLINGS_H_
#define LANEGRAD_TESTS_SPELLINGS_H_

#include <gtest/gtest.h>

#include <cctype>
#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
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
    // Off the default by an amount that is no power of two.
    const float room = std::fmin(p.max, p.default_value + 1.0f) - p.default_value;
    names.push_back(Spelled(info.name, p, p.default_value + 0.3f * room));
  }
  return names;
}

/// Names a test by what it runs over, so that `--gtest_filter=*snake*` finds it:
/// AVX2_snake_1_3 for ("AVX2", "snake:1.3"). Names, rows of catalogues and targets, or
/// tuples of them.
struct NamedByOperation {
  template <class Param>
  std::string operator()(const testing::TestParamInfo<Param>& info) const {
    return Text(info.param);
  }

 private:
  static std::string Text(std::string_view name) {
    std::string text(name);
    for (char& c : text) c = std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
    return text;
  }
  template <class Row>
  requires requires(const Row& row) { row.name; }
  static std::string Text(const Row& row) { return Text(std::string_view(row.name)); }
  template <class... Parts>
  static std::string Text(const std::tuple<Parts...>& parts) {
    std::string text;
    const auto add = [&](const std::string& part) {
      if (!text.empty() && !part.empty()) text += "_";
      text += part;
    };
    std::apply([&](const auto&... part) { (add(Text(part)), ...); }, parts);
    return text;
  }
};

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
