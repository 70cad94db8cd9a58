// SPDX-License-Identifier: Apache-2.0
#include "kernels/activation.h"

#include "kernels/catalogue.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/activation.cc"  // once per target
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/activation-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {
namespace {

template <class Op, class D>
HWY_INLINE void SweepRegister(D d, const float* z, float* a, float* slope) {
  if constexpr (sizeof(typename Op::Lane) == sizeof(float)) {
    auto s = hn::Zero(d);
    const auto value = Op::Eval(d, hn::LoadU(d, z), s);
    hn::StoreU(value, d, a);
    hn::StoreU(s, d, slope);
  } else {
    // As many floats as there are doubles in a register: half a register of them.
    const hn::Rebind<float, D> df;
    auto s = hn::Zero(d);
    const auto value = Op::Eval(d, hn::PromoteTo(d, hn::LoadU(df, z)), s);
    hn::StoreU(Narrow(df, value), df, a);
    hn::StoreU(Narrow(df, s), df, slope);
  }
}

template <class Op>
void SweepActivation(const float* z, size_t n, float* a, float* slope) {
  using Lane = typename Op::Lane;
  const hn::ScalableTag<Lane> d;
  const size_t N = hn::Lanes(d);
  size_t i = 0;
  for (; i + N <= n; i += N) SweepRegister<Op>(d, z + i, a + i, slope + i);
  for (; i < n; ++i) SweepRegister<Op>(hn::CappedTag<Lane, 1>(), z + i, a + i, slope + i);
}

constexpr auto kSweeps = Tabulate(
    ActivationList(), [](auto op) -> ActivationSweep { return &SweepActivation<decltype(op)>; });

ActivationSweep SweepOfRow(size_t row) { return kSweeps[row]; }

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lanegrad {
namespace {

HWY_EXPORT(SweepOfRow);

constexpr auto kCatalogue =
    Tabulate(HWY_NAMESPACE::ActivationList(), [](auto op) { return decltype(op)::kInfo; });

}  // namespace

std::span<const ActivationInfo> Activations() { return kCatalogue; }

Activation Activation::Named(std::string_view name) {
  return Activation(RowNamed("activation", Activations(), name));
}

const ActivationInfo& Activation::info() const { return kCatalogue[row_]; }

ActivationSweep SweepOf(Activation f) { return HWY_DYNAMIC_DISPATCH(SweepOfRow)(f.row()); }

void Activate(Activation f, const float* z, std::size_t n, float* a, float* slope) {
  SweepOf(f)(z, n, a, slope);
}

}  // namespace lanegrad
#endif  // HWY_ONCE
