// SPDX-License-Identifier: Apache-2.0
#include "experiments/weights/safetensors.h"

#include <gtest/gtest.h>

#include <cstring>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "experiments/weights/tensor_file.h"
#include "network/parameters.h"
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

using Json = nlohmann::ordered_json;

// A file of this header and so many bytes after it.
std::string Bytes(const std::string& header, const std::string& tensors) {
  const std::uint64_t length = header.size();
  return std::string(reinterpret_cast<const char*>(&length), sizeof(length)) + header + tensors;
}

// The floats 1, 2, 3, ...
std::string Floats(std::size_t count) {
  std::string bytes;
  for (std::size_t i = 1; i <= count; ++i) {
    const float value = static_cast<float>(i);
    bytes.append(reinterpret_cast<const char*>(&value), sizeof(value));
  }
  return bytes;
}

// Layers 3-2-1: 6 weights, 2 biases, 2 weights, 1 bias, in the order of a sorting writer.
Json Small() {
  return {{"layers.0.bias", {{"dtype", "F32"}, {"shape", {2}}, {"data_offsets", {0, 8}}}},
          {"layers.0.weight", {{"dtype", "F32"}, {"shape", {3, 2}}, {"data_offsets", {8, 32}}}},
          {"layers.1.bias", {{"dtype", "F32"}, {"shape", {1}}, {"data_offsets", {32, 36}}}},
          {"layers.1.weight", {{"dtype", "F32"}, {"shape", {2, 1}}, {"data_offsets", {36, 44}}}}};
}

// What is said of a file, or that it was read.
std::string Refusal(const std::string& bytes) {
  try {
    UnpackSafetensors(bytes, "w");
  } catch (const DataError& error) {
    return error.what();
  }
  return "read";
}

std::string Refusal(const Json& header, std::size_t floats = 11) {
  return Refusal(Bytes(header.dump(), Floats(floats)));
}

TEST(SafetensorsTest, TensorsAreFoundByNameInAnyOrder) {
  const ImportedNetwork network = UnpackSafetensors(Bytes(Small().dump() + "   ", Floats(11)), "w");
  EXPECT_EQ(network.weights.layers, (std::vector<std::size_t>{3, 2, 1}));
  EXPECT_EQ(network.weights.numbers, (std::vector<float>{3, 4, 5, 6, 7, 8, 1, 2, 10, 11, 9}));
  EXPECT_TRUE(network.about.empty());
}

TEST(SafetensorsTest, WhatIsWrittenReadsBackAndIsWrittenTheSame) {
  const Dataset data = LoadData("moons");
  Settings settings;
  settings.layers = {2, 19, 5, 2};
  settings.activation = "tanh";
  settings.epochs = 2;
  const auto exported = [&](const Settings& chosen, const RunOptions& options) {
    Network network(chosen.layers, Activation::Named("identity"), Activation::Named("identity"));
    const RunResult result = Train(chosen, data, options, &network);
    EXPECT_EQ(UnpackSafetensors(Safetensors(network, result), "w").weights.numbers,
              TakeNumbers(network, Numbers::kWeights));
    return Safetensors(network, result);
  };
  const auto judged = [&](const std::string& bytes) {
    const ImportedNetwork network = UnpackSafetensors(bytes, "w");
    Settings chosen;
    chosen.epochs = 0;
    TakeOver(network, {}, chosen);
    EXPECT_EQ(chosen.activation, "tanh") << "the metadata say what the network is";
    return exported(chosen, {.weights = &network.weights});
  };
  const auto tensors = [](const std::string& bytes) {
    std::uint64_t length;
    std::memcpy(&length, bytes.data(), sizeof(length));
    return bytes.substr(sizeof(length) + length);
  };
  const std::string first = exported(settings, {}), second = judged(first);
  EXPECT_EQ(tensors(second), tensors(first));
  EXPECT_EQ(judged(second), second) << "byte for byte, header and all";
}

