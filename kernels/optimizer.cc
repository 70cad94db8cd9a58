// SPDX-License-Identifier: Apache-2.0
#include "kernels/optimizer.h"

#include "kernels/catalogue.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/optimizer.cc"  // once per target
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/optimizer_step-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {
namespace {

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

void StepScalars::CountSteps(std::size_t t) {
  const auto power = [](double base, std::size_t exponent) {
    double product = 1.0;
    for (; exponent > 0; exponent /= 2, base *= base) {
      if (exponent % 2 == 1) product *= base;
    }
    return product;
  };
  const double first = static_cast<double>(beta1), second = static_cast<double>(beta2);
  bias_correction1 = static_cast<float>(1.0 / (1.0 - power(first, t)));
  bias_correction2 = static_cast<float>(1.0 / (1.0 - power(second, t)));
  next_bias_correction1 = static_cast<float>(1.0 / (1.0 - power(first, t + 1)));
  flush_tiny_states = t % 64 == 0;
}

OptimizerSweep SweepOf(Optimizer optimizer) {
  return HWY_DYNAMIC_DISPATCH(SweepOfRow)(optimizer.row());
}

void Step(Optimizer optimizer, const StepScalars& s, std::size_t n, const float* g, float* w,
          const StateArrays& state) {
  SweepOf(optimizer)(s, n, g, w, state);
}

}  // namespace lanegrad
#endif  // HWY_ONCE
