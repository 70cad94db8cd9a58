// SPDX-License-Identifier: Apache-2.0
#include "experiments/explanations/picture_letters.h"

#include <algorithm>
#include <cmath>

namespace lanegrad {
namespace {

constexpr std::string_view kLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr double kShades = 64.0;

}  // namespace

std::string PictureLetters(std::span<const double> values, double low, double high) {
  std::string letters;
  for (const double value : values) {
    const double shade = std::floor(kShades * (value - low) / (high - low));
    letters += kLetters[static_cast<std::size_t>(std::clamp(shade, 0.0, kShades - 1.0))];
  }
  return letters;
}

std::vector<double> ValuesOfLetters(std::string_view letters, double low, double high) {
  std::vector<double> values;
  for (const char letter : letters) {
    const double shade = static_cast<double>(kLetters.find(letter)) + 0.5;
    values.push_back(low + (high - low) * shade / kShades);
  }
  return values;
}

std::vector<double> OverLargest(std::vector<double> values) {
  double largest = 0.0;
  for (const double value : values) largest = std::max(largest, std::fabs(value));
  if (largest > 0.0) {
    for (double& value : values) value /= largest;
  }
  return values;
}

}  // namespace lanegrad
