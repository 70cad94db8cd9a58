// SPDX-License-Identifier: Apache-2.0
#include "kernels/head.h"

#include "kernels/catalogue.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/head.cc"  // once per target
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/head-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {
namespace {

template <class Op>
void ApplyRows(Range rows, Panels z) {
  for (size_t row = rows.begin; row < rows.end; ++row) {
    Op::Outputs(LogitRow(z, row), row, z);
    ZeroPadding(z, row);
  }
}

template <class Op>
void BackwardRows(ConstPanels a, Range rows, Panels delta) {
  for (size_t row = rows.begin; row < rows.end; ++row) {
    Op::Back(a, row, delta);
    ZeroPadding(delta, row);
  }
}

constexpr auto kApply = Tabulate(HeadList(), [](auto op) { return &ApplyRows<decltype(op)>; });
constexpr auto kBack = Tabulate(HeadList(), [](auto op) { return &BackwardRows<decltype(op)>; });

void ApplyRow(size_t row, Range rows, Panels z) { kApply[row](rows, z); }

void BackwardRow(size_t row, ConstPanels a, Range rows, Panels delta) {
  kBack[row](a, rows, delta);
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lanegrad {
namespace {

HWY_EXPORT(ApplyRow);
HWY_EXPORT(BackwardRow);

constexpr auto kCatalogue =
    Tabulate(HWY_NAMESPACE::HeadList(), [](auto op) { return decltype(op)::kInfo; });

}  // namespace

std::span<const HeadInfo> Heads() { return kCatalogue; }

void Apply(Head head, Range rows, Panels z) { HWY_DYNAMIC_DISPATCH(ApplyRow)(head.row(), rows, z); }

void Backward(Head head, ConstPanels a, Range rows, Panels delta) {
  HWY_DYNAMIC_DISPATCH(BackwardRow)(head.row(), a, rows, delta);
}

}  // namespace lanegrad
#endif  // HWY_ONCE
