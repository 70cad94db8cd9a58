// SPDX-License-Identifier: Apache-2.0
#include "kernels/head.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <limits>
#include <ostream>
#include <tuple>
#include <vector>

#include "kernels/random.h"
#include "kernels/targets.h"
#include "tests/spellings.h"

namespace lanegrad {

void PrintTo(const Target& target, std::ostream* os) { *os << target.name; }
void PrintTo(const HeadInfo& info, std::ostream* os) { *os << info.name; }

namespace {

constexpr std::size_t kRows = 24;

// Rows of logits: random ones of growing size, then one sure answer, huge ones and
// all equal.
Matrix Logits(std::size_t columns) {
  Matrix z(kRows, columns);
  RandomStream random(17, Stream::kData, columns);
  for (std::size_t r = 0; r < kRows; ++r) {
    const float size = std::ldexp(1.0f, static_cast<int>(r % 8) - 2);
    for (std::size_t j = 0; j < columns; ++j) z(r, j) = size * (2.0f * random.Uniform() - 1.0f);
    if (r % 8 == 5) z(r, columns / 2) = 90.0f;
    if (r % 8 == 6) z(r, 0) = -3e38f;
    if (r % 8 == 7) {
      for (std::size_t j = 0; j < columns; ++j) z(r, j) = 3e38f;
    }
  }
  return z;
}

class HeadTest : public testing::TestWithParam<std::tuple<Target, HeadInfo>> {
 protected:
  const ScopedTarget only_{std::get<0>(GetParam())};
  const HeadInfo info_ = std::get<1>(GetParam());
  const Head head_ = Head::Named(info_.name);
};

TEST_P(HeadTest, OutputsMatchTheOracleWithinTheStatedError) {
  for (const std::size_t columns : {2u, 3u, 10u, 16u, 17u, 40u}) {
    const Matrix z = Logits(columns);
    Matrix a = z;
    Apply(head_, {0, kRows}, a.view());
    for (std::size_t r = 0; r < kRows; ++r) {
      std::vector<double> logits, truth(columns);
      for (std::size_t j = 0; j < columns; ++j) logits.push_back(z(r, j));
      info_.value(logits.data(), columns, truth.data());
      for (std::size_t j = 0; j < columns; ++j) {
        ASSERT_LE(ErrorInUlp(a(r, j), truth[j]), info_.max_ulp)
            << columns << " columns, row " << r << ", column " << j << ": " << a(r, j)
            << " instead of " << truth[j];
      }
    }
  }
}

TEST_P(HeadTest, CarriesErrorsBackAsDifferencesOfItsOutputsDo) {
  constexpr std::size_t kColumns = 5;
  constexpr double kStep = 1e-5;
  RandomStream random(19, Stream::kData);
  Matrix a(1, kColumns), delta(1, kColumns);
  double z[kColumns], given[kColumns];
  for (std::size_t j = 0; j < kColumns; ++j) {
    a(0, j) = 3.0f * random.Uniform();
    z[j] = a(0, j);
    delta(0, j) = random.Uniform() - 0.5f;
    given[j] = delta(0, j);
  }
  Apply(head_, {0, 1}, a.view());
  Backward(head_, a.view(), {0, 1}, delta.view());
  const auto weighted = [&] {
    double out[kColumns], sum = 0.0;
    info_.value(z, kColumns, out);
    for (std::size_t j = 0; j < kColumns; ++j) sum += given[j] * out[j];
    return sum;
  };
  for (std::size_t i = 0; i < kColumns; ++i) {
    const double saved = z[i];
    z[i] = saved + kStep;
    const double above = weighted();
    z[i] = saved - kStep;
    const double below = weighted();
    z[i] = saved;
    EXPECT_NEAR(delta(0, i), (above - below) / (2.0 * kStep), 2e-7);
  }
}

TEST_P(HeadTest, OtherRowsAndPaddingStayOut) {
  Matrix a = Logits(10);
  const Matrix before = a;
  for (std::size_t r = 0; r < kRows; ++r) a.view().Row(0, r)[12] = 5.0f;
  Apply(head_, {3, 4}, a.view());
  EXPECT_EQ(a.view().Row(0, 3)[12], 0.0f);
  EXPECT_EQ(a(2, 9), before(2, 9));
  EXPECT_EQ(a(4, 0), before(4, 0));
}

TEST_P(HeadTest, ANanFillsItsRow) {
  Matrix a = Logits(17);
  a(1, 16) = std::numeric_limits<float>::quiet_NaN();
  Apply(head_, {0, 3}, a.view());
  for (std::size_t j = 0; j < 17; ++j) {
    EXPECT_TRUE(std::isnan(a(1, j)));
    EXPECT_FALSE(std::isnan(a(2, j)));
  }
}

TEST_P(HeadTest, TheBitsAreThoseOfTheFirstTarget) {
  Matrix here = Logits(17), there = here;
  Matrix delta_here = Logits(17), delta_there = delta_here;
  Apply(head_, {0, kRows}, here.view());
  Backward(head_, here.view(), {0, kRows}, delta_here.view());
  const ScopedTarget first(Targets().back());
  Apply(head_, {0, kRows}, there.view());
  Backward(head_, there.view(), {0, kRows}, delta_there.view());
  EXPECT_EQ(std::memcmp(here.view().data, there.view().data, here.view().size() * 4), 0);
  EXPECT_EQ(std::memcmp(delta_here.view().data, delta_there.view().data, here.view().size() * 4),
            0);
}

INSTANTIATE_TEST_SUITE_P(AllTargets, HeadTest,
                         testing::Combine(testing::ValuesIn(Targets()),
                                          testing::ValuesIn(Heads().begin(), Heads().end())),
                         NamedByOperation());

}  // namespace
}  // namespace lanegrad
