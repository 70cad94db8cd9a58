// SPDX-License-Identifier: Apache-2.0
#include "kernels/optimizer.h"

#include "kernels/catalogue.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/optimizer.cc"  // once per target
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/optimizer-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {
namespace {

template <class Op>
void SweepStep(const StepScalars& scalars, size_t n, const float* HWY_RESTRICT g,
               float* HWY_RESTRICT w, const StateArrays& state) {
  constexpr size_t kStates = Op::kInfo.states;
  const auto step = [&](auto d, size_t i) HWY_ATTR {
    auto weight = hn::LoadU(d, w + i);
    auto s0 = kStates > 0 ? hn::LoadU(d, state[0] + i) : hn::Zero(d);
    auto s1 = kStates > 1 ? hn::LoadU(d, state[1] + i) : hn::Zero(d);
    Op::Step(d, scalars, hn::LoadU(d, g + i), weight, s0, s1);
    hn::StoreU(weight, d, w + i);
    if constexpr (kStates > 0) hn::StoreU(s0, d, state[0] + i);
    if constexpr (kStates > 1) hn::StoreU(s1, d, state[1] + i);
  };
  const hn::ScalableTag<float> d;
  const size_t N = hn::Lanes(d);
  size_t i = 0;
  for (; i + N <= n; i += N) step(d, i);
  for (; i < n; ++i) step(hn::CappedTag<float, 1>(), i);
}

constexpr auto kSweeps =
    Tabulate(OptimizerList(), [](auto op) -> OptimizerSweep { return &SweepStep<decltype(op)>; });

OptimizerSweep SweepOfRow(size_t row) { return kSweeps[row]; }

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lanegrad {
namespace {

HWY_EXPORT(SweepOfRow);

constexpr auto kCatalogue =
    Tabulate(HWY_NAMESPACE::OptimizerList(), [](auto op) { return decltype(op)::kInfo; });

}  // namespace

std::span<const OptimizerInfo> Optimizers() { return kCatalogue; }

Optimizer Optimizer::Named(std::string_view name) {
  return Optimizer(RowNamed("optimizer", Optimizers(), name));
}

const OptimizerInfo& Optimizer::info() const { return kCatalogue[row_]; }

OptimizerSweep SweepOf(Optimizer optimizer) {
  return HWY_DYNAMIC_DISPATCH(SweepOfRow)(optimizer.row());
}

void Step(Optimizer optimizer, const StepScalars& s, std::size_t n, const float* g, float* w,
          const StateArrays& state) {
  SweepOf(optimizer)(s, n, g, w, state);
}

}  // namespace lanegrad
#endif  // HWY_ONCE
