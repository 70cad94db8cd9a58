// SPDX-License-Identifier: Apache-2.0
#include "experiments/article_code/layer_gradient.h"

#include <cmath>

#include "kernels/elementary.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

constexpr double kNumbers = kLayerSamples * kLayerSize;

// Sum over samples of left(s, i) * right(s, j).
template <typename Left, typename Right>
LayerWeights Product(const Left& left, const Right& right) {
  LayerWeights g = {};
  for (std::size_t k = 0; k < g.size(); ++k) {
    for (std::size_t s = 0; s < kLayerSamples; ++s) {
      g[k] += left(s, k / kLayerSize) * right(s, k % kLayerSize);
    }
  }
  return g;
}

}  // namespace

void DrawLayer(std::uint64_t seed, LayerTask& task, LayerWeights& w) {
  RandomStream random(seed, Stream::kData);
  for (auto& each : task.x) {
    for (double& x : each) x = static_cast<double>(random.Uniform());
  }
  for (auto& each : task.y) {
    for (double& y : each) y = static_cast<double>(random.Below(2));
  }
  for (double& weight : w) weight = static_cast<double>(random.Uniform());
}

LayerOutputs LayerAnswers(const LayerTask& task, const LayerWeights& w) {
  LayerOutputs a = {};
  for (std::size_t s = 0; s < kLayerSamples; ++s) {
    for (std::size_t j = 0; j < kLayerSize; ++j) {
      double z = 0.0;
      for (std::size_t i = 0; i < kLayerSize; ++i) z += task.x[s][i] * w[i * kLayerSize + j];
      a[s][j] = 1.0 / (1.0 + Exponential(-z));
    }
  }
  return a;
}

double LayerError(const LayerTask& task, const LayerWeights& w) {
  const LayerOutputs a = LayerAnswers(task, w);
  double sum = 0.0;
  for (std::size_t s = 0; s < kLayerSamples; ++s) {
    for (std::size_t j = 0; j < kLayerSize; ++j) {
      const double error = a[s][j] - task.y[s][j];
      sum += error * error;
    }
  }
  return sum / kNumbers;
}

// What the article's program calls the gradient: outputs times errors. The input,
// the slope and the factor 2/N are missing, and the sign is turned.
// [article-gradient]
LayerWeights ArticleGradient(const LayerTask& task, const LayerWeights& w) {
  const LayerOutputs a = LayerAnswers(task, w);
  return Product([&](std::size_t s, std::size_t i) { return a[s][i]; },
                 [&](std::size_t s, std::size_t j) { return task.y[s][j] - a[s][j]; });
}
// [article-gradient]

LayerWeights TurnedGradient(const LayerTask& task, const LayerWeights& w) {
  const LayerOutputs a = LayerAnswers(task, w);
  return Product([&](std::size_t s, std::size_t i) { return a[s][i]; },
                 [&](std::size_t s, std::size_t j) { return a[s][j] - task.y[s][j]; });
}

LayerWeights SlopedGradient(const LayerTask& task, const LayerWeights& w) {
  const LayerOutputs a = LayerAnswers(task, w);
  return Product([&](std::size_t s, std::size_t i) { return a[s][i]; },
                 [&](std::size_t s, std::size_t j) {
                   return (a[s][j] - task.y[s][j]) * a[s][j] * (1.0 - a[s][j]);
                 });
}

LayerWeights InputGradient(const LayerTask& task, const LayerWeights& w) {
  const LayerOutputs a = LayerAnswers(task, w);
  return Product([&](std::size_t s, std::size_t i) { return task.x[s][i]; },
                 [&](std::size_t s, std::size_t j) { return a[s][j] - task.y[s][j]; });
}

// dE/dW = X^T (2/N (a - y) a (1 - a)): section 3.2 set right.
// [right-gradient]
LayerWeights TrueGradient(const LayerTask& task, const LayerWeights& w) {
  const LayerOutputs a = LayerAnswers(task, w);
  return Product([&](std::size_t s, std::size_t i) { return task.x[s][i]; },
                 [&](std::size_t s, std::size_t j) {
                   return 2.0 / kNumbers * (a[s][j] - task.y[s][j]) * a[s][j] * (1.0 - a[s][j]);
                 });
}
// [right-gradient]

LayerWeights DifferenceGradient(const LayerTask& task, const LayerWeights& w) {
  constexpr double kStep = 1e-5;
  LayerWeights moved = w, g = {};
  for (std::size_t k = 0; k < g.size(); ++k) {
    moved[k] = w[k] + kStep;
    const double above = LayerError(task, moved);
    moved[k] = w[k] - kStep;
    g[k] = (above - LayerError(task, moved)) / (2.0 * kStep);
    moved[k] = w[k];
  }
  return g;
}

std::span<const NamedGradient> LayerGradients() {
  static constexpr NamedGradient kGradients[] = {
      {"article", "the article's", ArticleGradient},
      {"turned", "its sign turned", TurnedGradient},
      {"sloped", "sign and slope", SlopedGradient},
      {"input", "sign and input", InputGradient},
      {"right", "sign, slope and input", TrueGradient},
  };
  return kGradients;
}

LayerOutputs ArticleOutputGradient(const LayerTask& task, const LayerWeights& w) {
  LayerOutputs g = LayerAnswers(task, w);
  for (std::size_t s = 0; s < kLayerSamples; ++s) {
    for (std::size_t j = 0; j < kLayerSize; ++j) g[s][j] = 2.0 * (task.y[s][j] - g[s][j]);
  }
  return g;
}

LayerOutputs TrueOutputGradient(const LayerTask& task, const LayerWeights& w) {
  LayerOutputs g = LayerAnswers(task, w);
  for (std::size_t s = 0; s < kLayerSamples; ++s) {
    for (std::size_t j = 0; j < kLayerSize; ++j) {
      g[s][j] = 2.0 / kNumbers * (g[s][j] - task.y[s][j]);
    }
  }
  return g;
}

double CosineOf(std::span<const double> a, std::span<const double> b) {
  double ab = 0.0, aa = 0.0, bb = 0.0;
  for (std::size_t k = 0; k < a.size(); ++k) {
    ab += a[k] * b[k];
    aa += a[k] * a[k];
    bb += b[k] * b[k];
  }
  return ab / std::sqrt(aa * bb);
}

double ErrorAfter(const LayerTask& task, LayerWeights w, LayerGradient gradient, double rate,
                  std::size_t steps) {
  for (std::size_t step = 0; step < steps; ++step) {
    const LayerWeights g = gradient(task, w);
    for (std::size_t k = 0; k < w.size(); ++k) w[k] -= rate * g[k];
  }
  return LayerError(task, w);
}

// [in-place]
void DescendInPlace(const LayerTask& task, LayerWeights& w, double rate, std::size_t steps) {
  for (std::size_t step = 0; step < steps; ++step) {
    const LayerWeights g = TrueGradient(task, w);
    for (std::size_t k = 0; k < w.size(); ++k) w[k] -= rate * g[k];
  }
}

LayerWeights Descend(const LayerTask& task, LayerWeights w, double rate, std::size_t steps) {
  DescendInPlace(task, w, rate, steps);  // w is a copy of the caller's
  return w;
}
// [in-place]

}  // namespace lanegrad
