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
#include <string>
#include <string_view>

#include "kernels/catalogue.h"

namespace lanegrad {

/// A function by its plain formula, for the oracle: of z alone, or of z and the
/// operation's parameter. It computes in long double, so that a double is right to
/// its last bits also where the formula cancels; the struct of an operation has it
/// as a template, which tests/exhaustive.cc also runs in 200 bits.
class Oracle {
 public:
  /// f(z).
  constexpr Oracle(long double (*plain)(long double)) : plain_(plain) {}
  /// f(z, parameter).
  constexpr Oracle(long double (*general)(long double, long double)) : general_(general) {}
  /// Its value. `parameter` is ignored where there is none.
  double operator()(double z, double parameter) const {
    return static_cast<double>(plain_ != nullptr ? plain_(z) : general_(z, parameter));
  }

 private:
  long double (*plain_)(long double) = nullptr;
  long double (*general_)(long double, long double) = nullptr;
};

/// What a catalogue row says of an activation, for tables, tests and the book.
struct ActivationInfo {
  std::string_view name;           ///< As the command line spells it.
  std::string_view summary;        ///< One line for a list of choices.
  std::string_view formula;        ///< LaTeX of f(z).
  std::string_view slope_formula;  ///< LaTeX of f'(z).
  std::string_view source;         ///< Who proposed it: author and year.
  Oracle value;                    ///< f by its plain formula.
  Oracle slope;                    ///< f' by its plain formula.
  /// Largest error of the value over all floats, in ULP, with the usual parameter: 0.5
  /// is the nearest float always. With another parameter at most 0.501.
  double max_ulp;
  double slope_max_ulp;          ///< The same of the slope.
  std::string_view initializer;  ///< Initial weights that suit it, by name.
  Parameter parameter = {};      ///< The number it takes, if it takes one.
};

/// A handle on one row of the catalogue, with the value of its parameter.
class Activation {
 public:
  /// Looks `name` up, "relu" or "leaky_relu:0.2". Throws UnknownName, which says
  /// what was meant, or BadParameter.
  static Activation Named(std::string_view name);
  std::size_t row() const { return row_; }        ///< The row in the catalogue.
  float parameter() const { return parameter_; }  ///< The value of its parameter.
  const ActivationInfo& info() const;             ///< What the catalogue says of it.
  std::string spelled() const;                    ///< What Named() reads back.
  double Value(double z) const;                   ///< The oracle of f.
  double Slope(double z) const;                   ///< The oracle of f'.

 private:
  constexpr Activation(std::size_t row, float parameter) : row_(row), parameter_(parameter) {}
  std::size_t row_;
  float parameter_;
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
struct ActivationSweep {
  /// What does the work.
  void (*kernel)(float parameter, const float* z, std::size_t n, float* a, float* slope) = nullptr;
  float parameter = 0.0f;  ///< Of the activation.
  /// Does what Activate() does.
  void operator()(const float* z, std::size_t n, float* a, float* slope) const {
    kernel(parameter, z, n, a, slope);
  }
};

/// Returns the sweep of `f` on the target in force. Do not keep it: it is valid
/// until the target changes (targets.h).
ActivationSweep SweepOf(Activation f);

}  // namespace lanegrad

#endif  // LANEGRAD_KERNELS_ACTIVATION_H_
