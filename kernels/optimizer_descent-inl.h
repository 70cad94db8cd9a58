/// @file
/// Optimizers that follow the gradient, and those that divide it by its own size.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "kernels/op_list.h"
#include "kernels/optimizer.h"

#if defined(LANEGRAD_KERNELS_OPTIMIZER_DESCENT_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_OPTIMIZER_DESCENT_INL_H_
#undef LANEGRAD_KERNELS_OPTIMIZER_DESCENT_INL_H_
#else
#define LANEGRAD_KERNELS_OPTIMIZER_DESCENT_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/exact-inl.h"
#include "kernels/optimizer_parts-inl.h"
#include "kernels/tiny-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// Stochastic gradient descent: a step against the gradient.
struct Sgd {
  static constexpr OptimizerInfo kInfo = {
      .name = "sgd",
      .proper = "SGD",
      .aliases = "gradient_descent gd",
      .summary = "gradient descent: a step against the gradient",
      .formula = R"(w \leftarrow w - \eta\, g)",
      .plain = "w ← w − {rate}·g",
      .source = "Robbins and Monro 1951",
      .states = 0,
      .oracle = [](double& w, double g, State& /*s*/, const Plain& p) { w -= p.rate * g; },
      .reads = {},
      .rate = 0.1f,
  };

  template <class D, class V>
  static HWY_INLINE void Step(D d, const StepScalars& p, V g, V& w, V& /*s0*/, V& /*s1*/,
                              V& /*s2*/) {
    w = FmaNegated(d, hn::Set(d, p.rate), g, w);
  }
};

/// Momentum, the heavy ball: what section 3.2 of the article means by its
/// formula, whose two coefficients have their names exchanged and whose sign is
/// lost.
struct Momentum {
  static constexpr OptimizerInfo kInfo = {
      .name = "momentum",
      .aliases = "sgd_momentum heavy_ball",
      .summary = "heavy ball: the step keeps a share of the last one",
      .formula = R"(v \leftarrow \mu v - \eta\, g, \quad w \leftarrow w + v)",
      .plain =
          "v ← {beta1}·v − {rate}·g\n"
          "w ← w + v",
      .source = "Polyak 1964",
      .states = 1,
      .oracle =
          [](double& w, double g, State& s, const Plain& p) {
            s[0] = p.beta1 * s[0] - p.rate * g;
            w += s[0];
          },
      .reads = {.beta1 = true},
      .rate = 0.01f,
  };

  template <class D, class V>
  static HWY_INLINE void Step(D d, const StepScalars& p, V g, V& w, V& s0, V& /*s1*/, V& /*s2*/) {
    s0 = FmaNegated(d, hn::Set(d, p.rate), g, hn::Mul(hn::Set(d, p.beta1), s0));
    w = hn::Add(w, s0);
  }
};

/// The heavy ball that looks where it is going: the gradient is taken as if the step
/// of the ball had been made [in the form of Sutskever et al. 2013, with the weight
/// itself at the point ahead].
struct Nesterov {
  static constexpr OptimizerInfo kInfo = {
      .name = "nesterov",
      .proper = "Nesterov",
      .aliases = "nag",
      .summary = "heavy ball whose gradient is taken a step ahead",
      .formula = R"(v \leftarrow \mu v - \eta\, g, \quad w \leftarrow w + \mu v - \eta\, g)",
      .plain =
          "v ← {beta1}·v − {rate}·g\n"
          "w ← w + {beta1}·v − {rate}·g",
      .source = "Nesterov 1983; Sutskever, Martens, Dahl and Hinton 2013",
      .states = 1,
      .oracle =
          [](double& w, double g, State& s, const Plain& p) {
            s[0] = p.beta1 * s[0] - p.rate * g;
            w += p.beta1 * s[0] - p.rate * g;
          },
      .reads = {.beta1 = true},
      .rate = 0.01f,
  };

  template <class D, class V>
  static HWY_INLINE void Step(D d, const StepScalars& p, V g, V& w, V& s0, V& /*s1*/, V& /*s2*/) {
    const V rate = hn::Set(d, p.rate);
    const V momentum = hn::Set(d, p.beta1);
    s0 = FmaNegated(d, rate, g, hn::Mul(momentum, s0));
    w = hn::Add(w, FmaNegated(d, rate, g, hn::Mul(momentum, s0)));
  }
};

/// The weight after a step by its gradient over the root of `v`, the sum or the mean of
/// squares before it.
template <class D, class V>
HWY_INLINE V StepOverRoot(D d, const StepScalars& p, V g, V v, V w) {
  const V size = hn::Add(hn::Sqrt(v), hn::Set(d, p.epsilon));
  return FmaNegated(d, hn::Set(d, p.rate), hn::Div(g, size), w);
}

