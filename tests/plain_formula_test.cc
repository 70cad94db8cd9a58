// SPDX-License-Identifier: Apache-2.0
#include "experiments/activations/plain_formula.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lanegrad {
namespace {

TEST(FloatExponential, OverflowsBeyondTheLogarithmOfTheLargestFloat) {
  EXPECT_EQ(FloatExponential(0.0f), 1.0f);
  EXPECT_TRUE(std::isfinite(FloatExponential(88.72f)));
  EXPECT_TRUE(std::isinf(FloatExponential(88.73f)));
  EXPECT_EQ(FloatExponential(-1000.0f), 0.0f);
}

TEST(FindPlainBreak, IsTheFirstFloatThatGivesUpAndItsNeighbourDoesNot) {
  for (const PlainFormula& formula : PlainFormulas()) {
    const FormulaBreak found = FindPlainBreak(formula);
    ASSERT_TRUE(found.found) << formula.name;
    EXPECT_TRUE(std::isnan(found.answer) || found.answer == 0.0f) << formula.name;
    const float before = formula.plain(std::nextafter(found.z, formula.negative ? -1.0f : 1.0f));
    EXPECT_FALSE(std::isnan(before) || before == 0.0f) << formula.name;
  }
}

TEST(FindPlainBreak, OfTheRatioOfExponentialsIsWhereTheyOverflow) {
  for (const PlainFormula& formula : PlainFormulas()) {
    if (formula.name != "tanh-large") continue;
    const FormulaBreak found = FindPlainBreak(formula);
    EXPECT_TRUE(std::isnan(found.answer));
    EXPECT_NEAR(found.z, 128.0 * std::log(2.0), 1e-4);
    EXPECT_EQ(KernelValue(formula, found.z), 1.0f);
  }
}

TEST(FloatsBetween, CountsFloatsAlsoAcrossZero) {
  EXPECT_EQ(FloatsBetween(1.0f, 1.0f), 0u);
  EXPECT_EQ(FloatsBetween(1.0f, std::nextafter(1.0f, 2.0f)), 1u);
  EXPECT_EQ(FloatsBetween(0.0f, -0.0f), 0u);
  EXPECT_EQ(FloatsBetween(std::nextafter(0.0f, 1.0f), std::nextafter(0.0f, -1.0f)), 2u);
}

}  // namespace
}  // namespace lanegrad
