/// @file
/// Sigmoid, softmax and cross-entropy as everybody writes them: in floats, with sums over
/// lanes. Part of no program of ours: it shows what ours cost
/// (scripts/reproducibility-cost). Included once per target.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#if defined(LANEGRAD_BENCH_UNBOUND_FLOATS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_BENCH_UNBOUND_FLOATS_INL_H_
#undef LANEGRAD_BENCH_UNBOUND_FLOATS_INL_H_
#else
#define LANEGRAD_BENCH_UNBOUND_FLOATS_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/matrix.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {
namespace hn = hwy::HWY_NAMESPACE;

/// e^x with an error of a few units in the last place, from -87 on; x <= 0. [Moshier 1989,
/// Cephes, expf]
template <class D, class V>
HWY_INLINE V UnboundExp(D d, V x) {
  const hn::Rebind<int32_t, D> di;
  x = hn::Max(x, hn::Set(d, -87.0f));
  const auto n = hn::NearestInt(hn::Mul(x, hn::Set(d, 1.44269504f)));
  const V whole = hn::ConvertTo(d, n);
  V r = hn::NegMulAdd(whole, hn::Set(d, 0.693359375f), x);
  r = hn::NegMulAdd(whole, hn::Set(d, -2.12194440e-4f), r);
  V p = hn::Set(d, 1.9875691500e-4f);
  p = hn::MulAdd(p, r, hn::Set(d, 1.3981999507e-3f));
  p = hn::MulAdd(p, r, hn::Set(d, 8.3334519073e-3f));
  p = hn::MulAdd(p, r, hn::Set(d, 4.1665795894e-2f));
  p = hn::MulAdd(p, r, hn::Set(d, 1.6666665459e-1f));
  p = hn::MulAdd(p, r, hn::Set(d, 5.0000001201e-1f));
  p = hn::Add(hn::MulAdd(p, hn::Mul(r, r), r), hn::Set(d, 1.0f));
  return hn::Mul(p, hn::BitCast(d, hn::ShiftLeft<23>(hn::Add(n, hn::Set(di, 127)))));
}

/// The logistic sigmoid, and its slope from its value.
template <class D, class V>
HWY_INLINE V UnboundSigmoid(D d, V z, V& slope) {
  const V one = hn::Set(d, 1.0f);
  const V e = UnboundExp(d, hn::Neg(hn::Abs(z)));
  const V upper = hn::Div(one, hn::Add(one, e));
  const V s = hn::IfThenElse(hn::Lt(z, hn::Zero(d)), hn::Sub(one, upper), upper);
  slope = hn::Mul(s, hn::Sub(one, s));
  return s;
}

/// The loss of a row of at most one panel, and its slopes p - y times `scale`.
HWY_INLINE double UnboundSoftmaxRow(ConstPanels z, ConstPanels y, size_t row, double scale,
                                    Panels delta) {
  const hn::CappedTag<float, kPanel> d;
  const size_t N = hn::Lanes(d);
  const auto columns = hn::Set(d, static_cast<float>(z.cols));
  const auto lowest = hn::Set(d, -1e30f);
  const float* logits = z.Row(0, row);
  const float* shares = y.Row(0, row);
  HWY_ALIGN float e[kPanel];
  auto largest = lowest;
  for (size_t j = 0; j < kPanel; j += N) {
    const auto inside = hn::Lt(hn::Iota(d, static_cast<float>(j)), columns);
    largest = hn::Max(largest, hn::IfThenElse(inside, hn::Load(d, logits + j), lowest));
  }
  const auto m = hn::MaxOfLanes(d, largest);
  auto sum = hn::Zero(d), distance = hn::Zero(d);
  for (size_t j = 0; j < kPanel; j += N) {
    const auto inside = hn::Lt(hn::Iota(d, static_cast<float>(j)), columns);
    const auto below = hn::Sub(hn::Load(d, logits + j), m);
    const auto each = hn::IfThenElseZero(inside, UnboundExp(d, below));
    hn::Store(each, d, e + j);
    sum = hn::Add(sum, each);
    distance = hn::NegMulAdd(below, hn::Load(d, shares + j), distance);
  }
  const auto total = hn::SumOfLanes(d, sum);
  if (delta.data != nullptr) {
    const auto inverse = hn::Div(hn::Set(d, 1.0f), total);
    const auto factor = hn::Set(d, static_cast<float>(scale));
    for (size_t j = 0; j < kPanel; j += N) {
      const auto slope = hn::Sub(hn::Mul(hn::Load(d, e + j), inverse), hn::Load(d, shares + j));
      hn::Store(hn::Mul(slope, factor), d, delta.Row(0, row) + j);
    }
  }
  const float loss = hn::GetLane(hn::SumOfLanes(d, distance)) + std::log(hn::GetLane(total));
  return static_cast<double>(loss);
}

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
