// SPDX-License-Identifier: Apache-2.0
#include "experiments/weights/safetensors.h"

#include <fmt/format.h>

#include <bit>
#include <cstring>
#include <nlohmann/json.hpp>

#include "experiments/json/json.h"

namespace lanegrad {
namespace {

static_assert(std::endian::native == std::endian::little, "the format is little-endian");

void Append(std::string& bytes, const void* data, std::size_t size) {
  bytes.append(static_cast<const char*>(data), size);
}

}  // namespace

std::string WeightName(std::size_t layer) { return fmt::format("layers.{}.weight", layer); }
std::string BiasName(std::size_t layer) { return fmt::format("layers.{}.bias", layer); }

std::string Safetensors(const Network& network, const RunResult& result) {
  Json header;
  Json& about = header["__metadata__"];
  about["program"] = "lanegrad";
  about["status"] = StatusName(result.status);
  about["digest"] = result.digest;
  for (const SettingsField& field : SettingsFields()) {
    about[std::string(field.name)] = field.get(result.settings);
  }
  // What an outside program needs to bring numbers to the network and to read its answer: texts,
  // since metadata are.
  const InputScaling& scaling = result.scaling;
  if (!scaling.shift.empty()) {
    about[kInputShift] = JsonText(Json(scaling.shift));
    about[kInputFactor] = JsonText(Json(scaling.factor));
  }
  if (scaling.target_shift != 0.0 || scaling.target_factor != 1.0) {
    about[kTargetShift] = JsonText(Json(scaling.target_shift));
    about[kTargetFactor] = JsonText(Json(scaling.target_factor));
  }
  std::string tensors;
  const auto add = [&](const std::string& name, std::vector<std::size_t> shape,
                       const auto& element) {
    const std::size_t begin = tensors.size();
    const std::size_t columns = shape.back(), rows = shape.size() == 2 ? shape.front() : 1;
    for (std::size_t i = 0; i < rows; ++i) {
      for (std::size_t j = 0; j < columns; ++j) {
        const float value = element(i, j);
        Append(tensors, &value, sizeof(value));
      }
    }
    header[name] = {{"dtype", "F32"}, {"shape", shape}, {"data_offsets", {begin, tensors.size()}}};
  };
  for (std::size_t l = 0; l < network.layers().size(); ++l) {
    const Layer& layer = network.layers()[l];
    add(WeightName(l), {layer.in(), layer.out()},
        [&](std::size_t i, std::size_t j) { return layer.weights(i, j); });
    add(BiasName(l), {layer.out()}, [&](std::size_t, std::size_t j) { return layer.bias[j]; });
  }
  std::string text = JsonText(header);
  text.append((8 - text.size() % 8) % 8, ' ');
  const std::uint64_t length = text.size();
  std::string bytes;
  Append(bytes, &length, sizeof(length));
  return bytes + text + tensors;
}

}  // namespace lanegrad
