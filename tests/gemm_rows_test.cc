// SPDX-License-Identifier: Apache-2.0
//
// Products of plain rows have the bits of a plain loop of std::fma, read nothing that is
// not theirs, and write nothing else.
#include "kernels/gemm_rows.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <ostream>
#include <tuple>
#include <vector>

#include "kernels/gemm.h"
#include "kernels/matrix.h"
#include "kernels/random.h"
#include "kernels/targets.h"
#include "tests/specified_sum.h"

namespace lanegrad {

void PrintTo(const Target& target, std::ostream* os) { *os << target.name; }

namespace {

struct Shape {
  std::size_t m, k, n, gap;  // gap: what a row is longer than its columns
};

void PrintTo(const Shape& s, std::ostream* os) {
  *os << s.m << "x" << s.k << "x" << s.n << " and " << s.gap;
}

// Rows that end with their last element, so that a sanitizer sees who reads on; between
// them lies what no sum survives.
class PlainMatrix {
 public:
  PlainMatrix(std::size_t rows, std::size_t cols, std::size_t gap, std::uint64_t substream)
      : rows_(rows), cols_(cols), stride_(cols + gap) {
    numbers_.assign(rows == 0 ? 0 : (rows - 1) * stride_ + cols, kNan);
    RandomStream random(7, Stream::kData, substream);
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t c = 0; c < cols; ++c) (*this)(r, c) = 2.0f * random.Uniform() - 1.0f;
    }
  }
  float& operator()(std::size_t r, std::size_t c) { return numbers_[r * stride_ + c]; }
  float operator()(std::size_t r, std::size_t c) const { return numbers_[r * stride_ + c]; }
  Rows view() { return {numbers_.data(), rows_, cols_, stride_}; }
  ConstRows view() const { return {numbers_.data(), rows_, cols_, stride_}; }
  // Whether what lies between the rows is what it was.
  bool GapsAreUntouched() const {
    for (std::size_t i = 0; i < numbers_.size(); ++i) {
      if (i % stride_ >= cols_ && !std::isnan(numbers_[i])) return false;
    }
    return true;
  }

 private:
  static constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
  std::size_t rows_, cols_, stride_;
  std::vector<float> numbers_;
};

class GemmRowsTest : public testing::TestWithParam<std::tuple<Target, Shape>> {
 protected:
  const ScopedTarget only_{std::get<0>(GetParam())};
  const Shape shape_ = std::get<1>(GetParam());
  const PlainMatrix b_{shape_.k, shape_.n, shape_.gap, 2};
  PlainMatrix c_{shape_.m, shape_.n, shape_.gap, 3};

  template <class Left>
  void ExpectBitsOfAPlainLoop(Left left) const {
    for (std::size_t r = 0; r < shape_.m; ++r) {
      for (std::size_t j = 0; j < shape_.n; ++j) {
        const float expected = SpecifiedSum(
            shape_.k, [&](std::size_t k) { return left(r, k); },
            [&](std::size_t k) { return b_(k, j); });
        ASSERT_EQ(c_(r, j), expected) << "row " << r << ", column " << j;
      }
    }
    EXPECT_TRUE(c_.GapsAreUntouched());
  }
};

TEST_P(GemmRowsTest, MultiplyGivesTheBitsOfAPlainLoop) {
  const PlainMatrix a(shape_.m, shape_.k, shape_.gap, 1);
  MultiplyRows(a.view(), b_.view(), c_.view());
  ExpectBitsOfAPlainLoop([&](std::size_t r, std::size_t k) { return a(r, k); });
}

TEST_P(GemmRowsTest, MultiplyTransposedGivesTheBitsOfAPlainLoop) {
  const PlainMatrix a(shape_.k, shape_.m, shape_.gap, 1);
  MultiplyTransposedRows(a.view(), b_.view(), c_.view());
  ExpectBitsOfAPlainLoop([&](std::size_t r, std::size_t k) { return a(k, r); });
}

INSTANTIATE_TEST_SUITE_P(
    AllTargets, GemmRowsTest,
    testing::Combine(testing::ValuesIn(Targets()),
                     testing::Values(Shape{1, 1, 1, 0}, Shape{1, 300, 1, 0}, Shape{2, 3, 5, 0},
                                     Shape{3, 16, 16, 0}, Shape{4, 17, 10, 1}, Shape{5, 255, 33, 0},
                                     Shape{6, 256, 17, 0}, Shape{7, 257, 31, 3},
                                     Shape{8, 15, 48, 0}, Shape{9, 33, 64, 16},
                                     Shape{10, 784, 30, 0}, Shape{11, 7, 40, 0},
                                     Shape{13, 31, 2, 0}, Shape{16, 20, 15, 0}, Shape{17, 5, 32, 2},
                                     Shape{29, 2, 96, 0}, Shape{3, 258, 1, 0},
                                     Shape{61, 147, 50, 0}, Shape{33, 600, 10, 0})));

// Many rows, several blocks of terms, and rows that all begin in one set of the first cache.
TEST(LargeGemmRowsTest, AgreesWithPanels) {
  const std::size_t m = 460, k = 1024, n = 117;
  const PlainMatrix a(m, k, 0, 1), b(k, n, 0, 2);
  PlainMatrix c(m, n, 5, 3);
  Matrix left(m, k), right(k, n), product(m, n);
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < k; ++j) left(i, j) = a(i, j);
  }
  for (std::size_t i = 0; i < k; ++i) {
    for (std::size_t j = 0; j < n; ++j) right(i, j) = b(i, j);
  }
  Multiply(left.view(), right.view(), {0, m}, product.view());
  for (const Target& target : Targets()) {
    if (!target.native_fma) continue;  // the others take their time
    const ScopedTarget only(target);
    MultiplyRows(a.view(), b.view(), c.view());
    for (std::size_t i = 0; i < m; ++i) {
      for (std::size_t j = 0; j < n; ++j) ASSERT_EQ(c(i, j), product(i, j)) << target.name;
    }
    EXPECT_TRUE(c.GapsAreUntouched());
  }
}

TEST(EmptyGemmRowsTest, IsZeroWithoutTermsAndNothingWithoutRows) {
  const PlainMatrix a(3, 0, 4, 1), b(0, 5, 0, 2);
  PlainMatrix c(3, 5, 1, 3);
  MultiplyRows(a.view(), b.view(), c.view());
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 5; ++j) EXPECT_EQ(c(i, j), 0.0f);
  }
  EXPECT_TRUE(c.GapsAreUntouched());
  const PlainMatrix none(0, 7, 0, 1), right(7, 5, 0, 2);
  PlainMatrix nothing(0, 5, 0, 3);
  MultiplyRows(none.view(), right.view(), nothing.view());
}

}  // namespace
}  // namespace lanegrad
