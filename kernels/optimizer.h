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

namespace lanegrad {

/// Most arrays of state that an optimizer keeps beside the weights.
inline constexpr std::size_t kMaxStates = 2;

/// What one step is made with. Set once a step, the same for every weight.
struct StepScalars {
  float rate = 0.1f;      ///< Learning rate, eta.
  float momentum = 0.9f;  ///< Momentum, mu.
};

/// One weight's step in double precision, for the oracle: updates `w` and the
/// states in place.
using StepOracle = void (*)(double& w, double g, std::array<double, kMaxStates>& state,
                            const StepScalars& s);

/// What a catalogue row says of an optimizer.
struct OptimizerInfo {
  std::string_view name;     ///< As the command line spells it.
  std::string_view summary;  ///< One line for a list of choices.
  std::string_view formula;  ///< LaTeX of the step.
  std::string_view source;   ///< Who proposed it: author and year.
  std::size_t states;        ///< Arrays of state it keeps, each as large as the weights.
  StepOracle oracle;         ///< The same step, written plainly in double.
};

/// A handle on one row of the catalogue.
class Optimizer {
 public:
  /// Looks `name` up. Throws UnknownName, which says what was meant.
  static Optimizer Named(std::string_view name);
  /// The optimizer of a row; `row < Optimizers().size()`.
  explicit constexpr Optimizer(std::size_t row) : row_(row) {}
  std::size_t row() const { return row_; }  ///< The row in the catalogue.
  const OptimizerInfo& info() const;        ///< What the catalogue says of it.

 private:
  std::size_t row_;
};

/// Every optimizer there is, in catalogue order.
std::span<const OptimizerInfo> Optimizers();

/// Arrays of state, as many as the optimizer keeps; the rest are null.
using StateArrays = std::array<float*, kMaxStates>;

/// Takes one step on n weights:
///
///     w[i], state[.][i]  <-  step(w[i], g[i], state[.][i]),   0 <= i < n
///
/// No array may overlap another. Any n, any alignment. Zero weight, gradient and
/// state stay zero, so that padding stays padding. Same bits on every target.
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
