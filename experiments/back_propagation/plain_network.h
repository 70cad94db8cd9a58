/// @file
/// A dense network written plainly in double precision, with three ways to its gradient:
/// back-propagation, central differences and forward mode. What the chapter on the backward pass
/// quotes, counts, and plants mistakes in.
///
/// It is a measuring instrument, not a fast network: that is network/network.h, which it is held
/// against.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_PLAIN_NETWORK_H_
#define LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_PLAIN_NETWORK_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "experiments/back_propagation/gradient_mistake.h"
#include "kernels/head.h"
#include "kernels/loss.h"
#include "network/network.h"

namespace lanegrad {

/// A function of one number, with its slope, in double.
struct Curve {
  std::function<double(double)> value;  ///< f.
  std::function<double(double)> slope;  ///< f'.
};

/// The oracle of an activation. Its last bit may depend on the C library.
Curve CurveOf(Activation activation);

/// The sigmoid by the project's own exponential: the same bits on every machine.
Curve PortableSigmoid();

/// One layer: z_j = sum_i a_i w_ij + b_j, a_j = f(z_j).
struct PlainLayer {
  std::size_t in = 0;     ///< Inputs.
  std::size_t out = 0;    ///< Outputs.
  std::vector<double> w;  ///< From i to j: number i * out + j.
  std::vector<double> b;  ///< One an output.
  Curve f;                ///< The activation.
};

/// Samples as rows.
struct PlainBatch {
  std::size_t count = 0;  ///< Samples.
  std::vector<double> x;  ///< count x inputs.
  std::vector<double> y;  ///< count x outputs.
};

/// What a forward pass leaves behind: count x out numbers a layer.
struct PlainPass {
  std::vector<std::vector<double>> z;  ///< Weighted inputs.
  std::vector<std::vector<double>> a;  ///< Activations; of the last layer after the head.
};

/// The network. A gradient is a list of numbers, layer by layer: weights, then biases.
class PlainNetwork {
 public:
  /// Layers with all weights zero: `sizes` are inputs, hidden ..., outputs; f[l] is of layer l.
  PlainNetwork(std::span<const std::size_t> sizes, std::span<const Curve> f, Loss loss,
               std::optional<Head> head = {});
  /// The same network as `network`, whose floats are exact in double.
  PlainNetwork(const Network& network, Loss loss);

  std::vector<PlainLayer>& layers() { return layers_; }              ///< First to last.
  const std::vector<PlainLayer>& layers() const { return layers_; }  ///< First to last.
  std::vector<double*> Parameters();   ///< Weights and biases, in the order of a gradient.
  std::size_t ParameterCount() const;  ///< How many.
  /// Multiplications with an addition, in sums of products, since the network was made or copied
  /// from one: counted where they are carried out.
  std::uint64_t multiply_adds() const { return multiply_adds_; }

  PlainPass Forward(const PlainBatch& batch) const;  ///< All samples through all layers.
  double MeanLoss(const PlainBatch& batch) const;    ///< Of a forward pass.
  /// Loss::Value of outputs that are there already, mean over samples.
  double MeanLoss(const PlainBatch& batch, const PlainPass& pass) const;

  /// The gradient of MeanLoss() by back-propagation, from a pass: the delta recursion, with the
  /// mistake `mistake` made in it. All mistakes but kNone need layers of equal size. Through a head
  /// it goes by the kernel, in float, hence to 1e-7 only. [Rumelhart, Hinton and Williams 1986]
  std::vector<double> BackPropagate(const PlainBatch& batch, const PlainPass& pass,
                                    GradientMistake mistake = GradientMistake::kNone) const;

  /// The gradient by central differences, (E(w + h) - E(w - h)) / 2h, a weight at a time: two
  /// forward passes a weight. Leaves the weights as they are.
  std::vector<double> Differences(const PlainBatch& batch, double h);

  /// The gradient by forward mode: one pass a weight that carries the derivatives of all units by
  /// that weight along. Without a head. [Wengert 1964]
  std::vector<double> ForwardMode(const PlainBatch& batch) const;

 private:
  // dE/da of the last layer for each sample, divided by their number, carried through the head.
  std::vector<double> OutputSlopes(const PlainBatch& batch, const PlainPass& pass) const;

  std::vector<PlainLayer> layers_;
  Loss loss_;
  std::optional<Head> head_;
  mutable std::uint64_t multiply_adds_ = 0;
};

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_PLAIN_NETWORK_H_
