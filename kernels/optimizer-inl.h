/// @file
/// The optimizers, one struct each; the list at the foot is the catalogue.
///
/// A Step works on one register of weights; `s0`, `s1`, `s2` are its states. It uses
/// correctly rounded operations only, in a stated order: that order is part of
/// the numeric specification.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

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
#include "kernels/tiny-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// An oracle's states and scalars, both in double.
using State = std::array<double, kMaxStates>;
using Plain = PlainScalars;

/// The mean that keeps a share `keep` of itself: keep m + (1 - keep) x.
template <class D, class V>
HWY_INLINE V Mean(D d, float keep, V m, V x) {
  return Fma(d, hn::Set(d, keep), m, hn::Mul(hn::Set(d, 1.0f - keep), x));
}
/// The same of squares; that of a tiny number is zero.
template <class D, class V>
HWY_INLINE V MeanSquare(D d, float keep, V v, V x) {
  const V g = WithoutTiny(d, x);
  return Fma(d, hn::Set(d, keep), v, hn::Mul(hn::Mul(hn::Set(d, 1.0f - keep), g), g));
}

/// The weight that decoupled decay leaves; a tiny one would go on shrinking for ever.
template <class D, class V>
HWY_INLINE V Shrunk(D d, const StepScalars& p, V w) {
  return WithoutTiny(d, FmaNegated(d, hn::Set(d, p.rate * p.shrink), w, w));
}

/// Stochastic gradient descent: a step against the gradient.
struct Sgd {
  static constexpr OptimizerInfo kInfo = {
      "sgd",
      "gradient descent: a step against the gradient",
      R"(w \leftarrow w - \eta\, g)",
      "Robbins and Monro 1951",
      0,
      [](double& w, double g, State& /*s*/, const Plain& p) { w -= p.rate * g; },
      0.1f};

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
      "momentum",
      "heavy ball: the step keeps a share of the last one",
      R"(v \leftarrow \mu v - \eta\, g, \quad w \leftarrow w + v)",
      "Polyak 1964",
      1,
      [](double& w, double g, State& s, const Plain& p) {
        s[0] = p.momentum * s[0] - p.rate * g;
        w += s[0];
      },
      0.01f};

  template <class D, class V>
  static HWY_INLINE void Step(D d, const StepScalars& p, V g, V& w, V& s0, V& /*s1*/, V& /*s2*/) {
    s0 = FmaNegated(d, hn::Set(d, p.rate), g, hn::Mul(hn::Set(d, p.momentum), s0));
    w = hn::Add(w, s0);
  }
};

/// The heavy ball that looks where it is going: the gradient is taken as if the step
/// of the ball had been made [in the form of Sutskever et al. 2013, with the weight
/// itself at the point ahead].
struct Nesterov {
  static constexpr OptimizerInfo kInfo = {
      "nesterov",
      "heavy ball whose gradient is taken a step ahead",
      R"(v \leftarrow \mu v - \eta\, g, \quad w \leftarrow w + \mu v - \eta\, g)",
      "Nesterov 1983; Sutskever, Martens, Dahl and Hinton 2013",
      1,
      [](double& w, double g, State& s, const Plain& p) {
        s[0] = p.momentum * s[0] - p.rate * g;
        w += p.momentum * s[0] - p.rate * g;
      },
      0.01f};

  template <class D, class V>
  static HWY_INLINE void Step(D d, const StepScalars& p, V g, V& w, V& s0, V& /*s1*/, V& /*s2*/) {
    const V rate = hn::Set(d, p.rate);
    const V momentum = hn::Set(d, p.momentum);
    s0 = FmaNegated(d, rate, g, hn::Mul(momentum, s0));
    w = hn::Add(w, FmaNegated(d, rate, g, hn::Mul(momentum, s0)));
  }
};

/// A rate for every weight, which falls with all the gradients it has seen.
struct Adagrad {
  static constexpr OptimizerInfo kInfo = {
      "adagrad",
      "a rate for every weight, falling with the sum of its squared gradients",
      R"(v \leftarrow v + g^2, \quad w \leftarrow w - \eta\, g / (\sqrt v + \epsilon))",
      "Duchi, Hazan and Singer 2011",
      1,
      [](double& w, double g, State& s, const Plain& p) {
        s[0] += g * g;
        w -= p.rate * g / (std::sqrt(s[0]) + p.epsilon);
      },
      0.01f,
      0.0f,
      0.0f,
      1e-10f};

