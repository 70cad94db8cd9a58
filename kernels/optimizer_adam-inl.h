/// @file
/// Adam and its kin: a momentum over the root of a mean of squares.
// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "kernels/op_list.h"
#include "kernels/optimizer.h"

#if defined(LANEGRAD_KERNELS_OPTIMIZER_ADAM_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_OPTIMIZER_ADAM_INL_H_
#undef LANEGRAD_KERNELS_OPTIMIZER_ADAM_INL_H_
#else
#define LANEGRAD_KERNELS_OPTIMIZER_ADAM_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/exact-inl.h"
#include "kernels/optimizer_parts-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// m over the root of the unbiased v, as all of Adam's family step.
template <class D, class V>
HWY_INLINE V AdamDirection(D d, const StepScalars& p, V m, V v) {
  const V root = hn::Sqrt(hn::Mul(v, hn::Set(d, p.bias_correction2)));
  return hn::Div(m, hn::Add(root, hn::Set(d, p.epsilon)));
}

/// Momentum and a rate for every weight, both freed of their bias towards zero.
struct Adam {
  static constexpr OptimizerInfo kInfo = {
      .name = "adam",
      .proper = "Adam",
      .summary = "momentum, and a rate for every weight",
      .formula =
          R"(m \leftarrow \beta_1 m + (1 - \beta_1) g, \quad v \leftarrow \beta_2 v + (1 - \beta_2) g^2, \quad w \leftarrow w - \eta \frac{m / (1 - \beta_1^t)}{\sqrt{v / (1 - \beta_2^t)} + \epsilon})",
      .plain =
          "m ← {beta1}·m + {1-beta1}·g\n"
          "v ← {beta2}·v + {1-beta2}·g²\n"
          "w ← w − {rate}·m / (1 − {beta1}^t) / (√(v / (1 − {beta2}^t)) + {epsilon})",
      .source = "Kingma and Ba 2015",
      .states = 2,
      .oracle =
          [](double& w, double g, State& s, const Plain& p) {
            s[0] = p.beta1 * s[0] + (1.0 - p.beta1) * g;
            s[1] = p.beta2 * s[1] + (1.0 - p.beta2) * g * g;
            w -= p.rate * (s[0] * p.bias_correction1) /
                 (std::sqrt(s[1] * p.bias_correction2) + p.epsilon);
          },
      .reads = {.beta1 = true, .beta2 = true, .epsilon = true},
      .rate = 0.001f,
  };

  template <class D, class V>
  static HWY_INLINE void Step(D d, const StepScalars& p, V g, V& w, V& s0, V& s1, V& /*s2*/) {
    s0 = Mean(d, p.beta1, s0, g);
    s1 = MeanSquare(d, p.beta2, s1, g);
    w = FmaNegated(d, hn::Set(d, p.rate),
                   AdamDirection(d, p, hn::Mul(s0, hn::Set(d, p.bias_correction1)), s1), w);
  }
};

/// Adam whose weight decay does not pass through its denominator.
struct AdamW {
  static constexpr OptimizerInfo kInfo = {
      .name = "adamw",
      .proper = "AdamW",
      .summary = "adam with weight decay beside it, not inside",
      .formula = R"(w \leftarrow (1 - \eta \lambda) w, \text{ then as adam})",
      .plain =
          "m ← {beta1}·m + {1-beta1}·g\n"
          "v ← {beta2}·v + {1-beta2}·g²\n"
          "w ← w − {rate}·{weight_decay}·w\n"
          "w ← w − {rate}·m / (1 − {beta1}^t) / (√(v / (1 − {beta2}^t)) + {epsilon})",
      .source = "Loshchilov and Hutter 2019",
      .states = 2,
      .oracle =
          [](double& w, double g, State& s, const Plain& p) {
            s[0] = p.beta1 * s[0] + (1.0 - p.beta1) * g;
            s[1] = p.beta2 * s[1] + (1.0 - p.beta2) * g * g;
            w -= p.rate * p.weight_decay * w;
            w -= p.rate * (s[0] * p.bias_correction1) /
                 (std::sqrt(s[1] * p.bias_correction2) + p.epsilon);
          },
      .reads = {.beta1 = true, .beta2 = true, .epsilon = true, .weight_decay = true},
      .rate = 0.001f,
  };

  template <class D, class V>
  static HWY_INLINE void Step(D d, const StepScalars& p, V g, V& w, V& s0, V& s1, V& /*s2*/) {
    w = Decayed(d, p, w);
    Adam::Step(d, p, g, w, s0, s1, s1);
  }
};

