// SPDX-License-Identifier: Apache-2.0
#include "kernels/elementary.h"

// One number at a time is the same on every target, so the plainest will do: no
// dispatch. Within Highway's attributes all the same, without which NEON is not inlined.
#include "hwy/highway.h"
#include "kernels/elementary-inl.h"
#include "kernels/sine-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace hn = hwy::HWY_NAMESPACE;
namespace {
using One = hn::CappedTag<double, 1>;
}  // namespace

double Exponential(double x) {
  const One d;
  return hn::GetLane(HWY_NAMESPACE::Exp(d, hn::Set(d, x)));
}

double Logarithm(double x) {
  const One d;
  // Log1p takes what is not below zero.
  if (x < 1.0) return -hn::GetLane(HWY_NAMESPACE::Log1p(d, hn::Set(d, (1.0 - x) / x)));
  return hn::GetLane(HWY_NAMESPACE::Log1p(d, hn::Set(d, x - 1.0)));
}

double Cosine(double x) {
  const One d;
  return hn::GetLane(HWY_NAMESPACE::EvalSine(d, hn::Set(d, x)).cosine);
}

}  // namespace lanegrad
HWY_AFTER_NAMESPACE();