TEST(SafetensorsTest, NetworksThatCannotBeAreRefusedWithTheTensorAndItsShape) {
  ASSERT_EQ(Refusal(Small()), "read");
  Json header = Small();
  header["layers.1.weight"]["dtype"] = "F64";
  header["layers.1.weight"]["data_offsets"] = {36, 52};
  EXPECT_EQ(Refusal(header, 13),
            "w: \"layers.1.weight\" is \"F64\", not F32: numbers are read as they are, never "
            "rounded");
  header = Small();
  header["layers.1.weight"]["shape"] = {1, 2};
  EXPECT_EQ(Refusal(header), "w: layers.1.weight has shape (1, 2), not (2, outputs)");
  header = Small();
  header["layers.0.weight"]["shape"] = {6};
  EXPECT_EQ(Refusal(header), "w: layers.0.weight has shape (6), not (inputs, outputs)");
  header["layers.0.weight"]["shape"] = {2, 3};
  EXPECT_EQ(Refusal(header),
            "w: layers.0.bias has shape (2), not (3), where layers.0.weight has (2, 3)");
  header = Small();
  header["layers.0.bias"]["shape"] = {2, 1};
  EXPECT_EQ(Refusal(header),
            "w: layers.0.bias has shape (2, 1), not (2), where layers.0.weight has (3, 2)");
  header = Small();
  header["fc.weight"] = header["layers.1.weight"];
  header.erase("layers.1.weight");
  EXPECT_EQ(Refusal(header),
            "w: layers.1.weight is missing; layer l, from 0, is layers.l.weight and layers.l.bias, "
            "and nothing else may be there, not \"fc.weight\", \"layers.0.bias\", "
            "\"layers.0.weight\", \"layers.1.bias\"");
  header = Small();
  header["extra"] = {{"dtype", "F32"}, {"shape", Json::array()}, {"data_offsets", {44, 48}}};
  EXPECT_NE(Refusal(header, 12).find("layers.2.weight is missing"), std::string::npos);
  EXPECT_NE(Refusal(Json::object(), 0).find("not no tensor"), std::string::npos);
}

TEST(SafetensorsTest, WeightsTheOtherWayRoundAreRecognisedWhereAllOfThemFit) {
  Json header = Small();
  header["layers.0.weight"]["shape"] = {2, 3};
  EXPECT_EQ(Refusal(header).find("transpose"), std::string::npos) << "the second does not";
  header["layers.1.weight"]["shape"] = {1, 2};
  EXPECT_EQ(
      Refusal(header),
      "w: layers.0.bias has shape (2), not (3), where layers.0.weight has (2, 3): weights are "
      "(inputs, outputs) here and (outputs, inputs) in PyTorch; transpose them");
}

TEST(SafetensorsTest, NumbersThatAreNotFiniteAreRefusedWithTheirPlace) {
  for (const float bad :
       {std::numeric_limits<float>::quiet_NaN(), -std::numeric_limits<float>::infinity()}) {
    std::string bytes = Bytes(Small().dump(), Floats(11));
    std::memcpy(bytes.data() + bytes.size() - 44 + 8 + 5 * 4, &bad, sizeof(bad));
    EXPECT_EQ(Refusal(bytes), "w: layers.0.weight[2, 1] is " +
                                  std::string(bad < 0 ? "-inf" : "nan") +
                                  "; no training can begin with it");
    bytes = Bytes(Small().dump(), Floats(11));
    std::memcpy(bytes.data() + bytes.size() - 44 + 4, &bad, sizeof(bad));
    EXPECT_NE(Refusal(bytes).find("layers.0.bias[1] is"), std::string::npos);
  }
}

