/// @file
/// The optimizers, one struct each; the list at the foot is the catalogue.
///
/// A Step works on one register of weights; `s0`, `s1` are its states. It uses
/// correctly rounded operations only, in a stated order: that order is part of
/// the numeric specification.
// SPDX-License-Identifier: Apache-2.0
#include "kernels/op_list.h"
#include "kernels/optimizer.h"

#if defined(LANEGRAD_KERNELS_OPTIMIZER_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_OPTIMIZER_INL_H_
#undef LANEGRAD_KERNELS_OPTIMIZER_INL_H_
#else
#define LANEGRAD_KERNELS_OPTIMIZER_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/exact-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// Stochastic gradient descent: a step against the gradient.
struct Sgd {
  static constexpr OptimizerInfo kInfo = {
      "sgd",
      "gradient descent: a step against the gradient",
      R"(w \leftarrow w - \eta\, g)",
      "Robbins and Monro 1951",
      0,
      [](double& w, double g, std::array<double, kMaxStates>&, const StepScalars& s) {
        w -= static_cast<double>(s.rate) * g;
      }};

  template <class D, class V>
  static HWY_INLINE void Step(D d, const StepScalars& s, V g, V& w, V& /*s0*/, V& /*s1*/) {
    w = FmaNegated(d, hn::Set(d, s.rate), g, w);
  }
};

/// Momentum, the heavy ball: what section 3.2 of the article means by its
/// formula, whose two coefficients have their names exchanged and whose sign is
/// lost.
struct Momentum {
  static constexpr OptimizerInfo kInfo = {
      "momentum",
      "heavy ball: the step keeps a share of the last one",
      R"(v \leftarrow \mu v - \eta\, g, \quad w \leftarrow w + v)",
      "Polyak 1964",
      1,
      [](double& w, double g, std::array<double, kMaxStates>& state, const StepScalars& s) {
        state[0] = static_cast<double>(s.momentum) * state[0] - static_cast<double>(s.rate) * g;
        w += state[0];
      }};

  template <class D, class V>
  static HWY_INLINE void Step(D d, const StepScalars& s, V g, V& w, V& s0, V& /*s1*/) {
    s0 = FmaNegated(d, hn::Set(d, s.rate), g, hn::Mul(hn::Set(d, s.momentum), s0));
    w = hn::Add(w, s0);
  }
};

/// Every optimizer there is. Their order is the order of tables and of plots.
using OptimizerList = OpList<Sgd, Momentum>;

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
