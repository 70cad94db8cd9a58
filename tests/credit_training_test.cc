// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/credit_training.h"

#include <gtest/gtest.h>

#include <cmath>

#include "network/initializer.h"
#include "tests/small_images.h"

namespace lanegrad {
namespace {

Settings Small() {
  Settings settings;
  settings.layers = {40, 30, 20, 3};
  settings.activation = "relu";
  settings.rate = 0.1f;
  settings.schedule = "cosine";
  settings.l2 = 1e-4f;
  settings.batch = 37;
  settings.epochs = 2;
  settings.validation = 100;
  return settings;
}

bool SameWeights(const Network& a, const Network& b, std::size_t l) {
  for (std::size_t i = 0; i < a.layers()[l].in(); ++i) {
    for (std::size_t j = 0; j < a.layers()[l].out(); ++j) {
      if (a.layers()[l].weights(i, j) != b.layers()[l].weights(i, j)) return false;
    }
  }
  return true;
}

// Deltas of one batch by a rule, and by back-propagation.
struct Signals {
  explicit Signals(CreditRule rule, std::uint64_t seed = 1) {
    const Dataset data = SmallImages();
    std::vector<std::uint32_t> chosen(kRows);
    for (std::uint32_t r = 0; r < kRows; ++r) chosen[r] = r;
    Matrix y(kRows, 3);
    Gather(data.train, chosen, {0, kRows}, x.view(), y.view());
    network.Initialize(initializer, seed);
    truth = network.MakeWorkspace(kRows);
    network.Forward(x.view(), kRows, truth);
    std::vector<double> losses(kRows);
    network.Evaluate(Loss::Named("softmax_cross_entropy"), y.view(), {0, kRows}, 1.0 / kRows,
                     losses.data(), truth);
    other = truth;
    network.Backward(kRows, truth);
    feedback = Feedback(rule, network, initializer, seed);
    feedback.Backward(network, kRows, 0, other);
  }
  static constexpr std::size_t kRows = 50;
  static constexpr std::size_t kSizes[] = {40, 30, 20, 3};
  Initializer initializer = Initializer::Named("he_uniform");
  Network network{kSizes, Activation::Named("relu"), Activation::Named("identity")};
  Matrix x{kRows, 40};
  Workspace truth, other;
  Feedback feedback{CreditRule::kBackPropagation, network, initializer, 1};
};

TEST(CreditTraining, ByBackPropagationEndsWithTheBitsOfTheTrainer) {
  const Dataset data = SmallImages();
  Network trained({{40, 30, 20, 3}}, Activation::Named("relu"), Activation::Named("identity"));
  Train(Small(), data, {}, &trained);
  const CreditRun run = TrainWithCredit(Small(), data, CreditRule::kBackPropagation);
  for (std::size_t l = 0; l < 3; ++l) {
    EXPECT_TRUE(SameWeights(run.network, trained, l)) << "layer " << l;
    for (std::size_t j = 0; j < trained.layers()[l].out(); ++j) {
      EXPECT_EQ(run.network.layers()[l].bias[j], trained.layers()[l].bias[j]);
    }
  }
}

TEST(CreditTraining, FrozenHiddenLayersKeepTheirFirstWeights) {
  Settings settings = Small();
  settings.l2 = 0.0f;  // which would shrink them
  const CreditRun run = TrainWithCredit(settings, SmallImages(), CreditRule::kFrozenHidden);
  settings.epochs = 1;
  const CreditRun once = TrainWithCredit(settings, SmallImages(), CreditRule::kFrozenHidden);
  EXPECT_TRUE(SameWeights(run.network, once.network, 0));
  EXPECT_TRUE(SameWeights(run.network, once.network, 1));
  EXPECT_FALSE(SameWeights(run.network, once.network, 2));
}

TEST(Feedback, OfEveryRuleLeavesTheLastLayerAlone) {
  for (const CreditRuleInfo& info : CreditRules()) {
    const Signals signals(info.rule);
    EXPECT_NEAR(SignalCosine(signals.truth, signals.other, Signals::kRows, 2), 1.0, 1e-12)
        << info.name;
  }
}

TEST(Feedback, OfSignSymmetryPointsAlongTheGradientFromTheStart) {
  const Signals signals(CreditRule::kSignSymmetry);
  EXPECT_GT(SignalCosine(signals.truth, signals.other, Signals::kRows, 1), 0.5);
  EXPECT_GT(signals.feedback.AlignmentWith(signals.network, 0), 0.5);
}

TEST(Feedback, ThatIsRandomIsAtRightAnglesToTheGradientAtFirst) {
  double sum = 0.0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    const Signals signals(CreditRule::kFeedbackAlignment, seed);
    sum += signals.feedback.AlignmentWith(signals.network, 0);
  }
  EXPECT_NEAR(sum / 40.0, 0.0, 0.03);
}

TEST(Feedback, ThatIsDirectComesFromTheOutputs) {
  Signals signals(CreditRule::kDirectFeedbackAlignment);
  // Whatever is in the layer between, the first hidden layer's signal is the same.
  const float before = signals.other.deltas[0](3, 5);
  for (std::size_t r = 0; r < Signals::kRows; ++r) {
    for (std::size_t j = 0; j < 20; ++j) signals.other.deltas[1](r, j) = 7.0f;
  }
  signals.feedback.Backward(signals.network, Signals::kRows, 0, signals.other);
  EXPECT_EQ(signals.other.deltas[0](3, 5), before);
}

TEST(KolenPollack, BringsFeedbackIntoLineWithTheWeights) {
  Settings settings = Small();
  settings.l2 = 0.05f;
  settings.epochs = 60;
  const CreditRun run =
      TrainWithCredit(settings, SmallImages(), CreditRule::kKolenPollack, {}, 100);
  for (std::size_t l = 0; l < 2; ++l) {
    EXPECT_LT(std::fabs(run.probes.front().weight[l]), 0.3);
    EXPECT_GT(run.probes.back().weight[l], 0.95);
    EXPECT_GT(run.probes.back().signal[l], 0.95);
  }
}

TEST(WeightMirror, BringsFeedbackIntoLineWithWeightsThatStandStill) {
  Signals signals(CreditRule::kWeightMirror);
  const double before = signals.feedback.AlignmentWith(signals.network, 0);
  for (std::size_t step = 0; step < 2000; ++step) {
    signals.feedback.Mirror(signals.network, Signals::kRows, step);
  }
  EXPECT_LT(std::fabs(before), 0.5);
  for (std::size_t l = 0; l < 2; ++l) {
    EXPECT_GT(signals.feedback.AlignmentWith(signals.network, l), 0.95) << l;
  }
}

TEST(WeightMirror, FollowsWeightsThatLearn) {
  Settings settings = Small();
  settings.epochs = 60;
  const CreditRun run =
      TrainWithCredit(settings, SmallImages(), CreditRule::kWeightMirror, {}, 100);
  for (std::size_t l = 0; l < 2; ++l) {
    EXPECT_GT(run.probes.back().weight[l], run.probes.front().weight[l] + 0.4) << l;
    EXPECT_GT(run.probes.back().signal[l], 0.8) << l;
  }
}

TEST(FeedbackAlignment, TurnsTheForwardWeightsTowardsTheFeedback) {
  Settings settings = Small();
  settings.epochs = 40;
  const CreditRun run =
      TrainWithCredit(settings, SmallImages(), CreditRule::kFeedbackAlignment, {}, 100);
  EXPECT_GT(run.probes.back().weight[1], run.probes.front().weight[1] + 0.1);
}

TEST(Wiring, OfDaleKeepsTheSignOfEveryUnit) {
  const CreditRun run = TrainWithCredit(Small(), SmallImages(), CreditRule::kBackPropagation,
                                        {.connectivity = 1.0, .dale = true});
  std::size_t nonzero = 0;
  for (std::size_t l = 1; l < 3; ++l) {
    const Layer& layer = run.network.layers()[l];
    for (std::size_t i = 0; i < layer.in(); ++i) {
      for (std::size_t j = 0; j < layer.out(); ++j) {
        EXPECT_GE(SignOfUnit(i) * layer.weights(i, j), 0.0f);
        nonzero += layer.weights(i, j) != 0.0f;
      }
    }
  }
  EXPECT_GT(nonzero, 300u);
}

TEST(Wiring, OfATenthKeepsTheSameTenthThroughoutTraining) {
  const Wiring sparse = {.connectivity = 0.1, .dale = false};
  const CreditRun run =
      TrainWithCredit(Small(), SmallImages(), CreditRule::kBackPropagation, sparse);
  std::size_t nonzero = 0;
  for (std::size_t l = 0; l < 3; ++l) {
    const Layer& layer = run.network.layers()[l];
    for (std::size_t i = 0; i < layer.in(); ++i) {
      for (std::size_t j = 0; j < layer.out(); ++j) nonzero += layer.weights(i, j) != 0.0f;
    }
  }
  EXPECT_LE(nonzero, run.connections);
  EXPECT_NEAR(static_cast<double>(run.connections), 0.1 * (40 * 30 + 30 * 20) + 60, 40.0);
}

}  // namespace
}  // namespace lanegrad
