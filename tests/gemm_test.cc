// SPDX-License-Identifier: Apache-2.0
//
// The products have no tolerance: a plain loop of std::fma in the order that
// gemm.h states gives the same bits, so these tests compare bits.
#include "kernels/gemm.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <ostream>
#include <tuple>
#include <vector>

#include "kernels/random.h"
#include "kernels/targets.h"
#include "tests/specified_sum.h"

namespace lanegrad {

void PrintTo(const Target& target, std::ostream* os) { *os << target.name; }

namespace {

struct Shape {
  std::size_t m, k, n;
};

void PrintTo(const Shape& s, std::ostream* os) { *os << s.m << "x" << s.k << "x" << s.n; }

Matrix RandomMatrix(std::size_t rows, std::size_t cols, std::uint64_t substream) {
  Matrix matrix(rows, cols);
  RandomStream random(7, Stream::kData, substream);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < cols; ++c) matrix(r, c) = 2.0f * random.Uniform() - 1.0f;
  }
  return matrix;
}

class GemmTest : public testing::TestWithParam<std::tuple<Target, Shape>> {
 protected:
  const ScopedTarget only_{std::get<0>(GetParam())};
  const Shape shape_ = std::get<1>(GetParam());
  const Matrix a_ = RandomMatrix(shape_.m, shape_.k, 1);
  const Matrix b_ = RandomMatrix(shape_.k, shape_.n, 2);
};

TEST_P(GemmTest, RunsOnTheTargetUnderTest) {
  EXPECT_EQ(ActiveTarget().name, std::get<0>(GetParam()).name);
}

TEST_P(GemmTest, MultiplyGivesTheBitsOfAPlainLoop) {
  Matrix c(shape_.m, shape_.n);
  Multiply(a_.view(), b_.view(), {0, shape_.m}, c.view());
  for (std::size_t r = 0; r < shape_.m; ++r) {
    for (std::size_t j = 0; j < shape_.n; ++j) {
      const float expected = SpecifiedSum(
          shape_.k, [&](std::size_t k) { return a_(r, k); },
          [&](std::size_t k) { return b_(k, j); });
      ASSERT_EQ(c(r, j), expected) << "row " << r << ", column " << j;
    }
  }
}

TEST_P(GemmTest, AnySplitOfTheRowsGivesTheSameBits) {
  Matrix whole(shape_.m, shape_.n);
  Matrix parts(shape_.m, shape_.n);
  Multiply(a_.view(), b_.view(), {0, shape_.m}, whole.view());
  for (std::size_t first = 0, height = 1; first < shape_.m; first += height++) {
    Multiply(a_.view(), b_.view(), {first, std::min(first + height, shape_.m)}, parts.view());
  }
  ASSERT_EQ(std::memcmp(whole.view().data, parts.view().data, whole.view().size() * 4), 0);
}

TEST_P(GemmTest, AnySplitOfTheColumnsGivesTheSameBits) {
  Matrix whole(shape_.m, shape_.n);
  Matrix parts(shape_.m, shape_.n);
  Multiply(a_.view(), b_.view(), {0, shape_.m}, whole.view());
  const std::size_t panels = PanelCount(shape_.n);
  for (const Range part : {Range{0, panels / 2}, Range{panels / 2, panels}}) {
    if (part.size() == 0) continue;
    Multiply(a_.view(), Part(b_.view(), part), {0, shape_.m}, Part(parts.view(), part));
  }
  ASSERT_EQ(std::memcmp(whole.view().data, parts.view().data, whole.view().size() * 4), 0);
}

