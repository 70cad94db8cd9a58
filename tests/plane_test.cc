// SPDX-License-Identifier: Apache-2.0
#include "experiments/plane/plane.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "experiments/plane/plane_learning.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

// The four corners of a square, labelled as xor.
Samples Corners() {
  return {.count = 4,
          .features = 2,
          .bytes = {},
          .values = {-1, -1, -1, 1, 1, -1, 1, 1},
          .labels = {0, 1, 1, 0}};
}

TEST(BestLineTest, OfTheCornersOfXorIsThreeQuartersAndNoMore) {
  EXPECT_EQ(BestLine(Corners(), 360), 0.75);
}

TEST(BestLineTest, PartsWhatALineParts) {
  Samples samples = Corners();
  samples.labels = {0, 0, 1, 1};
  EXPECT_EQ(BestLine(samples, 4), 1.0);
  samples.labels = {0, 1, 1, 1};  // one corner cut off
  EXPECT_EQ(BestLine(samples, 360), 1.0);
}

// Against the plain search: every line through two of the points, shifted a little.
TEST(BestLineTest, IsAsGoodAsTheBestLineThroughTwoPoints) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    RandomStream random(seed, Stream::kData);
    Samples samples = {.count = 20, .features = 2, .bytes = {}, .values = {}, .labels = {}};
    for (std::size_t s = 0; s < samples.count; ++s) {
      samples.values.push_back(random.Normal());
      samples.values.push_back(random.Normal());
      samples.labels.push_back(static_cast<std::uint8_t>(random.Below(2)));
    }
    double plain = 0.0;
    const auto& v = samples.values;
    for (std::size_t a = 0; a < samples.count; ++a) {
      for (std::size_t b = 0; b < a; ++b) {
        const double nx = v[2 * b + 1] - v[2 * a + 1], ny = v[2 * a] - v[2 * b];
        for (const double shift : {-1e-4, 1e-4}) {
          double right = 0.0;
          for (std::size_t s = 0; s < samples.count; ++s) {
            const double side = nx * (v[2 * s] - v[2 * a]) + ny * (v[2 * s + 1] - v[2 * a + 1]);
            right += (side > shift) == (samples.labels[s] == 1);
          }
          plain = std::max({plain, right / 20.0, 1.0 - right / 20.0});
        }
      }
    }
    EXPECT_GE(BestLine(samples, 20000), plain - 1e-12) << "seed " << seed;
    // A point on the line itself may go to either side: at most two more than the plain search has.
    EXPECT_LE(BestLine(samples, 20000), plain + 2.0 / 20.0 + 1e-12);
  }
}

Network Drawn(std::vector<std::size_t> sizes, const char* activation, const char* output) {
  Network network(sizes, Activation::Named(activation), Output::Named(output));
  network.Initialize(Initializer::Named("glorot_uniform"), 7);
  RandomStream random(7, Stream::kNoise);
  for (Layer& layer : network.layers()) {
    for (std::size_t j = 0; j < layer.out(); ++j) layer.bias[j] = random.Uniform() - 0.5f;
  }
  return network;
}

TEST(FoldedTest, OneLayerAnswersAsAllLayersWithoutActivationDo) {
  const PlaneGrid grid = {.side = 9};
  for (const char* output : {"softmax", "identity"}) {
    const Network deep = Drawn({2, 16, 5, 3}, "identity", output);
    const Network flat = Folded(deep);
    ASSERT_EQ(flat.layers().size(), 1u);
    for (std::size_t unit = 0; unit < 3; ++unit) {
      const std::vector<double> a = UnitOverPlane(deep, grid, 2, unit);
      const std::vector<double> b = UnitOverPlane(flat, grid, 0, unit);
      for (std::size_t k = 0; k < a.size(); ++k) EXPECT_NEAR(a[k], b[k], 2e-6);
    }
  }
}

TEST(FoldedTest, RefusesActivations) {
  EXPECT_THROW(Folded(Drawn({2, 4, 2}, "tanh", "softmax")), std::invalid_argument);
}