  template <class D, class V>
  static HWY_INLINE void Step(D d, const StepScalars& p, V g, V& w, V& s0, V& /*s1*/, V& /*s2*/) {
    const V factor = WithoutTiny(d, g);
    s0 = Fma(d, factor, factor, s0);
    const V size = hn::Add(hn::Sqrt(s0), hn::Set(d, p.epsilon));
    w = FmaNegated(d, hn::Set(d, p.rate), hn::Div(g, size), w);
  }
};

/// Adagrad that forgets: a mean of squares for their sum.
struct RmsProp {
  static constexpr OptimizerInfo kInfo = {
      "rmsprop",
      "a rate for every weight, by a running mean of its squared gradients",
      R"(v \leftarrow \rho v + (1 - \rho) g^2, \quad w \leftarrow w - \eta\, g / (\sqrt v + \epsilon))",
      "Tieleman and Hinton 2012",
      1,
      [](double& w, double g, State& s, const Plain& p) {
        s[0] = p.decay * s[0] + (1.0 - p.decay) * g * g;
        w -= p.rate * g / (std::sqrt(s[0]) + p.epsilon);
      },
      0.001f,
      0.0f,
      0.99f,
      1e-8f};

  template <class D, class V>
  static HWY_INLINE void Step(D d, const StepScalars& p, V g, V& w, V& s0, V& /*s1*/, V& /*s2*/) {
    s0 = MeanSquare(d, p.decay, s0, g);
    const V size = hn::Add(hn::Sqrt(s0), hn::Set(d, p.epsilon));
    w = FmaNegated(d, hn::Set(d, p.rate), hn::Div(g, size), w);
  }
};

/// Steps in the units of the weights: the mean of past steps stands for a rate.
struct Adadelta {
  static constexpr OptimizerInfo kInfo = {
      "adadelta",
      "step sizes from the running mean of past steps; a rate of 1 is usual",
      R"(v \leftarrow \rho v + (1 - \rho) g^2, \quad s = g \sqrt{u + \epsilon} / \sqrt{v + \epsilon}, \quad u \leftarrow \rho u + (1 - \rho) s^2, \quad w \leftarrow w - \eta\, s)",
      "Zeiler 2012",
      2,
      [](double& w, double g, State& s, const Plain& p) {
        s[0] = p.decay * s[0] + (1.0 - p.decay) * g * g;
        const double step = g * std::sqrt(s[1] + p.epsilon) / std::sqrt(s[0] + p.epsilon);
        s[1] = p.decay * s[1] + (1.0 - p.decay) * step * step;
        w -= p.rate * step;
      },
      1.0f,
      0.0f,
      0.9f,
      1e-6f};

  template <class D, class V>
  static HWY_INLINE void Step(D d, const StepScalars& p, V g, V& w, V& s0, V& s1, V& /*s2*/) {
    const V epsilon = hn::Set(d, p.epsilon);
    s0 = MeanSquare(d, p.decay, s0, g);
    const V size = hn::Div(hn::Sqrt(hn::Add(s1, epsilon)), hn::Sqrt(hn::Add(s0, epsilon)));
    const V step = hn::Mul(g, size);
    s1 = MeanSquare(d, p.decay, s1, step);
    w = FmaNegated(d, hn::Set(d, p.rate), step, w);
  }
};

/// m over the root of the unbiased v, as all of Adam's family step.
template <class D, class V>
HWY_INLINE V AdamDirection(D d, const StepScalars& p, V m, V v) {
  const V root = hn::Sqrt(hn::Mul(v, hn::Set(d, p.unbias2)));
  return hn::Div(m, hn::Add(root, hn::Set(d, p.epsilon)));
}

/// Momentum and a rate for every weight, both freed of their bias towards zero.
struct Adam {
  static constexpr OptimizerInfo kInfo = {
      "adam",
      "momentum, and a rate for every weight",
      R"(m \leftarrow \beta_1 m + (1 - \beta_1) g, \quad v \leftarrow \beta_2 v + (1 - \beta_2) g^2, \quad w \leftarrow w - \eta \frac{m / (1 - \beta_1^t)}{\sqrt{v / (1 - \beta_2^t)} + \epsilon})",
      "Kingma and Ba 2015",
      2,
      [](double& w, double g, State& s, const Plain& p) {
        s[0] = p.momentum * s[0] + (1.0 - p.momentum) * g;
        s[1] = p.decay * s[1] + (1.0 - p.decay) * g * g;
        w -= p.rate * (s[0] * p.unbias1) / (std::sqrt(s[1] * p.unbias2) + p.epsilon);
      },
      0.001f};

