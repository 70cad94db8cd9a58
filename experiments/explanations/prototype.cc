// SPDX-License-Identifier: Apache-2.0
#include "experiments/explanations/prototype.h"

#include <algorithm>
#include <numeric>

namespace lanegrad {
namespace {

void Blur(Matrix& x, std::size_t width) {
  const std::size_t height = x.cols() / width;
  const Matrix before = x;
  for (std::size_t p = 0; p < x.rows(); ++p) {
    for (std::size_t i = 0; i < x.cols(); ++i) {
      const std::size_t row = i / width, column = i % width;
      float sum = 4.0f * before(p, i), weight = 4.0f;
      const auto add = [&](bool there, std::size_t at) {
        if (!there) return;
        sum += before(p, at);
        weight += 1.0f;
      };
      add(row > 0, i - width);
      add(row + 1 < height, i + width);
      add(column > 0, i - 1);
      add(column + 1 < width, i + 1);
      x(p, i) = sum / weight;
    }
  }
}

}  // namespace

// [ascent]
Matrix Prototypes(const Network& network, const std::vector<float>& start, std::size_t width,
                  const Ascent& ascent) {
  std::vector<std::uint8_t> classes(network.outputs());
  std::iota(classes.begin(), classes.end(), std::uint8_t{0});
  Matrix x(classes.size(), start.size()), gradients(classes.size(), start.size());
  for (std::size_t p = 0; p < x.rows(); ++p) {
    for (std::size_t i = 0; i < x.cols(); ++i) x(p, i) = start[i];
  }
  for (std::size_t step = 1; step <= ascent.steps; ++step) {
    InputGradients(network, x.view(), classes, gradients.view());
    for (std::size_t p = 0; p < x.rows(); ++p) {
      for (std::size_t i = 0; i < x.cols(); ++i) {
        const float uphill = gradients(p, i) - ascent.penalty * (x(p, i) - start[i]);
        x(p, i) = std::clamp(x(p, i) + ascent.rate * uphill, 0.0f, 1.0f);
      }
    }
    if (ascent.blur > 0 && step % ascent.blur == 0) Blur(x, width);
  }
  return x;
}
// [ascent]

}  // namespace lanegrad
