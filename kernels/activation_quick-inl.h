/// @file
/// The exact grade in two tiers: what an activation tries first, and how it is known that the
/// result is the nearest float.
///
/// An operation may state, beside Eval, an EvalQuick of fewer digits and its kQuickInputs. A
/// sweep computes value and slope by that; where one of them lies so near to the middle between
/// two floats that the error of EvalQuick might decide, or an input is outside of kQuickInputs,
/// the whole register is computed by Eval instead. Which of the two it was, no bit tells.
///
/// That the error is within what is allowed for, tests/exhaustive.cc shows: it compares both
/// on all floats (--tiers).
// SPDX-License-Identifier: Apache-2.0
#include <cstddef>
#include <cstdint>
#include <limits>

#if defined(LANEGRAD_KERNELS_ACTIVATION_QUICK_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_ACTIVATION_QUICK_INL_H_
#undef LANEGRAD_KERNELS_ACTIVATION_QUICK_INL_H_
#else
#define LANEGRAD_KERNELS_ACTIVATION_QUICK_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/elementary_float-inl.h"
#include "kernels/elementary_quick-inl.h"
#include "kernels/exact-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// For which inputs EvalQuick is right to 2^-37, value and slope, and neither is a subnormal
/// float (whose middles lie elsewhere).
struct QuickInputs {
  float above;  ///< They are above this
  float below;  ///< and below this.
  /// Whether those of less than 2^-100 are among them. Zero always is.
  bool tiny = true;
  /// Where the slope has a root, near which its relative error has no bound: 2^-13 around it
  /// is left out. Zero: nowhere.
  float root = 0.0f;
  float least_parameter = 0.0f;  ///< With a smaller one, no input is.
};

/// Which lanes of a register of floats are not among `inputs`.
template <class D, class V>
HWY_INLINE auto OutsideOf(const QuickInputs& inputs, D d, V z) {
  const V x = hn::Abs(z);
  auto outside = hn::Ne(z, z);
  if (inputs.above == -inputs.below) {
    outside = hn::Not(hn::Lt(x, hn::Set(d, inputs.below)));  // NaN is
  } else {
    outside = hn::Not(hn::And(hn::Gt(z, hn::Set(d, inputs.above)),  //
                              hn::Lt(z, hn::Set(d, inputs.below))));
  }
  if (!inputs.tiny) {
    const auto tiny = hn::Lt(x, hn::Set(d, 0x1p-100f));
    outside = hn::Or(outside, hn::And(tiny, hn::Ne(z, hn::Zero(d))));
  }
  if (inputs.root != 0.0f) {
    const V distance = hn::Abs(hn::Sub(z, hn::Set(d, inputs.root)));
    outside = hn::Or(outside, hn::Lt(distance, hn::Set(d, 0x1p-13f)));
  }
  return outside;
}

/// Whether EvalQuick of an operation works in float lanes, as its `QuickLane` says.
template <class Op>
constexpr bool HasQuickFloats() {
  if constexpr (requires { typename Op::QuickLane; }) {
    return sizeof(typename Op::QuickLane) == sizeof(float);
  } else {
    return false;
  }
}

#if HWY_TARGET != HWY_SCALAR  // one lane has nothing to gain

// [doubt]
inline constexpr uint32_t kHalf = uint32_t{1} << 28, kError = uint32_t{1} << 16;

/// How far two registers of doubles, none of them subnormal as floats, are from the middle between
/// two floats: words of both whose bits of DoubtMask() are all zero where a relative error of 2^-37
/// could change the float that they round to.
///
/// The float ends 29 bits before the double. Where these are near to 1000..., the double is near
/// to the middle.
template <class D, class V>
HWY_INLINE auto DistanceFromMiddle(D /*d*/, V value, V slope) {
  const hn::Repartition<uint32_t, D> du;
  const auto low = hn::ConcatEven(du, hn::BitCast(du, slope), hn::BitCast(du, value));
  return hn::Sub(low, hn::Set(du, kHalf - kError));
}
/// All bits of the 29 but those that an error may change.
template <class D>
HWY_INLINE auto DoubtMask(D /*d*/) {
  return hn::Set(hn::Repartition<uint32_t, D>(), 2 * kHalf - 2 * kError);
}
// [doubt]

