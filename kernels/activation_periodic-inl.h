/// @file
/// Activations that repeat.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "kernels/activation.h"
#include "kernels/op_list.h"

#if defined(LANEGRAD_KERNELS_ACTIVATION_PERIODIC_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_ACTIVATION_PERIODIC_INL_H_
#undef LANEGRAD_KERNELS_ACTIVATION_PERIODIC_INL_H_
#else
#define LANEGRAD_KERNELS_ACTIVATION_PERIODIC_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/activation_float-inl.h"
#include "kernels/activation_parts-inl.h"
#include "kernels/sine-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// The sine: never saturates, and forgets how far from zero its input was. At
/// infinity it is NaN.
struct Sine {
  using Lane = double;
  template <class T>
  static T Value(T z) {
    using std::sin;
    return sin(z);
  }
  template <class T>
  static T Slope(T z) {
    using std::cos;
    return cos(z);
  }
  static constexpr HardCase kHardValues[] = {{0x1.33333p+13, -0x1.63f4bap-2},
                                             {-0x1.33333p+13, 0x1.63f4bap-2}};
  static constexpr HardCase kHardSlopes[] = {{0x1.3170fp+63, 0x1.fe2976p-1},
                                             {0x1.2b9622p+67, 0x1.f0285ep-1}};
  static constexpr ActivationInfo kInfo = {
      .name = "sine",
      .summary = "sine: from -1 to 1, over and over",
      .formula = R"(\sin z)",
      .slope_formula = R"(\cos z)",
      .source = "Sopena, Romero and Alquezar 1999; Sitzmann et al. 2020",
      .value = &Value<long double>,
      .slope = &Slope<long double>,
      .max_ulp = 0.5,
      .slope_max_ulp = 0.5,
      .fast_max_ulp = 1.0,
      .fast_slope_max_ulp = 1.0,
      .initializer = "lecun_uniform",
      .hard_values = kHardValues,
      .hard_slopes = kHardSlopes,
  };

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const auto both = EvalSine(d, z);
    slope = PatchHardCases(d, hn::Abs(z), kHardSlopes, both.cosine);
    return PatchHardCases(d, z, kHardValues, both.sine);
  }

  template <class D, class V>
  static HWY_INLINE V EvalFast(D d, V z, V& slope) {
    const auto both = FloatSine(d, z);
    slope = both.cosine;
    return both.sine;
  }
};

// [snake]
/// The input and a wave on it: it repeats as the sine does, and goes on as the identity
/// does, so that what repeats can be learned and nothing is forgotten. Its slope is never
/// below zero. At infinity it is infinite, and its slope NaN.
struct Snake {
  using Lane = double;
  template <class T>
  static T Value(T z, T a) {
    using std::sin;
    if (z - z != 0) return z;
    const T s = sin(a * z);
    return z + s * s / a;
  }
  // 1 + sin(2 a z), without cancellation where that is near zero.
  template <class T>
  static T Slope(T z, T a) {
    using std::cos, std::sin;
    const T s = sin(2 * a * z), c = cos(2 * a * z);
    return s < 0 ? T(c * c / (1 - s)) : T(1 + s);
  }
  static constexpr HardCase kHardSlopes[] = {{0x1.4dd74ep+63, 0x1.96dcdap-1},
                                             {-0x1.00d6a4p+17, 0x1.4dac5ep-3}};
  static constexpr ActivationInfo kInfo = {
      .name = "snake",
      .proper = "Snake",
      .summary = "the input and a wave on it: for what repeats",
      .formula = R"(z + \tfrac1\alpha \sin^2(\alpha z))",
      .slope_formula = R"(1 + \sin(2 \alpha z))",
      .source = "Ziyin, Hartwig and Ueda 2020",
      .value = &Value<long double>,
      .slope = &Slope<long double>,
      .max_ulp = 0.5,
      .slope_max_ulp = 0.5,
      .initializer = "lecun_uniform",
      .parameter = {.name = "alpha",
                    .summary = "frequency of the wave",
                    .default_value = 1.0f,
                    .min = 0.001f,
                    .max = 1000.0f},
      .hard_slopes = kHardSlopes,
  };

  // From sine and cosine of t = 2 a z, which is exact in double. Where they would cancel,
  //
  //     sin^2(a z) = (1 - cos t) / 2 = sin^2 t / (2 (1 + cos t)),
  //     1 + sin t = cos^2 t / (1 - sin t).
  //
  // From |a z| = 2^24 on z + 1/a may be the middle between two floats. The sum is below
  // it, which a double does not show where sin^2(a z) is near 1: so that is kept from 1.
  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V a, V& slope) {
    const V zero = hn::Zero(d), one = hn::Set(d, 1.0), two = hn::Set(d, 2.0);
    const V angle = hn::Mul(a, z);
    const auto [sine, cosine] = EvalSine<double>(d, hn::Add(angle, angle));
    const auto near = hn::Ge(cosine, zero);
    const V up = hn::Add(one, hn::Abs(cosine));
    const V square = hn::Div(hn::IfThenElse(near, hn::Mul(sine, sine), up),
                             hn::IfThenElse(near, hn::Add(up, up), two));
    const V below_one = hn::IfThenElse(hn::Gt(hn::Abs(angle), hn::Set(d, 0x1p24)),
                                       AtMost(d, square, 1.0 - 0x1p-26), square);
    const V value = Fma(d, hn::Div(one, a), below_one, z);
    const V side = hn::Add(one, hn::Abs(sine));
    const V rise = BySign(d, sine, side, hn::Div(hn::Mul(cosine, cosine), side));
    slope = hn::Mul(two, BreakTieTowardsHalf(d, z, hn::Mul(hn::Set(d, 0.5), rise), 0x1p-17));
    // Hard cases are those of the default.
    slope = hn::IfThenElse(hn::Eq(a, one), PatchHardCases(d, z, kHardSlopes, slope), slope);
    // Infinity, whose sine is NaN, and whatever else the wave is nothing beside.
    return hn::IfThenElse(hn::Gt(hn::Abs(z), hn::Set(d, 0x1p100)), z, value);
  }
};
// [snake]

/// The activations of this file, in the order of tables and of plots.
using PeriodicList = OpList<Sine, Snake>;

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