TEST(SafetensorsTest, FilesThatAreNotWholeAreRefused) {
  const std::string whole = Bytes(Small().dump(), Floats(11));
  for (std::size_t size = 0; size < whole.size(); ++size) {
    EXPECT_NE(Refusal(whole.substr(0, size)), "read") << size;
  }
  EXPECT_EQ(Refusal(whole + "x"),
            "w: damaged: 45 bytes follow its header, but its tensors have 44");
  EXPECT_NE(Refusal(std::string("\x1f\x8b\x08 gzip, whatever")).find("not a safetensors file"),
            std::string::npos);
  const std::string text = Small().dump();
  EXPECT_NE(Refusal(Bytes(text.substr(0, text.size() - 1) + "," + text.substr(1), Floats(11)))
                .find("twice"),
            std::string::npos);
  const auto with = [](const char* tensor, const char* part, Json value) {
    Json header = Small();
    header[tensor][part] = std::move(value);
    return Refusal(header);
  };
  // An overlap, a gap, a hole at the end of the world, a product that overflows.
  EXPECT_NE(with("layers.0.weight", "data_offsets", {0, 24}).find("overlap"), std::string::npos);
  EXPECT_NE(with("layers.1.bias", "data_offsets", {28, 32}).find("overlap"), std::string::npos);
  EXPECT_NE(with("layers.1.weight", "data_offsets", {36, 1ull << 63}).find("truncated"),
            std::string::npos);
  EXPECT_NE(with("layers.1.weight", "data_offsets", {44, 36}).find("truncated or damaged"),
            std::string::npos);
  EXPECT_NE(with("layers.1.weight", "shape", {1ull << 62, 4}).find("not the floats of its shape"),
            std::string::npos);
  EXPECT_NE(with("layers.1.weight", "shape", {0, 1}).find("not the floats"), std::string::npos);
  EXPECT_NE(with("layers.0.weight", "shape", {4, 1}).find("not the floats"), std::string::npos);
  // Each tensor begins where another ends, or before.
  Json shared = Small();
  shared["layers.1.bias"]["data_offsets"] = {28, 32};
  shared["layers.1.weight"]["data_offsets"] = {32, 40};
  EXPECT_NE(Refusal(shared, 10).find("overlap"), std::string::npos);
  for (const Json& wrong : {Json(-1), Json(2.0), Json("2"), Json(nullptr), Json::array({-2, 1})}) {
    EXPECT_NE(with("layers.1.weight", "shape", wrong).find("lacks"), std::string::npos) << wrong;
  }
  Json header = Small();
  header["__metadata__"] = {{"program", 3}};
  EXPECT_NE(Refusal(header).find("\"program\" of its __metadata__ is no text"), std::string::npos);
}

TEST(SafetensorsTest, AnyDamagedByteIsReadOrRefusedOnOneLine) {
  const std::string whole = Bytes(Small().dump(), Floats(11));
  for (std::size_t i = 0; i + 44 < whole.size(); ++i) {
    for (const char byte : {'\n', '"', '{', '9', '\xff', '\0'}) {
      std::string damaged = whole;
      damaged[i] = byte;
      EXPECT_EQ(Refusal(damaged).find('\n'), std::string::npos) << i;
    }
  }
  EXPECT_EQ(Quoted("a\nb\x1b[1m"), "\"a\\nb\\u001b[1m\"");
  EXPECT_LT(Quoted(std::string(1000, 'a')).size(), 80u);
}

TEST(SafetensorsTest, ScalesOfInputsAndTargetAreThoseOfTheFileUnlessOthersAreGiven) {
  Json header = Small();
  header["__metadata__"] = {{"program", "lanegrad"},       {"scale", "standard"},
                            {"target-scale", "standard"},  {"input_shift", "[1,2.5,-3]"},
                            {"input_factor", "[1,2,0.5]"}, {"target_shift", "100"},
                            {"target_factor", "0.25"}};
  const auto read = [&] { return UnpackSafetensors(Bytes(header.dump(), Floats(11)), "w"); };
  ASSERT_TRUE(read().weights.scaling.has_value());
  const InputScaling scaling = *read().weights.scaling;
  EXPECT_EQ(scaling.shift, (std::vector<double>{1.0, 2.5, -3.0}));
  EXPECT_EQ(scaling.factor, (std::vector<double>{1.0, 2.0, 0.5}));
  EXPECT_EQ(scaling.target_shift, 100.0);
  EXPECT_EQ(scaling.target_factor, 0.25);
  Settings settings;
  TakeOver(read(), {}, settings);
  EXPECT_EQ(settings.scale, ImportedScale(scaling));
  EXPECT_EQ(settings.target_scale, ImportedTargetScale(scaling));
  EXPECT_EQ(ReadScale(settings.scale), settings.scale) << "what a record says is read back";
  Settings given;
  given.scale = "standard";
  const std::string_view names[] = {"scale", "target-scale"};
  TakeOver(read(), names, given);
  EXPECT_EQ(given.scale, "standard") << "fitted to the samples at hand";
  EXPECT_EQ(given.target_scale, Settings().target_scale);
  // Other numbers are another scale, and so another run.
  header["__metadata__"]["input_factor"] = "[1,2,0.25]";
  Settings other;
  TakeOver(read(), {}, other);
  EXPECT_NE(other.scale, settings.scale);
  EXPECT_EQ(other.target_scale, settings.target_scale);
  // Without numbers of its own a scale is what its name says.
  header["__metadata__"] = {{"program", "lanegrad"}, {"scale", "0.5/2"}};
  Settings plain;
  TakeOver(read(), {}, plain);
  EXPECT_EQ(plain.scale, "0.5/2");
  // A program that is not this one may call its own things so.
  header["__metadata__"] = {{"program", "another"}, {"input_shift", "x"}};
  EXPECT_FALSE(read().weights.scaling.has_value());
}