/// A rate for every weight, which falls with all the gradients it has seen.
struct Adagrad {
  static constexpr OptimizerInfo kInfo = {
      .name = "adagrad",
      .proper = "AdaGrad",
      .summary = "a rate for every weight, falling with the sum of its squared gradients",
      .formula = R"(v \leftarrow v + g^2, \quad w \leftarrow w - \eta\, g / (\sqrt v + \epsilon))",
      .plain =
          "v ← v + g²\n"
          "w ← w − {rate}·g / (√v + {epsilon})",
      .source = "Duchi, Hazan and Singer 2011",
      .states = 1,
      .oracle =
          [](double& w, double g, State& s, const Plain& p) {
            s[0] += g * g;
            w -= p.rate * g / (std::sqrt(s[0]) + p.epsilon);
          },
      .reads = {.epsilon = true},
      .rate = 0.01f,
      .beta1 = 0.0f,
      .beta2 = 0.0f,
      .epsilon = 1e-10f,
  };

  template <class D, class V>
  static HWY_INLINE void Step(D d, const StepScalars& p, V g, V& w, V& s0, V& /*s1*/, V& /*s2*/) {
    const V factor = WithoutTiny(d, g);
    s0 = Fma(d, factor, factor, s0);
    w = StepOverRoot(d, p, g, s0, w);
  }
};

/// Adagrad that forgets: a mean of squares for their sum.
struct RmsProp {
  static constexpr OptimizerInfo kInfo = {
      .name = "rmsprop",
      .proper = "RMSProp",
      .summary = "a rate for every weight, by a running mean of its squared gradients",
      .formula =
          R"(v \leftarrow \rho v + (1 - \rho) g^2, \quad w \leftarrow w - \eta\, g / (\sqrt v + \epsilon))",
      .plain =
          "v ← {beta2}·v + {1-beta2}·g²\n"
          "w ← w − {rate}·g / (√v + {epsilon})",
      .source = "Tieleman and Hinton 2012",
      .states = 1,
      .oracle =
          [](double& w, double g, State& s, const Plain& p) {
            s[0] = p.beta2 * s[0] + (1.0 - p.beta2) * g * g;
            w -= p.rate * g / (std::sqrt(s[0]) + p.epsilon);
          },
      .reads = {.beta2 = true, .epsilon = true},
      .rate = 0.001f,
      .beta1 = 0.0f,
      .beta2 = 0.99f,
      .epsilon = 1e-8f,
  };

  template <class D, class V>
  static HWY_INLINE void Step(D d, const StepScalars& p, V g, V& w, V& s0, V& /*s1*/, V& /*s2*/) {
    s0 = MeanSquare(d, p.beta2, s0, g);
    w = StepOverRoot(d, p, g, s0, w);
  }
};

/// Steps in the units of the weights: the mean of past steps stands for a rate.
struct Adadelta {
  static constexpr OptimizerInfo kInfo = {
      .name = "adadelta",
      .proper = "AdaDelta",
      .summary = "step sizes from the running mean of past steps; a rate of 1 is usual",
      .formula =
          R"(v \leftarrow \rho v + (1 - \rho) g^2, \quad s = g \sqrt{u + \epsilon} / \sqrt{v + \epsilon}, \quad u \leftarrow \rho u + (1 - \rho) s^2, \quad w \leftarrow w - \eta\, s)",
      .plain =
          "v ← {beta2}·v + {1-beta2}·g²\n"
          "s = g·√(u + {epsilon}) / √(v + {epsilon})\n"
          "u ← {beta2}·u + {1-beta2}·s²\n"
          "w ← w − {rate}·s",
      .source = "Zeiler 2012",
      .states = 2,
      .oracle =
          [](double& w, double g, State& s, const Plain& p) {
            s[0] = p.beta2 * s[0] + (1.0 - p.beta2) * g * g;
            const double step = g * std::sqrt(s[1] + p.epsilon) / std::sqrt(s[0] + p.epsilon);
            s[1] = p.beta2 * s[1] + (1.0 - p.beta2) * step * step;
            w -= p.rate * step;
          },
      .reads = {.beta2 = true, .epsilon = true},
      .rate = 1.0f,
      .beta1 = 0.0f,
      .beta2 = 0.9f,
      .epsilon = 1e-6f,
  };

  template <class D, class V>
  static HWY_INLINE void Step(D d, const StepScalars& p, V g, V& w, V& s0, V& s1, V& /*s2*/) {
    const V epsilon = hn::Set(d, p.epsilon);
    s0 = MeanSquare(d, p.beta2, s0, g);
    const V size = hn::Div(hn::Sqrt(hn::Add(s1, epsilon)), hn::Sqrt(hn::Add(s0, epsilon)));
    const V step = hn::Mul(g, size);
    s1 = MeanSquare(d, p.beta2, s1, step);
    w = FmaNegated(d, hn::Set(d, p.rate), step, w);
  }
};

/// The optimizers of this file, in the order of tables and of plots.
using DescentList = OpList<Sgd, Momentum, Nesterov, Adagrad, RmsProp, Adadelta>;

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
