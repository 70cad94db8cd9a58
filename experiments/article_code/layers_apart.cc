// SPDX-License-Identifier: Apache-2.0
#include "experiments/article_code/layers_apart.h"

#include <cmath>

#include "kernels/elementary.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

constexpr std::size_t kRows = 4;
using Rows = std::array<std::array<double, 2>, kRows>;
constexpr Rows kInputs = {{{0, 0}, {0, 1}, {1, 0}, {1, 1}}};
constexpr Rows kTargets = {{{1, 0}, {0, 1}, {0, 1}, {1, 0}}};  // not xor, xor
constexpr double kNumbers = 2.0 * kRows;

Rows Answers(const PairLayer& layer, const Rows& x) {
  Rows a = {};
  for (std::size_t s = 0; s < kRows; ++s) {
    for (std::size_t j = 0; j < 2; ++j) {
      const double z = x[s][0] * layer.w[j] + x[s][1] * layer.w[2 + j] + layer.b[j];
      a[s][j] = 1.0 / (1.0 + Exponential(-z));
    }
  }
  return a;
}

// 2/N (a - y) a (1 - a): the error signal of a layer that has targets.
Rows TargetSignal(const Rows& a) {
  Rows delta = {};
  for (std::size_t s = 0; s < kRows; ++s) {
    for (std::size_t j = 0; j < 2; ++j) {
      delta[s][j] = 2.0 / kNumbers * (a[s][j] - kTargets[s][j]) * a[s][j] * (1.0 - a[s][j]);
    }
  }
  return delta;
}

PairLayer LayerGradientOf(const Rows& x, const Rows& delta) {
  PairLayer g;
  for (std::size_t s = 0; s < kRows; ++s) {
    for (std::size_t j = 0; j < 2; ++j) {
      for (std::size_t i = 0; i < 2; ++i) g.w[i * 2 + j] += x[s][i] * delta[s][j];
      g.b[j] += delta[s][j];
    }
  }
  return g;
}

void Step(PairLayer& layer, const PairLayer& g, double rate) {
  for (std::size_t k = 0; k < 4; ++k) layer.w[k] -= rate * g.w[k];
  for (std::size_t j = 0; j < 2; ++j) layer.b[j] -= rate * g.b[j];
}

// One layer against the final target, as if it were the last.
void TrainAlone(PairLayer& layer, const Rows& x, double rate, std::size_t steps) {
  for (std::size_t step = 0; step < steps; ++step) {
    Step(layer, LayerGradientOf(x, TargetSignal(Answers(layer, x))), rate);
  }
}

}  // namespace

PairNetwork MakePairNetwork(std::uint64_t seed) {
  PairNetwork network;
  RandomStream random(seed, Stream::kWeights);
  const double limit = std::sqrt(6.0 / 4.0);
  for (PairLayer* layer : {&network.first, &network.second}) {
    for (double& w : layer->w) w = limit * (2.0 * static_cast<double>(random.Uniform()) - 1.0);
  }
  return network;
}

double PairLoss(const PairNetwork& network) {
  const Rows a = Answers(network.second, Answers(network.first, kInputs));
  double sum = 0.0;
  for (std::size_t s = 0; s < kRows; ++s) {
    for (std::size_t j = 0; j < 2; ++j) {
      sum += (a[s][j] - kTargets[s][j]) * (a[s][j] - kTargets[s][j]);
    }
  }
  return sum / kNumbers;
}

// [carried-back]
PairNetwork PairGradient(const PairNetwork& network) {
  const Rows h = Answers(network.first, kInputs);
  const Rows delta = TargetSignal(Answers(network.second, h));
  Rows carried = {};
  for (std::size_t s = 0; s < kRows; ++s) {
    for (std::size_t i = 0; i < 2; ++i) {
      const std::array<double, 4>& w = network.second.w;
      const double back = delta[s][0] * w[i * 2] + delta[s][1] * w[i * 2 + 1];
      carried[s][i] = back * h[s][i] * (1.0 - h[s][i]);
    }
  }
  return {LayerGradientOf(kInputs, carried), LayerGradientOf(h, delta)};
}
// [carried-back]

PairEnd TrainPair(PairNetwork network, LayerOrder order, double rate, std::size_t steps) {
  if (order == LayerOrder::kTogether) {
    for (std::size_t step = 0; step < steps; ++step) {
      const PairNetwork g = PairGradient(network);
      Step(network.first, g.first, rate);
      Step(network.second, g.second, rate);
    }
  } else {
    const Rows before = Answers(network.first, kInputs);
    TrainAlone(network.first, kInputs, rate, steps);
    const Rows now = Answers(network.first, kInputs);
    TrainAlone(network.second, order == LayerOrder::kStale ? before : now, rate, steps);
  }
  PairEnd end = {.loss = PairLoss(network)};
  const Rows a = Answers(network.second, Answers(network.first, kInputs));
  for (std::size_t s = 0; s < kRows; ++s) {
    end.right += (a[s][1] > a[s][0]) == (kTargets[s][1] > kTargets[s][0]);
  }
  return end;
}

}  // namespace lanegrad
