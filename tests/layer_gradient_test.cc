// SPDX-License-Identifier: Apache-2.0
#include "experiments/article_code/layer_gradient.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lanegrad {
namespace {

struct Drawn {
  LayerTask task;
  LayerWeights w;
};

Drawn Draw(std::uint64_t seed) {
  Drawn drawn;
  DrawLayer(seed, drawn.task, drawn.w);
  return drawn;
}

TEST(LayerGradient, TheRightOneIsThatOfDifferences) {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto [task, w] = Draw(seed);
    const LayerWeights right = TrueGradient(task, w), measured = DifferenceGradient(task, w);
    for (std::size_t k = 0; k < w.size(); ++k) EXPECT_NEAR(right[k], measured[k], 1e-9);
  }
}

TEST(LayerGradient, NoOtherFormulaHasItsDirection) {
  const auto [task, w] = Draw(1);
  const LayerWeights truth = TrueGradient(task, w);
  EXPECT_LT(CosineOf(ArticleGradient(task, w), truth), 0.0);
  for (const LayerGradient formula : {TurnedGradient, SlopedGradient, InputGradient}) {
    EXPECT_LT(CosineOf(formula(task, w), truth), 0.9999);
  }
}

TEST(LayerGradient, TheTurnedFormulaIsTheArticlesWithTheOtherSign) {
  const auto [task, w] = Draw(2);
  const LayerWeights article = ArticleGradient(task, w), turned = TurnedGradient(task, w);
  for (std::size_t k = 0; k < w.size(); ++k) EXPECT_EQ(turned[k], -article[k]);
}

TEST(LayerGradient, OfTheOutputsIsTurnedAndTwelveTimesTooLongInTheArticle) {
  const auto [task, w] = Draw(3);
  const LayerOutputs article = ArticleOutputGradient(task, w), right = TrueOutputGradient(task, w);
  for (std::size_t s = 0; s < kLayerSamples; ++s) {
    for (std::size_t j = 0; j < kLayerSize; ++j) {
      EXPECT_NEAR(article[s][j], -12.0 * right[s][j], 1e-12);
    }
  }
}

TEST(LayerGradient, TheErrorFallsAlongTheRightOneAndRisesAlongTheArticles) {
  for (std::uint64_t seed = 1; seed <= 10; ++seed) {
    const auto [task, w] = Draw(seed);
    EXPECT_LT(ErrorAfter(task, w, TrueGradient, 0.1, 100), LayerError(task, w));
    EXPECT_GT(ErrorAfter(task, w, ArticleGradient, 0.1, 100), LayerError(task, w));
  }
}

TEST(LayerGradient, TrainingACopyLeavesTheCallersWeightsAlone) {
  const auto [task, w] = Draw(4);
  LayerWeights callers = w;
  const LayerWeights trained = Descend(task, callers, 0.1, 10);
  EXPECT_EQ(callers, w);
  DescendInPlace(task, callers, 0.1, 10);
  EXPECT_EQ(callers, trained);
  EXPECT_NE(callers, w);
}

TEST(LayerGradient, TheOwnOutputAsTargetLeavesNothingToLearn) {
  auto [task, w] = Draw(5);
  task.y = LayerAnswers(task, w);
  for (const double g : ArticleGradient(task, w)) EXPECT_EQ(g, 0.0);
  for (const double g : TrueGradient(task, w)) EXPECT_EQ(g, 0.0);
}

}  // namespace
}  // namespace lanegrad
