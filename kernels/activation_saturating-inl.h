/// @file
/// Activations that saturate at both ends without an exponential, of the family of sigmoids.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "kernels/activation.h"

#if defined(LANEGRAD_KERNELS_ACTIVATION_SATURATING_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_ACTIVATION_SATURATING_INL_H_
#undef LANEGRAD_KERNELS_ACTIVATION_SATURATING_INL_H_
#else
#define LANEGRAD_KERNELS_ACTIVATION_SATURATING_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/activation_parts-inl.h"
#include "kernels/activation_quick-inl.h"
#include "kernels/elementary_float-inl.h"
#include "kernels/exact-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// A sigmoid of three straight lines.
struct HardSigmoid {
  using Lane = float;
  template <class T>
  static T Value(T z) {
    return z < -3 ? T(0) : z > 3 ? T(1) : T((z + 3) / 6);
  }
  template <class T>
  static T Slope(T z) {
    return z > -3 && z < 3 ? T(1) / 6 : T(0);
  }
  static constexpr ActivationInfo kInfo = {
      .name = "hard_sigmoid",
      .aliases = "hardsigmoid",
      .summary = "a sigmoid of three straight lines",
      .formula = R"(\min(1, \max(0, (z + 3) / 6)))",
      .slope_formula = R"([|z| < 3] / 6)",
      .source = "Courbariaux, Bengio and David 2015",
      .value = &Value<long double>,
      .slope = &Slope<long double>,
      .max_ulp = 0.5,
      .slope_max_ulp = 0.5,
      .initializer = "glorot_uniform",
  };

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const V three = hn::Set(d, 3.0f);
    slope = Inside(d, z, three, hn::Set(d, 1.0f / 6.0f));
    // z + 3 is no float, but the sum of two; and a sixth of that is far enough from all middles
    // between floats, or is one.
    const auto sixth = SixthOf(d, SumOfOrdered(three, AtMost(d, AtLeast(d, z, -3.0), 3.0)));
    return hn::Add(sixth.high, sixth.low);
  }
};

/// A tanh of three straight lines.
struct HardTanh {
  using Lane = float;
  template <class T>
  static T Value(T z) {
    return z < -1 ? T(-1) : z > 1 ? T(1) : z;
  }
  template <class T>
  static T Slope(T z) {
    return z > -1 && z < 1 ? T(1) : T(0);
  }
  static constexpr ActivationInfo kInfo = {
      .name = "hard_tanh",
      .aliases = "hardtanh",
      .summary = "a tanh of three straight lines",
      .formula = R"(\min(1, \max(-1, z)))",
      .slope_formula = R"([|z| < 1])",
      .source = "Collobert 2004",
      .value = &Value<long double>,
      .slope = &Slope<long double>,
      .max_ulp = 0.5,
      .slope_max_ulp = 0.5,
      .initializer = "glorot_uniform",
  };

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const V one = hn::Set(d, 1.0f);
    slope = Inside(d, z, one, one);
    const V low = hn::IfThenElse(hn::Lt(z, hn::Neg(one)), hn::Neg(one), z);
    return hn::IfThenElse(hn::Gt(low, one), one, low);
  }
};

/// A sigmoid without an exponential: its tails fall off like 1 / z.
struct Softsign {
  using Lane = double;
  template <class T>
  static T Value(T z) {
    // The quotient of the largest floats is 1 to the last bit, that of infinities NaN.
    return z > 1e300 ? T(1) : z < -1e300 ? T(-1) : z < 0 ? T(z / (1 - z)) : T(z / (1 + z));
  }
  template <class T>
  static T Slope(T z) {
    const T x = z < 0 ? T(1 - z) : T(1 + z);
    return 1 / (x * x);
  }
  static constexpr HardCase kHardValues[] = {{0x1.17022cp-7, 0x1.14a722p-7}};
  static constexpr HardCase kHardSlopes[] = {{0x1.2d5dc4p-9, 0x1.fda756p-1}};
  static constexpr ActivationInfo kInfo = {
      .name = "softsign",
      .summary = "from -1 to 1 without an exponential; saturates slowly",
      .formula = R"(\frac{z}{1 + |z|})",
      .slope_formula = R"(\frac{1}{(1 + |z|)^2})",
      .source = "Bergstra, Desjardins, Lamblin and Bengio 2009",
      .value = &Value<long double>,
      .slope = &Slope<long double>,
      .max_ulp = 0.5,
      .slope_max_ulp = 0.5,
      .initializer = "glorot_uniform",
      .hard_values = kHardValues,
      .hard_slopes = kHardSlopes,
  };

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const V one = hn::Set(d, 1.0);
    const V x = AtMost(d, hn::Abs(z), 1e100);
    const V inverse = hn::Div(one, hn::Add(one, x));
    slope = PatchHardCases(d, x, kHardSlopes, hn::Mul(inverse, inverse));
    const V value = PatchHardCases(d, x, kHardValues, hn::Mul(x, inverse));
    return hn::CopySign(value, z);
  }

  // 1 / (1 + |z|) as a sum: a quotient, and what it lacks.
  using QuickLane = float;
  static constexpr QuickInputs kQuickInputs = {.above = -0x1p40f, .below = 0x1p40f, .tiny = false};
  template <class D, class V, class M>
  static HWY_INLINE V EvalQuick(D d, V z, V& slope, M& doubt) {
    const V one = hn::Set(d, 1.0f);
    const auto below = SumOf(one, hn::Abs(z));
    const V about = hn::Div(one, below.high);
    const V rest = FmaNegated(d, below.low, about, FmaNegated(d, below.high, about, one));
    const V inverse = Fma(d, about, rest, about);
    const V low = Fma(d, about, rest, hn::Sub(about, inverse));
    auto square = ProductOf(d, inverse, inverse);
    square.low = Fma(d, hn::Add(inverse, inverse), low, square.low);
    slope = Rounded(d, square, doubt);
    auto value = ProductOf(d, z, inverse);
    value.low = Fma(d, z, low, value.low);
    return Rounded(d, value, doubt);
  }
};

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
