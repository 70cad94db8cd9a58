/// @file
/// How long a gradient is: to clip it by [Pascanu, Mikolov and Bengio 2013, algorithm
/// 1], and to see which layers learn.
///
/// A step of training never writes its gradient to memory (gemm.h), so its length needs
/// the products once more. Who does not ask for it does not pay.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_GRADIENT_NORM_H_
#define LANEGRAD_NETWORK_GRADIENT_NORM_H_

#include <cstddef>
#include <vector>

#include "network/network.h"

namespace lanegrad {

/// The squares of a batch's gradient, summed row by row of the weights and then over
/// all of them, in double as reduce.h adds: the same bits for any number of threads.
class GradientNorm {
 public:
  /// Makes room for the gradient of `network`: as much memory as its weights.
  explicit GradientNorm(const Network& network);
  /// Computes a member's share of every layer's gradient by `count` samples, of which all
  /// deltas must be there.
  /// Cost: the weight gradient's products.
  void Measure(const Network& network, ConstPanels x, std::size_t count, const Workspace& space,
               const Member& member = {});
  /// Measures the gradient of such a batch and, where all layers together are longer than
  /// `most`, shortens it to that: scales the deltas. A norm that is not finite passes, and
  /// is found. All members must call it, and may go on when it returns.
  void Clip(float most, const Network& network, ConstPanels x, std::size_t count, Workspace& space,
            const Member& member = {});
  /// The norm of weights and biases of a layer, once all members have returned.
  double OfLayer(std::size_t layer) const;
  /// The norm of all layers together.
  double OfAll() const;

 private:
  std::vector<Matrix> gradients_;
  std::vector<std::vector<double>> squares_;  // of a layer: one a row of weights, one a bias
};

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_GRADIENT_NORM_H_