TEST_P(GemmTest, EpilogueIsBiasThenFactorThenActivation) {
  const std::size_t padded = PanelCount(shape_.n) * kPanel;
  Array bias(padded);
  for (std::size_t j = 0; j < shape_.n; ++j) bias[j] = 0.25f * static_cast<float>(j) - 1.0f;
  const Matrix factor = RandomMatrix(shape_.m, shape_.n, 3);
  Matrix plain(shape_.m, shape_.n);
  Matrix fused(shape_.m, shape_.n);
  Matrix slope(shape_.m, shape_.n);
  Multiply(a_.view(), b_.view(), {0, shape_.m}, plain.view());
  Multiply(a_.view(), b_.view(), {0, shape_.m}, fused.view(),
           {.bias = bias.data(),
            .factor = factor.view(),
            .sweep = SweepOf(Activation::Named("tanh")),
            .slope = slope.view()});
  for (std::size_t r = 0; r < shape_.m; ++r) {
    for (std::size_t j = 0; j < shape_.n; ++j) {
      const float z = (plain(r, j) + bias[j]) * factor(r, j);
      float value, derivative;
      Activate(Activation::Named("tanh"), &z, 1, &value, &derivative);
      ASSERT_EQ(fused(r, j), value);
      ASSERT_EQ(slope(r, j), derivative);
    }
  }
}

TEST_P(GemmTest, MultiplyTransposedGivesTheBitsOfAPlainLoop) {
  // Here a is (count, m) and b is (count, n): sums run down the rows of both.
  const Matrix left = RandomMatrix(shape_.k, shape_.m, 4);
  for (const std::size_t count : {shape_.k, (shape_.k + 1) / 2}) {
    Matrix c(shape_.m, shape_.n);
    MultiplyTransposed(left.view(), b_.view(), count, {0, PanelCount(shape_.m)}, c.view());
    for (std::size_t i = 0; i < shape_.m; ++i) {
      for (std::size_t j = 0; j < shape_.n; ++j) {
        const float expected = SpecifiedSum(
            count, [&](std::size_t s) { return left(s, i); },
            [&](std::size_t s) { return b_(s, j); });
        ASSERT_EQ(c(i, j), expected) << "row " << i << ", column " << j;
      }
    }
  }
}

TEST_P(GemmTest, StepWithinTheProductEqualsStepAfterIt) {
  const Matrix left = RandomMatrix(shape_.k, shape_.m, 4);
  const Optimizer momentum = Optimizer::Named("momentum");
  const Range all = {0, PanelCount(shape_.m)};
  for (const StepScalars& scalars :
       {StepScalars{.rate = 0.05f, .beta1 = 0.9f},
        StepScalars{.rate = 0.05f, .beta1 = 0.9f, .clip = 0.5f},
        StepScalars{.rate = 0.05f, .beta1 = 0.9f, .l1 = 0.01f, .l2 = 0.1f}}) {
    Matrix gradient(shape_.m, shape_.n);
    Matrix apart = RandomMatrix(shape_.m, shape_.n, 5), fused = RandomMatrix(shape_.m, shape_.n, 5);
    Matrix velocity(shape_.m, shape_.n), fused_velocity(shape_.m, shape_.n);
    UpdateEpilogue update = {.optimizer = momentum,
                             .scalars = &scalars,
                             .weights = fused.view(),
                             .states = {fused_velocity.view(), {}}};
    for (int repeat = 0; repeat < 2; ++repeat) {
      MultiplyTransposed(left.view(), b_.view(), shape_.k, all, gradient.view());
      Step(momentum, scalars, gradient.view().size(), gradient.view().data, apart.view().data,
           {velocity.view().data, nullptr});
      MultiplyTransposedAndStep(left.view(), b_.view(), shape_.k, all, update);
    }
    const std::size_t bytes = apart.view().size() * 4;
    EXPECT_EQ(std::memcmp(apart.view().data, fused.view().data, bytes), 0);
    EXPECT_EQ(std::memcmp(velocity.view().data, fused_velocity.view().data, bytes), 0);
  }
}

