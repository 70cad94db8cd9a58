// SPDX-License-Identifier: Apache-2.0
#include "kernels/loss.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>
#include <ostream>
#include <tuple>
#include <vector>

#include "kernels/catalogue.h"
#include "kernels/random.h"
#include "kernels/targets.h"
#include "tests/spellings.h"

namespace lanegrad {

void PrintTo(const Target& target, std::ostream* os) { *os << target.name; }

namespace {

class LossTest : public testing::TestWithParam<std::tuple<Target, std::string>> {
 protected:
  // Rows of outputs and one-hot targets: random ones of growing size, then sure
  // and right, sure and wrong, all equal, huge.
  void Fill(std::size_t columns) {
    a_ = Matrix(kRows, columns);
    y_ = Matrix(kRows, columns);
    RandomStream random(11, Stream::kData, columns);
    for (std::size_t r = 0; r < kRows; ++r) {
      const std::size_t label = random.Below(columns);
      const float size = std::ldexp(1.0f, static_cast<int>(r % 8) - 2);
      for (std::size_t j = 0; j < columns; ++j) {
        a_(r, j) = size * (2.0f * random.Uniform() - 1.0f);
      }
      if (r % 8 == 5) a_(r, label) = 60.0f;
      if (r % 8 == 6) a_(r, (label + 1) % columns) = 80.0f;
      if (r % 8 == 7) a_(r, label) = -1e4f;
      y_(r, label) = 1.0f;
    }
  }

  std::vector<double> Row(const Matrix& m, std::size_t r) const {
    std::vector<double> row;
    for (std::size_t j = 0; j < m.cols(); ++j) row.push_back(m(r, j));
    return row;
  }

