/// @file
/// Optimizers that look at signs alone.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "kernels/op_list.h"
#include "kernels/optimizer.h"

#if defined(LANEGRAD_KERNELS_OPTIMIZER_SIGN_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_OPTIMIZER_SIGN_INL_H_
#undef LANEGRAD_KERNELS_OPTIMIZER_SIGN_INL_H_
#else
#define LANEGRAD_KERNELS_OPTIMIZER_SIGN_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/exact-inl.h"
#include "kernels/optimizer_parts-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// The sign of a momentum alone: every weight moves by the rate. It decays weights
/// as adamw does.
struct Lion {
  static constexpr OptimizerInfo kInfo = {
      .name = "lion",
      .proper = "Lion",
      .summary = "the sign of a momentum: every weight moves by the rate",
      .formula =
          R"(c = \beta_1 m + (1 - \beta_1) g, \quad w \leftarrow (1 - \eta \lambda) w - \eta \operatorname{sign}(c), \quad m \leftarrow \beta_2 m + (1 - \beta_2) g)",
      .plain =
          "c = {beta1}·m + {1-beta1}·g\n"
          "w ← w − {rate}·{weight_decay}·w\n"
          "w ← w − {rate}·sign(c)\n"
          "m ← {beta2}·m + {1-beta2}·g",
      .source = "Chen et al. 2023",
      .states = 1,
      .oracle =
          [](double& w, double g, State& s, const Plain& p) {
            const double c = p.beta1 * s[0] + (1.0 - p.beta1) * g;
            w -= p.rate * p.weight_decay * w;
            w -= p.rate * (c > 0.0 ? 1.0 : c < 0.0 ? -1.0 : 0.0);
            s[0] = p.beta2 * s[0] + (1.0 - p.beta2) * g;
          },
      .reads = {.beta1 = true, .beta2 = true, .weight_decay = true},
      .rate = 0.0001f,
      .beta1 = 0.9f,
      .beta2 = 0.99f,
      .epsilon = 0.0f,
  };

  template <class D, class V>
  static HWY_INLINE void Step(D d, const StepScalars& p, V g, V& w, V& s0, V& /*s1*/, V& /*s2*/) {
    const V c = Mean(d, p.beta1, s0, g);
    w = Decayed(d, p, w);
    w = FmaNegated(d, hn::Set(d, p.rate), SignOf(d, c), w);
    s0 = Mean(d, p.beta2, s0, g);
  }
};

/// A step of its own for every weight, that grows while the gradient keeps its sign
/// and shrinks where it turns; the size of the gradient does not matter. The first
/// step is the rate. It needs whole gradients: a batch's sign changes by chance. The
/// form without taking back steps [Igel and Hüsken's iRprop-, 2000].
struct Rprop {
  static constexpr OptimizerInfo kInfo = {
      .name = "rprop",
      .proper = "Rprop",
      .summary = "steps by the sign of whole gradients, growing and shrinking",
      .formula =
          R"(\Delta \leftarrow 1.2\, \Delta \text{ if } g_t g_{t-1} > 0, \quad \Delta \leftarrow 0.5\, \Delta \text{ and } g_t \leftarrow 0 \text{ if } g_t g_{t-1} < 0, \quad w \leftarrow w - \Delta \operatorname{sign}(g_t))",
      .plain =
          "d ← 1.2·d where g has kept its sign, 0.5·d where it has turned\n"
          "w ← w − d·sign(g), and d = {rate} in the first step",
      .source = "Riedmiller and Braun 1993; Igel and Hüsken 2000",
      .states = 2,
      .oracle =
          [](double& w, double g, State& s, const Plain& p) {
            // The second state is the step over the rate, less 1, so that it begins at zero.
            const double turn = g * s[0];
            const double factor = turn > 0.0 ? 1.2 : turn < 0.0 ? 0.5 : 1.0;
            const double step = std::fmin(50.0, std::fmax(1e-6, (s[1] + 1.0) * factor));
            s[0] = turn < 0.0 ? 0.0 : g;
            s[1] = step - 1.0;
            w -= p.rate * step * (s[0] > 0.0 ? 1.0 : s[0] < 0.0 ? -1.0 : 0.0);
          },
      .reads = {.clip = false},
      .rate = 0.01f,
      .beta1 = 0.0f,
      .beta2 = 0.0f,
      .epsilon = 0.0f,
      .full_batch = true,
  };

  template <class D, class V>
  static HWY_INLINE void Step(D d, const StepScalars& p, V g, V& w, V& s0, V& s1, V& /*s2*/) {
    const V zero = hn::Zero(d), one = hn::Set(d, 1.0f);
    const V turn = hn::Mul(SignOf(d, g), SignOf(d, s0));
    const auto turned = hn::Lt(turn, zero);
    const V slower = hn::IfThenElse(turned, hn::Set(d, 0.5f), one);
    const V factor = hn::IfThenElse(hn::Gt(turn, zero), hn::Set(d, 1.2f), slower);
    const V step = hn::Mul(hn::Add(s1, one), factor);
    const V min = hn::Set(d, 1e-6f), max = hn::Set(d, 50.0f);
    const V floored = hn::IfThenElse(hn::Lt(step, min), min, step);
    const V capped = hn::IfThenElse(hn::Gt(floored, max), max, floored);
    s0 = hn::IfThenElse(turned, zero, g);
    s1 = hn::Sub(capped, one);
    w = FmaNegated(d, hn::Mul(hn::Set(d, p.rate), capped), SignOf(d, s0), w);
  }
};

/// The optimizers of this file, in the order of tables and of plots.
using SignList = OpList<Lion, Rprop>;

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
