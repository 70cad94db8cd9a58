// SPDX-License-Identifier: Apache-2.0
#include "experiments/statistics/leading_eigenvalues.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <vector>

#include "kernels/random.h"

namespace lanegrad {
namespace {

// Q diag(values) Q^T, where Q turns every plane of two neighbouring axes by the same angle.
std::vector<double> MatrixWith(const std::vector<double>& values) {
  const std::size_t n = values.size();
  std::vector<double> matrix(n * n);
  for (std::size_t i = 0; i < n; ++i) matrix[i * n + i] = values[i];
  const double c = 0.8, s = 0.6;
  for (std::size_t p = 0; p + 1 < n; ++p) {
    for (std::size_t k = 0; k < n; ++k) {
      double &a = matrix[p * n + k], &b = matrix[(p + 1) * n + k];
      const double turned = c * a - s * b;
      b = s * a + c * b;
      a = turned;
    }
    for (std::size_t k = 0; k < n; ++k) {
      double &a = matrix[k * n + p], &b = matrix[k * n + p + 1];
      const double turned = c * a - s * b;
      b = s * a + c * b;
      a = turned;
    }
  }
  return matrix;
}

TEST(LeadingEigenvaluesTest, AreThoseThatTheMatrixWasMadeOf) {
  const std::vector<double> values = {0.5, 7.0, 3.0, 2.9, 0.0, 1.0, 4.0};
  const std::vector<double> found = LeadingEigenvalues(MatrixWith(values), values.size(), 5);
  const std::vector<double> expected = {7.0, 4.0, 3.0, 2.9, 1.0};
  ASSERT_EQ(found.size(), expected.size());
  for (std::size_t k = 0; k < expected.size(); ++k) {
    EXPECT_NEAR(found[k], expected[k], 1e-11 * expected[k]);
  }
}

TEST(LeadingEigenvaluesTest, OfAllOfThemTheSumIsTheTrace) {
  constexpr std::size_t kSize = 12;
  RandomStream random(7, Stream::kData);
  std::vector<double> factor(kSize * kSize), matrix(kSize * kSize);
  for (double& each : factor) each = random.Normal();
  double trace = 0.0, sum = 0.0;
  for (std::size_t i = 0; i < kSize; ++i) {
    for (std::size_t j = 0; j < kSize; ++j) {
      for (std::size_t k = 0; k < kSize; ++k) {
        matrix[i * kSize + j] += factor[i * kSize + k] * factor[j * kSize + k];
      }
    }
    trace += matrix[i * kSize + i];
  }
  const std::vector<double> found = LeadingEigenvalues(matrix, kSize, 2 * kSize);
  ASSERT_EQ(found.size(), kSize);
  for (std::size_t k = 0; k < kSize; ++k) {
    sum += found[k];
    if (k > 0) {
      EXPECT_LE(found[k], found[k - 1] * (1.0 + 1e-9));
    }
  }
  EXPECT_NEAR(sum, trace, 1e-9 * trace);
}

TEST(LeadingEigenvaluesTest, OfNothingButZerosAreZero) {
  EXPECT_EQ(LeadingEigenvalues(std::vector<double>(9), 3, 2), (std::vector<double>{0.0, 0.0}));
}

TEST(LeadingEigenvaluesTest, AMatrixThatIsNotSquareIsRefused) {
  EXPECT_THROW(LeadingEigenvalues(std::vector<double>(6), 3, 1), std::invalid_argument);
}

}  // namespace
}  // namespace lanegrad
