// SPDX-License-Identifier: Apache-2.0
//
// Blocks of 16 x 16 turned over in registers, on every target, as the way back does with
// weights: 256 x 32 numbers, half a block of the product in the first cache.
#include "bench/suite.h"
#include "kernels/matrix.h"

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "bench/transpose_bench.cc"  // once per target
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/transpose-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {
namespace {

void TransposeBlocks(const float* from, float* to, std::size_t blocks) {
  for (std::size_t i = 0; i < blocks; ++i) {
    TransposeBlock(from + i * kPanel * kPanel, to + i * kPanel * kPanel);
  }
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
#include <memory>

namespace lanegrad {
namespace {
HWY_EXPORT(TransposeBlocks);

constexpr std::size_t kBlocks = 32, kNumbers = kBlocks * kPanel * kPanel;

struct Operands {
  Array from = Array(kNumbers), to = Array(kNumbers);
};

Subject Of(const std::function<void(const float*, float*)>& run) {
  auto of = std::make_shared<Operands>();
  for (std::size_t i = 0; i < kNumbers; ++i) of->from[i] = static_cast<float>(i);
  constexpr double kBytes = 4.0 * static_cast<double>(kNumbers);
  return {.work = {.elements = kBytes / 4.0, .read_bytes = kBytes, .written_bytes = kBytes},
          .run = [of, run] { run(of->from.data(), of->to.data()); },
          .result = [of] { return std::vector<double>(of->to.data(), of->to.data() + kNumbers); }};
}

const bool kRegistered = [] {
  const auto ours = [] {
    return Of([](const float* from, float* to) {
      HWY_DYNAMIC_DISPATCH(TransposeBlocks)(from, to, kBlocks);
    });
  };
  RegisterOnTargets("transpose/blocks", "32x16x16", ours);
  RegisterCompiled("transpose/blocks", "32x16x16", ours, [](const CompiledLoops& loops) {
    return Of([&loops](const float* from, float* to) {
      for (std::size_t i = 0; i < kBlocks; ++i) {
        loops.transpose(kPanel, kPanel, from + i * kPanel * kPanel, to + i * kPanel * kPanel);
      }
    });
  });
  return true;
}();

}  // namespace
}  // namespace lanegrad
#endif  // HWY_ONCE
