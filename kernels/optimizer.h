/// @file
/// Optimizers: how a gradient becomes a step. See chapter 3.5.
///
/// The catalogue is the list at the foot of kernels/optimizer-inl.h.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_KERNELS_OPTIMIZER_H_
#define LANEGRAD_KERNELS_OPTIMIZER_H_

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "kernels/catalogue.h"

namespace lanegrad {

/// Most arrays of state that an optimizer keeps beside the weights.
inline constexpr std::size_t kMaxStates = 3;

/// What one step is made with. Set once a step, the same for every weight.
struct StepScalars {
  float rate = 0.1f;              ///< Learning rate, eta.
  float beta1 = 0.9f;             ///< Share that a momentum keeps, mu or beta_1.
  float beta2 = 0.999f;           ///< Share that a mean of squares keeps, rho or beta_2.
  float epsilon = 1e-8f;          ///< Added to denominators.
  float weight_decay = 0.0f;      ///< Decoupled weight decay, lambda.
  float clip = 0.0f;              ///< Gradients are cut at plus and minus this; 0: never.
  float l1 = 0.0f;                ///< Its product with the weight's sign is added to a gradient.
  float l2 = 0.0f;                ///< Its product with the weight is added to a gradient.
  float bias_correction1 = 1.0f;  ///< 1 / (1 - beta1^t) in step t = 1, 2, ...
  float bias_correction2 = 1.0f;  ///< 1 / (1 - beta2^t).
  float next_bias_correction1 = 1.0f;  ///< 1 / (1 - beta1^(t+1)).
  /// Whether states that are tiny (tiny.h) become zero after the step.
  bool flush_tiny_states = true;

  /// Sets what depends on the number of the step, which begins at 1: tiny states are
  /// flushed at each 64th. The powers are products in double, the same on every machine.
  void CountSteps(std::size_t t);
};

/// The same in double, for oracles; without penalties, which are in the gradient.
struct PlainScalars {
  double rate;                   ///< Learning rate.
  double beta1;                  ///< Share that a momentum keeps.
  double beta2;                  ///< Share that a mean of squares keeps.
  double epsilon;                ///< Added to denominators.
  double weight_decay;           ///< Decoupled weight decay.
  double bias_correction1;       ///< 1 / (1 - beta1^t).
  double bias_correction2;       ///< 1 / (1 - beta2^t).
  double next_bias_correction1;  ///< 1 / (1 - beta1^(t+1)).
};

/// One weight's step in double precision, for the oracle: updates `w` and the
/// states in place.
using StepOracle = void (*)(double& w, double g, std::array<double, kMaxStates>& state,
                            const PlainScalars& p);

/// Which numbers of StepScalars a step depends on, beside those that every one does: rate, l1 and
/// l2. Whoever sets another of them changes no bit of it.
struct StepReads {
  bool beta1 = false;         ///< Whether it keeps a momentum.
  bool beta2 = false;         ///< Whether it keeps a second mean, of squares or of gradients.
  bool epsilon = false;       ///< Whether it adds epsilon to a denominator.
  bool weight_decay = false;  ///< Whether it shrinks weights beside the gradient.
  bool clip = true;           ///< Whether it sees a gradient's size, and so where it is cut.
};

/// What a catalogue row says of an optimizer.
struct OptimizerInfo {
  std::string_view name;          ///< As the command line spells it.
  std::string_view proper = {};   ///< In papers, where it is not the name with blanks.
  std::string_view aliases = {};  ///< What others call it, parted by blanks.
  std::string_view summary;       ///< One line for a list of choices.
  std::string_view formula;       ///< LaTeX of the step.
  /// The same in plain text, a line each; {rate}, {beta1}, {beta2}, {epsilon} and {weight_decay}
  /// stand for numbers, {1-beta1} and {1-beta2} for one minus them.
  std::string_view plain;
  std::string_view source;  ///< Who proposed it: author and year.
  std::size_t states;       ///< Arrays of state it keeps, each as large as the weights.
  StepOracle oracle;        ///< The same step, written plainly in double.
  StepReads reads;          ///< What the step depends on.
  float rate;               ///< Default learning rate.
  // What a step does not read has a default all the same: it is part of the keys of runs, so
  // that it stays as it is.
  float beta1 = 0.9f;       ///< Default of beta1.
  float beta2 = 0.999f;     ///< Default of beta2.
  float epsilon = 1e-8f;    ///< Default of epsilon.
  bool full_batch = false;  ///< Whether it makes sense of whole gradients alone.
};

/// Every optimizer there is, in catalogue order.
std::span<const OptimizerInfo> Optimizers();

/// A handle on one optimizer.
class Optimizer : public Handle<Optimizer, OptimizerInfo> {
 public:
  static constexpr std::string_view kNoun = "optimizer";                      ///< What a row is.
  static std::span<const OptimizerInfo> Catalogue() { return Optimizers(); }  ///< All of them.

  /// The optimizer of a row; `row < Optimizers().size()`.
  explicit constexpr Optimizer(std::size_t row) : Handle(row) {}

 private:
  using Handle::Handle;
};

/// Arrays of state, as many as the optimizer keeps; the rest are null.
using StateArrays = std::array<float*, kMaxStates>;

/// Takes one step on n weights:
///
///     w[i], state[.][i]  <-  step(w[i], g[i], state[.][i]),   0 <= i < n
///
/// where first each g[i] is cut to [-clip, clip], and then l1 sign(w) + l2 w is added. No array may
/// overlap another. Any n, any alignment. Zero weight, gradient and state stay a zero weight, so
/// that padding stays padding. Same bits on every target.
void Step(Optimizer optimizer, const StepScalars& s, std::size_t n, const float* g, float* w,
          const StateArrays& state);

/// The kernel behind Step() on the target in force.
using OptimizerSweep = void (*)(const StepScalars& s, std::size_t n, const float* g, float* w,
                                const StateArrays& state);

/// Returns the sweep of `optimizer` on the target in force. Do not keep it: it
/// is valid until the target changes (targets.h).
OptimizerSweep SweepOf(Optimizer optimizer);

}  // namespace lanegrad

#endif  // LANEGRAD_KERNELS_OPTIMIZER_H_
