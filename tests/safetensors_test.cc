// SPDX-License-Identifier: Apache-2.0
#include "experiments/safetensors.h"

#include <gtest/gtest.h>

#include <cstring>
#include <nlohmann/json.hpp>

#include "network/synthetic.h"

namespace lanegrad {
namespace {

TEST(SafetensorsTest, EveryWeightAndBiasIsWhereTheHeaderSays) {
  const Dataset data = LoadData("moons");
  Settings settings;
  settings.layers = {2, 19, 5, 2};
  settings.epochs = 2;
  Network network(settings.layers, Activation::Named("identity"), Activation::Named("identity"));
  const RunResult result = Train(settings, data, {}, &network);
  const std::string bytes = Safetensors(network, result);

  std::uint64_t length;
  ASSERT_GT(bytes.size(), sizeof(length));
  std::memcpy(&length, bytes.data(), sizeof(length));
  EXPECT_EQ(length % 8, 0u);
  const auto header = nlohmann::json::parse(bytes.substr(8, length));
  const char* tensors = bytes.data() + 8 + length;
  const auto element = [&](const std::string& name, std::size_t index) {
    float value;
    const std::size_t begin = header.at(name).at("data_offsets").at(0);
    std::memcpy(&value, tensors + begin + index * sizeof(float), sizeof(float));
    return value;
  };
  std::size_t end = 0;
  for (std::size_t l = 0; l < network.layers().size(); ++l) {
    const Layer& layer = network.layers()[l];
    const std::string weight = "layers." + std::to_string(l) + ".weight";
    const std::string bias = "layers." + std::to_string(l) + ".bias";
    EXPECT_EQ(header.at(weight).at("shape"), nlohmann::json({layer.in(), layer.out()}));
    EXPECT_EQ(header.at(weight).at("dtype"), "F32");
    for (std::size_t i = 0; i < layer.in(); ++i) {
      for (std::size_t j = 0; j < layer.out(); ++j) {
        ASSERT_EQ(element(weight, i * layer.out() + j), layer.weights(i, j));
      }
    }
    for (std::size_t j = 0; j < layer.out(); ++j) ASSERT_EQ(element(bias, j), layer.bias[j]);
    end = header.at(bias).at("data_offsets").at(1);
  }
  EXPECT_EQ(8 + length + end, bytes.size()) << "nothing is left over";
  EXPECT_EQ(header.at("__metadata__").at("digest"), result.digest);
  EXPECT_EQ(header.at("__metadata__").at("layers"), "2-19-5-2");
}

}  // namespace
}  // namespace lanegrad
