/// @file
/// A dense network: layers of weights, and the two passes through them.
///
/// With samples in rows (article, section 3.1, which puts them in columns):
///
///     z_l = a_{l-1} W_l + b_l,    a_l = f_l(z_l),    a_0 = x
///
/// and back (section 3.2, which leaves this out), with * element by element:
///
///     delta_L = dE/da_L * f_L'(z_L),    delta_l = (delta_{l+1} W_{l+1}^T) * f_l'(z_l)
///     dE/dW_l = a_{l-1}^T delta_l,      dE/db_l = sum over samples of delta_l
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_NETWORK_H_
#define LANEGRAD_NETWORK_NETWORK_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "kernels/activation.h"
#include "kernels/ahead.h"
#include "kernels/head.h"
#include "kernels/loss.h"
#include "kernels/matrix.h"
#include "kernels/optimizer.h"
#include "network/dropout.h"
#include "network/hash.h"
#include "network/initializer.h"
#include "network/parallel.h"

namespace lanegrad {

/// One layer: its weights, and what its optimizer keeps beside them.
struct Layer {
  Matrix weights;                     ///< (in, out).
  Array bias;                         ///< One panel row a panel of outputs; padding zero.
  Activation activation;              ///< f.
  std::vector<Matrix> weight_states;  ///< Of the optimizer.
  std::vector<Array> bias_states;     ///< Of the optimizer.
  std::size_t in() const { return weights.rows(); }   ///< Inputs.
  std::size_t out() const { return weights.cols(); }  ///< Outputs.
};

/// What a batch leaves behind in each layer, for the way back.
struct Workspace {
  std::vector<Matrix> values;  ///< a_l, (rows, out).
  std::vector<Matrix> slopes;  ///< f_l'(z_l), (rows, out).
  std::vector<Matrix> deltas;  ///< delta_l, (rows, out).
};

/// What the last layer does: an activation, or a head after the identity.
struct Output {
  Activation activation;          ///< Of each output by itself.
  std::optional<Head> head = {};  ///< Of all outputs of a sample together.
  /// Looks `name` up among heads and activations. Throws UnknownName.
  static Output Named(std::string_view name);
  std::string spelled() const;  ///< What Named() reads back.
};

/// Every name that Output::Named() knows: activations, then heads.
std::vector<std::string_view> OutputNames();

/// Whether `loss` makes sense of such outputs.
bool Accepts(const Loss& loss, const Output& output);

/// A dense network.
class Network {
 public:
  /// A network of `sizes` (inputs, hidden ..., outputs; at least two) with activation
  /// hidden[l] in layer l, except the last, which has `output`. Weights and biases are
  /// zero.
  Network(std::span<const std::size_t> sizes, std::span<const Activation> hidden, Output output);
  /// The same with `hidden` in all layers but the last.
  Network(std::span<const std::size_t> sizes, Activation hidden, Output output)
      : Network(sizes, std::vector<Activation>(sizes.size(), hidden), output) {}
  /// The same with a last layer that has no head.
  Network(std::span<const std::size_t> sizes, Activation hidden, Activation output)
      : Network(sizes, hidden, Output{.activation = output}) {}

  /// Draws the weights of layer l from stream (seed, kWeights, l) as initializers[l]
  /// says; biases stay zero.
  void Initialize(std::span<const Initializer> initializers, std::uint64_t seed);
  /// The same with one initializer for all layers.
  void Initialize(Initializer initializer, std::uint64_t seed) {
    Initialize(std::vector<Initializer>(layers_.size(), initializer), seed);
  }
  /// Draws the biases of each layer l from stream (seed, kWeights, 2^32 + l).
  void InitializeBiases(Initializer initializer, std::uint64_t seed);
  /// Makes room for what `optimizer` keeps, zero at first.
  void Prepare(Optimizer optimizer);

  std::span<const Layer> layers() const { return layers_; }     ///< First to last.
  std::span<Layer> layers() { return layers_; }                 ///< First to last.
  const std::optional<Head>& head() const { return head_; }     ///< After the last layer.
  std::size_t inputs() const { return layers_.front().in(); }   ///< Features of a sample.
  std::size_t outputs() const { return layers_.back().out(); }  ///< Outputs of a sample.
  /// Numbers that are learned: weights and biases.
  std::size_t Parameters() const;
  /// Floating-point operations to train on one sample: 2 a weight forward, 2 for
  /// its gradient, 2 for the input's gradient except in the first layer.
  double FlopsPerSample() const;

  /// Room for batches of up to `rows` samples. `training` false: no deltas.
  Workspace MakeWorkspace(std::size_t rows, bool training = true) const;

  /// Runs the first `count` samples of x through all layers. Reads the weights, writes
  /// values and slopes. A member of a team brings the slice of x that is its own by
  /// Member::Slice() and has done, on return, the same slice of the outputs; in between
  /// members wait for each other. In training, `dropout` says which hidden units are left out.
  void Forward(ConstPanels x, std::size_t count, Workspace& space, const Member& member = {},
               const Dropout* dropout = nullptr) const;

  /// Evaluates the loss of samples `rows` by their targets y: writes each one's loss
  /// to losses[r], and scale * dE/dz to the deltas of the last layer, if there are
  /// any in `space`.
  void Evaluate(Loss loss, ConstPanels y, Range rows, double scale, double* losses,
                Workspace& space) const;

  /// Carries deltas of the last layer, which are there already, back through all
  /// others, for `count` samples. A member brings its slice of samples; all deltas are
  /// there when all members have returned.
  void Backward(std::size_t count, Workspace& space, const Member& member = {}) const;

  /// One step of `optimizer` along the gradient of `count` samples, for a member's
  /// share of every layer's weights and biases. All deltas must be there, and all
  /// members must have returned before the next Forward(). Penalties and
  /// weight decay are for weights alone, not for biases. Asks for the rows of `ahead` meanwhile.
  void Update(Optimizer optimizer, const StepScalars& scalars, ConstPanels x, std::size_t count,
              const Workspace& space, const Member& member = {}, const RowsAhead& ahead = {});

  /// The gradient itself, for tests and experiments: dE/dW_l and dE/db_l.
  void Gradient(ConstPanels x, std::size_t count, const Workspace& space, std::size_t layer,
                Panels weights, float* bias) const;

  /// Adds every weight and bias, row after row without padding, to a digest.
  void AddTo(Hasher& hasher) const;
  /// Whether every weight and bias is finite.
  bool Finite() const;

 private:
  std::vector<Layer> layers_;
  std::optional<Head> head_;
};

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_NETWORK_H_
