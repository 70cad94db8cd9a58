// SPDX-License-Identifier: Apache-2.0
#include "experiments/losses/landscape.h"

#include <algorithm>
#include <cmath>

#include "kernels/random.h"
#include "network/evaluation.h"
#include "network/parameters.h"

namespace lanegrad {

double LossOf::operator()(const Network& network) const {
  return EvaluateNetwork(network, loss, samples, chosen).loss;
}

std::vector<double> LossesAlong(const Network& network, std::span<const float> a,
                                std::span<const float> b, std::span<const double> places,
                                const LossOf& loss) {
  Network moved = network;
  std::vector<float> numbers(a.size());
  std::vector<double> losses;
  for (const double t : places) {
    for (std::size_t i = 0; i < a.size(); ++i) {
      numbers[i] = static_cast<float>((1.0 - t) * a[i] + t * b[i]);
    }
    PutNumbers(moved, Numbers::kWeights, numbers);
    losses.push_back(loss(moved));
  }
  return losses;
}

std::vector<float> UnitWiseDirection(const Network& network, std::uint64_t seed,
                                     std::uint64_t which) {
  RandomStream random(seed, Stream::kNoise, which);
  std::vector<float> direction;
  for (const Layer& layer : network.layers()) {
    const std::size_t begin = direction.size();
    for (std::size_t i = 0; i < layer.in() * layer.out(); ++i) {
      direction.push_back(random.Normal());
    }
    for (std::size_t j = 0; j < layer.out(); ++j) {
      double own = 0.0, drawn = 0.0;
      for (std::size_t i = 0; i < layer.in(); ++i) {
        const double w = layer.weights(i, j), d = direction[begin + i * layer.out() + j];
        own += w * w;
        drawn += d * d;
      }
      const double scale = std::sqrt(own / drawn);
      for (std::size_t i = 0; i < layer.in(); ++i) {
        float& d = direction[begin + i * layer.out() + j];
        d = static_cast<float>(scale * d);
      }
    }
    direction.resize(direction.size() + layer.out());  // biases
  }
  return direction;
}

std::vector<double> LossesOnPlane(const Network& network, std::span<const float> d1,
                                  std::span<const float> d2, std::span<const double> places,
                                  const LossOf& loss) {
  const std::vector<float> own = TakeNumbers(network, Numbers::kWeights);
  Network moved = network;
  std::vector<float> numbers(own.size());
  std::vector<double> losses;
  for (std::size_t row = 0; row < places.size(); ++row) {
    const double v = places[places.size() - 1 - row];
    for (const double u : places) {
      for (std::size_t i = 0; i < own.size(); ++i) {
        numbers[i] = static_cast<float>(own[i] + u * d1[i] + v * d2[i]);
      }
      PutNumbers(moved, Numbers::kWeights, numbers);
      losses.push_back(loss(moved));
    }
  }
  return losses;
}

double BarrierOf(std::span<const double> losses) {
  return *std::max_element(losses.begin(), losses.end()) - std::max(losses.front(), losses.back());
}

double LargestRise(std::span<const double> losses) {
  double least = losses.front(), rise = 0.0;
  for (const double loss : losses) {
    least = std::min(least, loss);
    rise = std::max(rise, loss - least);
  }
  return rise;
}

}  // namespace lanegrad