TEST(PlaneTest, PixelsRunFromTheUpperLeftByRows) {
  const std::size_t sizes[] = {2, 2};
  Network network(sizes, Activation::Named("identity"), Activation::Named("identity"));
  network.layers()[0].weights(0, 0) = 1.0f;  // unit 0 answers x, unit 1 answers y
  network.layers()[0].weights(1, 1) = 1.0f;
  const PlaneGrid grid = {.left = 0, .right = 2, .bottom = 10, .top = 12, .side = 2};
  EXPECT_EQ(UnitOverPlane(network, grid, 0, 0), (std::vector<double>{0.5, 1.5, 0.5, 1.5}));
  EXPECT_EQ(UnitOverPlane(network, grid, 0, 1), (std::vector<double>{11.5, 11.5, 10.5, 10.5}));
  EXPECT_THROW(UnitOverPlane(network, grid, 1, 0), std::out_of_range);
  EXPECT_THROW(UnitOverPlane(network, grid, 0, 2), std::out_of_range);
}

TEST(PlaneTest, AnswersOfTheWholePlaneAgreeWithAnswersOfItsPoints) {
  const PlaneGrid grid = {.side = 6};
  for (const std::size_t classes : {1u, 2u, 5u}) {
    const Network network = Drawn({2, 8, classes}, "tanh", classes == 1 ? "sigmoid" : "softmax");
    Samples points = {.count = 36, .features = 2, .bytes = {}, .values = {}, .labels = {}};
    points.labels.resize(36);
    for (std::size_t k = 0; k < 36; ++k) {
      const std::size_t row = k / 6, column = k % 6;
      points.values.push_back(-1.0f + (static_cast<float>(column) + 0.5f) / 3.0f);
      points.values.push_back(1.0f - (static_cast<float>(row) + 0.5f) / 3.0f);
    }
    const std::vector<double> plane = AnswerOverPlane(network, grid);
    const std::vector<std::size_t> answers = Answers(network, points);
    for (std::size_t k = 0; k < 36; ++k) {
      const double spread = classes < 3 ? (plane[k] > 0.0) : (plane[k] + 1.0) / 2.0 * 4.0;
      EXPECT_EQ(static_cast<double>(answers[k]), std::round(spread)) << classes << " classes";
    }
  }
}

TEST(LevelTest, TextKeepsNumbersToHalfALevel) {
  std::vector<double> values;
  for (int i = 0; i <= 1000; ++i) values.push_back(-1.0 + 0.002 * i);
  const std::string text = LevelText(values, -1.0, 1.0);
  EXPECT_EQ(text.size(), values.size());
  const std::vector<double> back = Levels(text, -1.0, 1.0);
  for (std::size_t i = 0; i < values.size(); ++i) EXPECT_NEAR(back[i], values[i], 1.0 / 64 + 1e-12);
  EXPECT_EQ(LevelText(std::vector<double>{-9.0, NAN, 9.0}, -1.0, 1.0),
            LevelText(std::vector<double>{-1.0, -1.0, 1.0}, -1.0, 1.0));
  EXPECT_THROW(Levels("*", -1.0, 1.0), DataError);
}

TEST(PlaneLearningTest, AHiddenLayerLearnsXorAndNoneDoesNot) {
  const PlaneSet set = {"xor", 0.2f};
  const PlaneBudget budget = {.train = 200,
                              .held_out = 100,
                              .test = 200,
                              .epochs = 60,
                              .rates = {1e-6f, 0.03f},
                              .tuning_seeds = 1};
  const PlaneNetwork hidden = {{16}, "tanh"}, none = {{}, "identity"};
  const TunedRate tuned = ChooseRate(set, hidden, budget);
  EXPECT_EQ(tuned.rate, 0.03f) << "by held-out samples, of which the tiny rate learns nothing";
  const Dataset points = PlanePoints(set, budget, 1);
  EXPECT_EQ(points.test.count, 200u);
  EXPECT_NE(points.checksum, PlanePoints(set, budget, 2).checksum);
  const PlaneResult learned = LearnPlane(points, hidden, budget, tuned.rate, 1);
  EXPECT_GT(learned.accuracy, 0.98);
  const double line = BestLine(points.test, 360);
  EXPECT_LE(LearnPlane(points, none, budget, 0.03f, 1).accuracy, line + 0.01);
  EXPECT_LT(line, 0.85);
  // The network that comes back is the one that was judged.
  const std::vector<std::size_t> answers = Answers(learned.network, points.test);
  double right = 0.0;
  for (std::size_t s = 0; s < answers.size(); ++s) right += answers[s] == points.test.labels[s];
  EXPECT_DOUBLE_EQ(right / 200.0, learned.accuracy);
}

}  // namespace
}  // namespace lanegrad
