// SPDX-License-Identifier: Apache-2.0
//
// What is counted agrees with the accuracy that the trainer finds, for every loss there is.
#include "network/confusion.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "network/resolved_settings.h"
#include "network/trainer.h"
#include "tests/moons.h"

namespace lanegrad {
namespace {

struct Trained {
  RunResult result;
  Network network;
};

Trained TrainOn(const Dataset& data, Settings settings, std::size_t outputs) {
  settings.layers = {data.train.features, 8, outputs};
  settings.epochs = 3;
  settings = Resolve(settings, data).settings;
  Trained trained = {
      {}, Network(settings.layers, Activation::Named("identity"), Activation::Named("identity"))};
  trained.result = Train(settings, data, {}, &trained.network);
  return trained;
}

const Dataset& Blobs() {
  static const Dataset data = LoadData("blobs");
  return data;
}

TEST(Confusion, DiagonalOverAllIsTheTestAccuracyOfEveryLoss) {
  for (const LossInfo& info : Losses()) {
    Settings settings;
    settings.loss = info.name;
    settings.rate = 0.02f;
    const auto [result, network] = TrainOn(Blobs(), settings, Blobs().classes);
    const Confusion confusion = Confuse(network, Loss::Named(info.name), Blobs().test, 3);
    ASSERT_EQ(confusion.classes, Blobs().classes) << info.name;
    std::size_t right = 0, all = 0;
    for (std::size_t label = 0; label < confusion.classes; ++label) {
      right += confusion.Count(label, label);
      all += confusion.OfClass(label);
    }
    EXPECT_EQ(all, Blobs().test.count) << info.name;
    EXPECT_EQ(static_cast<double>(right) / static_cast<double>(all), result.test_accuracy)
        << info.name;
  }
}

TEST(Confusion, SeesTheInputsAsTheTrainingScaledThem) {
  Settings settings;
  settings.rate = 0.02f;
  settings.scale = "standard";
  const auto [result, network] = TrainOn(Blobs(), settings, Blobs().classes);
  const auto right = [&](const InputScaling& scaling) {
    const Confusion confusion =
        Confuse(network, Loss::Named(settings.loss), Blobs().test, 3, scaling);
    double sum = 0.0;
    for (std::size_t c = 0; c < confusion.classes; ++c) sum += confusion.Count(c, c);
    return sum / static_cast<double>(Blobs().test.count);
  };
  EXPECT_EQ(right(result.scaling), result.test_accuracy);
  EXPECT_NE(right({}), result.test_accuracy);
}

TEST(Confusion, OneOutputNamesTwoClassesByTheThresholdOfItsLoss) {
  std::size_t losses = 0;
  for (const LossInfo& info : Losses()) {
    if (info.min_outputs > 1) continue;
    Settings settings;
    settings.loss = info.name;
    settings.rate = 0.1f;
    const auto [result, network] = TrainOn(Moons(), settings, 1);
    const Confusion confusion = Confuse(network, Loss::Named(info.name), Moons().test, 1000);
    ASSERT_EQ(confusion.classes, 2u) << info.name;
    EXPECT_EQ(static_cast<double>(confusion.Count(0, 0) + confusion.Count(1, 1)),
              std::round(result.test_accuracy * static_cast<double>(Moons().test.count)))
        << info.name;
    EXPECT_EQ(confusion.mistakes.size(), confusion.Count(0, 1) + confusion.Count(1, 0));
    ++losses;
  }
  EXPECT_GT(losses, 3u);
}

TEST(Confusion, MistakesAreWrongSamplesAndTheWorstComeFirst) {
  Settings settings;
  settings.rate = 0.01f;
  const auto [result, network] = TrainOn(Blobs(), settings, Blobs().classes);
  const Loss loss = Loss::Named(settings.loss);
  const Confusion all = Confuse(network, loss, Blobs().test, 100000);
  const Confusion few = Confuse(network, loss, Blobs().test, 5);
  ASSERT_GT(all.mistakes.size(), 5u);
  ASSERT_EQ(few.mistakes.size(), 5u);
  std::size_t wrong = 0;
  for (std::size_t label = 0; label < all.classes; ++label) {
    wrong += all.OfClass(label) - all.Count(label, label);
  }
  EXPECT_EQ(all.mistakes.size(), wrong);
  double before = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < all.mistakes.size(); ++i) {
    const Mistake& mistake = all.mistakes[i];
    EXPECT_EQ(mistake.label, Blobs().test.labels[mistake.sample]);
    EXPECT_NE(mistake.label, mistake.named);
    if (i < 5) {
      EXPECT_EQ(few.mistakes[i].sample, mistake.sample);
    }
    // ln(p_named / p_right) is the difference of the outputs, by which they are ordered.
    const double odds = std::log(static_cast<double>(mistake.named_output)) -
                        std::log(static_cast<double>(mistake.label_output));
    EXPECT_LE(odds, before + 1e-5);
    EXPECT_GE(odds, 0.0);
    before = odds;
  }
}

TEST(Confusion, OutputsOfLossesWithSoftmaxOrSigmoidAreProbabilities) {
  for (const char* name : {"softmax_cross_entropy", "focal", "binary_cross_entropy", "mse"}) {
    Settings settings;
    settings.loss = name;
    settings.rate = 0.01f;
    const auto [result, network] = TrainOn(Blobs(), settings, Blobs().classes);
    const Confusion confusion = Confuse(network, Loss::Named(name), Blobs().test, 50);
    EXPECT_EQ(confusion.probabilities, name != std::string("mse")) << name;
    for (const Mistake& mistake : confusion.mistakes) {
      if (!confusion.probabilities) continue;
      EXPECT_GE(mistake.label_output, 0.0f);
      EXPECT_LE(mistake.named_output, 1.0f);
      EXPECT_GE(mistake.named_output, mistake.label_output);
    }
  }
}

TEST(Confusion, OutputsThatAreNoNumbersNameNothing) {
  auto [result, network] = TrainOn(Blobs(), {}, Blobs().classes);
  network.layers()[1].bias[0] = std::numeric_limits<float>::quiet_NaN();
  const Confusion confusion =
      Confuse(network, Loss::Named("softmax_cross_entropy"), Blobs().test, 5);
  EXPECT_EQ(*std::max_element(confusion.counts.begin(), confusion.counts.end()), 0u);
  EXPECT_TRUE(confusion.mistakes.empty());
  EXPECT_TRUE(std::isnan(confusion.Recall(0)));
  EXPECT_TRUE(std::isnan(confusion.Precision(0)));
}

TEST(Confusion, RecallAndPrecisionAreSharesOfRowAndColumn) {
  const Confusion confusion = {.classes = 2, .counts = {6, 2, 1, 11}};
  EXPECT_DOUBLE_EQ(confusion.Recall(0), 6.0 / 8.0);
  EXPECT_DOUBLE_EQ(confusion.Recall(1), 11.0 / 12.0);
  EXPECT_DOUBLE_EQ(confusion.Precision(0), 6.0 / 7.0);
  EXPECT_DOUBLE_EQ(confusion.Precision(1), 11.0 / 13.0);
}

}  // namespace
}  // namespace lanegrad
