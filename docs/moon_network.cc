// SPDX-License-Identifier: Apache-2.0
#include "docs/moon_network.h"

#include "network/synthetic.h"
#include "network/trainer.h"

namespace lanegrad {

Description MoonDescription() {
  Settings settings;
  settings.layers = {2, 8, 2};
  settings.activation = "tanh";
  settings.rate = 0.5f;
  settings.epochs = 60;
  Network network(settings.layers, Activation::Named(settings.activation),
                  Output::Named("softmax"));
  Train(settings, LoadData("moons"), {.test = false, .health = false}, &network);
  Description description = Describe(network);
  // Inputs of the square become inputs from 0 to 1: x w + b = u (side w) + (corner w + b).
  DescribedLayer& first = description.front();
  for (std::size_t j = 0; j < first.out; ++j) {
    double &across = first.weights[j], &upwards = first.weights[first.out + j];
    first.biases[j] += kMoonLeft * across + kMoonBottom * upwards;
    across *= kMoonSide;
    upwards *= kMoonSide;
  }
  return description;
}

}  // namespace lanegrad
