// SPDX-License-Identifier: Apache-2.0
// Eigenvalues against matrices whose eigenvalues are known, and against traces of powers.
#include "experiments/neuroscience/eigenvalues.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <stdexcept>
#include <vector>

#include "kernels/random.h"

namespace lanegrad {
namespace {

std::vector<double> RandomMatrix(std::size_t n, std::uint64_t seed) {
  RandomStream random(seed, Stream::kData);
  std::vector<double> matrix(n * n);
  for (double& each : matrix) each = random.Normal();
  return matrix;
}

std::vector<double> Product(const std::vector<double>& a, const std::vector<double>& b,
                            std::size_t n) {
  std::vector<double> c(n * n, 0.0);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t k = 0; k < n; ++k) {
      for (std::size_t j = 0; j < n; ++j) c[i * n + j] += a[i * n + k] * b[k * n + j];
    }
  }
  return c;
}

TEST(Eigenvalues, OfTriangularMatricesAreTheDiagonal) {
  const auto found = Eigenvalues({3, 1, 2, 0, -5, 4, 0, 0, 0.5}, 3);
  std::vector<double> reals;
  for (const Eigenvalue& each : found) {
    EXPECT_EQ(each.imaginary, 0.0);
    reals.push_back(each.real);
  }
  std::sort(reals.begin(), reals.end());
  EXPECT_NEAR(reals[0], -5.0, 1e-14);
  EXPECT_NEAR(reals[1], 0.5, 1e-14);
  EXPECT_NEAR(reals[2], 3.0, 1e-14);
  EXPECT_EQ(SpectralRadius(found), 5.0);
}

// A cyclic shift: the n-th roots of 1, all of modulus 1. Without other shifts now and then the
// double step maps it to itself.
TEST(Eigenvalues, OfACyclicShiftAreTheRootsOfOne) {
  for (const std::size_t n : {1u, 2u, 3u, 4u, 7u, 24u}) {
    std::vector<double> shift(n * n, 0.0);
    for (std::size_t i = 0; i < n; ++i) shift[i * n + (i + 1) % n] = 1.0;
    const auto found = Eigenvalues(shift, n);
    ASSERT_EQ(found.size(), n);
    EXPECT_NEAR(SpectralRadius(found), 1.0, 1e-12);
    EXPECT_NEAR(SpectralAbscissa(found), 1.0, 1e-12);
    for (const Eigenvalue& each : found) {
      const std::complex<double> power =
          std::pow(std::complex<double>(each.real, each.imaginary), static_cast<double>(n));
      EXPECT_NEAR(std::abs(power - 1.0), 0.0, 1e-10) << n;
    }
  }
}

TEST(Eigenvalues, SumsOfTheirPowersAreTheTracesOfPowers) {
  for (const std::size_t n : {2u, 5u, 20u, 60u}) {
    const std::vector<double> matrix = RandomMatrix(n, n);
    const auto found = Eigenvalues(matrix, n);
    ASSERT_EQ(found.size(), n);
    std::vector<double> power = matrix;
    for (int k = 1; k <= 4; ++k) {
      std::complex<double> sum = 0.0;
      for (const Eigenvalue& each : found) {
        sum += std::pow(std::complex<double>(each.real, each.imaginary), k);
      }
      double trace = 0.0;
      for (std::size_t i = 0; i < n; ++i) trace += power[i * n + i];
      const double scale = std::pow(static_cast<double>(n), 1.0 + 0.5 * k);
      EXPECT_NEAR(sum.real(), trace, 1e-12 * scale) << n << " " << k;
      EXPECT_NEAR(sum.imag(), 0.0, 1e-12 * scale) << n << " " << k;
      power = Product(power, matrix, n);
    }
  }
}

TEST(Eigenvalues, OfAntisymmetricMatricesAreImaginary) {
  constexpr std::size_t kSize = 30;
  std::vector<double> matrix = RandomMatrix(kSize, 3);
  for (std::size_t i = 0; i < kSize; ++i) {
    for (std::size_t j = 0; j <= i; ++j) matrix[i * kSize + j] = -matrix[j * kSize + i];
    matrix[i * kSize + i] = 0.0;
  }
  const auto found = Eigenvalues(matrix, kSize);
  EXPECT_NEAR(SpectralAbscissa(found), 0.0, 1e-12);
  EXPECT_GT(SpectralRadius(found), 5.0);
}

TEST(Eigenvalues, RefusesWhatIsNotSquare) {
  EXPECT_THROW(Eigenvalues({1, 2, 3}, 2), std::invalid_argument);
}

}  // namespace
}  // namespace lanegrad
