// SPDX-License-Identifier: Apache-2.0
#include "network/parameters.h"

namespace lanegrad {
namespace {

// Calls visit(number) for each, in their order. Net is Network or const Network.
template <class Net, class Visit>
void ForEachNumber(Net& network, Numbers which, Visit&& visit) {
  const auto matrix = [&](auto& weights, auto& bias, std::size_t in, std::size_t out) {
    for (std::size_t i = 0; i < in; ++i) {
      for (std::size_t j = 0; j < out; ++j) visit(weights.view().At(i, j));
    }
    for (std::size_t j = 0; j < out; ++j) visit(bias[j]);
  };
  for (auto& layer : network.layers()) {
    matrix(layer.weights, layer.bias, layer.in(), layer.out());
    if (which == Numbers::kWeights) continue;
    for (std::size_t s = 0; s < layer.weight_states.size(); ++s) {
      matrix(layer.weight_states[s], layer.bias_states[s], layer.in(), layer.out());
    }
  }
}

}  // namespace

std::size_t CountNumbers(const Network& network, Numbers which) {
  std::size_t count = 0;
  for (const Layer& layer : network.layers()) {
    const std::size_t states = which == Numbers::kWeights ? 0 : layer.weight_states.size();
    count += (layer.in() + 1) * layer.out() * (1 + states);
  }
  return count;
}

std::vector<float> TakeNumbers(const Network& network, Numbers which) {
  std::vector<float> numbers;
  numbers.reserve(CountNumbers(network, which));
  ForEachNumber(network, which, [&](float number) { numbers.push_back(number); });
  return numbers;
}

void PutNumbers(Network& network, Numbers which, std::span<const float> numbers) {
  const float* next = numbers.data();
  ForEachNumber(network, which, [&](float& number) { number = *next++; });
}

}  // namespace lanegrad
