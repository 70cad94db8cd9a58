/// @file
/// Hebbian learning: a weight changes by what its two ends do, and by nothing else.
///
/// A layer of linear units y = x W sees samples x and changes its weights by
///
///     Hebb    dw_ij = eta x_i y_j                                [Hebb 1949]
///     Oja     dw_ij = eta y_j (x_i - y_j w_ij)                   [Oja 1982]
///     Sanger  dw_ij = eta y_j (x_i - sum_{k <= j} y_k w_ik)      [Sanger 1989]
///
/// each averaged over a batch. On average Hebb's rule is dW = eta C W with C = mean of x x^T, so
/// that w grows as exp(eta lambda_1 t) along C's first eigenvector; the others keep it at length
/// one.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_NEUROSCIENCE_HEBBIAN_LEARNING_H_
#define LANEGRAD_EXPERIMENTS_NEUROSCIENCE_HEBBIAN_LEARNING_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/matrix.h"

namespace lanegrad {

/// Which rule.
enum class HebbianRule {
  kHebb,    ///< Grows without bound.
  kOja,     ///< Of one unit: its first principal direction.
  kSanger,  ///< Of several units: one principal direction each, in order.
};

/// Linear units that learn by such a rule.
class HebbianLayer {
 public:
  /// `units` units on `inputs` inputs, with random weights of length 1, for batches of up to
  /// `rows` samples.
  HebbianLayer(std::size_t inputs, std::size_t units, std::size_t rows, std::uint64_t seed);
  /// One change by the mean over the first `count` rows of x (rows, inputs).
  /// Cost: 4 count inputs units flops.
  void Learn(HebbianRule rule, ConstPanels x, std::size_t count, double rate);
  /// The mean square of each unit's output over the first `count` rows of x.
  std::vector<double> MeanSquares(ConstPanels x, std::size_t count);
  /// The weights of a unit, in double.
  std::vector<double> WeightsOf(std::size_t unit) const;

 private:
  Matrix weights_, outputs_, products_, moments_;
};

/// The cosine of the angle between two vectors; 0 where one is zero.
double CosineBetween(const std::vector<double>& a, const std::vector<double>& b);
/// The length of a vector.
double LengthOf(const std::vector<double>& a);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_NEUROSCIENCE_HEBBIAN_LEARNING_H_
