// SPDX-License-Identifier: Apache-2.0
#include "experiments/approximation/least_squares.h"

#include <cmath>
#include <stdexcept>

namespace lanegrad {
namespace {

double Dot(const std::vector<double>& a, const std::vector<double>& b, std::size_t from) {
  double sum = 0.0;
  for (std::size_t i = from; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

}  // namespace

std::vector<double> LeastSquares(std::vector<std::vector<double>> columns,
                                 std::span<const double> y, double damping) {
  const std::size_t n = columns.size();
  for (std::size_t j = 0; j < n; ++j) {
    if (columns[j].size() != y.size()) throw std::invalid_argument("columns of another length");
    // Damping is n more equations: damping * w_j = 0.
    columns[j].resize(y.size() + n, 0.0);
    columns[j][y.size() + j] = damping;
  }
  std::vector<double> right(y.begin(), y.end());
  right.resize(y.size() + n, 0.0);
  std::vector<double> diagonal(n);
  for (std::size_t j = 0; j < n; ++j) {
    // Reflect column j onto its element j: v = column + sign * norm * e_j, from j on.
    std::vector<double>& v = columns[j];
    const double norm = std::sqrt(Dot(v, v, j));
    diagonal[j] = v[j] >= 0.0 ? -norm : norm;
    v[j] -= diagonal[j];
    const double square = Dot(v, v, j);
    if (square == 0.0) continue;
    const auto reflect = [&](std::vector<double>& column) {
      const double factor = 2.0 * Dot(v, column, j) / square;
      for (std::size_t i = j; i < column.size(); ++i) column[i] -= factor * v[i];
    };
    for (std::size_t k = j + 1; k < n; ++k) reflect(columns[k]);
    reflect(right);
  }
  std::vector<double> w(n, 0.0);
  for (std::size_t j = n; j-- > 0;) {
    double sum = right[j];
    for (std::size_t k = j + 1; k < n; ++k) sum -= columns[k][j] * w[k];
    w[j] = diagonal[j] == 0.0 ? 0.0 : sum / diagonal[j];
  }
  return w;
}

}  // namespace lanegrad