  template <class D, class V>
  static HWY_INLINE void Step(D d, const StepScalars& p, V g, V& w, V& s0, V& s1, V& /*s2*/) {
    s0 = Mean(d, p.momentum, s0, g);
    s1 = MeanSquare(d, p.decay, s1, g);
    w = FmaNegated(d, hn::Set(d, p.rate),
                   AdamDirection(d, p, hn::Mul(s0, hn::Set(d, p.unbias1)), s1), w);
  }
};

/// Adam whose weight decay does not pass through its denominator.
struct AdamW {
  static constexpr OptimizerInfo kInfo = {
      "adamw",
      "adam with weight decay beside it, not inside",
      R"(w \leftarrow (1 - \eta \lambda) w, \text{ then as adam})",
      "Loshchilov and Hutter 2019",
      2,
      [](double& w, double g, State& s, const Plain& p) {
        s[0] = p.momentum * s[0] + (1.0 - p.momentum) * g;
        s[1] = p.decay * s[1] + (1.0 - p.decay) * g * g;
        w -= p.rate * p.shrink * w;
        w -= p.rate * (s[0] * p.unbias1) / (std::sqrt(s[1] * p.unbias2) + p.epsilon);
      },
      0.001f};

  template <class D, class V>
  static HWY_INLINE void Step(D d, const StepScalars& p, V g, V& w, V& s0, V& s1, V& /*s2*/) {
    w = Shrunk(d, p, w);
    Adam::Step(d, p, g, w, s0, s1, s1);
  }
};

/// Adam with Nesterov's look ahead.
struct Nadam {
  static constexpr OptimizerInfo kInfo = {
      "nadam",
      "adam with nesterov's look ahead",
      R"(m, v \text{ as adam}, \quad w \leftarrow w - \eta \frac{\beta_1 m / (1 - \beta_1^{t+1}) + (1 - \beta_1) g / (1 - \beta_1^t)}{\sqrt{v / (1 - \beta_2^t)} + \epsilon})",
      "Dozat 2016",
      2,
      [](double& w, double g, State& s, const Plain& p) {
        s[0] = p.momentum * s[0] + (1.0 - p.momentum) * g;
        s[1] = p.decay * s[1] + (1.0 - p.decay) * g * g;
        const double m = p.momentum * s[0] * p.ahead + (1.0 - p.momentum) * g * p.unbias1;
        w -= p.rate * m / (std::sqrt(s[1] * p.unbias2) + p.epsilon);
      },
      0.001f};

  template <class D, class V>
  static HWY_INLINE void Step(D d, const StepScalars& p, V g, V& w, V& s0, V& s1, V& /*s2*/) {
    s0 = Mean(d, p.momentum, s0, g);
    s1 = MeanSquare(d, p.decay, s1, g);
    const V now = hn::Mul(hn::Set(d, (1.0f - p.momentum) * p.unbias1), g);
    const V m = Fma(d, hn::Set(d, p.momentum * p.ahead), s0, now);
    w = FmaNegated(d, hn::Set(d, p.rate), AdamDirection(d, p, m, s1), w);
  }
};

/// Adam whose denominators never fall, which mends its proof of convergence.
struct AmsGrad {
  static constexpr OptimizerInfo kInfo = {
      "amsgrad",
      "adam whose denominators never fall",
      R"(m, v \text{ as adam}, \quad \hat v \leftarrow \max(\hat v, v), \quad w \leftarrow w - \eta \frac{m / (1 - \beta_1^t)}{\sqrt{\hat v / (1 - \beta_2^t)} + \epsilon})",
      "Reddi, Kale and Kumar 2018",
      3,
      [](double& w, double g, State& s, const Plain& p) {
        s[0] = p.momentum * s[0] + (1.0 - p.momentum) * g;
        s[1] = p.decay * s[1] + (1.0 - p.decay) * g * g;
        s[2] = std::fmax(s[2], s[1]);
        w -= p.rate * (s[0] * p.unbias1) / (std::sqrt(s[2] * p.unbias2) + p.epsilon);
      },
      0.001f};

  template <class D, class V>
  static HWY_INLINE void Step(D d, const StepScalars& p, V g, V& w, V& s0, V& s1, V& s2) {
    s0 = Mean(d, p.momentum, s0, g);
    s1 = MeanSquare(d, p.decay, s1, g);
    s2 = hn::IfThenElse(hn::Lt(s2, s1), s1, hn::IfThenElse(hn::Eq(s1, s1), s2, s1));
    w = FmaNegated(d, hn::Set(d, p.rate),
                   AdamDirection(d, p, hn::Mul(s0, hn::Set(d, p.unbias1)), s2), w);
  }
};

