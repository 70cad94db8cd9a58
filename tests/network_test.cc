// SPDX-License-Identifier: Apache-2.0
//
// Back-propagation against the only judge that needs no derivation: differences
// of the loss itself, of a plain double-precision model built from the oracles.
#include "network/network.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <tuple>
#include <vector>

#include "kernels/random.h"
#include "tests/spellings.h"

namespace lanegrad {

namespace {

constexpr std::size_t kSizes[] = {5, 19, 4, 3};
constexpr std::size_t kBatch = 7;
// The gradient's stated error: relative to its largest element. Sums of floats
// and one rounding an element leave about 1e-7; differences of the double model
// with step 1e-5 leave 1e-9.
constexpr double kRelativeError = 2e-6;

// The same network as plainly as can be: double, one sample at a time.
class PlainModel {
 public:
  PlainModel(const Network& network, Loss loss) : loss_(loss), head_(network.head()) {
    for (const Layer& layer : network.layers()) {
      Weights plain{.in = layer.in(), .out = layer.out(), .w = {}, .b = {}, .f = layer.activation};
      for (std::size_t i = 0; i < layer.in(); ++i) {
        for (std::size_t j = 0; j < layer.out(); ++j) plain.w.push_back(layer.weights(i, j));
      }
      for (std::size_t j = 0; j < layer.out(); ++j) plain.b.push_back(layer.bias[j]);
      layers_.push_back(plain);
    }
  }

  double MeanLoss(const Matrix& x, const Matrix& y) const {
    double sum = 0.0;
    for (std::size_t r = 0; r < x.rows(); ++r) {
      std::vector<double> a, target;
      for (std::size_t i = 0; i < x.cols(); ++i) a.push_back(x(r, i));
      for (std::size_t j = 0; j < y.cols(); ++j) target.push_back(y(r, j));
      for (const Weights& layer : layers_) {
        std::vector<double> next = layer.b;
        for (std::size_t j = 0; j < layer.out; ++j) {
          for (std::size_t i = 0; i < layer.in; ++i) next[j] += a[i] * layer.w[i * layer.out + j];
          next[j] = layer.f.Value(next[j]);
        }
        a = next;
      }
      if (head_) {
        const std::vector<double> z = a;
        head_->info().value(z.data(), z.size(), a.data());
      }
      sum += loss_.Value(a.data(), target.data(), a.size());
    }
    return sum / static_cast<double>(x.rows());
  }

  double& Weight(std::size_t l, std::size_t i, std::size_t j) {
    return layers_[l].w[i * layers_[l].out + j];
  }
  double& Bias(std::size_t l, std::size_t j) { return layers_[l].b[j]; }

 private:
  struct Weights {
    std::size_t in, out;
    std::vector<double> w, b;
    Activation f;
  };
  std::vector<Weights> layers_;
  Loss loss_;
  std::optional<Head> head_;
};

// Hidden activation, output (none named: the same, where the loss allows it), loss.
using Combination = std::tuple<std::string, std::string, std::string>;

class GradientTest : public testing::TestWithParam<Combination> {
 protected:
  GradientTest() {
    network_.Initialize(Initializer::Named("glorot_uniform"), 3);
    RandomStream random(5, Stream::kData);
    for (Layer& layer : network_.layers()) {
      for (std::size_t j = 0; j < layer.out(); ++j) layer.bias[j] = random.Uniform() - 0.5f;
    }
    for (std::size_t r = 0; r < kBatch; ++r) {
      for (std::size_t i = 0; i < kSizes[0]; ++i) x_(r, i) = 4.0f * random.Uniform() - 2.0f;
      y_(r, r % 3) = 1.0f;
    }
    space_ = network_.MakeWorkspace(kBatch);
    network_.Forward(x_.view(), kBatch, space_);
    std::vector<double> losses(kBatch);
    network_.Evaluate(loss_, y_.view(), {0, kBatch}, 1.0 / kBatch, losses.data(), space_);
    network_.Backward(kBatch, space_);
  }

  Output OutputUnderTest() const {
    if (!std::get<1>(GetParam()).empty()) return Output::Named(std::get<1>(GetParam()));
    return {loss_.Accepts(hidden_) ? hidden_ : Activation::Named("identity")};
  }

