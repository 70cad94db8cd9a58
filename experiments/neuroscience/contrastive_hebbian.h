/// @file
/// Contrastive Hebbian learning: Hebb's rule with the answer held, less Hebb's rule without.
///
/// A layered network with weak feedback gamma settles at the activities that satisfy
///
///     a_l = f(a_{l-1} W_l + gamma a_{l+1} W_{l+1}^T + b_l),
///
/// once freely and once with the outputs held at the target. The difference of the products of
/// activities, times gamma^(l - L), is the step. As gamma goes to 0 it becomes the step of
/// back-propagation [Xie and Seung 2003].
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_NEUROSCIENCE_CONTRASTIVE_HEBBIAN_H_
#define LANEGRAD_EXPERIMENTS_NEUROSCIENCE_CONTRASTIVE_HEBBIAN_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lanegrad {

/// A small network in double: logistic hidden layers, linear outputs, squared error.
class SettlingNetwork {
 public:
  /// Layers of `sizes`, weights normal with deviation 1.5 / sqrt(in), biases zero. At least two.
  SettlingNetwork(std::vector<std::size_t> sizes, std::uint64_t seed);

  using Changes = std::vector<std::vector<double>>;  ///< A layer of weights each, row after row.

  /// Minus the gradient of half the squared error by the weights, for one sample.
  Changes Descent(const std::vector<double>& x, const std::vector<double>& y) const;
  /// The step of contrastive Hebbian learning with feedback `gamma` > 0, for one sample.
  Changes Contrast(const std::vector<double>& x, const std::vector<double>& y, double gamma) const;

 private:
  using Activities = std::vector<std::vector<double>>;
  std::vector<double> WeightedInput(const Activities& a, std::size_t l) const;
  Activities Settle(const std::vector<double>& x, const std::vector<double>* held,
                    double gamma) const;
  std::vector<std::size_t> sizes_;
  std::vector<std::vector<double>>
      weights_;  // from i to j of layer l: number i * sizes_[l + 1] + j
};

/// The angle between two lists of changes taken as one vector, by the chord between their unit
/// vectors, which keeps its digits where the angle is small: chord = 2 sin(angle / 2).
double ChordBetween(const SettlingNetwork::Changes& a, const SettlingNetwork::Changes& b);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_NEUROSCIENCE_CONTRASTIVE_HEBBIAN_H_
