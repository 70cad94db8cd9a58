// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/hebbian_learning.h"

#include <cmath>

#include "kernels/gemm.h"
#include "kernels/random.h"

namespace lanegrad {

HebbianLayer::HebbianLayer(std::size_t inputs, std::size_t units, std::size_t rows,
                           std::uint64_t seed)
    : weights_(inputs, units),
      outputs_(rows, units),
      products_(inputs, units),
      moments_(units, units) {
  RandomStream random(seed, Stream::kWeights);
  for (std::size_t j = 0; j < units; ++j) {
    std::vector<double> w(inputs);
    for (double& each : w) each = random.Normal();
    const double length = LengthOf(w);
    for (std::size_t i = 0; i < inputs; ++i) weights_(i, j) = static_cast<float>(w[i] / length);
  }
}

// [hebbian]
void HebbianLayer::Learn(HebbianRule rule, ConstPanels x, std::size_t count, double rate) {
  const std::size_t inputs = weights_.rows(), units = weights_.cols();
  Multiply(x, weights_.view(), {0, count}, outputs_.view());  // y = x W
  MultiplyTransposed(x, outputs_.view(), count, {0, PanelCount(inputs)}, products_.view());
  MultiplyTransposed(outputs_.view(), outputs_.view(), count, {0, PanelCount(units)},
                     moments_.view());
  const double step = rate / static_cast<double>(count);
  std::vector<double> before(units);
  for (std::size_t i = 0; i < inputs; ++i) {
    for (std::size_t j = 0; j < units; ++j) before[j] = weights_(i, j);
    for (std::size_t j = 0; j < units; ++j) {
      double change = products_(i, j);  // sum of x_i y_j
      // What holds the weights back: sum of y_j y_k w_ik.
      const std::size_t first = rule == HebbianRule::kSanger ? 0 : j;
      for (std::size_t k = first; rule != HebbianRule::kHebb && k <= j; ++k) {
        change -= moments_(k, j) * before[k];
      }
      weights_(i, j) = static_cast<float>(before[j] + step * change);
    }
  }
}
// [hebbian]

std::vector<double> HebbianLayer::MeanSquares(ConstPanels x, std::size_t count) {
  Multiply(x, weights_.view(), {0, count}, outputs_.view());
  std::vector<double> squares(weights_.cols());
  for (std::size_t j = 0; j < squares.size(); ++j) {
    for (std::size_t r = 0; r < count; ++r) {
      const double y = outputs_(r, j);
      squares[j] += y * y / static_cast<double>(count);
    }
  }
  return squares;
}

std::vector<double> HebbianLayer::WeightsOf(std::size_t unit) const {
  std::vector<double> w(weights_.rows());
  for (std::size_t i = 0; i < w.size(); ++i) w[i] = weights_(i, unit);
  return w;
}

double CosineBetween(const std::vector<double>& a, const std::vector<double>& b) {
  double ab = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) ab += a[i] * b[i];
  const double lengths = LengthOf(a) * LengthOf(b);
  return lengths > 0.0 ? ab / lengths : 0.0;
}

double LengthOf(const std::vector<double>& a) {
  double sum = 0.0;
  for (const double each : a) sum += each * each;
  return std::sqrt(sum);
}

}  // namespace lanegrad