/// Whether all lanes of z are among `inputs`, and none of two DistanceFromMiddle() in doubt.
#if HWY_TARGET <= HWY_AVX3 && HWY_ARCH_X86
// Each comparison under the mask of the one before: as masks of their own, which Highway 1.0.3
// would join and negate, they take six of 68 operations of the two ports that all this waits for.
template <class D, class V, class U>
HWY_INLINE bool AllSure(const QuickInputs& inputs, D d, V z, U first, U second) {
  const V x = hn::Abs(z);
  __mmask16 sure;
  if (inputs.above == -inputs.below) {
    sure = _mm512_cmp_ps_mask(x.raw, hn::Set(d, inputs.below).raw, _CMP_LT_OQ);  // NaN is not
  } else {
    sure = _mm512_cmp_ps_mask(z.raw, hn::Set(d, inputs.above).raw, _CMP_GT_OQ);
    sure = _mm512_mask_cmp_ps_mask(sure, z.raw, hn::Set(d, inputs.below).raw, _CMP_LT_OQ);
  }
  if (!inputs.tiny) {
    // Zero, too, is no less than what is tiny if it is taken for one.
    const V other = hn::IfThenElse(hn::Eq(z, hn::Zero(d)), hn::Set(d, 1.0f), x);
    sure = _mm512_mask_cmp_ps_mask(sure, other.raw, hn::Set(d, 0x1p-100f).raw, _CMP_GE_OQ);
  }
  if (inputs.root != 0.0f) {
    const V distance = hn::Abs(hn::Sub(z, hn::Set(d, inputs.root)));
    sure = _mm512_mask_cmp_ps_mask(sure, distance.raw, hn::Set(d, 0x1p-13f).raw, _CMP_GE_OQ);
  }
  const U mask = DoubtMask(d);
  sure = _mm512_mask_test_epi32_mask(sure, first.raw, mask.raw);
  sure = _mm512_mask_test_epi32_mask(sure, second.raw, mask.raw);
  return _kortestc_mask16_u8(sure, sure) != 0;
}
#else
template <class D, class V, class U>
HWY_INLINE bool AllSure(const QuickInputs& inputs, D d, V z, U first, U second) {
  const hn::RebindToUnsigned<D> du;
  const U mask = DoubtMask(d), zero = hn::Zero(du);
  const auto doubt =
      hn::Or(hn::Eq(hn::And(first, mask), zero), hn::Eq(hn::And(second, mask), zero));
  return hn::AllFalse(du, hn::Or(doubt, hn::RebindMask(du, OutsideOf(inputs, d, z))));
}
#endif

/// A sum of two floats as one. `doubt` becomes true also where a relative error of 2^-44 of the
/// sum could change it.
template <class D, class V, class M>
HWY_INLINE V Rounded(D d, FloatSum<V> sum, M& doubt) {
  const V error = hn::Set(d, 0x1p-44f);
  const V value = hn::Add(sum.high, Fma(d, sum.high, error, sum.low));
  const V least = hn::Add(sum.high, FmaNegated(d, sum.high, error, sum.low));
  doubt = hn::Or(doubt, hn::Ne(value, least));
  return value;
}

/// Value and slope of one register of floats by an EvalQuick in float lanes, which says itself
/// where it is in doubt; false, and nothing written, where there is such a place.
template <class Op, class D>
HWY_INLINE bool TryQuickFloats(D d, const float* z, float* a, float* slope) {
  const auto input = hn::LoadU(d, z);
  auto doubt = OutsideOf(Op::kQuickInputs, d, input);
  auto s = hn::Zero(d);
  const auto value = Op::EvalQuick(d, input, s, doubt);
  if (HWY_UNLIKELY(!hn::AllFalse(d, doubt))) return false;
  hn::StoreU(value, d, a);
  hn::StoreU(s, d, slope);
  return true;
}

/// Value and slope of two registers of doubles by EvalQuick; false, and nothing written, where
/// that does not tell all the floats.
template <class Op, class D, class... Parameter>
HWY_INLINE bool TryQuick(D d, const float* z, float* a, float* slope, Parameter... parameter) {
  const hn::Rebind<float, D> df;
  const hn::Repartition<float, D> both;
  const size_t N = hn::Lanes(d);
  auto slope_0 = hn::Zero(d), slope_1 = hn::Zero(d);
  const auto value_0 = Op::EvalQuick(d, hn::PromoteTo(d, hn::LoadU(df, z)), parameter..., slope_0);
  const auto value_1 =
      Op::EvalQuick(d, hn::PromoteTo(d, hn::LoadU(df, z + N)), parameter..., slope_1);
  const auto first = DistanceFromMiddle(d, value_0, slope_0);
  const auto second = DistanceFromMiddle(d, value_1, slope_1);
  if (HWY_UNLIKELY(!AllSure(Op::kQuickInputs, both, hn::LoadU(both, z), first, second))) {
    return false;
  }
  hn::StoreU(Narrow(df, value_0), df, a);
  hn::StoreU(Narrow(df, value_1), df, a + N);
  hn::StoreU(Narrow(df, slope_0), df, slope);
  hn::StoreU(Narrow(df, slope_1), df, slope + N);
  return true;
}

#endif  // HWY_TARGET != HWY_SCALAR

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