  static constexpr std::size_t kRows = 40;
  const ScopedTarget only_{std::get<0>(GetParam())};
  const Loss loss_ = Loss::Named(std::get<1>(GetParam()));
  const LossInfo info_ = loss_.info();
  Matrix a_, y_;
};

TEST_P(LossTest, LossAndSlopeMatchTheOracleWithinTheStatedError) {
  for (const std::size_t columns : {1u, 2u, 3u, 10u, 16u, 17u, 40u}) {
    if (columns < info_.min_outputs) continue;
    Fill(columns);
    Matrix delta(kRows, columns);
    std::vector<double> losses(kRows), slope(columns);
    Evaluate(loss_, a_.view(), y_.view(), {0, kRows}, 1.0, losses.data(), {}, delta.view());
    for (std::size_t r = 0; r < kRows; ++r) {
      const std::vector<double> a = Row(a_, r), y = Row(y_, r);
      const double truth = loss_.Value(a.data(), y.data(), columns);
      ASSERT_NEAR(losses[r], truth, info_.max_error * std::max(1.0, std::fabs(truth)));
      loss_.Slope(a.data(), y.data(), columns, slope.data());
      for (std::size_t j = 0; j < columns; ++j) {
        ASSERT_LE(ErrorInUlp(delta(r, j), slope[j]), info_.slope_max_ulp)
            << columns << " columns, row " << r << ", column " << j << ": " << delta(r, j)
            << " instead of " << slope[j];
      }
    }
  }
}

TEST_P(LossTest, PaddingOfTheSlopeIsZero) {
  Fill(10);
  Matrix delta(kRows, 10);
  for (std::size_t i = 0; i < delta.view().size(); ++i) delta.view().data[i] = 7.0f;
  std::vector<double> losses(kRows);
  Evaluate(loss_, a_.view(), y_.view(), {0, kRows}, 1.0, losses.data(), {}, delta.view());
  for (std::size_t r = 0; r < kRows; ++r) {
    for (std::size_t j = 10; j < kPanel; ++j) ASSERT_EQ(delta.view().Row(0, r)[j], 0.0f);
  }
}

TEST_P(LossTest, RowsOutsideTheRangeAreUntouched) {
  Fill(10);
  Matrix delta(kRows, 10);
  std::vector<double> losses(kRows, -1.0);
  Evaluate(loss_, a_.view(), y_.view(), {3, 5}, 1.0, losses.data(), {}, delta.view());
  for (const std::size_t r : {2u, 5u}) {
    EXPECT_EQ(losses[r], -1.0);
    for (std::size_t j = 0; j < 10; ++j) EXPECT_EQ(delta(r, j), 0.0f);
  }
}

TEST_P(LossTest, TheBitsAreThoseOfTheFirstTarget) {
  Fill(17);
  const auto evaluate = [&](Matrix& delta, std::vector<double>& losses) {
    Evaluate(loss_, a_.view(), y_.view(), {0, kRows}, 1.0 / 3.0, losses.data(), a_.view(),
             delta.view());
  };
  Matrix here(kRows, 17), there(kRows, 17);
  std::vector<double> losses_here(kRows), losses_there(kRows);
  evaluate(here, losses_here);
  {
    const ScopedTarget first(Targets().back());
    evaluate(there, losses_there);
  }
  EXPECT_EQ(std::memcmp(here.view().data, there.view().data, here.view().size() * 4), 0);
  EXPECT_EQ(losses_here, losses_there);
}

TEST_P(LossTest, ASampleIsJudgedAlikeWhoeverStandsBesideItAndWherever) {
  for (const std::size_t columns : {2u, 10u, 17u, 40u}) {
    Fill(columns);
    Matrix together(kRows, columns), alone(kRows, columns);
    std::vector<double> losses(kRows), losses_alone(kRows);
    Evaluate(loss_, a_.view(), y_.view(), {0, kRows}, 0.3, losses.data(), {}, together.view());
    // In slices of one, two, three ... and in the place of the outputs.
    const auto bytes = a_.view().size() * sizeof(float);
    std::memcpy(alone.view().data, a_.view().data, bytes);
    for (Range rows = {0, 1}; rows.begin < kRows;
         rows = {rows.end, std::min(kRows, rows.end + rows.size() + 1)}) {
      Evaluate(loss_, alone.view(), y_.view(), rows, 0.3, losses_alone.data(), {}, alone.view());
    }
    EXPECT_EQ(losses, losses_alone) << columns << " columns";
    EXPECT_EQ(std::memcmp(together.view().data, alone.view().data, bytes), 0)
        << columns << " columns";
  }
}

TEST_P(LossTest, ANanIsNeverHidden) {
  for (const std::size_t columns : {10u, 40u}) {
    for (const std::size_t column : {0u, 7u, 9u}) {
      Fill(columns);
      a_(4, column) = std::numeric_limits<float>::quiet_NaN();
      std::vector<double> losses(kRows);
      Evaluate(loss_, a_.view(), y_.view(), {0, kRows}, 1.0, losses.data(), {}, {});
      EXPECT_TRUE(std::isnan(losses[4])) << "column " << column << " of " << columns;
      EXPECT_FALSE(std::isnan(losses[5]));
    }
  }
}

// And as sums over outputs, those that are means.
std::vector<std::string> LossSpellings() {
  std::vector<std::string> names = Spellings(Losses());
  for (const LossInfo& info : Losses()) {
    if (info.is_mean) names.push_back(std::string(info.name) + ":sum");
  }
  return names;
}

INSTANTIATE_TEST_SUITE_P(AllTargets, LossTest,
                         testing::Combine(testing::ValuesIn(Targets()),
                                          testing::ValuesIn(LossSpellings())),
                         NamedByOperation());

class LossOracleTest : public testing::TestWithParam<std::string> {
 protected:
  const Loss loss_ = Loss::Named(GetParam());
};

TEST_P(LossOracleTest, TheSlopeIsTheDerivativeOfTheLoss) {
  RandomStream random(13, Stream::kData);
  constexpr std::size_t kColumns = 4;
  constexpr double kStep = 1e-6;
  for (std::size_t repeat = 0; repeat < 100; ++repeat) {
    double a[kColumns], y[kColumns] = {}, slope[kColumns];
    for (double& each : a) each = 6.0 * random.Uniform() - 3.0;
    y[repeat % kColumns] = 1.0;
    loss_.Slope(a, y, kColumns, slope);
    for (std::size_t j = 0; j < kColumns; ++j) {
      const double saved = a[j];
      a[j] = saved + kStep;
      const double above = loss_.Value(a, y, kColumns);
      a[j] = saved - kStep;
      const double below = loss_.Value(a, y, kColumns);
      a[j] = saved;
      EXPECT_NEAR((above - below) / (2 * kStep), slope[j], 1e-8);
    }
  }
}

TEST_P(LossOracleTest, AGradientStepMakesTheLossSmaller) {
  double a[] = {0.3, -0.8, 1.2}, y[] = {0.0, 1.0, 0.0}, slope[3];
  const double before = loss_.Value(a, y, 3);
  loss_.Slope(a, y, 3, slope);
  for (std::size_t j = 0; j < 3; ++j) a[j] -= 0.01 * slope[j];
  EXPECT_LT(loss_.Value(a, y, 3), before);
}

INSTANTIATE_TEST_SUITE_P(WholeCatalogue, LossOracleTest, testing::ValuesIn(LossSpellings()),
                         NamedByOperation());

TEST(LossTest, ASumIsTheMeanTimesTheOutputsAndSaysSoInItsName) {
  EXPECT_EQ(Loss::Named("mse:sum").spelled(), "mse:sum");
  EXPECT_EQ(Loss::Named("huber:2:sum").spelled(), "huber:2:sum");
  EXPECT_EQ(Loss::Named("mse").spelled(), "mse");
  const double a[] = {0.5, 2.0, -1.0}, y[] = {0.0, 1.0, 0.0};
  EXPECT_EQ(Loss::Named("mse:sum").Value(a, y, 3), 0.25 + 1.0 + 1.0);
  std::size_t means = 0;
  for (const LossInfo& info : Losses()) {
    means += info.is_mean;
    const std::string sum = std::string(info.name) + ":sum";
    if (info.is_mean) {
      EXPECT_TRUE(Loss::Named(sum).sum());
    } else {
      EXPECT_THROW(Loss::Named(sum), BadParameter) << sum;
    }
  }
  EXPECT_GT(means, 2u);
  EXPECT_LT(means, Losses().size());
}

TEST(LossTest, AnAnswerThatNobodyAsksForMayBeInfinitelyFarAway) {
  for (const char* name : {"softmax_cross_entropy", "kl_divergence"}) {
    Matrix a(1, 3), y(1, 3), delta(1, 3), fewer(1, 2), asked(1, 2), delta_fewer(1, 2);
    a(0, 0) = fewer(0, 0) = 0.25f;
    a(0, 1) = fewer(0, 1) = -1.5f;
    a(0, 2) = -std::numeric_limits<float>::infinity();
    y(0, 1) = asked(0, 1) = 1.0f;
    double loss, loss_fewer;
    Evaluate(Loss::Named(name), a.view(), y.view(), {0, 1}, 1.0, &loss, {}, delta.view());
    Evaluate(Loss::Named(name), fewer.view(), asked.view(), {0, 1}, 1.0, &loss_fewer, {},
             delta_fewer.view());
    EXPECT_EQ(loss, loss_fewer) << name;
    EXPECT_EQ(delta(0, 1), delta_fewer(0, 1)) << name;
    EXPECT_LT(std::fabs(delta(0, 2)), 1e-37f) << name;
  }
}

TEST(LossTest, ASureAndRightAnswerStillHasALoss) {
  Matrix z(1, 10), y(1, 10);
  z(0, 3) = 30.0f;
  y(0, 3) = 1.0f;
  double loss;
  Matrix delta(1, 10);
  Evaluate(Loss::Named("softmax_cross_entropy"), z.view(), y.view(), {0, 1}, 1.0, &loss, {},
           delta.view());
  const double others = 9.0 * std::exp(-30.0);
  EXPECT_NEAR(loss / others, 1.0, 1e-12) << "not rounded to zero";
  EXPECT_NEAR(static_cast<double>(delta(0, 3)) / -others, 1.0, 1e-7);
}

TEST(LossTest, AMisspelledNameIsAnsweredWithTheNearest) {
  try {
    Loss::Named("softmax_crossentropy");
    FAIL() << "the name was accepted";
  } catch (const UnknownName& error) {
    EXPECT_STREQ(error.what(),
                 "unknown loss 'softmax_crossentropy'; did you mean "
                 "'softmax_cross_entropy'?");
  }
}

}  // namespace
}  // namespace lanegrad
