/// @file
/// Activation functions: what turns a weighted input z into an output a.
///
/// The catalogue is the list at the foot of kernels/activation-inl.h; this file
/// is what the rest of the program sees of it. See chapter 3.3.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_KERNELS_ACTIVATION_H_
#define LANEGRAD_KERNELS_ACTIVATION_H_

#include <algorithm>
#include <array>
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

/// An input whose true value or slope lies so near to the middle between two floats, or
/// to zero, that a double falls on the wrong side, and the float that is nearest to the
/// truth. Found by tests/exhaustive.cc among all floats, decided by 240 bits.
struct HardCase {
  double input;    ///< A float.
  double nearest;  ///< A float.
};

/// The largest error of a value or a slope with a parameter that is not the default, in
/// ULP: hard cases are known of the default alone.
inline constexpr double kAnyParameterMaxUlp = 0.501;

/// In which of three grades an activation is computed. Each has the same bits on every target.
enum class Precision {
  kExact,    ///< Correctly rounded: in double lanes, where a float does not suffice.
  kFast,     ///< In float lanes, with an error of a stated size; for those that have it.
  kFastest,  ///< Likewise, without sums of two floats: at most 4 ULP, for those that have it.
};
/// All of them, the most precise first.
inline constexpr std::array<Precision, 3> kPrecisions = {Precision::kExact, Precision::kFast,
                                                         Precision::kFastest};
/// "exact", "fast" or "fastest".
std::string_view NameOf(Precision precision);
/// The other way round. Throws UnknownName.
Precision PrecisionNamed(std::string_view name);

/// What a catalogue row says of an activation, for tables, tests and the book.
struct ActivationInfo {
  std::string_view name;           ///< As the command line spells it.
  std::string_view proper = {};    ///< In papers, where it is not the name with blanks.
  std::string_view aliases = {};   ///< What others call it, parted by blanks.
  std::string_view summary;        ///< One line for a list of choices.
  std::string_view formula;        ///< LaTeX of f(z).
  std::string_view slope_formula;  ///< LaTeX of f'(z).
  std::string_view source;         ///< Who proposed it: author and year.
  Oracle value;                    ///< f by its plain formula.
  Oracle slope;                    ///< f' by its plain formula.
  /// Largest error of the value over all floats, in ULP, with the default parameter: 0.5
  /// is the nearest float always. With another, see Activation::MaxUlp().
  double max_ulp;
  double slope_max_ulp;       ///< The same of the slope.
  double fast_max_ulp = 0.0;  ///< Of the fast version, whatever the parameter; 0: it has none.
  double fast_slope_max_ulp = 0.0;     ///< The same of the slope.
  double fastest_max_ulp = 0.0;        ///< Of the fastest version; 0: it has none.
  double fastest_slope_max_ulp = 0.0;  ///< The same of the slope.
  std::string_view initializer;        ///< Initial weights that suit it, by name.
  Parameter parameter = {};            ///< The number it takes, if it takes one.
  bool is_identity = false;            ///< Whether it is f(z) = z, which passes logits on.
  /// The inputs that would be rounded the wrong way, with the default parameter, and what
  /// the kernel puts in place of their values. One of a pair z, -z may stand for both.
  std::span<const HardCase> hard_values = {};
  std::span<const HardCase> hard_slopes = {};  ///< The same of slopes.
};

/// Every activation there is, in catalogue order.
std::span<const ActivationInfo> Activations();

/// A handle on one activation, with the value of its parameter.
class Activation : public Handle<Activation, ActivationInfo> {
 public:
  static constexpr std::string_view kNoun = "activation";                       ///< What a row is.
  static std::span<const ActivationInfo> Catalogue() { return Activations(); }  ///< All of them.
  double Value(double z) const { return info().value(z, parameter()); }  ///< The oracle of f.
  double Slope(double z) const { return info().slope(z, parameter()); }  ///< The oracle of f'.
  /// Whether it has a version of its own in this grade.
  bool Has(Precision precision) const {
    return precision == Precision::kExact || OwnMaxUlp(precision) > 0.0;
  }
  /// In which grade it is computed: exact, unless With() says otherwise.
  Precision precision() const { return precision_; }
  /// The same in another grade, or in the next more precise one of which there is a version.
  Activation With(Precision precision) const {
    Activation f = *this;
    f.precision_ =
        precision == Precision::kFastest && !Has(precision) ? Precision::kFast : precision;
    if (!Has(f.precision_)) f.precision_ = Precision::kExact;
    return f;
  }
  /// The stated error of the value with this parameter in this grade, in ULP.
  double MaxUlp() const {
    return precision_ == Precision::kExact ? WithParameter(info().max_ulp) : OwnMaxUlp(precision_);
  }
  /// The stated error of the slope with this parameter in this grade, in ULP.
  double SlopeMaxUlp() const {
    switch (precision_) {
      case Precision::kExact:
        return WithParameter(info().slope_max_ulp);
      case Precision::kFast:
        return info().fast_slope_max_ulp;
      case Precision::kFastest:
        return info().fastest_slope_max_ulp;
    }
    return 0.0;
  }

 private:
  using Handle::Handle;
  Precision precision_ = Precision::kExact;
  double OwnMaxUlp(Precision precision) const {
    return precision == Precision::kFast ? info().fast_max_ulp : info().fastest_max_ulp;
  }
  double WithParameter(double max_ulp) const {
    return parameter() == info().parameter.default_value ? max_ulp
                                                         : std::max(max_ulp, kAnyParameterMaxUlp);
  }
};

/// Applies an activation to an array, keeping its slope for the backward pass.
///
///     a[i] = f(z[i]),   slope[i] = f'(z[i]),   0 <= i < n
///
/// `a` may be `z`; otherwise the arrays must not overlap. Any n, any alignment.
/// The result is the same for every target and vector width, bit for bit.
/// Cost: n evaluations; reads 4n bytes, writes 8n.
void Activate(Activation f, const float* z, std::size_t n, float* a, float* slope);

/// What Activate() does in the exact grade, without its first tier: every element with all the
/// digits that any needs. The floats are the same, in more time; for tests of that.
void ActivateInFull(Activation f, const float* z, std::size_t n, float* a, float* slope);

/// What the exact grade computes before it rounds to floats, with some 50 digits: what errors of
/// the fast grade are measured by. Throws std::invalid_argument where `f` has no fast version.
void ActivateUnrounded(Activation f, const float* z, std::size_t n, double* a, double* slope);

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
