// SPDX-License-Identifier: Apache-2.0
#include "experiments/article_code/forward_program.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lanegrad {
namespace {

constexpr ProgramInput kInput = {1.0, 0.0, 1.0};

TEST(ForwardProgram, AnswersWhatTheCLibrarysSigmoidAnswers) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    const ForwardProgram program = DrawProgram(seed, true);
    const auto hidden = HiddenAnswers(program, kInput);
    for (std::size_t j = 0; j < 4; ++j) {
      const double z = program.w1[j] + program.w1[8 + j] + program.b1[j];
      EXPECT_NEAR(hidden[j], 1.0 / (1.0 + std::exp(-z)), 1e-14);
    }
    const auto answers = ProgramAnswers(program, kInput);
    for (std::size_t k = 0; k < 2; ++k) {
      double z = program.b2[k];
      for (std::size_t j = 0; j < 4; ++j) z += hidden[j] * program.w2[j * 2 + k];
      EXPECT_NEAR(answers[k], 1.0 / (1.0 + std::exp(-z)), 1e-14);
    }
  }
}

TEST(ForwardProgram, IsTheSameForASeedAndAnotherForTheNext) {
  EXPECT_EQ(DrawProgram(1, false), DrawProgram(1, false));
  EXPECT_NE(DrawProgram(1, false), DrawProgram(2, false));
  for (const double w : DrawProgram(1, false).w1) {
    EXPECT_GE(w, 0.0);
    EXPECT_LT(w, 1.0);
  }
}

TEST(ForwardProgram, WithoutBiasesEveryHiddenUnitAnswersAHalfToZero) {
  for (const double a : HiddenAnswers(DrawProgram(3, false), {})) EXPECT_EQ(a, 0.5);
  for (const double a : HiddenAnswers(DrawProgram(3, true), {})) EXPECT_GT(a, 0.5);
}

TEST(ForwardProgram, RowsTimesMatrixIsTheTransposedTimesColumn) {
  EXPECT_EQ(RowSums(DrawProgram(4, false), kInput), ColumnSums(DrawProgram(4, false), kInput));
  EXPECT_FALSE(Multipliable(4, 3));
  EXPECT_TRUE(Multipliable(3, 3));
}

TEST(WrittenFormulas, AreTheMendedOnesWhereBothAreNumbers) {
  std::size_t both = 0;
  for (const WrittenFormula& formula : WrittenFormulas()) {
    const double written = formula.written(), mended = formula.mended();
    EXPECT_TRUE(std::isfinite(mended)) << formula.name;
    if (!std::isfinite(written)) continue;
    EXPECT_NEAR(written, mended, 1e-12) << formula.name;
    ++both;
  }
  EXPECT_EQ(both, 2u);
}

}  // namespace
}  // namespace lanegrad
