// SPDX-License-Identifier: Apache-2.0
//
// Each fault is planted, and found; a network without one is called healthy.
#include "network/health.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "network/evaluation.h"
#include "network/trainer.h"
#include "tests/moons.h"

namespace lanegrad {
namespace {

Settings Healthy() {
  Settings settings;
  settings.layers = {2, 20, 10, 2};
  settings.activation = "tanh";
  settings.rate = 0.1f;
  settings.epochs = 5;
  settings.samples = 500;
  return settings;
}

// A network of these settings whose weights the test has spoilt.
Health Look(const Settings& wanted, void (*spoil)(Network&)) {
  const ResolvedSettings resolved = Resolve(wanted, Moons());
  Network network(resolved.settings.layers, resolved.activations, resolved.output);
  network.Initialize(resolved.initializers, 1);
  spoil(network);
  std::vector<std::uint32_t> chosen(resolved.settings.samples);
  std::iota(chosen.begin(), chosen.end(), 0u);
  return Examine(network, resolved.loss, Moons().train, Moons().train.labels, chosen);
}

std::string Faults(const Health& health) {
  std::string text;
  for (const Fault& fault : health.faults) {
    EXPECT_NE(fault.remedy, "") << fault.what;
    text += fault.what + ";";
  }
  return text;
}

TEST(HealthTest, ANetworkThatLearnsHasNoFault) {
  for (const char* activation : {"tanh", "relu", "sigmoid", "gelu", "elu"}) {
    Settings settings = Healthy();
    settings.activation = activation;
    settings.rate = 0.3f;
    settings.epochs = 30;
    const RunResult result = Train(settings, Moons());
    EXPECT_EQ(Faults(result.health), "") << activation;
    ASSERT_EQ(result.health.layers.size(), 3u);
    for (const LayerHealth& layer : result.health.layers) {
      EXPECT_GT(layer.gradient_norm, 0.0);
      EXPECT_GT(layer.weight_norm, 0.0);
    }
    EXPECT_GT(result.health.best_accuracy, result.health.chance);
  }
}

TEST(HealthTest, UnitsBehindAHugeNegativeBiasAreDead) {
  Settings settings = Healthy();
  settings.activation = "relu";
  Health health = Look(settings, [](Network& network) {
    for (std::size_t j = 0; j < 15; ++j) network.layers()[0].bias[j] = -1000.0f;
  });
  EXPECT_EQ(health.layers[0].dead, 0.75);
  EXPECT_LT(health.layers[1].dead, 0.75);
  Conclude(health, std::nullopt, std::vector{0.9}, 0.5, 500);
  EXPECT_EQ(Faults(health), "layer 0: 75 % of its units dead;");
}

TEST(HealthTest, ARateThatKillsRectifiersIsFoundAfterTraining) {
  Settings settings = Healthy();
  settings.layers = {2, 16, 16, 16, 2};
  settings.activation = "relu";
  settings.loss = "mse";
  settings.rate = 10.0f;
  const RunResult result = Train(settings, Moons());
  if (result.status == Status::kDiverged) {
    EXPECT_TRUE(result.health.diverged);
  } else {
    EXPECT_GE(
        result.health.layers[0].dead + result.health.layers[1].dead + result.health.layers[2].dead,
        1.0);
  }
  EXPECT_NE(Faults(result.health), "");
}

TEST(HealthTest, UnitsWithHugeWeightsAreSaturatedNotDead) {
  for (const char* activation : {"sigmoid", "tanh"}) {
    Settings settings = Healthy();
    settings.activation = activation;
    Health health = Look(settings, [](Network& network) {
      for (std::size_t i = 0; i < 2; ++i) {
        for (std::size_t j = 0; j < 20; ++j) network.layers()[0].weights(i, j) = 20.0f;
      }
      for (std::size_t j = 0; j < 20; ++j) network.layers()[0].bias[j] = -60.0f;
      network.layers()[0].bias[3] = 0.0f;
    });
    EXPECT_GE(health.layers[0].dead + health.layers[0].saturated, 0.95) << activation;
    EXPECT_LT(health.layers[1].saturated, 0.5);
  }
  Settings settings = Healthy();
  settings.activation = "sigmoid";
  Health health = Look(settings, [](Network& network) {
    for (std::size_t j = 0; j < 12; ++j) network.layers()[0].bias[j] = 15.0f;
  });
  EXPECT_EQ(health.layers[0].saturated, 0.6);
  EXPECT_EQ(health.layers[0].dead, 0.0);
  health.classes.clear();  // of a network that nobody has taught
  Conclude(health, std::nullopt, std::vector{0.9}, 0.5, 500);
  EXPECT_EQ(Faults(health), "layer 0: 60 % of its units saturated;");
}

TEST(HealthTest, ARateTooLargeIsFoundWithItsStep) {
  Settings settings = Healthy();
  settings.activation = "relu";
  settings.rate = 1e20f;
  const RunResult result = Train(settings, Moons());
  ASSERT_EQ(result.status, Status::kDiverged);
  EXPECT_TRUE(result.health.diverged);
  EXPECT_FALSE(result.health.stuck);
  EXPECT_TRUE(result.health.layers.empty());
  EXPECT_EQ(Faults(result.health), "diverged in step " + std::to_string(result.bad_step) + ";");
}

TEST(HealthTest, ARateOfZeroIsStuckAtChance) {
  Settings settings = Healthy();
  settings.layers = {2, 2};
  settings.initializer = "constant";  // all outputs equal: the first class, always
  settings.rate = 0.0f;
  const RunResult result = Train(settings, Moons());
  EXPECT_TRUE(result.health.stuck);
  EXPECT_NEAR(result.health.chance, 0.5, 0.1);
  EXPECT_NE(Faults(result.health).find("stuck at chance"), std::string::npos);
}

TEST(HealthTest, ChanceIsTheLargestClassWithinThreeDeviations) {
  const double margin = 3.0 * std::sqrt(0.4 * 0.6 / 1000.0);
  for (const auto& [accuracy, stuck] :
       {std::pair{0.4 + 0.99 * margin, true}, {0.4 + 1.01 * margin, false}, {0.1, true}}) {
    Health health;
    Conclude(health, std::nullopt, std::vector{0.2, accuracy, 0.05}, 0.4, 1000);
    EXPECT_EQ(health.stuck, stuck) << accuracy;
  }
  Health single;
  Conclude(single, std::nullopt, std::vector{1.0}, 1.0, 1000);
  EXPECT_FALSE(single.stuck) << "one class: nothing to learn";
}

TEST(HealthTest, GradientNormsAreThoseOfTheLoss) {
  // By differences of the loss itself: d loss = norm^2 * h along the gradient. Here the
  // norm of the last layer's bias and weights, one number at a time.
  Settings settings = Healthy();
  settings.layers = {2, 3, 2};
  settings.samples = 100;
  settings = Resolve(settings, Moons()).settings;
  Network network(settings.layers, Activation::Named("tanh"), Output::Named(settings.output));
  network.Initialize(Initializer::Named(settings.initializer), 1);
  std::vector<std::uint32_t> chosen(100);
  std::iota(chosen.begin(), chosen.end(), 0u);
  const Loss loss = Loss::Named(settings.loss);
  const Health health = Examine(network, loss, Moons().train, Moons().train.labels, chosen);
  for (std::size_t l = 0; l < 2; ++l) {
    Layer& layer = network.layers()[l];
    double squares = 0.0, weights = 0.0;
    const auto add = [&](float& number) {
      constexpr float kHalf = 1.0f / 128.0f;
      const float kept = number;
      number = kept + kHalf;
      const double above = EvaluateNetwork(network, loss, Moons().train, chosen).loss;
      const double up = number;
      number = kept - kHalf;
      const double below = EvaluateNetwork(network, loss, Moons().train, chosen).loss;
      squares += std::pow((above - below) / (up - number), 2);
      number = kept;
    };
    for (std::size_t j = 0; j < layer.out(); ++j) {
      add(layer.bias[j]);
      for (std::size_t i = 0; i < layer.in(); ++i) {
        add(layer.weights(i, j));
        weights += std::pow(layer.weights(i, j), 2);
      }
    }
    EXPECT_NEAR(health.layers[l].gradient_norm / std::sqrt(squares), 1.0, 1e-3);
    EXPECT_NEAR(health.layers[l].weight_norm, std::sqrt(weights), 1e-12);
  }
}

TEST(HealthTest, ItIsTheSameForAnyThreadsAndNotInTheDigest) {
  Settings settings = Healthy();
  settings.layers = {2, 500, 500, 2};
  settings.batch = 100;
  settings.epochs = 1;
  RunOptions one, three, none;
  three.threads = 3;
  none.health = false;
  const RunResult a = Train(settings, Moons(), one), b = Train(settings, Moons(), three),
                  c = Train(settings, Moons(), none);
  EXPECT_EQ(b.threads, 3u);
  EXPECT_EQ(c.digest, a.digest);
  EXPECT_TRUE(c.health.layers.empty());
  for (std::size_t l = 0; l < 3; ++l) {
    EXPECT_EQ(a.health.layers[l].gradient_norm, b.health.layers[l].gradient_norm);
    EXPECT_EQ(a.health.layers[l].weight_norm, b.health.layers[l].weight_norm);
    EXPECT_EQ(a.health.layers[l].saturated, b.health.layers[l].saturated);
  }
}

const Dataset& Blobs() {
  static const Dataset data = LoadData("blobs");
  return data;
}

// A network that has learned five blobs, of which output 2 is held down by its bias.
Health OfAHeldDownOutput(const char* output, float bias) {
  const Dataset& blobs = Blobs();
  Settings settings;
  settings.layers = {blobs.train.features, 20, blobs.classes};
  settings.output = output;
  settings.loss = "mse";
  settings.rate = 0.3f;
  settings.epochs = 5;
  Network network(settings.layers, Activation::Named("relu"), Output::Named(output));
  const RunResult result = Train(settings, blobs, {}, &network);
  network.layers()[1].bias[2] = bias;
  std::vector<std::uint32_t> chosen(blobs.train.count);
  std::iota(chosen.begin(), chosen.end(), 0u);
  return Examine(network, Loss::Named("mse"), blobs.train, blobs.train.labels, chosen);
}

TEST(HealthTest, AClassThatIsNeverNamedIsLost) {
  Health health = OfAHeldDownOutput("sigmoid", -6.0f);
  ASSERT_EQ(health.classes.size(), 5u);
  std::size_t samples = 0, named = 0;
  for (const ClassHealth& each : health.classes) {
    samples += each.samples;
    named += each.named;
    EXPECT_GE(each.samples, each.right);
  }
  EXPECT_EQ(samples, std::min(kRecallSamples, Blobs().train.count));
  EXPECT_EQ(named, samples);
  const ClassHealth& lost = health.classes[2];
  EXPECT_EQ(lost.right, 0u);
  EXPECT_GT(lost.samples, 100u);
  EXPECT_LT(lost.largest, 0.5f);
  EXPECT_GT(health.classes[0].recall(), 0.5);
  Conclude(health, std::nullopt, std::vector{0.7}, 0.2, 5000);
  EXPECT_EQ(Faults(health).find("1 of 5 classes is never recognised: 2; its output is never above"),
            0u)
      << Faults(health);
}

TEST(HealthTest, TheHighestOfWeightedInputsSaysNothing) {
  Health health = OfAHeldDownOutput("identity", -6.0f);
  Conclude(health, std::nullopt, std::vector{0.7}, 0.2, 5000);
  EXPECT_EQ(Faults(health), "1 of 5 classes is never recognised: 2;");
}

TEST(HealthTest, WhereNothingIsLearnedNoClassIsLostBesides) {
  Health health = OfAHeldDownOutput("sigmoid", -6.0f);
  Conclude(health, std::nullopt, std::vector{0.2}, 0.2, 5000);
  EXPECT_EQ(Faults(health).find("stuck at chance"), 0u);
  EXPECT_EQ(Faults(health).find("never recognised"), std::string::npos);
}

TEST(HealthTest, OutputsThatAreFlatAreAFaultOnlyWhereTheyAreWrong) {
  Health health;
  health.layers.resize(2);
  health.layers[1].saturated = 0.9;
  health.classes = {{.samples = 50, .right = 49, .named = 50}, {.samples = 50, .right = 49}};
  Conclude(health, std::nullopt, std::vector{0.98}, 0.5, 100);
  EXPECT_EQ(Faults(health), "");
  health.classes[1].right = 0;
  Conclude(health, std::nullopt, std::vector{0.98}, 0.5, 100);
  EXPECT_EQ(Faults(health),
            "1 of 2 classes is never recognised: 1;layer 1: 90 % of its units saturated;");
}

TEST(HealthTest, TooFewSamplesOfAClassProveNothing) {
  Health health;
  health.classes = {{.samples = 100, .right = 90}, {.samples = kLostSamples - 1}};
  Conclude(health, std::nullopt, std::vector{0.9}, 0.5, 100);
  EXPECT_EQ(Faults(health), "");
  health.classes[1].samples = kLostSamples;
  Conclude(health, std::nullopt, std::vector{0.9}, 0.5, 100);
  EXPECT_NE(Faults(health), "");
}

TEST(HealthTest, TheLastLayerHasUnitsToo) {
  Settings settings = Healthy();
  settings.output = "relu";
  settings.loss = "mse";
  const Health health =
      Look(settings, [](Network& network) { network.layers().back().bias[1] = -1000.0f; });
  EXPECT_EQ(health.layers.back().dead, 0.5);
}

}  // namespace
}  // namespace lanegrad
