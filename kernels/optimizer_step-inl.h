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
#include "kernels/tiny-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// Whether a step cuts gradients, and whether it penalises weights: both before the
/// optimizer sees the gradient.
inline bool Clips(const StepScalars& scalars) { return scalars.clip > 0.0f; }
inline bool Penalises(const StepScalars& scalars) {  ///< Likewise.
  return scalars.l1 != 0.0f || scalars.l2 != 0.0f;
}

/// One step of the weights w[i], ... of a register, by their gradient as it is. Where it
/// is inlined into a loop, `scalars` had better be local: stores through w and `state`
/// might change any other, which would then be loaded again for each register.
template <class Op, class D, class V>
HWY_INLINE void StepAt(D d, const StepScalars& scalars, V gradient, V weight, float* HWY_RESTRICT w,
                       const StateArrays& state, size_t i) {
  constexpr size_t kStates = Op::kInfo.states;
  V s0 = kStates > 0 ? hn::LoadU(d, state[0] + i) : hn::Zero(d);
  V s1 = kStates > 1 ? hn::LoadU(d, state[1] + i) : hn::Zero(d);
  V s2 = kStates > 2 ? hn::LoadU(d, state[2] + i) : hn::Zero(d);
  Op::Step(d, scalars, gradient, weight, s0, s1, s2);
  hn::StoreU(weight, d, w + i);
  if constexpr (kStates > 0) hn::StoreU(s0, d, state[0] + i);
  if constexpr (kStates > 1) hn::StoreU(s1, d, state[1] + i);
  if constexpr (kStates > 2) hn::StoreU(s2, d, state[2] + i);
}

/// Replaces what is tiny in n numbers of each state by zero: what decays by a factor a
/// step would end subnormal, and stay so. Not within the step, whose registers are all
/// taken: there it made momentum's update 5% slower.
template <class Op>
HWY_INLINE void FlushTinyStates(const StateArrays& state, size_t n) {
  for (size_t s = 0; s < Op::kInfo.states; ++s) DropTinyRun(state[s], n, kTinyState);
}

/// The step of n weights in a row, gradients cut and weights penalised first; see Step().
template <class Op>
void SweepStep(const StepScalars& scalars, size_t n, const float* HWY_RESTRICT g,
               float* HWY_RESTRICT w, const StateArrays& state) {
  const bool clipped = Clips(scalars), penalised = Penalises(scalars);
  const auto step = [&](auto d, size_t i) HWY_ATTR {
    auto gradient = hn::LoadU(d, g + i);
    auto weight = hn::LoadU(d, w + i);
    if (clipped) {
      // A NaN is neither above nor below, and passes.
      const auto max = hn::Set(d, scalars.clip), min = hn::Neg(max);
      gradient = hn::IfThenElse(hn::Lt(gradient, min), min, gradient);
      gradient = hn::IfThenElse(hn::Gt(gradient, max), max, gradient);
    }
    if (penalised) {
      weight = WithoutTiny(d, weight);  // it may have shrunk for long: see tiny.h
      gradient = Fma(d, hn::Set(d, scalars.l2), weight, gradient);
      gradient = Fma(d, hn::Set(d, scalars.l1), SignOf(d, weight), gradient);
    }
    StepAt<Op>(d, scalars, gradient, weight, w, state, i);
  };
  const hn::ScalableTag<float> d;
  const size_t N = hn::Lanes(d);
  size_t i = 0;
  for (; i + N <= n; i += N) step(d, i);
  for (; i < n; ++i) step(hn::CappedTag<float, 1>(), i);
  if (scalars.flush_tiny_states) FlushTinyStates<Op>(state, n);
}

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
