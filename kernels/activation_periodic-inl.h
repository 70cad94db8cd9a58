/// @file
/// Activations that repeat.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "kernels/activation.h"
#include "kernels/op_list.h"

#if defined(LANEGRAD_KERNELS_ACTIVATION_PERIODIC_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_ACTIVATION_PERIODIC_INL_H_
#undef LANEGRAD_KERNELS_ACTIVATION_PERIODIC_INL_H_
#else
#define LANEGRAD_KERNELS_ACTIVATION_PERIODIC_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/activation_parts-inl.h"
#include "kernels/sine-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// The sine: never saturates, and forgets how far from zero its input was. At
/// infinity it is NaN.
struct Sine {
  using Lane = double;
  template <class T>
  static T Value(T z) {
    using std::sin;
    return sin(z);
  }
  template <class T>
  static T Slope(T z) {
    using std::cos;
    return cos(z);
  }
  static constexpr HardCase kHardValues[] = {{0x1.33333p+13, -0x1.63f4bap-2},
                                             {-0x1.33333p+13, 0x1.63f4bap-2}};
  static constexpr HardCase kHardSlopes[] = {{0x1.3170fp+63, 0x1.fe2976p-1},
                                             {0x1.2b9622p+67, 0x1.f0285ep-1}};
  static constexpr ActivationInfo kInfo = {
      .name = "sine",
      .summary = "sine: from -1 to 1, over and over",
      .formula = R"(\sin z)",
      .slope_formula = R"(\cos z)",
      .source = "Sopena, Romero and Alquezar 1999; Sitzmann et al. 2020",
      .value = &Value<long double>,
      .slope = &Slope<long double>,
      .max_ulp = 0.5,
      .slope_max_ulp = 0.5,
      .initializer = "lecun_uniform",
      .hard_values = kHardValues,
      .hard_slopes = kHardSlopes,
  };

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    const auto both = EvalSine(d, z);
    slope = PatchHardCases(d, hn::Abs(z), kHardSlopes, both.cosine);
    return PatchHardCases(d, z, kHardValues, both.sine);
  }
};

/// The activations of this file, in the order of tables and of plots.
using PeriodicList = OpList<Sine>;

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
