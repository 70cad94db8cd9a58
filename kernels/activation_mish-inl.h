/// @file
/// Mish, of the family of gates.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "kernels/activation.h"

#if defined(LANEGRAD_KERNELS_ACTIVATION_MISH_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_ACTIVATION_MISH_INL_H_
#undef LANEGRAD_KERNELS_ACTIVATION_MISH_INL_H_
#else
#define LANEGRAD_KERNELS_ACTIVATION_MISH_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/activation_float-inl.h"
#include "kernels/activation_parts-inl.h"
#include "kernels/activation_quick-inl.h"
#include "kernels/elementary-inl.h"
#include "kernels/exact-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// The input times the tanh of its softplus.
struct Mish {
  using Lane = double;
  template <class T>
  static T Value(T z) {
    using std::exp;
    if (z > 750) return z;
    if (z < -750) return T(-0.0);
    // tanh(ln(1 + e)) = n / (n + 2), n = e (e + 2), for e = e^z; from e^-z for z > 0.
    if (z > 0) {
      const T e = exp(-z);
      return z * (1 + 2 * e) / (1 + 2 * e + 2 * e * e);
    }
    const T e = exp(z), n = e * (e + 2);
    return z * (n / (n + 2));
  }
  template <class T>
  static T Slope(T z) {
    using std::exp;
    if (z > 750) return T(1);
    if (z < -750) return T(-0.0);
    const T e = exp(z < 40 ? z : T(40)), n = e * (e + 2);
    return n / (n + 2) + 4 * z * e * (e + 1) / ((n + 2) * (n + 2));
  }
  static constexpr HardCase kHardValues[] = {{-0x1.4p-24, -0x1.7ffffep-25}};
  static constexpr HardCase kHardSlopes[] = {{-0x1.31432cp+0, 0x1.beb774p-31}};
  static constexpr ActivationInfo kInfo = {
      .name = "mish",
      .proper = "Mish",
      .summary = "the input times the tanh of its softplus",
      .formula = R"(z \tanh(\ln(1 + e^z)))",
      .slope_formula =
          R"(\frac{n}{n+2} + \frac{4 z e^z (e^z + 1)}{(n+2)^2}, \quad n = e^z (e^z + 2))",
      .source = "Misra 2019",
      .value = &Value<long double>,
      .slope = &Slope<long double>,
      .max_ulp = 0.5,
      .slope_max_ulp = 0.5,
      .fast_max_ulp = 1.0,
      .fast_slope_max_ulp = 3.0,
      .initializer = "he_uniform",
      .hard_values = kHardValues,
      .hard_slopes = kHardSlopes,
  };

