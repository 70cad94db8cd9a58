// SPDX-License-Identifier: Apache-2.0
#include "experiments/definition/description.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "kernels/random.h"

namespace lanegrad {
namespace {

std::vector<std::uint32_t> RandomOrder(std::size_t count, std::uint64_t seed, std::uint64_t part) {
  std::vector<std::uint32_t> order(count);
  Permutation(RandomStream(seed, Stream::kNoise, part), order.data(), count);
  return order;
}

// To the nearest number of so many significant bits.
double RoundedTo(double x, int bits) {
  if (x == 0.0) return x;
  const int exponent = bits - 1 - std::ilogb(x);
  return std::ldexp(std::nearbyint(std::ldexp(x, exponent)), -exponent);
}

void Round(Description& description, int bits) {
  for (DescribedLayer& layer : description) {
    for (double& weight : layer.weights) weight = RoundedTo(weight, bits);
    for (double& bias : layer.biases) bias = RoundedTo(bias, bits);
  }
}

// Unit order[j] of layer l becomes unit j.
void Reorder(Description& description, std::size_t l, const std::vector<std::uint32_t>& order) {
  const DescribedLayer before = description[l], above = description[l + 1];
  for (std::size_t j = 0; j < before.out; ++j) {
    for (std::size_t i = 0; i < before.in; ++i) {
      description[l].weights[i * before.out + j] = before.weights[i * before.out + order[j]];
    }
    description[l].biases[j] = before.biases[order[j]];
    for (std::size_t k = 0; k < above.out; ++k) {
      description[l + 1].weights[j * above.out + k] = above.weights[order[j] * above.out + k];
    }
  }
}

}  // namespace

Description Describe(const Network& network) {
  Description description;
  for (const Layer& layer : network.layers()) {
    DescribedLayer described = {.in = layer.in(),
                                .out = layer.out(),
                                .weights = {},
                                .biases = {},
                                .activation = layer.activation};
    for (std::size_t i = 0; i < layer.in(); ++i) {
      for (std::size_t j = 0; j < layer.out(); ++j) {
        described.weights.push_back(static_cast<double>(layer.weights(i, j)));
      }
    }
    for (std::size_t j = 0; j < layer.out(); ++j) {
      described.biases.push_back(static_cast<double>(layer.bias.data()[j]));
    }
    description.push_back(std::move(described));
  }
  return description;
}

// [description-answer]
std::size_t Answer(const Description& description, const std::uint8_t* pixels) {
  std::vector<double> a;
  for (std::size_t i = 0; i < description.front().in; ++i) a.push_back(pixels[i] / 255.0);
  for (const DescribedLayer& layer : description) {
    std::vector<double> z = layer.biases;
    for (std::size_t i = 0; i < layer.in; ++i) {
      for (std::size_t j = 0; j < layer.out; ++j) z[j] += a[i] * layer.weights[i * layer.out + j];
    }
    a.clear();
    for (const double each : z) {
      const float input = static_cast<float>(each);
      float value, slope;
      Activate(layer.activation, &input, 1, &value, &slope);
      a.push_back(static_cast<double>(value));
    }
  }
  return static_cast<std::size_t>(std::max_element(a.begin(), a.end()) - a.begin());
}
// [description-answer]

// [description-change]
Description Changed(Description description, Change change, std::uint64_t seed) {
  const std::size_t hidden = description.size() - 1;
  switch (change) {
    case Change::kNone:
      break;
    case Change::kBiases:
      for (DescribedLayer& layer : description) layer.biases.assign(layer.out, 0.0);
      break;
    case Change::kActivation:
      for (DescribedLayer& layer : description) layer.activation = Activation::Named("identity");
      break;
    case Change::kWeights:
      for (std::size_t l = 0; l <= hidden; ++l) {
        const std::vector<double> weights = description[l].weights;
        const std::vector<std::uint32_t> order = RandomOrder(weights.size(), seed, l);
        for (std::size_t i = 0; i < order.size(); ++i) {
          description[l].weights[i] = weights[order[i]];
        }
      }
      break;
    case Change::kOrder:
      for (std::size_t l = 0; l < hidden; ++l) {
        Reorder(description, l, RandomOrder(description[l].out, seed, l));
      }
      break;
    case Change::kDigits:
      Round(description, kKeptBits);
      break;
    case Change::kFewDigits:
      Round(description, kFewBits);
      break;
  }
  return description;
}
// [description-change]

std::vector<std::size_t> Answers(const Description& description, const Samples& samples) {
  std::vector<std::size_t> answers;
  for (std::size_t s = 0; s < samples.count; ++s) {
    answers.push_back(Answer(description, samples.bytes.data() + s * samples.features));
  }
  return answers;
}

std::vector<std::size_t> Answers(const Network& network, const Samples& samples) {
  std::vector<std::uint32_t> all;
  for (std::uint32_t s = 0; s < samples.count; ++s) all.push_back(s);
  Matrix x(samples.count, samples.features), y(samples.count, network.outputs());
  Gather(samples, all, {0, samples.count}, x.view(), y.view());
  Workspace space = network.MakeWorkspace(samples.count, false);
  network.Forward(x.view(), samples.count, space);
  std::vector<std::size_t> answers;
  for (std::size_t s = 0; s < samples.count; ++s) {
    std::size_t best = 0;
    for (std::size_t c = 1; c < network.outputs(); ++c) {
      if (space.values.back()(s, c) > space.values.back()(s, best)) best = c;
    }
    answers.push_back(best);
  }
  return answers;
}

}  // namespace lanegrad
