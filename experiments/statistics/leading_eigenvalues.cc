// SPDX-License-Identifier: Apache-2.0
#include "experiments/statistics/leading_eigenvalues.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "kernels/random.h"

namespace lanegrad {
namespace {

constexpr int kIterations = 5000;

double Dot(std::span<const double> a, std::span<const double> b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

// Row by row: the sums of all elements go on side by side, each in the order of the rows.
void Apply(const std::vector<double>& matrix, std::span<const double> v, std::vector<double>& out) {
  std::fill(out.begin(), out.end(), 0.0);
  for (std::size_t i = 0; i < v.size(); ++i) {
    const double* row = matrix.data() + i * v.size();
    for (std::size_t j = 0; j < v.size(); ++j) out[j] += row[j] * v[i];
  }
}

}  // namespace

std::vector<double> LeadingEigenvalues(std::span<const double> matrix, std::size_t size,
                                       std::size_t count) {
  if (matrix.size() != size * size) throw std::invalid_argument("the matrix is not square");
  std::vector<double> rest(matrix.begin(), matrix.end()), v(size), next(size), found;
  RandomStream random(1, Stream::kData);
  for (std::size_t k = 0; k < std::min(count, size); ++k) {
    for (double& each : v) each = random.Normal();
    const double length = std::sqrt(Dot(v, v));
    for (double& each : v) each /= length;
    double value = 0.0;
    for (int iteration = 0; iteration < kIterations; ++iteration) {
      Apply(rest, v, next);
      const double before = value, norm = std::sqrt(Dot(next, next));
      value = Dot(v, next);
      if (norm == 0.0) break;
      for (std::size_t i = 0; i < size; ++i) v[i] = next[i] / norm;
      if (std::fabs(value - before) <= 1e-14 * value) break;
    }
    found.push_back(value);
    for (std::size_t i = 0; i < size; ++i) {
      for (std::size_t j = 0; j < size; ++j) rest[i * size + j] -= value * v[i] * v[j];
    }
  }
  return found;
}

}  // namespace lanegrad
