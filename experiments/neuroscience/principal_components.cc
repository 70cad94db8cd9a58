// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/principal_components.h"

#include <algorithm>
#include <cmath>

#include "kernels/gemm.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

constexpr std::size_t kChunk = 1000;
constexpr std::size_t kSpare = 3;

double Dot(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

// Gram and Schmidt, twice: once leaves what rounding puts back.
void MakeOrthonormal(std::vector<std::vector<double>>& vectors) {
  for (std::size_t k = 0; k < vectors.size(); ++k) {
    for (int pass = 0; pass < 2; ++pass) {
      for (std::size_t other = 0; other < k; ++other) {
        const double share = Dot(vectors[k], vectors[other]);
        for (std::size_t i = 0; i < vectors[k].size(); ++i) {
          vectors[k][i] -= share * vectors[other][i];
        }
      }
    }
    const double norm = std::sqrt(Dot(vectors[k], vectors[k]));
    for (double& each : vectors[k]) each /= norm;
  }
}

// Mean of x x^T over the samples, row after row.
std::vector<double> SecondMoments(const Samples& samples, std::size_t count,
                                  const std::vector<double>& mean) {
  const std::size_t n = samples.features;
  std::vector<double> moments(n * n);
  Matrix x(std::min(kChunk, count), n), product(n, n);
  for (std::size_t first = 0; first < count; first += kChunk) {
    const std::size_t rows = std::min(kChunk, count - first);
    LoadRows(samples, first, rows, mean, x);
    MultiplyTransposed(x.view(), x.view(), rows, {0, PanelCount(n)}, product.view());
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) moments[i * n + j] += product(i, j);
    }
  }
  for (double& each : moments) each /= static_cast<double>(count);
  return moments;
}

}  // namespace

void LoadRows(const Samples& samples, std::size_t first, std::size_t count,
              const std::vector<double>& mean, Matrix& x) {
  const std::size_t n = samples.features;
  for (std::size_t panel = 0; panel < PanelCount(n); ++panel) {
    const std::size_t begin = panel * kPanel, end = std::min(begin + kPanel, n);
    for (std::size_t r = 0; r < count; ++r) {
      float* row = x.view().Row(panel, r);
      for (std::size_t j = begin; j < end; ++j) {
        const std::size_t at = (first + r) * n + j;
        const float value = samples.bytes.empty() ? samples.values[at]
                                                  : static_cast<float>(samples.bytes[at]) / 255.0f;
        row[j - begin] = mean.empty() ? value : value - static_cast<float>(mean[j]);
      }
    }
  }
}

std::vector<double> MeanOf(const Samples& samples, std::size_t count) {
  const std::size_t n = samples.features;
  std::vector<double> mean(n);
  for (std::size_t r = 0; r < count; ++r) {
    for (std::size_t j = 0; j < n; ++j) {
      const std::size_t at = r * n + j;
      mean[j] += samples.bytes.empty() ? double{samples.values[at]}
                                       : static_cast<double>(samples.bytes[at]);
    }
  }
  const double scale = samples.bytes.empty() ? 1.0 : 255.0;
  for (double& each : mean) each /= scale * static_cast<double>(count);
  return mean;
}

PrincipalComponents FindPrincipalComponents(const Samples& samples, std::size_t count,
                                            std::size_t components, bool centred) {
  const std::size_t n = samples.features;
  PrincipalComponents found;
  found.mean = MeanOf(samples, count);
  const std::vector<double> moments =
      SecondMoments(samples, count, centred ? found.mean : std::vector<double>());
  for (std::size_t i = 0; i < n; ++i) found.total += moments[i * n + i];

  const std::size_t vectors = std::min(components + kSpare, n);
  std::vector<std::vector<double>> basis(vectors, std::vector<double>(n));
  RandomStream random(1, Stream::kData);
  for (auto& vector : basis) {
    for (double& each : vector) each = random.Normal();
  }
  MakeOrthonormal(basis);
  std::vector<double> values(vectors), rows(n * vectors), sums(vectors);
  for (int iteration = 0; iteration < 400; ++iteration) {
    for (std::size_t j = 0; j < n; ++j) {
      for (std::size_t k = 0; k < vectors; ++k) rows[j * vectors + k] = basis[k][j];
    }
    std::vector<std::vector<double>> next(vectors, std::vector<double>(n));
    for (std::size_t i = 0; i < n; ++i) {
      std::fill(sums.begin(), sums.end(), 0.0);
      for (std::size_t j = 0; j < n; ++j) {
        for (std::size_t k = 0; k < vectors; ++k) {
          sums[k] += moments[i * n + j] * rows[j * vectors + k];
        }
      }
      for (std::size_t k = 0; k < vectors; ++k) next[k][i] = sums[k];
    }
    double change = 0.0;
    for (std::size_t k = 0; k < vectors; ++k) {
      const double value = Dot(next[k], basis[k]);
      if (k < components) change = std::max(change, std::fabs(value - values[k]) / value);
      values[k] = value;
    }
    basis = std::move(next);
    MakeOrthonormal(basis);
    if (change < 1e-12) break;
  }
  values.resize(std::min(components, n));
  basis.resize(values.size());
  found.values = values;
  found.directions = std::move(basis);
  return found;
}

}  // namespace lanegrad
