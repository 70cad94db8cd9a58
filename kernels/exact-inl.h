/// @file
/// The vector operations that Highway leaves to the target, made exact: a
/// multiply-add that rounds once, and float <-> double at half the lanes.
///
/// Everything that computes goes through these, so that every target gives the
/// same bits. Included once per target.
// SPDX-License-Identifier: Apache-2.0
#include <bit>
#include <cmath>
#include <cstdint>

#if defined(LANEGRAD_KERNELS_EXACT_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_EXACT_INL_H_
#undef LANEGRAD_KERNELS_EXACT_INL_H_
#else
#define LANEGRAD_KERNELS_EXACT_INL_H_
#endif

#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

#if HWY_NATIVE_FMA

/// a * b + c, rounded once.
template <class D, class V>
HWY_INLINE V Fma(D /*d*/, V a, V b, V c) {
  return hn::MulAdd(a, b, c);
}
/// -a * b + c, rounded once.
template <class D, class V>
HWY_INLINE V FmaNegated(D /*d*/, V a, V b, V c) {
  return hn::NegMulAdd(a, b, c);
}
/// a * b - c, rounded once.
template <class D, class V>
HWY_INLINE V FmaMinus(D /*d*/, V a, V b, V c) {
  return hn::MulSub(a, b, c);
}

#else  // !HWY_NATIVE_FMA

// Without the instruction, lane by lane.
//
// Of floats: the product is exact in double, and so are the sum and what it lacks [Knuth
// 1997, section 4.2.2]. A sum that lacks something is made odd, the way that keeps the
// truth between its neighbours, and then rounds to the float that the truth rounds to:
// a double has more than two digits to spare [Boldo and Melquiond 2008].
HWY_INLINE float FmaOf(float a, float b, float c) {
  const double product = static_cast<double>(a) * static_cast<double>(b);
  const double addend = static_cast<double>(c);
  const double sum = product + addend;
  const double rest = sum - product;
  const double lost = (product - (sum - rest)) + (addend - rest);
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(sum);
  // A NaN, of infinities, is neither.
  const std::uint64_t inexact = static_cast<std::uint64_t>(lost < 0.0 || lost > 0.0) & ~bits & 1;
  const std::uint64_t odd = (lost > 0.0) == (sum > 0.0) ? bits + inexact : bits - inexact;
  return static_cast<float>(std::bit_cast<double>(odd));
}
// Of doubles: the C library, whose fma is exact by the C standard. On processors that
// have the instruction (though not on this target) it is that; on others it takes
// hundreds of nanoseconds, which only activations and losses need.
HWY_INLINE double FmaOf(double a, double b, double c) { return std::fma(a, b, c); }

template <class D, class V>
HWY_INLINE V Fma(D d, V a, V b, V c) {
  using T = hn::TFromD<D>;
  HWY_ALIGN T lanes_a[HWY_LANES(T)];
  HWY_ALIGN T lanes_b[HWY_LANES(T)];
  HWY_ALIGN T lanes_c[HWY_LANES(T)];
  hn::Store(a, d, lanes_a);
  hn::Store(b, d, lanes_b);
  hn::Store(c, d, lanes_c);
  for (size_t i = 0; i < hn::Lanes(d); ++i) lanes_c[i] = FmaOf(lanes_a[i], lanes_b[i], lanes_c[i]);
  return hn::Load(d, lanes_c);
}
template <class D, class V>
HWY_INLINE V FmaNegated(D d, V a, V b, V c) {
  return Fma(d, hn::Neg(a), b, c);
}
template <class D, class V>
HWY_INLINE V FmaMinus(D d, V a, V b, V c) {
  return Fma(d, a, b, hn::Neg(c));
}

#endif  // HWY_NATIVE_FMA

/// -1, 0 or 1 as x is below, at or above zero; NaN where it is NaN.
template <class D, class V>
HWY_INLINE V SignOf(D d, V x) {
  return hn::IfThenElse(
      hn::Eq(x, hn::Zero(d)), hn::Zero(d),
      hn::IfThenElse(hn::Eq(x, x), hn::CopySign(hn::Set(d, hn::TFromD<D>{1}), x), x));
}

/// Doubles to floats, rounded to nearest even, overflow to infinity.
template <class DF, class VD>
HWY_INLINE hn::Vec<DF> Narrow(DF df, VD v) {
#if HWY_TARGET == HWY_SCALAR || HWY_TARGET == HWY_EMU128
  // Highway's portable targets clamp to the largest float instead.
  const hn::Rebind<double, DF> d;
  HWY_ALIGN double from[HWY_LANES(double)];
  HWY_ALIGN float to[HWY_LANES(float)];
  hn::Store(v, d, from);
  for (size_t i = 0; i < hn::Lanes(d); ++i) to[i] = static_cast<float>(from[i]);
  return hn::Load(df, to);
#else
  return hn::DemoteTo(df, v);
#endif
}

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
