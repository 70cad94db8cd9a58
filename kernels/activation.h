/// @file
/// Activation functions: what turns a weighted input z into an output a.
///
/// The catalogue is the list at the foot of kernels/activation-inl.h; this file
/// is what the rest of the program sees of it. See chapter 3.3.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_KERNELS_ACTIVATION_H_
#define LANEGRAD_KERNELS_ACTIVATION_H_

#include <cstddef>
#include <span>
#include <string_view>

namespace lanegrad {

/// What a catalogue row says of an activation, for tables, tests and the book.
struct ActivationInfo {
  std::string_view name;           ///< As the command line spells it.
  std::string_view summary;        ///< One line for a list of choices.
  std::string_view formula;        ///< LaTeX of f(z).
  std::string_view slope_formula;  ///< LaTeX of f'(z).
  std::string_view source;         ///< Who proposed it: author and year.
  double (*value)(double);         ///< Oracle of f in double precision.
  double (*slope)(double);         ///< Oracle of f' in double precision.
  double max_ulp;                  ///< Largest error of the value over all floats, in ULP.
  double slope_max_ulp;            ///< Largest error of the slope over all floats, in ULP.
  std::string_view initializer;    ///< Initial weights that suit it, by name.
};

/// A handle on one row of the catalogue.
class Activation {
 public:
  /// Looks `name` up. Throws UnknownName, which says what was meant.
  static Activation Named(std::string_view name);
  /// The activation of a row; `row < Activations().size()`.
  explicit constexpr Activation(std::size_t row) : row_(row) {}
  std::size_t row() const { return row_; }  ///< The row in the catalogue.
  const ActivationInfo& info() const;       ///< What the catalogue says of it.

 private:
  std::size_t row_;
};

/// Every activation there is, in catalogue order.
std::span<const ActivationInfo> Activations();

/// Applies an activation to an array, keeping its slope for the backward pass.
///
///     a[i] = f(z[i]),   slope[i] = f'(z[i]),   0 <= i < n
///
/// `a` may be `z`; otherwise the arrays must not overlap. Any n, any alignment.
/// The result is the same for every target and vector width, bit for bit.
/// Cost: n evaluations; reads 4n bytes, writes 8n.
void Activate(Activation f, const float* z, std::size_t n, float* a, float* slope);

/// The kernel behind Activate() on the target in force: for callers that apply
/// one activation many times to small arrays, as the epilogue of gemm.h does.
using ActivationSweep = void (*)(const float* z, std::size_t n, float* a, float* slope);

/// Returns the sweep of `f` on the target in force. Do not keep it: it is valid
/// until the target changes (targets.h).
ActivationSweep SweepOf(Activation f);

}  // namespace lanegrad

#endif  // LANEGRAD_KERNELS_ACTIVATION_H_
