// SPDX-License-Identifier: Apache-2.0
#include "experiments/article_code/layers_apart.h"

#include <gtest/gtest.h>

#include <vector>

namespace lanegrad {
namespace {

std::vector<double*> Parameters(PairNetwork& network) {
  std::vector<double*> all;
  for (PairLayer* layer : {&network.first, &network.second}) {
    for (double& w : layer->w) all.push_back(&w);
    for (double& b : layer->b) all.push_back(&b);
  }
  return all;
}

TEST(LayersApart, TheGradientIsThatOfDifferences) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    PairNetwork network = MakePairNetwork(seed);
    PairNetwork gradient = PairGradient(network);
    const std::vector<double*> at = Parameters(network), g = Parameters(gradient);
    for (std::size_t k = 0; k < at.size(); ++k) {
      const double saved = *at[k], step = 1e-5;
      *at[k] = saved + step;
      const double above = PairLoss(network);
      *at[k] = saved - step;
      const double below = PairLoss(network);
      *at[k] = saved;
      EXPECT_NEAR(*g[k], (above - below) / (2.0 * step), 1e-9) << seed << ", " << k;
    }
  }
}

// What one layer can do with xor at best is to answer 1/2 to everything.
TEST(LayersApart, NeverLearnXorWhatTogetherTheyDo) {
  std::size_t together = 0;
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const PairNetwork start = MakePairNetwork(seed);
    EXPECT_GT(TrainPair(start, LayerOrder::kStale, 1.0, 2000).loss, 0.2) << seed;
    EXPECT_GT(TrainPair(start, LayerOrder::kApart, 1.0, 2000).loss, 0.2) << seed;
    const PairEnd end = TrainPair(start, LayerOrder::kTogether, 10.0, 2000);
    together += end.right == 4.0 && end.loss < 0.05;
  }
  EXPECT_GE(together, 5u);
}

TEST(LayersApart, NoStepsChangeNothing) {
  const PairNetwork start = MakePairNetwork(3);
  for (const LayerOrder order : {LayerOrder::kStale, LayerOrder::kApart, LayerOrder::kTogether}) {
    EXPECT_EQ(TrainPair(start, order, 1.0, 0).loss, PairLoss(start));
  }
}

}  // namespace
}  // namespace lanegrad
