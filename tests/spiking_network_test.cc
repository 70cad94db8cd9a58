// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/spiking_network.h"

#include <gtest/gtest.h>

#include <numeric>

#include "network/evaluation.h"
#include "network/settings.h"
#include "tests/small_images.h"

namespace lanegrad {
namespace {

Network Trained(const Dataset& data, const std::string& activation = "relu") {
  Settings settings;
  settings.layers = {40, 30, 20, 3};
  settings.activation = activation;
  settings.rate = 0.1f;
  settings.epochs = 5;
  Network network({{40, 30, 20, 3}}, Activation::Named(activation), Activation::Named("identity"));
  Train(settings, data, {}, &network);
  return network;
}

std::vector<std::uint32_t> All(const Samples& samples) {
  std::vector<std::uint32_t> all(samples.count);
  std::iota(all.begin(), all.end(), 0u);
  return all;
}

TEST(ScaledForSpiking, AnswersAsTheNetworkDoes) {
  const Dataset data = SmallImages();
  const Network network = Trained(data);
  const Network scaled = ScaledForSpiking(network, data.train, All(data.train), 1.0);
  const auto test = All(data.test);
  const Loss loss = Loss::Named("softmax_cross_entropy");
  EXPECT_EQ(EvaluateNetwork(network, loss, data.test, test).accuracy,
            EvaluateNetwork(scaled, loss, data.test, test).accuracy);
  // And no activation on those samples is above 1.
  const auto train = All(data.train);
  Matrix x(train.size(), 40), y(train.size(), 3);
  Gather(data.train, train, {0, train.size()}, x.view(), y.view());
  Workspace space = scaled.MakeWorkspace(train.size(), false);
  scaled.Forward(x.view(), train.size(), space);
  float most = 0.0f;
  for (std::size_t r = 0; r < train.size(); ++r) {
    for (std::size_t j = 0; j < 30; ++j) most = std::max(most, space.values[0](r, j));
  }
  EXPECT_NEAR(most, 1.0f, 1e-5f);
}

TEST(ScaledForSpiking, RefusesWhatIsNoRectifier) {
  const Dataset data = SmallImages();
  EXPECT_THROW(ScaledForSpiking(Trained(data, "tanh"), data.train, All(data.train), 1.0),
               UsageError);
}

TEST(RunSpiking, NearsTheNetworkWithTime) {
  const Dataset data = SmallImages();
  const Network network = Trained(data);
  const Network scaled = ScaledForSpiking(network, data.train, All(data.train), 0.999);
  const auto test = All(data.test);
  const std::size_t read_at[] = {1, 400};
  const auto results = RunSpiking(scaled, data.test, test, read_at, 1);
  const double truth =
      EvaluateNetwork(network, Loss::Named("softmax_cross_entropy"), data.test, test).accuracy;
  EXPECT_GT(truth, 0.9);
  EXPECT_NEAR(results[1].accuracy, truth, 0.02);
  EXPECT_LT(results[0].accuracy, results[1].accuracy);
}

TEST(RunSpiking, OfOneNeuronFiresAtTheRateOfARectifier) {
  // One input that always spikes, one hidden neuron of weight 0.3: 30 spikes in 100 steps.
  const std::size_t sizes[] = {1, 1, 1};
  Network network(sizes, Activation::Named("relu"), Activation::Named("identity"));
  network.layers()[0].weights(0, 0) = 0.25f;
  network.layers()[1].weights(0, 0) = 1.0f;
  Samples samples;
  samples.count = 1;
  samples.features = 1;
  samples.values = {1.0f};
  samples.labels = {0};
  const std::uint32_t chosen[] = {0};
  const std::size_t read_at[] = {100};
  const auto positive = RunSpiking(network, samples, chosen, read_at, 1);
  EXPECT_EQ(positive[0].spikes, 100.0 + 25.0);
  EXPECT_EQ(positive[0].synaptic_events, 125.0);
  network.layers()[0].weights(0, 0) = -0.25f;
  EXPECT_EQ(RunSpiking(network, samples, chosen, read_at, 1)[0].spikes, 100.0);
}

TEST(NonzeroProducts, CountsWhatIsNotZeroOnce) {
  const std::size_t sizes[] = {2, 3, 4};
  Network network(sizes, Activation::Named("relu"), Activation::Named("identity"));
  network.layers()[0].weights(0, 0) = 1.0f;
  network.layers()[0].weights(0, 1) = -1.0f;
  Samples samples;
  samples.count = 1;
  samples.features = 2;
  samples.values = {1.0f, 0.0f};
  samples.labels = {0};
  const std::uint32_t chosen[] = {0};
  EXPECT_EQ(NonzeroProducts(network, samples, chosen), 1.0 * 3.0 + 1.0 * 4.0);
}

}  // namespace
}  // namespace lanegrad