TEST_P(GemmTest, PaddingStaysZero) {
  Matrix c(shape_.m, shape_.n);
  Multiply(a_.view(), b_.view(), {0, shape_.m}, c.view());
  for (std::size_t r = 0; r < shape_.m; ++r) {
    const float* last = c.view().Row(PanelCount(shape_.n) - 1, r);
    for (std::size_t j = (shape_.n - 1) % kPanel + 1; j < kPanel; ++j) ASSERT_EQ(last[j], 0.0f);
  }
}

TEST_P(GemmTest, ColumnSumsAreProductsWithOnes) {
  Array sums(PanelCount(shape_.n) * kPanel);
  ColumnSums(b_.view(), shape_.k, {0, PanelCount(shape_.n)}, sums.data());
  for (std::size_t j = 0; j < shape_.n; ++j) {
    ASSERT_EQ(sums[j], SpecifiedSum(
                           shape_.k, [](std::size_t) { return 1.0f; },
                           [&](std::size_t s) { return b_(s, j); }));
  }
}

TEST_P(GemmTest, MultiplyByTransposedGivesTheBitsOfAPlainLoop) {
  // Here w is (n, k): sums run along the columns of both.
  const Matrix w = RandomMatrix(shape_.n, shape_.k, 6);
  const Matrix factor = RandomMatrix(shape_.m, shape_.n, 3);
  Matrix c(shape_.m, shape_.n);
  const std::size_t cut = shape_.m / 2, panels = PanelCount(shape_.n), half = panels / 2;
  for (const Range rows : {Range{0, cut}, Range{cut, shape_.m}}) {
    for (const Range columns : {Range{0, half}, Range{half, panels}}) {
      MultiplyByTransposed(a_.view(), w.view(), rows, columns, c.view(),
                           {.bias = nullptr, .factor = factor.view(), .sweep = {}, .slope = {}});
    }
  }
  for (std::size_t r = 0; r < shape_.m; ++r) {
    for (std::size_t i = 0; i < shape_.n; ++i) {
      const float sum = SpecifiedSum(
          shape_.k, [&](std::size_t j) { return a_(r, j); },
          [&](std::size_t j) { return w(i, j); });
      ASSERT_EQ(c(r, i), sum * factor(r, i)) << "row " << r << ", column " << i;
    }
    const float* last = c.view().Row(PanelCount(shape_.n) - 1, r);
    for (std::size_t j = (shape_.n - 1) % kPanel + 1; j < kPanel; ++j) ASSERT_EQ(last[j], 0.0f);
  }
}

// Numbers that the random matrices above never meet: of any size, with sums that cancel,
// that lie in the middle between two floats, overflow, or are subnormal.
TEST(MultiplyAddTest, IsRoundedOnceWhateverTheNumbers) {
  RandomStream random(11, Stream::kData);
  const auto any = [&] {
    return std::bit_cast<float>(static_cast<std::uint32_t>(random.Below(1u << 16) << 16) |
                                static_cast<std::uint32_t>(random.Below(1u << 16)));
  };
  Matrix a(1, 2), b(2, kPanel), c(1, kPanel);
  for (std::size_t repeat = 0; repeat < 3000; ++repeat) {
    // c(0, j) is fma(a(0, 1), b(1, j), a(0, 0) b(0, j)), and the last a power of two.
    a(0, 1) = any();
    a(0, 0) = -std::ldexp(a(0, 1), static_cast<int>(random.Below(64)) - 32);
    if (repeat % 3 == 0) a(0, 0) = any();
    if (repeat % 3 == 1) a(0, 0) = std::nextafter(a(0, 0), any());
    // A product of two odd numbers of 13 bits lies in the middle between two floats, if
    // it has 25; then an addend too small for a double decides.
    const bool middle = repeat % 4 == 3;
    const auto odd = [&] { return static_cast<float>(4097 + 2 * random.Below(1500)); };
    if (middle) {
      a(0, 1) = random.Below(2) == 0 ? odd() : -odd();
      a(0, 0) = random.Below(2) == 0 ? 1.0f : -1.0f;
    }
    for (std::size_t j = 0; j < kPanel; ++j) {
      if (middle) {
        b(1, j) = odd();
        b(0, j) = std::ldexp(1.0f, -static_cast<int>(random.Below(140)));
        continue;
      }
      b(1, j) = repeat % 2 == 0 ? any() : 1.0f + std::ldexp(random.Uniform(), -8);
      b(0, j) = j % 2 == 0 ? 1.0f : std::ldexp(1.0f, static_cast<int>(random.Below(100)) - 50);
    }
    for (const Target& target : Targets()) {
      const ScopedTarget only(target);
      Multiply(a.view(), b.view(), {0, 1}, c.view());
      for (std::size_t j = 0; j < kPanel; ++j) {
        const float addend = std::fma(a(0, 0), b(0, j), 0.0f);
        const float expected = std::fma(a(0, 1), b(1, j), addend);
        if (std::isnan(expected)) {
          ASSERT_TRUE(std::isnan(c(0, j))) << target.name;
          continue;
        }
        ASSERT_EQ(std::bit_cast<std::uint32_t>(c(0, j)), std::bit_cast<std::uint32_t>(expected))
            << target.name << ": " << a(0, 1) << " * " << b(1, j) << " + " << addend;
      }
    }
  }
}

