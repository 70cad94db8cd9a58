// SPDX-License-Identifier: Apache-2.0
#include "docs/hand_networks.h"

#include <cstdint>
#include <initializer_list>

namespace lanegrad {
namespace {

// A network 2-n-1 by its numbers: weights of unit after unit of the hidden layer, its biases, the
// weights of the output, and its bias.
Network TwoInputs(std::string_view activation,
                  std::initializer_list<std::array<float, 2>> into_units,
                  std::initializer_list<float> biases, std::initializer_list<float> outgoing,
                  float bias) {
  const std::array<std::size_t, 3> sizes = {2, into_units.size(), 1};
  Network network(sizes, Activation::Named(activation), Activation::Named("identity"));
  Layer &hidden = network.layers()[0], &output = network.layers()[1];
  for (std::size_t j = 0; j < into_units.size(); ++j) {
    for (std::size_t i = 0; i < 2; ++i) hidden.weights(i, j) = into_units.begin()[j][i];
    hidden.bias.data()[j] = biases.begin()[j];
    output.weights(j, 0) = outgoing.begin()[j];
  }
  output.bias.data()[0] = bias;
  return network;
}

Pictures OnePicture(std::array<float, 2> x, float reference) {
  Pictures pictures = {
      .width = 2, .height = 1, .x = Matrix(1, 2), .reference = {reference, reference}};
  for (std::size_t i = 0; i < 2; ++i) pictures.x(0, i) = x[i];
  return pictures;
}

}  // namespace

Network ForwardNetwork() {
  return TwoInputs("sigmoid", {{1.5f, -2.0f}, {-1.0f, 2.0f}}, {0.5f, -0.5f}, {1.0f, -2.0f}, 0.25f);
}

std::vector<PixelNetwork> PixelNetworks() {
  std::vector<PixelNetwork> all;
  all.push_back({"either pixel is enough", TwoInputs("relu", {{1.0f, 1.0f}, {1.0f, 1.0f}},
                                                     {0.0f, -1.0f}, {1.0f, -1.0f}, 0.0f)});
  all.push_back({"both are needed", TwoInputs("relu", {{1.0f, 1.0f}}, {-1.0f}, {1.0f}, 0.0f)});
  all.push_back({"one less the other", TwoInputs("relu", {{1.0f, -1.0f}}, {0.0f}, {1.0f}, 0.0f)});
  all.push_back({"their sum", TwoInputs("relu", {{1.0f, 1.0f}}, {0.0f}, {1.0f}, 0.0f)});
  return all;
}

std::array<double, 2> PixelMapOf(MapKind kind, const Network& network, std::array<float, 2> x,
                                 float reference) {
  if (kind == MapKind::kOcclusion) {
    const double output = OutputAt(network, x);
    return {output - OutputAt(network, {reference, x[1]}),
            output - OutputAt(network, {x[0], reference})};
  }
  const std::array<std::uint8_t, 1> classes = {0};
  const PixelMap map = Explain(kind, network, OnePicture(x, reference), classes).front();
  return {map[0], map[1]};
}

double OutputAt(const Network& network, std::array<float, 2> x) {
  const Pictures picture = OnePicture(x, 0.0f);
  return static_cast<double>(OutputsOf(network, picture.x.view())(0, 0));
}

}  // namespace lanegrad
