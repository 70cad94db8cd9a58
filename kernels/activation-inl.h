/// @file
/// The catalogue of activations: the lists of the families, one after the other.
///
/// An Eval works on one register and returns value and slope together: they share
/// the exponential, and the backward pass is then one product. `Lane` says in what
/// precision it works. Float is for what is exact there; all else reads a float,
/// computes in double and is rounded once, hence the same bits on every target.
///
/// NaN in gives NaN out, for value and slope: a ruined run must not look healthy.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "kernels/activation.h"
#include "kernels/op_list.h"

#if defined(LANEGRAD_KERNELS_ACTIVATION_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_ACTIVATION_INL_H_
#undef LANEGRAD_KERNELS_ACTIVATION_INL_H_
#else
#define LANEGRAD_KERNELS_ACTIVATION_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/activation_periodic-inl.h"
#include "kernels/activation_rectifier-inl.h"
#include "kernels/activation_sigmoidal-inl.h"
#include "kernels/activation_smooth-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// The weighted input itself: a layer with it is linear, and so is any stack of
/// such layers.
struct Identity {
  using Lane = float;
  template <class T>
  static T Value(T z) {
    return z;
  }
  template <class T>
  static T Slope(T z) {
    return z == z ? T(1) : z;
  }
  static constexpr ActivationInfo kInfo = {
      .name = "identity",
      .aliases = "linear none",
      .summary = "the weighted input itself",
      .formula = "z",
      .slope_formula = "1",
      .source = "-",
      .value = &Value<long double>,
      .slope = &Slope<long double>,
      .max_ulp = 0.5,
      .slope_max_ulp = 0.5,
      .initializer = "lecun_uniform",
      .is_identity = true,
  };

  template <class D, class V>
  static HWY_INLINE V Eval(D d, V z, V& slope) {
    slope = hn::IfThenElse(hn::Eq(z, z), hn::Set(d, 1.0f), z);
    return z;
  }
};

/// Every activation there is: a family's own list says which are in it, so that one
/// more is one struct and one name in one file. Their order is the order of tables
/// and of plots.
// [catalogue]
using ActivationList =
    Joined<OpList<Identity>, SigmoidalList, RectifierList, SmoothList, PeriodicList>;
// [catalogue]

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