/// Adam with Nesterov's look ahead.
struct Nadam {
  static constexpr OptimizerInfo kInfo = {
      .name = "nadam",
      .proper = "Nadam",
      .summary = "adam with nesterov's look ahead",
      .formula =
          R"(m, v \text{ as adam}, \quad w \leftarrow w - \eta \frac{\beta_1 m / (1 - \beta_1^{t+1}) + (1 - \beta_1) g / (1 - \beta_1^t)}{\sqrt{v / (1 - \beta_2^t)} + \epsilon})",
      .plain =
          "m ← {beta1}·m + {1-beta1}·g\n"
          "v ← {beta2}·v + {1-beta2}·g²\n"
          "d = {beta1}·m / (1 − {beta1}^(t+1)) + {1-beta1}·g / (1 − {beta1}^t)\n"
          "w ← w − {rate}·d / (√(v / (1 − {beta2}^t)) + {epsilon})",
      .source = "Dozat 2016",
      .states = 2,
      .oracle =
          [](double& w, double g, State& s, const Plain& p) {
            s[0] = p.beta1 * s[0] + (1.0 - p.beta1) * g;
            s[1] = p.beta2 * s[1] + (1.0 - p.beta2) * g * g;
            const double m =
                p.beta1 * s[0] * p.next_bias_correction1 + (1.0 - p.beta1) * g * p.bias_correction1;
            w -= p.rate * m / (std::sqrt(s[1] * p.bias_correction2) + p.epsilon);
          },
      .reads = {.beta1 = true, .beta2 = true, .epsilon = true},
      .rate = 0.001f,
  };

  template <class D, class V>
  static HWY_INLINE void Step(D d, const StepScalars& p, V g, V& w, V& s0, V& s1, V& /*s2*/) {
    s0 = Mean(d, p.beta1, s0, g);
    s1 = MeanSquare(d, p.beta2, s1, g);
    const V now = hn::Mul(hn::Set(d, (1.0f - p.beta1) * p.bias_correction1), g);
    const V m = Fma(d, hn::Set(d, p.beta1 * p.next_bias_correction1), s0, now);
    w = FmaNegated(d, hn::Set(d, p.rate), AdamDirection(d, p, m, s1), w);
  }
};

/// Adam whose denominators never fall, which mends its proof of convergence.
struct AmsGrad {
  static constexpr OptimizerInfo kInfo = {
      .name = "amsgrad",
      .proper = "AMSGrad",
      .summary = "adam whose denominators never fall",
      .formula =
          R"(m, v \text{ as adam}, \quad \hat v \leftarrow \max(\hat v, v), \quad w \leftarrow w - \eta \frac{m / (1 - \beta_1^t)}{\sqrt{\hat v / (1 - \beta_2^t)} + \epsilon})",
      .plain =
          "m ← {beta1}·m + {1-beta1}·g\n"
          "v ← {beta2}·v + {1-beta2}·g²\n"
          "u ← max(u, v)\n"
          "w ← w − {rate}·m / (1 − {beta1}^t) / (√(u / (1 − {beta2}^t)) + {epsilon})",
      .source = "Reddi, Kale and Kumar 2018",
      .states = 3,
      .oracle =
          [](double& w, double g, State& s, const Plain& p) {
            s[0] = p.beta1 * s[0] + (1.0 - p.beta1) * g;
            s[1] = p.beta2 * s[1] + (1.0 - p.beta2) * g * g;
            s[2] = std::fmax(s[2], s[1]);
            w -= p.rate * (s[0] * p.bias_correction1) /
                 (std::sqrt(s[2] * p.bias_correction2) + p.epsilon);
          },
      .reads = {.beta1 = true, .beta2 = true, .epsilon = true},
      .rate = 0.001f,
  };

  template <class D, class V>
  static HWY_INLINE void Step(D d, const StepScalars& p, V g, V& w, V& s0, V& s1, V& s2) {
    s0 = Mean(d, p.beta1, s0, g);
    s1 = MeanSquare(d, p.beta2, s1, g);
    s2 = hn::IfThenElse(hn::Lt(s2, s1), s1, hn::IfThenElse(hn::Eq(s1, s1), s2, s1));
    w = FmaNegated(d, hn::Set(d, p.rate),
                   AdamDirection(d, p, hn::Mul(s0, hn::Set(d, p.bias_correction1)), s2), w);
  }
};

/// The optimizers of this file, in the order of tables and of plots.
using AdamList = OpList<Adam, AdamW, Nadam, AmsGrad>;

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