/// The sign of a momentum alone: every weight moves by the rate. It decays weights
/// as adamw does.
struct Lion {
  static constexpr OptimizerInfo kInfo = {
      "lion",
      "the sign of a momentum: every weight moves by the rate",
      R"(c = \beta_1 m + (1 - \beta_1) g, \quad w \leftarrow (1 - \eta \lambda) w - \eta \operatorname{sign}(c), \quad m \leftarrow \beta_2 m + (1 - \beta_2) g)",
      "Chen et al. 2023",
      1,
      [](double& w, double g, State& s, const Plain& p) {
        const double c = p.momentum * s[0] + (1.0 - p.momentum) * g;
        w -= p.rate * p.shrink * w;
        w -= p.rate * (c > 0.0 ? 1.0 : c < 0.0 ? -1.0 : 0.0);
        s[0] = p.decay * s[0] + (1.0 - p.decay) * g;
      },
      0.0001f,
      0.9f,
      0.99f,
      0.0f};

  template <class D, class V>
  static HWY_INLINE void Step(D d, const StepScalars& p, V g, V& w, V& s0, V& /*s1*/, V& /*s2*/) {
    const V c = Mean(d, p.momentum, s0, g);
    w = Shrunk(d, p, w);
    w = FmaNegated(d, hn::Set(d, p.rate), SignOf(d, c), w);
    s0 = Mean(d, p.decay, s0, g);
  }
};

/// A step of its own for every weight, that grows while the gradient keeps its sign
/// and shrinks where it turns; the size of the gradient does not matter. The first
/// step is the rate. It needs whole gradients: a batch's sign changes by chance. The
/// form without taking back steps [Igel and Huesken's iRprop-, 2000].
struct Rprop {
  static constexpr OptimizerInfo kInfo = {
      "rprop",
      "steps by the sign of whole gradients, growing and shrinking",
      R"(\Delta \leftarrow \Delta \cdot [g g_{t-1} > 0]\, 1.2 \text{ or } [g g_{t-1} < 0]\, 0.5, \quad w \leftarrow w - \Delta \operatorname{sign}(g))",
      "Riedmiller and Braun 1993; Igel and Huesken 2000",
      2,
      [](double& w, double g, State& s, const Plain& p) {
        // The second state is the step over the rate, less 1, so that it begins at zero.
        const double turn = g * s[0];
        const double factor = turn > 0.0 ? 1.2 : turn < 0.0 ? 0.5 : 1.0;
        const double step = std::fmin(50.0, std::fmax(1e-6, (s[1] + 1.0) * factor));
        s[0] = turn < 0.0 ? 0.0 : g;
        s[1] = step - 1.0;
        w -= p.rate * step * (s[0] > 0.0 ? 1.0 : s[0] < 0.0 ? -1.0 : 0.0);
      },
      0.01f,
      0.0f,
      0.0f,
      0.0f,
      true};

  template <class D, class V>
  static HWY_INLINE void Step(D d, const StepScalars& p, V g, V& w, V& s0, V& s1, V& /*s2*/) {
    const V zero = hn::Zero(d), one = hn::Set(d, 1.0f);
    const V turn = hn::Mul(SignOf(d, g), SignOf(d, s0));
    const auto turned = hn::Lt(turn, zero);
    const V slower = hn::IfThenElse(turned, hn::Set(d, 0.5f), one);
    const V factor = hn::IfThenElse(hn::Gt(turn, zero), hn::Set(d, 1.2f), slower);
    const V step = hn::Mul(hn::Add(s1, one), factor);
    const V least = hn::Set(d, 1e-6f), most = hn::Set(d, 50.0f);
    const V floored = hn::IfThenElse(hn::Lt(step, least), least, step);
    const V capped = hn::IfThenElse(hn::Gt(floored, most), most, floored);
    s0 = hn::IfThenElse(turned, zero, g);
    s1 = hn::Sub(capped, one);
    w = FmaNegated(d, hn::Mul(hn::Set(d, p.rate), capped), SignOf(d, s0), w);
  }
};

/// Every optimizer there is. Their order is the order of tables and of plots.
using OptimizerList = OpList<Sgd, Momentum, Nesterov, Adagrad, RmsProp, Adadelta, Adam, AdamW,
                             Nadam, AmsGrad, Lion, Rprop>;

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
