// SPDX-License-Identifier: Apache-2.0
#include "experiments/back_propagation/gradient_check.h"

#include <gtest/gtest.h>

#include <vector>

namespace lanegrad {
namespace {

TEST(LegalCombinations, AreAllThatTheLossAcceptsAndSomeOfThemWithAStride) {
  for (const LossInfo& info : Losses()) {
    const Loss loss = Loss::Named(info.name);
    std::size_t outputs = 0;
    for (const std::string_view name : OutputNames()) {
      outputs += Accepts(loss, Output::Named(name)) ? 1 : 0;
    }
    const std::vector<Combination> all = LegalCombinations(loss, 1);
    EXPECT_EQ(all.size(), outputs * Activations().size()) << info.name;
    for (const Combination& each : all) EXPECT_TRUE(Accepts(loss, each.output));
    EXPECT_EQ(LegalCombinations(loss, 7).size(), (all.size() + 6) / 7);
  }
}

TEST(MeasureGradients, FindsEveryNetworkRightAndTheArticlesFormulaWrong) {
  Measurement row;
  MeasureGradients(Loss::Named("softmax_cross_entropy"), 1, row);
  EXPECT_EQ(row.values.Number("combinations"), static_cast<double>(Activations().size()));
  EXPECT_EQ(row.values.Number("recursion_right"), row.values.Number("combinations"));
  EXPECT_EQ(row.values.Number("kernels_right"), row.values.Number("combinations"));
  Measurement wrong;
  MeasureMistake(GradientMistake::kArticle, 211, wrong);
  EXPECT_GT(wrong.values.Number("combinations"), 12.0);
  EXPECT_EQ(wrong.values.Number("caught_by_differences"), wrong.values.Number("combinations"));
}

}  // namespace
}  // namespace lanegrad
