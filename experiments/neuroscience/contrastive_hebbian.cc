// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/contrastive_hebbian.h"

#include <algorithm>
#include <cmath>

#include "kernels/elementary.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

double Logistic(double z) { return 1.0 / (1.0 + Exponential(-z)); }

double Length(const SettlingNetwork::Changes& changes) {
  double sum = 0.0;
  for (const auto& layer : changes) {
    for (const double each : layer) sum += each * each;
  }
  return std::sqrt(sum);
}

}  // namespace

SettlingNetwork::SettlingNetwork(std::vector<std::size_t> sizes, std::uint64_t seed)
    : sizes_(std::move(sizes)) {
  for (std::size_t l = 0; l + 1 < sizes_.size(); ++l) {
    RandomStream random(seed, Stream::kWeights, l);
    const double deviation = 1.5 / std::sqrt(static_cast<double>(sizes_[l]));
    std::vector<double>& layer = weights_.emplace_back(sizes_[l] * sizes_[l + 1]);
    for (double& each : layer) each = deviation * random.Normal();
  }
}

std::vector<double> SettlingNetwork::WeightedInput(const Activities& a, std::size_t l) const {
  std::vector<double> z(sizes_[l + 1]);
  for (std::size_t i = 0; i < sizes_[l]; ++i) {
    for (std::size_t j = 0; j < z.size(); ++j) z[j] += a[l][i] * weights_[l][i * z.size() + j];
  }
  return z;
}

SettlingNetwork::Activities SettlingNetwork::Settle(const std::vector<double>& x,
                                                    const std::vector<double>* held,
                                                    double gamma) const {
  const std::size_t last = weights_.size();
  Activities a = {x};
  for (std::size_t l = 0; l < last; ++l) {
    a.push_back(WeightedInput(a, l));
    if (l + 1 < last) std::transform(a.back().begin(), a.back().end(), a.back().begin(), Logistic);
  }
  if (held != nullptr) a[last] = *held;
  // Each sweep brings the layers into agreement with their neighbours, down and up again.
  for (int sweep = 0; sweep < 2000; ++sweep) {
    double change = 0.0;
    for (std::size_t l = 0; l + 1 < last; ++l) {
      std::vector<double> z = WeightedInput(a, l);
      for (std::size_t j = 0; j < z.size(); ++j) {
        for (std::size_t k = 0; k < sizes_[l + 2]; ++k) {
          z[j] += gamma * a[l + 2][k] * weights_[l + 1][j * sizes_[l + 2] + k];
        }
        const double settled = Logistic(z[j]);
        change = std::max(change, std::fabs(settled - a[l + 1][j]));
        a[l + 1][j] = settled;
      }
    }
    if (held == nullptr) a[last] = WeightedInput(a, last - 1);
    if (change < 1e-16) break;
  }
  return a;
}

SettlingNetwork::Changes SettlingNetwork::Descent(const std::vector<double>& x,
                                                  const std::vector<double>& y) const {
  const std::size_t last = weights_.size();
  Activities a = {x};
  for (std::size_t l = 0; l < last; ++l) {
    a.push_back(WeightedInput(a, l));
    if (l + 1 < last) std::transform(a.back().begin(), a.back().end(), a.back().begin(), Logistic);
  }
  Changes changes(last);
  std::vector<double> delta(y.size());
  for (std::size_t j = 0; j < y.size(); ++j) delta[j] = y[j] - a[last][j];
  for (std::size_t l = last; l-- > 0;) {
    std::vector<double> below(sizes_[l]);
    for (std::size_t i = 0; i < sizes_[l]; ++i) {
      for (std::size_t j = 0; j < delta.size(); ++j) {
        changes[l].push_back(a[l][i] * delta[j]);
        below[i] += delta[j] * weights_[l][i * delta.size() + j];
      }
      below[i] *= a[l][i] * (1.0 - a[l][i]);
    }
    delta = below;
  }
  return changes;
}

// [contrast]
SettlingNetwork::Changes SettlingNetwork::Contrast(const std::vector<double>& x,
                                                   const std::vector<double>& y,
                                                   double gamma) const {
  const std::size_t last = weights_.size();
  const Activities held = Settle(x, &y, gamma), free = Settle(x, nullptr, gamma);
  Changes changes(last);
  double scale = 1.0;
  for (std::size_t l = last; l-- > 0; scale /= gamma) {
    for (std::size_t i = 0; i < sizes_[l]; ++i) {
      for (std::size_t j = 0; j < sizes_[l + 1]; ++j) {
        changes[l].push_back(scale * (held[l][i] * held[l + 1][j] - free[l][i] * free[l + 1][j]));
      }
    }
  }
  return changes;
}
// [contrast]

double ChordBetween(const SettlingNetwork::Changes& a, const SettlingNetwork::Changes& b) {
  const double of_a = Length(a), of_b = Length(b);
  double sum = 0.0;
  for (std::size_t l = 0; l < a.size(); ++l) {
    for (std::size_t k = 0; k < a[l].size(); ++k) {
      const double difference = a[l][k] / of_a - b[l][k] / of_b;
      sum += difference * difference;
    }
  }
  return std::sqrt(sum);
}

}  // namespace lanegrad