  // With e = e^z, tanh(ln(1 + e)) = ((1 + e)^2 - 1) / ((1 + e)^2 + 1) = n / (n + 2),
  // n = e (e + 2): one exponential, and no logarithm. Beyond 40 it is 1.
  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const V two = hn::Set(d, 2.0);
    const V low = AtLeast(d, z, -180.0);
    const V x = AtMost(d, low, 40.0);
    const V e = Exp(d, x);
    const V n = hn::Mul(e, hn::Add(e, two));
    const V inverse = hn::Div(hn::Set(d, 1.0), hn::Add(n, two));
    const V share = hn::Mul(n, inverse);
    const V rise = hn::Mul(hn::Mul(hn::Set(d, 4.0), Fma(d, e, e, e)), hn::Mul(inverse, inverse));
    slope = PatchHardCases(d, z, kHardSlopes, Fma(d, x, rise, share));  // beside its root
    return PatchHardCases(d, z, kHardValues, hn::Mul(low, share));
  }

  // With q = 1 / (n + 2) the rise is 4 z q (n - e) q, and n q - e q = (n - e) q.
  static constexpr QuickInputs kQuickInputs = {
      .above = -80.0f, .below = 80.0f, .tiny = false, .root = -0x1.31432cp+0f};
  template <class D, class V>
  static HWY_INLINE V EvalQuick(D d, V z, V& slope) {
    const V two = hn::Set(d, 2.0);
    const auto parts = EvalQuickExp<1>(d, z, kExpSeriesOfGates);
    const V e = hn::Mul(parts.scale, parts.series);
    const V n = hn::Mul(e, hn::Add(e, two));
    const V inverse = hn::Div(hn::Set(d, 1.0), hn::Add(n, two));
    const V share = hn::Mul(n, inverse);
    const V part = hn::Mul(hn::Mul(hn::Set(d, 4.0), inverse), FmaNegated(d, e, inverse, share));
    slope = Fma(d, z, part, share);
    return hn::Mul(z, share);
  }

  // From e = e^-|z|: left of zero n = e (2 + e) and the share is n / (n + 2); right of it
  // n = 1 + 2 e and the share is n / (n + 2 e^2).
  static constexpr FloatRoot<6> kRoot = {-0x1.31432cp+0f,
                                         -0x1.a25b08p-29f,
                                         0.25f,
                                         0x1.115accp-2f,
                                         {0x1.a34a26p-3f, 0x1.574892p-5f, -0x1.4c2b0cp-6f,
                                          -0x1.011118p-6f, -0x1.ac73b2p-9f, -0x1.296ffcp-12f}};
  // From e = e^-|z|. With
  //
  //     left of zero   n = e (2 + e),   below = 2 + n,
  //     right of it    n = 2 e e,       below = 1 + 2 e + n
  //
  // n / below is the share that is left of z, or that is lost. Its slope left of zero is
  //
  //     e (4 (1 + z) (1 + e) + e (below + 2 e)) / below^2;
  //
  // and right of it lacks e e (4 (1 - z) (1 + e) + 4 e e - 2) / below^2 of 1.
  //
  // Why there is no EvalFastest(): without sums, and the slope in the distance from its root, so
  // that no polynomial is needed beside it, this takes 0.56 of the time, and the value is
  // within 4.1 ULP; but the slope, which has the rounded quotient twice, is 6.2 ULP off, and with
  // the rounding errors of the denominator and the quotient made up for still above 4.
  template <class D, class V>
  static HWY_INLINE V EvalFast(D d, V z, V& slope) {
    const V one = hn::Set(d, 1.0f), two = hn::Set(d, 2.0f), four = hn::Set(d, 4.0f);
    const V x = FloatFall(d, z), lower = hn::Set(d, kLower);
    const auto left = hn::Lt(z, hn::Zero(d));
    const auto parts = FloatExp(d, x);
    const auto sum = parts.Scaled(one);
    const V scale = hn::Mul(parts.raised, lower);
    const V e = hn::Mul(sum.high, scale), e_low = hn::Mul(sum.low, scale);
    // below = start + e step, step = 2 + times e.
    const V times = hn::IfThenElse(left, one, two), start = hn::Sub(hn::Set(d, 3.0f), times);
    auto step = FmaSum(d, times, e, two);
    const V more = hn::Mul(times, e), more_low = hn::Mul(times, e_low);
    step.low = hn::Add(step.low, more_low);
    auto below = FmaSum(d, e, step.high, start);
    below.low = Fma(d, e_low, step.high, Fma(d, e, step.low, below.low));
    const V inverse = hn::Div(one, below.high);
    const V rest = FmaNegated(d, below.low, inverse, FmaNegated(d, below.high, inverse, one));
    const V by = hn::IfThenElse(left, step.high, more);
    auto n = ProductOf(d, sum.high, by);
    n.low = Fma(d, sum.high, hn::IfThenElse(left, step.low, more_low), n.low);
    n.low = Fma(d, sum.low, by, n.low);
    auto share = ProductOf(d, inverse, n.high);
    share.low = Fma(d, inverse, Fma(d, n.high, rest, n.low), share.low);
    const V raised = parts.raised;
    const V part = Fma(d, x, share.high, hn::Mul(x, share.low));
    const V product = hn::Or(hn::Mul(hn::Mul(part, raised), lower), hn::Set(d, -0.0f));
    const V next = hn::IfThenElse(left, Fma(d, two, e, below.high), hn::Mul(four, e));
    const V p = Fma(d, x, four, four), last = hn::IfThenElseZero(hn::Not(left), two);
    const V inside = Fma(d, e, next, hn::Sub(Fma(d, p, e, p), last));
    const V power = hn::IfThenElse(left, sum.high, hn::Mul(sum.high, e));
    auto square = ProductOf(d, inverse, inverse);
    square.low = Fma(d, square.high, hn::Add(rest, rest), square.low);
    auto whole = ProductOf(d, inside, power);
    whole.low =
        Fma(d, inside, sum.low, whole.low);  // far too much on the right, where it is nothing
    const V fall = hn::Mul(hn::Mul(ProductOfSums(d, whole, square), raised), lower);
    return OfFall(d, z, left, NearRoot(d, z, kRoot, fall), product, slope);
  }
};

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
