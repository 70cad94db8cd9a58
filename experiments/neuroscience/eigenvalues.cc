// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/eigenvalues.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

namespace lanegrad {
namespace {

class HessenbergMatrix {
 public:
  HessenbergMatrix(std::vector<double> matrix, std::size_t n) : a_(std::move(matrix)), n_(n) {
    for (std::size_t k = 0; k + 2 < n_; ++k) {
      std::vector<double> v;
      for (std::size_t i = k + 1; i < n_; ++i) v.push_back(At(i, k));
      Reflect(v, k + 1, {k, n_}, {0, n_});
    }
  }

  double& At(std::size_t i, std::size_t j) { return a_[i * n_ + j]; }

  // Whether the element below the diagonal in row i is nothing beside its neighbours.
  bool Negligible(std::size_t i) {
    return std::fabs(At(i, i - 1)) <= std::numeric_limits<double>::epsilon() *
                                          (std::fabs(At(i - 1, i - 1)) + std::fabs(At(i, i)));
  }

  // One double step on rows and columns first .. last, at least three of them, with the two
  // shifts whose sum and product are given.
  void FrancisStep(std::size_t first, std::size_t last, double sum, double product) {
    std::vector<double> v = {
        At(first, first) * At(first, first) + At(first, first + 1) * At(first + 1, first) -
            sum * At(first, first) + product,
        At(first + 1, first) * (At(first, first) + At(first + 1, first + 1) - sum),
        At(first + 1, first) * At(first + 2, first + 1)};
    for (std::size_t k = first; k < last; ++k) {
      const std::size_t left = k > first ? k - 1 : first;
      Reflect(v, k, {left, last + 1}, {first, std::min(k + 4, last + 1)});
      v.clear();
      for (std::size_t i = k + 1; i <= std::min(k + 3, last); ++i) v.push_back(At(i, k));
    }
  }

 private:
  struct Range {
    std::size_t begin, end;
  };

  // The similarity by I - 2 u u^T that takes v to a multiple of its first axis, on rows and
  // columns from `place` on; only these columns of the rows, and these rows of the columns.
  void Reflect(std::vector<double> u, std::size_t place, Range columns, Range rows) {
    double largest = 0.0, square = 0.0;
    for (const double each : u) largest = std::max(largest, std::fabs(each));
    if (largest == 0.0) return;
    for (double& each : u) {
      each /= largest;
      square += each * each;
    }
    u[0] += u[0] < 0.0 ? -std::sqrt(square) : std::sqrt(square);
    square = 0.0;
    for (const double each : u) square += each * each;
    for (std::size_t j = columns.begin; j < columns.end; ++j) {
      double product = 0.0;
      for (std::size_t i = 0; i < u.size(); ++i) product += u[i] * At(place + i, j);
      product *= 2.0 / square;
      for (std::size_t i = 0; i < u.size(); ++i) At(place + i, j) -= product * u[i];
    }
    for (std::size_t i = rows.begin; i < rows.end; ++i) {
      double product = 0.0;
      for (std::size_t j = 0; j < u.size(); ++j) product += u[j] * At(i, place + j);
      product *= 2.0 / square;
      for (std::size_t j = 0; j < u.size(); ++j) At(i, place + j) -= product * u[j];
    }
  }

  std::vector<double> a_;
  std::size_t n_;
};

// Those of a 2 x 2 matrix with half the trace and this determinant.
void AppendPair(double half_trace, double determinant, std::vector<Eigenvalue>& found) {
  const double square = half_trace * half_trace - determinant;
  if (square < 0.0) {
    found.push_back({half_trace, std::sqrt(-square)});
    found.push_back({half_trace, -std::sqrt(-square)});
    return;
  }
  const double larger = half_trace + (half_trace < 0.0 ? -std::sqrt(square) : std::sqrt(square));
  found.push_back({larger, 0.0});
  found.push_back({larger == 0.0 ? 0.0 : determinant / larger, 0.0});
}

}  // namespace

std::vector<Eigenvalue> Eigenvalues(std::vector<double> matrix, std::size_t n) {
  if (matrix.size() != n * n) throw std::invalid_argument("eigenvalues are of square matrices");
  HessenbergMatrix h(std::move(matrix), n);
  std::vector<Eigenvalue> found;
  int steps = 0;
  for (std::size_t rest = n; rest > 0;) {
    const std::size_t last = rest - 1;
    std::size_t first = last;
    while (first > 0 && !h.Negligible(first)) --first;
    if (first == last) {
      found.push_back({h.At(last, last), 0.0});
      rest -= 1, steps = 0;
      continue;
    }
    const double a = h.At(last - 1, last - 1), b = h.At(last - 1, last);
    const double c = h.At(last, last - 1), d = h.At(last, last);
    if (first + 1 == last) {
      AppendPair(0.5 * (a + d), a * d - b * c, found);
      rest -= 2, steps = 0;
      continue;
    }
    if (++steps > 60) throw std::runtime_error("the QR algorithm does not converge");
    // Every tenth step without an eigenvalue is one with other shifts, out of any cycle.
    const double other = std::fabs(c) + std::fabs(h.At(last - 1, last - 2));
    const bool usual = steps % 10 != 0;
    h.FrancisStep(first, last, usual ? a + d : 1.5 * other, usual ? a * d - b * c : other * other);
  }
  return found;
}

double SpectralRadius(std::span<const Eigenvalue> eigenvalues) {
  double radius = 0.0;
  for (const Eigenvalue& each : eigenvalues) {
    radius = std::max(radius, std::sqrt(each.real * each.real + each.imaginary * each.imaginary));
  }
  return radius;
}

double SpectralAbscissa(std::span<const Eigenvalue> eigenvalues) {
  double abscissa = -std::numeric_limits<double>::infinity();
  for (const Eigenvalue& each : eigenvalues) abscissa = std::max(abscissa, each.real);
  return abscissa;
}

}  // namespace lanegrad