// Every tile height, one and several panels, sums of one block, of whole blocks,
// and with a rest.
// Where the left operand does not fit in the second cache the loops have another order: by
// rows, by blocks of terms, by strips. Parts of the rows do fit, and have the usual one.
TEST(LargeProductTest, HasTheBitsOfItsRowsAlone) {
  const Shape shape = {530, 1030, 53};
  const Matrix a = RandomMatrix(shape.m, shape.k, 1), b = RandomMatrix(shape.k, shape.n, 2);
  const Matrix factor = RandomMatrix(shape.m, shape.n, 3);
  Array bias(PanelCount(shape.n) * kPanel);
  for (std::size_t j = 0; j < shape.n; ++j) bias[j] = 0.25f * static_cast<float>(j % 5) - 0.5f;
  for (const Target& target : Targets()) {
    const ScopedTarget only(target);
    Matrix whole(shape.m, shape.n), slope(shape.m, shape.n);
    Matrix parts(shape.m, shape.n), part_slope(shape.m, shape.n);
    const auto multiply = [&](Range rows, Matrix& c, Matrix& rise) {
      Multiply(a.view(), b.view(), rows, c.view(),
               {.bias = bias.data(),
                .factor = factor.view(),
                .sweep = SweepOf(Activation::Named("tanh")),
                .slope = rise.view()});
    };
    multiply({0, shape.m}, whole, slope);
    for (std::size_t first = 0; first < shape.m; first += 53) {
      multiply({first, first + 53}, parts, part_slope);
    }
    const std::size_t bytes = whole.view().size() * sizeof(float);
    EXPECT_EQ(std::memcmp(whole.view().data, parts.view().data, bytes), 0) << target.name;
    EXPECT_EQ(std::memcmp(slope.view().data, part_slope.view().data, bytes), 0) << target.name;
  }
}

INSTANTIATE_TEST_SUITE_P(
    AllTargets, GemmTest,
    testing::Combine(testing::ValuesIn(Targets()),
                     testing::Values(Shape{1, 1, 1}, Shape{2, 3, 5}, Shape{3, 16, 16},
                                     Shape{4, 17, 10}, Shape{5, 255, 33}, Shape{6, 256, 17},
                                     Shape{7, 257, 31}, Shape{8, 15, 48}, Shape{9, 33, 64},
                                     Shape{10, 30, 10}, Shape{11, 7, 40}, Shape{12, 2, 96},
                                     Shape{13, 31, 15}, Shape{14, 20, 16}, Shape{15, 9, 20},
                                     Shape{16, 784, 30}, Shape{17, 5, 32}, Shape{23, 600, 10},
                                     Shape{61, 147, 50})));

}  // namespace
}  // namespace lanegrad
