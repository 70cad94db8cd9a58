/// @file
/// What every optimizer's step is wrapped in: clipping, penalties, loads and stores.
// SPDX-License-Identifier: Apache-2.0
#include "kernels/optimizer.h"

#if defined(LANEGRAD_KERNELS_OPTIMIZER_STEP_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_OPTIMIZER_STEP_INL_H_
#undef LANEGRAD_KERNELS_OPTIMIZER_STEP_INL_H_
#else
#define LANEGRAD_KERNELS_OPTIMIZER_STEP_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/optimizer-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// The scalars of a step, and what they ask for.
struct StepWith {
  const StepScalars& scalars;  ///< Rate and so on.
  bool clipped;                ///< Whether gradients are cut.
  bool penalised;              ///< Whether weights are penalised.

  explicit StepWith(const StepScalars& s)
      : scalars(s), clipped(s.clip > 0.0f), penalised(s.l1 != 0.0f || s.l2 != 0.0f) {}
};

/// One step of the weights w[i], ... of a register, by their gradient.
template <class Op, class D, class V>
HWY_INLINE void StepAt(D d, const StepWith& how, V gradient, float* HWY_RESTRICT w,
                       const StateArrays& state, size_t i) {
  constexpr size_t kStates = Op::kInfo.states;
  V weight = hn::LoadU(d, w + i);
  V s0 = kStates > 0 ? hn::LoadU(d, state[0] + i) : hn::Zero(d);
  V s1 = kStates > 1 ? hn::LoadU(d, state[1] + i) : hn::Zero(d);
  V s2 = kStates > 2 ? hn::LoadU(d, state[2] + i) : hn::Zero(d);
  if (how.clipped) {
    // A NaN is neither above nor below, and passes.
    const V most = hn::Set(d, how.scalars.clip);
    const V low = hn::IfThenElse(hn::Lt(gradient, hn::Neg(most)), hn::Neg(most), gradient);
    gradient = hn::IfThenElse(hn::Gt(low, most), most, low);
  }
  if (how.penalised) {
    gradient = Fma(d, hn::Set(d, how.scalars.l2), weight, gradient);
    gradient = Fma(d, hn::Set(d, how.scalars.l1), SignOf(d, weight), gradient);
  }
  Op::Step(d, how.scalars, gradient, weight, s0, s1, s2);
  hn::StoreU(weight, d, w + i);
  if constexpr (kStates > 0) hn::StoreU(s0, d, state[0] + i);
  if constexpr (kStates > 1) hn::StoreU(s1, d, state[1] + i);
  if constexpr (kStates > 2) hn::StoreU(s2, d, state[2] + i);
}

/// The step of n weights in a row; see Step().
template <class Op>
void SweepStep(const StepScalars& scalars, size_t n, const float* HWY_RESTRICT g,
               float* HWY_RESTRICT w, const StateArrays& state) {
  const StepWith how(scalars);
  const auto step = [&](auto d, size_t i)
                        HWY_ATTR { StepAt<Op>(d, how, hn::LoadU(d, g + i), w, state, i); };
  const hn::ScalableTag<float> d;
  const size_t N = hn::Lanes(d);
  size_t i = 0;
  for (; i + N <= n; i += N) step(d, i);
  for (; i < n; ++i) step(hn::CappedTag<float, 1>(), i);
}

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
