// SPDX-License-Identifier: Apache-2.0
#include "experiments/explanations/smoothness.h"

#include <algorithm>
#include <cmath>

namespace lanegrad {

double NeighbourCorrelation(std::span<const double> picture, std::size_t width) {
  const auto [least, most] = std::minmax_element(picture.begin(), picture.end());
  if (*least == *most) return std::nan("");
  const std::size_t height = picture.size() / width;
  double mean = 0.0, square = 0.0, product = 0.0, pairs = 0.0;
  for (const double value : picture) mean += value / static_cast<double>(picture.size());
  for (std::size_t row = 0; row < height; ++row) {
    for (std::size_t column = 0; column < width; ++column) {
      const double here = picture[row * width + column] - mean;
      square += here * here;
      if (column + 1 < width) {
        product += here * (picture[row * width + column + 1] - mean);
        pairs += 1.0;
      }
      if (row + 1 < height) {
        product += here * (picture[(row + 1) * width + column] - mean);
        pairs += 1.0;
      }
    }
  }
  return product / pairs / (square / static_cast<double>(picture.size()));
}

}  // namespace lanegrad