  const Activation hidden_ = Activation::Named(std::get<0>(GetParam()));
  const Loss loss_ = Loss::Named(std::get<2>(GetParam()));
  Network network_{kSizes, hidden_, OutputUnderTest()};
  Matrix x_{kBatch, kSizes[0]}, y_{kBatch, 3};
  Workspace space_;
};

TEST_P(GradientTest, EveryGradientAgreesWithDifferencesOfThePlainLoss) {
  constexpr double kStep = 1e-5;
  PlainModel model(network_, loss_);
  const auto difference = [&](double& parameter) {
    const double saved = parameter;
    parameter = saved + kStep;
    const double above = model.MeanLoss(x_, y_);
    parameter = saved - kStep;
    const double below = model.MeanLoss(x_, y_);
    parameter = saved;
    return (above - below) / (2.0 * kStep);
  };
  double largest = 0.0, worst = 0.0;
  for (std::size_t l = 0; l < network_.layers().size(); ++l) {
    const Layer& layer = network_.layers()[l];
    Matrix weights(layer.in(), layer.out());
    Array bias(layer.bias.size());
    network_.Gradient(x_.view(), kBatch, space_, l, weights.view(), bias.data());
    const auto compare = [&](double gradient, double& parameter) {
      const double expected = difference(parameter);
      largest = std::max(largest, std::fabs(expected));
      worst = std::max(worst, std::fabs(gradient - expected));
    };
    for (std::size_t j = 0; j < layer.out(); ++j) {
      for (std::size_t i = 0; i < layer.in(); ++i) compare(weights(i, j), model.Weight(l, i, j));
      compare(bias[j], model.Bias(l, j));
    }
  }
  EXPECT_GT(largest, 1e-4) << "a gradient that is zero everywhere checks nothing";
  EXPECT_LE(worst, kRelativeError * largest);
}

TEST_P(GradientTest, OneUpdateStepsAlongTheGradientItReports) {
  const StepScalars scalars = {.rate = 0.5f, .beta1 = 0.0f};
  const Optimizer sgd = Optimizer::Named("sgd");
  std::vector<Matrix> gradients;
  std::vector<Array> bias_gradients;
  Network before = network_;
  for (std::size_t l = 0; l < network_.layers().size(); ++l) {
    const Layer& layer = network_.layers()[l];
    gradients.emplace_back(layer.in(), layer.out());
    bias_gradients.emplace_back(layer.bias.size());
    network_.Gradient(x_.view(), kBatch, space_, l, gradients[l].view(), bias_gradients[l].data());
  }
  network_.Prepare(sgd);
  for (std::size_t part = 0; part < 3; ++part) {
    network_.Update(sgd, scalars, x_.view(), kBatch, space_, {.part = part, .parts = 3});
  }
  for (std::size_t l = 0; l < network_.layers().size(); ++l) {
    const Layer& layer = network_.layers()[l];
    for (std::size_t j = 0; j < layer.out(); ++j) {
      for (std::size_t i = 0; i < layer.in(); ++i) {
        ASSERT_EQ(layer.weights(i, j),
                  std::fma(-0.5f, gradients[l](i, j), before.layers()[l].weights(i, j)));
      }
      ASSERT_EQ(layer.bias[j], std::fma(-0.5f, bias_gradients[l][j], before.layers()[l].bias[j]));
    }
  }
}

INSTANTIATE_TEST_SUITE_P(EveryActivationTimesEveryLoss, GradientTest,
                         testing::Combine(testing::ValuesIn(Spellings(Activations())),
                                          testing::Values(""),
                                          testing::ValuesIn(Spellings(Losses()))),
                         NamedByOperation());

std::vector<Combination> HeadsTimesLosses() {
  std::vector<Combination> all;
  for (const HeadInfo& head : Heads()) {
    for (const std::string& loss : Spellings(Losses())) {
      if (!Accepts(Loss::Named(loss), Output::Named(head.name))) continue;
      all.emplace_back("tanh", head.name, loss);
    }
  }
  return all;
}
INSTANTIATE_TEST_SUITE_P(EveryHeadTimesEveryLossThatTakesIt, GradientTest,
                         testing::ValuesIn(HeadsTimesLosses()), NamedByOperation());

TEST(NetworkTest, CountsItsParametersAndItsWork) {
  const std::size_t sizes[] = {784, 128, 10};
  const Network network(sizes, Activation::Named("relu"), Activation::Named("identity"));
  EXPECT_EQ(network.Parameters(), 784u * 128 + 128 + 128 * 10 + 10);
  EXPECT_EQ(network.FlopsPerSample(), 4.0 * 784 * 128 + 6.0 * 128 * 10);
}

TEST(NetworkTest, InitialWeightsDependOnTheSeedAlone) {
  Network one(kSizes, Activation::Named("tanh"), Activation::Named("identity"));
  Network two(kSizes, Activation::Named("relu"), Activation::Named("identity"));
  Network other(kSizes, Activation::Named("tanh"), Activation::Named("identity"));
  const Initializer glorot = Initializer::Named("glorot_uniform");
  one.Initialize(glorot, 1);
  two.Initialize(glorot, 1);
  other.Initialize(glorot, 2);
  const auto digest = [](const Network& network) {
    Hasher hasher;
    network.AddTo(hasher);
    return hasher.Hex();
  };
  EXPECT_EQ(digest(one), digest(two));
  EXPECT_NE(digest(one), digest(other));
}

}  // namespace
}  // namespace lanegrad
