// SPDX-License-Identifier: Apache-2.0
#include "kernels/arithmetic.h"

#include <string>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "kernels/arithmetic.cc"  // once per target
#include "hwy/foreach_target.h"
#include "hwy/highway.h"
#include "kernels/exact-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {
namespace {
namespace hn = hwy::HWY_NAMESPACE;

// What the compiler cannot see it cannot compute beforehand, in its own rounding.
template <class D>
HWY_INLINE hn::Vec<D> Opaque(D d, double value) {
  volatile hn::TFromD<D> hidden = static_cast<hn::TFromD<D>>(value);
  return hn::Set(d, hidden);
}

template <class D>
HWY_INLINE bool Same(D d, hn::Vec<D> found, double expected) {
  volatile hn::TFromD<D> lane = hn::GetLane(found);
  (void)d;
  return static_cast<double>(lane) == expected;
}

// `ulp`: the distance from 1 to the next number. `small`: the smallest normal number;
// `large` * small is about one.
template <class D>
const char* FaultOf(D d, double ulp, double small, double large) {
  const auto one = Opaque(d, 1.0), half = Opaque(d, 0.5 * ulp), three = Opaque(d, 1.5 * ulp);
  // Up would give 1 + ulp, down -1 - ulp, towards zero 1 + ulp.
  if (!Same(d, hn::Add(one, half), 1.0) || !Same(d, hn::Sub(hn::Neg(one), half), -1.0) ||
      !Same(d, hn::Add(one, three), 1.0 + 2.0 * ulp)) {
    return "rounding is not to nearest even";
  }
  // The product is subnormal, and an operand of the next.
  const auto subnormal = hn::Mul(Opaque(d, small), Opaque(d, 0.5));
  if (!Same(d, hn::Mul(subnormal, Opaque(d, large)), 0.5 * small * large)) {
    return "subnormal numbers are flushed to zero";
  }
  // (1 + e)^2 = 1 + 2e + e^2, and e^2 is half an ulp or less: rounded away in a product,
  // kept in a fused sum.
  const double e = sizeof(hn::TFromD<D>) == 4 ? 0x1p-12 : 0x1p-27;
  const auto x = Opaque(d, 1.0 + e), minus = Opaque(d, -(1.0 + 2.0 * e));
  if (!Same(d, hn::Add(hn::Mul(x, x), minus), 0.0)) {
    return "a product was contracted with a sum";
  }
  if (!Same(d, Fma(d, x, x, minus), e * e)) return "a fused multiply-add rounds twice";
  return "";
}

const char* Fault() {
  const char* fault = FaultOf(hn::ScalableTag<float>(), 0x1p-23, 0x1p-126, 0x1p126);
  if (*fault != '\0') return fault;
  return FaultOf(hn::ScalableTag<double>(), 0x1p-52, 0x1p-1022, 0x1p1022);
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace lanegrad {
namespace {

HWY_EXPORT(Fault);

}  // namespace

std::string_view ArithmeticFault() { return HWY_DYNAMIC_DISPATCH(Fault)(); }

void RequireArithmetic() {
  const std::string_view fault = ArithmeticFault();
  if (fault.empty()) return;
  throw ArithmeticError(std::string(fault) +
                        ": results would have other bits; something loaded into this process, "
                        "such as a library compiled with -ffast-math, has changed the arithmetic");
}

}  // namespace lanegrad
#endif  // HWY_ONCE
