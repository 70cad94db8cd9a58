// SPDX-License-Identifier: Apache-2.0
//
// No subnormal number where training multiplies: whole trainings that saturate, and
// the rule in double, written plainly.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "kernels/optimizer.h"
#include "kernels/random.h"
#include "network/gradient_norm.h"
#include "network/network.h"

namespace lanegrad {
namespace {

bool Subnormal(float x) { return std::fpclassify(x) == FP_SUBNORMAL; }
bool Tiny(float x) { return x != 0.0f && std::fabs(x) < 0x1p-56f; }

// What a product of matrices meets on its way, as gemm.h states it.
struct Met {
  std::size_t subnormal = 0, all = 0;
  template <class Left, class Right>
  void Chain(std::size_t terms, Left left, Right right) {
    float sum = 0.0f;
    for (std::size_t k = 0; k < terms; ++k) {
      const float a = left(k), b = right(k);
      ++all;
      if (a == 0.0f || b == 0.0f) continue;  // costs nothing, whatever the other
      const float next = std::fma(a, b, sum);
      if (Subnormal(a) || Subnormal(b) || Subnormal(sum) || Subnormal(next)) ++subnormal;
      sum = next;
    }
  }
};

// Steps of a network that learns labels thrown by dice at a rate at which it saturates.
class Saturated {
 public:
  static constexpr std::size_t kRows = 24, kIn = 40, kOut = 3;

  Saturated(const std::string& activation, const std::string& loss, const std::string& optimizer)
      : loss_(Loss::Named(loss)),
        optimizer_(Optimizer::Named(optimizer)),
        network_(std::vector<std::size_t>{kIn, 33, 20, kOut}, Activation::Named(activation),
                 Output::Named(loss_.info().output)),
        space_(network_.MakeWorkspace(kRows)) {
    network_.Initialize(Initializer::Named("glorot_uniform"), 3);
    network_.Prepare(optimizer_);
  }

  // One step, its gradient no longer than `clip`, and what its three products meet.
  void Step(float rate, float clip) {
    x_ = Matrix(kRows, kIn);
    Matrix y(kRows, kOut);
    for (std::size_t r = 0; r < kRows; ++r) {
      for (std::size_t j = 0; j < kIn; ++j) x_(r, j) = static_cast<float>(random_.Below(256)) / 255;
      y(r, random_.Below(kOut)) = 1.0f;
    }
    double losses[kRows];
    network_.Forward(x_.view(), kRows, space_);
    network_.Evaluate(loss_, y.view(), {0, kRows}, 1.0 / kRows, losses, space_);
    network_.Backward(kRows, space_);
    GradientNorm(network_).Clip(clip, network_, x_.view(), kRows, space_);
    Meet();
    StepScalars scalars = {.rate = rate};
    scalars.CountSteps(++steps_);
    network_.Update(optimizer_, scalars, x_.view(), kRows, space_);
    for (const Layer& layer : network_.layers()) {
      for (const Matrix& state : layer.weight_states) {
        for (std::size_t i = 0; i < state.view().size(); ++i) {
          states += static_cast<std::size_t>(Subnormal(state.view().data[i]));
        }
      }
    }
  }

  Met forward, backward, gradient;
  std::size_t tiny = 0;    // slopes that the rule takes for zero
  std::size_t kept = 0;    // numbers that it should have
  std::size_t states = 0;  // subnormal ones

 private:
  void Meet() {
    const Matrix* a = &x_;
    for (std::size_t l = 0; l < network_.layers().size(); ++l) {
      const Matrix &w = network_.layers()[l].weights, &delta = space_.deltas[l];
      for (std::size_t j = 0; j < w.cols(); ++j) {
        for (std::size_t r = 0; r < kRows; ++r) {
          forward.Chain(
              w.rows(), [&](std::size_t k) { return (*a)(r, k); },
              [&](std::size_t k) { return w(k, j); });
          tiny += Tiny(space_.slopes[l](r, j));
          kept += Tiny(delta(r, j)) + Tiny(l == 0 ? 0.0f : (*a)(r, j % w.rows()));
        }
        for (std::size_t i = 0; i < w.rows(); ++i) {
          gradient.Chain(
              kRows, [&](std::size_t s) { return (*a)(s, i); },
              [&](std::size_t s) { return delta(s, j); });
        }
      }
      for (std::size_t i = 0; l > 0 && i < w.rows(); ++i) {
        for (std::size_t r = 0; r < kRows; ++r) {
          backward.Chain(
              w.cols(), [&](std::size_t k) { return delta(r, k); },
              [&](std::size_t k) { return w(i, k); });
        }
      }
      a = &space_.values[l];
    }
  }

