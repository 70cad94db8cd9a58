// SPDX-License-Identifier: Apache-2.0
#include "kernels/tiny.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/tiny.cc"  // once per target
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/tiny-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {
namespace {

void DropTinyRows(Range rows, Panels m) {
  for (size_t panel = 0; panel < PanelCount(m.cols); ++panel) {
    DropTinyRun(m.Row(panel, rows.begin), rows.size() * kPanel);
  }
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lanegrad {
namespace {
HWY_EXPORT(DropTinyRows);
}  // namespace

void DropTiny(Range rows, Panels m) { HWY_DYNAMIC_DISPATCH(DropTinyRows)(rows, m); }

}  // namespace lanegrad
#endif  // HWY_ONCE