TEST(SafetensorsTest, ScalesThatCannotBeAreRefused) {
  Json header = Small();
  const auto with = [&](const char* shift, const char* factor) {
    header["__metadata__"] = {
        {"program", "lanegrad"}, {"input_shift", shift}, {"input_factor", factor}};
    return Refusal(header);
  };
  EXPECT_EQ(with("[1,2,3]", "[1,2,3]"), "read");
  for (const char* shift : {"[1,2]", "[1,2,3,4]", "[1,2,null]", "[1,2,\"3\"]", "1", "", "[1,2",
                            "[1,2,1e999]", "{}", "\n"}) {
    EXPECT_EQ(with(shift, "[1,2,3]"),
              "w: damaged: input_shift of its metadata must be 3 finite numbers in a list")
        << shift;
  }
  EXPECT_EQ(with("[1,2,3]", "[1,0,3]"),
            "w: damaged: input_factor of its metadata must be 3 finite numbers in a list, none of "
            "them 0");
}

TEST(SafetensorsTest, WhatTheCommandLineGivesIsStrongerThanTheMetadata) {
  Json header = Small();
  header["__metadata__"] = {{"program", "lanegrad"},
                            {"activation", "tanh"},
                            {"loss", "mse"},
                            {"output-activation", "sigmoid"},
                            {"rate", "7"}};
  const auto taken = [&](std::vector<std::string_view> given, Settings settings = {}) {
    TakeOver(UnpackSafetensors(Bytes(header.dump(), Floats(11)), "w"), given, settings);
    return settings;
  };
  const Settings all = taken({});
  EXPECT_EQ(all.layers, (std::vector<std::size_t>{3, 2, 1}));
  EXPECT_EQ(all.activation + " " + all.loss + " " + all.output, "tanh mse sigmoid");
  EXPECT_TRUE(IsImported(all.initializer));
  EXPECT_NE(all.rate, 7.0f) << "how a network is trained is not the file's to say";
  EXPECT_EQ(taken({"activation"}).activation, Settings().activation);
  EXPECT_EQ(taken({"activation"}).loss, "mse");

  const auto refusal = [&](std::vector<std::size_t> layers) -> std::string {
    Settings settings;
    settings.layers = std::move(layers);
    try {
      taken({"layers"}, settings);
    } catch (const UsageError& error) {
      return error.what();
    }
    return "taken";
  };
  EXPECT_EQ(refusal({3, 2, 1}), "taken");
  EXPECT_EQ(refusal({3, 4, 1}),
            "w: layers.0.weight has shape (3, 2), but --layers 3-4-1 wants (3, 4)");
  EXPECT_EQ(refusal({3, 2, 5}),
            "w: layers.1.weight has shape (2, 1), but --layers 3-2-5 wants (2, 5)");
  EXPECT_EQ(refusal({3, 2}),
            "w: layers.1.weight has shape (2, 1), but --layers 3-2 has no such layer");
  EXPECT_EQ(refusal({3, 2, 1, 4}),
            "w: layers.2.weight is not there, but --layers 3-2-1-4 wants (1, 4)");

  header["__metadata__"]["activation"] = "swash\nbuckle";
  try {
    taken({});
    FAIL();
  } catch (const DataError& error) {
    EXPECT_EQ(std::string(error.what()),
              "w: this program has no activation \"swash\\nbuckle\", which it says it was made "
              "with; --activation would be believed before it");
  }
  header["__metadata__"]["program"] = "another";
  EXPECT_EQ(taken({}).activation, Settings().activation) << "another program's words";
}

}  // namespace
}  // namespace lanegrad