  const Loss loss_;
  const Optimizer optimizer_;
  Network network_;
  Workspace space_;
  Matrix x_;
  RandomStream random_{5, Stream::kData};
  std::size_t steps_ = 0;
};

TEST(TinyTrainingTest, NoSubnormalEntersTheProductsOfASaturatedTraining) {
  std::size_t tiny = 0;
  for (const char* activation : {"sigmoid", "tanh", "gelu", "silu", "softplus", "gaussian"}) {
    for (const char* loss : {"softmax_cross_entropy", "mse", "binary_cross_entropy"}) {
      for (const bool clipped : {false, true}) {
        SCOPED_TRACE(fmt::format("{}, {}{}", activation, loss, clipped ? ", clipped" : ""));
        Saturated training(activation, loss, clipped ? "adam" : "sgd");
        for (int step = 0; step < 40; ++step) {
          training.Step(step < 20 ? 3.0f : 30.0f, clipped ? 1e-3f : 1e30f);
        }
        EXPECT_EQ(training.forward.subnormal, 0u) << "of " << training.forward.all;
        EXPECT_EQ(training.backward.subnormal, 0u) << "of " << training.backward.all;
        EXPECT_EQ(training.gradient.subnormal, 0u) << "of " << training.gradient.all;
        EXPECT_EQ(training.kept, 0u) << "values or error signals that are tiny";
        EXPECT_EQ(training.states, 0u);
        tiny += training.tiny;
      }
    }
  }
  EXPECT_GT(tiny, 10000u) << "nothing was saturated: nothing is shown";
}

// The rule in double, written plainly.
double Factor(double x) { return std::fabs(x) < 0x1p-56 ? 0.0 : x; }

TEST(TinyTrainingTest, ErrorSignalsFollowTheRuleAsThePlainFormulaInDoubleDoes) {
  const std::vector<std::size_t> sizes = {6, 9, 7, 3};
  Network network(sizes, Activation::Named("tanh"), Output::Named("sigmoid"));
  network.Initialize(Initializer::Named("normal"), 9);
  Matrix x(1, 6), y(1, 3);
  RandomStream random(6, Stream::kData);
  std::size_t zeros = 0, others = 0;
  // Errors of all sizes: the last ones are tiny from the first layer on.
  for (double scale = 1.0; scale > 0x1p-70; scale *= 0.71) {
    for (std::size_t j = 0; j < 6; ++j) x(0, j) = random.Normal();
    y(0, random.Below(3)) = 1.0f;
    Workspace space = network.MakeWorkspace(1);
    double loss;
    network.Forward(x.view(), 1, space);
    network.Evaluate(Loss::Named("mse"), y.view(), {0, 1}, scale, &loss, space);
    network.Backward(1, space);

    std::vector<std::vector<double>> slopes;
    std::vector<double> a(6), delta(3);
    for (std::size_t j = 0; j < 6; ++j) a[j] = x(0, j);
    for (std::size_t l = 0; l < 3; ++l) {
      const Layer& layer = network.layers()[l];
      std::vector<double> value(layer.out()), slope(layer.out());
      for (std::size_t j = 0; j < layer.out(); ++j) {
        double z = layer.bias[j];
        for (std::size_t i = 0; i < layer.in(); ++i) z += a[i] * layer.weights(i, j);
        value[j] = l < 2 ? Factor(layer.activation.Value(z)) : layer.activation.Value(z);
        slope[j] = Factor(layer.activation.Slope(z));
      }
      a = value;
      slopes.push_back(slope);
    }
    for (std::size_t j = 0; j < 3; ++j) {
      const double error = 2.0 / 3.0 * (a[j] - static_cast<double>(y(0, j)));
      delta[j] = Factor(Factor(scale * error) * slopes[2][j]);
    }
    for (std::size_t l = 3; l-- > 0;) {
      for (std::size_t j = 0; j < delta.size(); ++j) {
        const double found = space.deltas[l](0, j);
        // So near to the bound that a float's rounding decides: either is right.
        const bool near = std::fabs(std::fabs(delta[j]) / 0x1p-56 - 1.0) < 1e-4 ||
                          std::fabs(std::fabs(found) / 0x1p-56 - 1.0) < 1e-4;
        if (!near) {
          EXPECT_NEAR(found, delta[j], 1e-4 * std::fabs(delta[j]))
              << "layer " << l << ", scale " << scale;
        }
        ++(found == 0.0 ? zeros : others);
      }
      if (l == 0) break;
      std::vector<double> before(sizes[l]);
      for (std::size_t i = 0; i < before.size(); ++i) {
        for (std::size_t j = 0; j < delta.size(); ++j) {
          before[i] += delta[j] * network.layers()[l].weights(i, j);
        }
        before[i] = Factor(Factor(before[i]) * slopes[l - 1][i]);
      }
      delta = before;
    }
    for (std::size_t j = 0; j < 3; ++j) y(0, j) = 0.0f;
  }
  EXPECT_GT(zeros, 100u) << "nothing was tiny: nothing is shown";
  EXPECT_GT(others, 1000u);
}

}  // namespace
}  // namespace lanegrad
