// SPDX-License-Identifier: Apache-2.0
#include "kernels/reduce.h"

#include <bit>
#include <cmath>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/reduce.cc"  // once per target
#include "hwy/foreach_target.h"
#include "hwy/highway.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;

// Whether the largest number of a row, the first of several, is that of column `label`,
// and none is a NaN. Asked so, and not which one is the largest, nothing branches on
// numbers and a panel takes a few instructions.
bool LargestIs(ConstPanels output, size_t row, size_t label) {
  const hn::CappedTag<float, kPanel> d;
  const auto a = hn::Set(d, output.At(row, label));
  // Iota of a number that is not constant is sixteen additions in Highway 1.0.3, and a
  // load that waits for their stores.
  const auto lanes = hn::Iota(d, 0.0f);
  const float own = static_cast<float>(label);
  for (size_t first = 0; first < output.cols; first += kPanel) {
    const size_t valid = HWY_MIN(kPanel, output.cols - first);
    for (size_t j = 0; j < valid; j += hn::Lanes(d)) {
      const auto other = hn::Load(d, output.Row(first / kPanel, row) + j);
      const auto later = hn::Ge(lanes, hn::Set(d, own - static_cast<float>(first + j)));
      const auto less = hn::Or(hn::Lt(other, a), hn::And(hn::Eq(other, a), later));
      const auto outside = hn::Not(hn::FirstN(d, valid - j));
      if (!hn::AllTrue(d, hn::Or(less, outside))) return false;
    }
  }
  return true;
}

size_t CountLargest(ConstPanels output, const uint8_t* labels, Range rows) {
  size_t correct = 0;
  for (size_t r = rows.begin; r < rows.end; ++r) {
    correct += static_cast<size_t>(labels[r] < output.cols && LargestIs(output, r, labels[r]));
  }
  return correct;
}

// The largest of all numbers without their signs, as bits: those of infinities and NaNs are
// above all others. Four at a time, since each waits for the one before it.
bool AllAreFinite(const float* values, size_t n) {
  constexpr uint32_t kMagnitude = 0x7fffffffu, kInfinity = 0x7f800000u;
  const hn::ScalableTag<float> d;
  const hn::RebindToUnsigned<decltype(d)> du;
  const size_t N = hn::Lanes(d);
  const auto magnitude = [&](size_t i) HWY_ATTR {
    return hn::And(hn::BitCast(du, hn::LoadU(d, values + i)), hn::Set(du, kMagnitude));
  };
  auto largest = hn::Zero(du);
  size_t i = 0;
  if (n >= 4 * N) {
    auto l0 = largest, l1 = largest, l2 = largest, l3 = largest;
    for (; i + 4 * N <= n; i += 4 * N) {
      l0 = hn::Max(l0, magnitude(i));
      l1 = hn::Max(l1, magnitude(i + N));
      l2 = hn::Max(l2, magnitude(i + 2 * N));
      l3 = hn::Max(l3, magnitude(i + 3 * N));
    }
    largest = hn::Max(hn::Max(l0, l1), hn::Max(l2, l3));
  }
  for (; i + N <= n; i += N) largest = hn::Max(largest, magnitude(i));
  HWY_ALIGN uint32_t lanes[HWY_LANES(uint32_t)];
  hn::Store(largest, du, lanes);
  uint32_t most = 0;
  for (size_t lane = 0; lane < N; ++lane) most = HWY_MAX(most, lanes[lane]);
  for (; i < n; ++i) most = HWY_MAX(most, std::bit_cast<uint32_t>(values[i]) & kMagnitude);
  return most < kInfinity;
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lanegrad {
namespace {
HWY_EXPORT(CountLargest);
HWY_EXPORT(AllAreFinite);
}  // namespace

// A plain loop: its order is its meaning.
double Sum(std::span<const double> terms) {
  double sums[16] = {};
  for (std::size_t i = 0; i < terms.size(); ++i) sums[i % 16] += terms[i];
  for (std::size_t half = 8; half > 0; half /= 2) {
    for (std::size_t i = 0; i < half; ++i) sums[i] += sums[i + half];
  }
  return sums[0];
}

std::size_t CountCorrect(ConstPanels output, const std::uint8_t* labels, Range rows,
                         float threshold) {
  if (output.cols != 1) return HWY_DYNAMIC_DISPATCH(CountLargest)(output, labels, rows);
  std::size_t correct = 0;
  for (std::size_t r = rows.begin; r < rows.end; ++r) {
    const float a = output.At(r, 0);
    if (!std::isnan(a)) correct += static_cast<std::size_t>((a > threshold) == (labels[r] != 0));
  }
  return correct;
}

bool AllFinite(const float* values, std::size_t n) {
  return HWY_DYNAMIC_DISPATCH(AllAreFinite)(values, n);
}

}  // namespace lanegrad
#endif  // HWY_ONCE
