// SPDX-License-Identifier: Apache-2.0
#include "kernels/targets.h"

#include <stdexcept>
#include <string>

#include "kernels/catalogue.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/targets.cc"  // once per target
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {
namespace {

// What is really running, asked from inside: not what was hoped for.
std::int64_t RunningTarget() { return HWY_TARGET; }

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lanegrad {
namespace {

HWY_EXPORT(RunningTarget);

// Highway's targets below AVX2 multiply and add in two roundings.
bool HasNativeFma(std::int64_t bit) {
#if HWY_ARCH_X86
  return bit != HWY_SCALAR && bit != HWY_EMU128 && bit != HWY_SSE4 && bit != HWY_SSSE3;
#else
  return bit != HWY_SCALAR && bit != HWY_EMU128;
#endif
}

Target Describe(std::int64_t bit) { return {bit, hwy::TargetName(bit), HasNativeFma(bit)}; }

}  // namespace

std::vector<Target> Targets() {
  std::vector<Target> targets;
  for (const std::int64_t bit : hwy::SupportedAndGeneratedTargets()) {
    targets.push_back(Describe(bit));
  }
  return targets;
}

Target ActiveTarget() { return Describe(HWY_DYNAMIC_DISPATCH(RunningTarget)()); }

void ForceTarget(std::string_view name) {
  const std::vector<Target> targets = Targets();
  const Target wanted = targets[RowNamed("target", std::span<const Target>(targets), name)];
  hwy::SetSupportedTargetsForTest(wanted.bit);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
  if (ActiveTarget().bit != wanted.bit) {
    throw std::invalid_argument("target " + std::string(name) + " could not be put in force; " +
                                std::string(ActiveTarget().name) + " is running");
  }
}

ScopedTarget::ScopedTarget(Target target) : before_(hwy::SupportedTargets()) {
  hwy::SetSupportedTargetsForTest(target.bit);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

ScopedTarget::~ScopedTarget() {
  hwy::SetSupportedTargetsForTest(before_);
  hwy::GetChosenTarget().Update(hwy::SupportedTargets());
}

}  // namespace lanegrad
#endif  // HWY_ONCE
