/// @file
/// The loss of a network on all of its samples: value, gradient, and how sharply it bends.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_DESCENT_CURVATURE_H_
#define LANEGRAD_EXPERIMENTS_DESCENT_CURVATURE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "kernels/matrix.h"
#include "network/dataset.h"
#include "network/network.h"
#include "network/resolved_settings.h"

namespace lanegrad {

/// A network and all samples that it learns from, taken as one batch. Weights, gradients and
/// directions are rows of numbers in the order of TakeNumbers() (network/parameters.h). One
/// thread; the same bits on every machine.
class WholeBatch {
 public:
  /// The network that Train() would begin with, and the samples it would learn from. Throws what
  /// Resolve() throws.
  WholeBatch(const Settings& settings, const Dataset& data);
  std::size_t samples() const { return x_.rows(); }  ///< How many.
  std::vector<float> weights() const;                ///< Where the network stands.
  void Place(const std::vector<float>& weights);     ///< Puts it elsewhere.
  double Loss();                                     ///< The mean loss of all samples, here.
  /// The same; `gradient` receives its gradient, as floats. Cost: one pass forward and back.
  double Gradient(std::vector<float>& gradient);
  /// H v of the Hessian H here, by a central difference of gradients along v:
  /// (g(w + h v) - g(w - h v)) / 2h, with h so that the move has length 0.01. The network is
  /// left where it was. v must not be zero. Cost: two gradients. [Pearlmutter 1994, section 2]
  std::vector<double> HessianTimes(const std::vector<double>& v);
  /// The eigenvalue of H that is largest in size, by power iteration from `v`, which receives its
  /// direction: v <- H v / |H v|, and v^T H v in the end. An empty v begins at normal numbers
  /// from stream kNoise of `seed`. Cost: two gradients an iteration.
  double LargestCurvature(std::size_t iterations, std::vector<double>& v, std::uint64_t seed = 1);

 private:
  ResolvedSettings resolved_;
  Network network_;
  Matrix x_, y_;
  Workspace space_;
  std::vector<double> losses_;
};

/// Full-batch descent with momentum: v <- momentum v - rate g, w <- w + v, `steps` times, from
/// where `batch` stands, and leaves it where it ends. `velocity` is v, empty at first. Returns the
/// loss before the last step; not finite where it has diverged, and then it ends early.
double DescendWhole(WholeBatch& batch, double rate, double momentum, std::size_t steps,
                    std::vector<float>& velocity);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_DESCENT_CURVATURE_H_
