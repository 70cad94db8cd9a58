// SPDX-License-Identifier: Apache-2.0
//
// The reading half of safetensors.h.
#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstring>
#include <nlohmann/json.hpp>
#include <optional>
#include <vector>

#include "experiments/json/json.h"
#include "experiments/records/disk.h"
#include "experiments/weights/safetensors.h"
#include "experiments/weights/tensor_file.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

using Tensors = std::map<std::string, StoredTensor, std::less<>>;

std::string Text(const std::vector<std::uint64_t>& shape) {
  return fmt::format("({})", fmt::join(shape, ", "));
}

const StoredTensor& Find(const Tensors& tensors, const std::string& tensor, std::string_view file) {
  const auto found = tensors.find(tensor);
  if (found != tensors.end()) return found->second;
  std::string others;
  for (const auto& [other, unused] : tensors) {
    others += fmt::format("{}{}", others.empty() ? "" : ", ", Quoted(other));
    if (others.size() > 80) break;
  }
  throw DataError(
      fmt::format("{}: {} is missing; layer l, from 0, is layers.l.weight and layers.l.bias, and "
                  "nothing else may be there, not {}",
                  file, tensor, others.empty() ? "no tensor" : others));
}

void Append(const StoredTensor& tensor, const std::string& name, std::string_view file,
            std::vector<float>& numbers) {
  const std::size_t first = numbers.size(), count = tensor.bytes.size() / sizeof(float);
  numbers.resize(first + count);
  std::memcpy(numbers.data() + first, tensor.bytes.data(), tensor.bytes.size());
  for (std::size_t i = 0; i < count; ++i) {
    if (std::isfinite(numbers[first + i])) continue;
    const std::size_t columns = tensor.shape.back();
    const std::string place = tensor.shape.size() == 1
                                  ? std::to_string(i)
                                  : fmt::format("{}, {}", i / columns, i % columns);
    throw DataError(fmt::format("{}: {}[{}] is {}; no training can begin with it", file, name,
                                place, numbers[first + i]));
  }
}

// What is to be done where all layers fit each other once their weights are transposed.
std::string_view TransposeHint(const Tensors& tensors) {
  std::uint64_t inputs = 0;
  for (std::size_t l = 0; l == 0 || tensors.contains(WeightName(l)); ++l) {
    const auto weight = tensors.find(WeightName(l)), bias = tensors.find(BiasName(l));
    if (weight == tensors.end() || bias == tensors.end()) return "";
    const std::vector<std::uint64_t>& shape = weight->second.shape;
    if (shape.size() != 2 || bias->second.shape != std::vector{shape[0]}) return "";
    if (l > 0 && shape[1] != inputs) return "";
    inputs = shape[0];
  }
  return ": weights are (inputs, outputs) here and (outputs, inputs) in PyTorch; transpose them";
}

// A finite number, or as many as `count` of them, of an entry of the metadata. Factors are not 0.
std::vector<double> Numbers(const ImportedNetwork& network, std::string_view entry,
                            std::size_t count, bool factor) {
  const std::string text = network.Said(entry);
  const Json json = Json::parse(text, nullptr, false);
  std::vector<double> numbers;
  const Json list = json.is_number() ? Json::array({json}) : json;
  if (list.is_array() && list.size() == count) {
    for (const Json& each : list) {
      if (!each.is_number()) break;
      const auto number = each.get<double>();
      if (std::isfinite(number) && (!factor || number != 0.0)) numbers.push_back(number);
    }
  }
  if (numbers.size() != count) {
    throw DataError(fmt::format("{}: damaged: {} of its metadata must be {} finite number{}{}",
                                network.name, entry, count, count == 1 ? "" : "s in a list",
                                factor ? ", none of them 0" : ""));
  }
  return numbers;
}

// How inputs and targets were scaled, where the metadata say it.
std::optional<InputScaling> ScalingOf(const ImportedNetwork& network) {
  InputScaling scaling;
  const bool inputs = !network.Said(kInputShift).empty() || !network.Said(kInputFactor).empty();
  const bool target = !network.Said(kTargetShift).empty() || !network.Said(kTargetFactor).empty();
  if (inputs) {
    scaling.shift = Numbers(network, kInputShift, network.weights.layers.front(), false);
    scaling.factor = Numbers(network, kInputFactor, network.weights.layers.front(), true);
  }
  if (target) {
    scaling.target_shift = Numbers(network, kTargetShift, 1, false)[0];
    scaling.target_factor = Numbers(network, kTargetFactor, 1, true)[0];
  }
  return inputs || target ? std::optional(scaling) : std::nullopt;
}

// What a scale of the metadata is here: "standard" and what was imported already are the numbers of
// the file, for the samples at hand may be others.
std::string ScaleHere(const ImportedNetwork& network, std::string_view setting,
                      const std::string& said) {
  const bool numbers = said == "standard" || said.starts_with("imported:");
  const std::optional<InputScaling>& scaling = network.weights.scaling;
  if (setting == "scale" && numbers && scaling && !scaling->shift.empty()) {
    return ImportedScale(*scaling);
  }
  if (setting == "target-scale" && numbers && !network.Said(kTargetFactor).empty()) {
    return ImportedTargetScale(*scaling);
  }
  return said;
}

// One bound for the file and for --layers.
void RequireSizes(const std::vector<std::size_t>& sizes, std::string_view file) {
  Settings settings;
  try {
    FieldNamed("layers").set(settings, fmt::format("{}", fmt::join(sizes, "-")));
  } catch (const UsageError& error) {
    throw DataError(fmt::format("{}: {}", file, error.what()));
  }
}

// Whether the layers are those that were asked for; else says which is the first that is not.
void RequireLayers(const ImportedNetwork& network, std::span<const std::size_t> sizes) {
  const std::vector<std::size_t>& own = network.weights.layers;
  for (std::size_t l = 0; l + 1 < std::max(own.size(), sizes.size()); ++l) {
    const auto shape = [l](std::span<const std::size_t> of) {
      return l + 1 < of.size() ? fmt::format("({}, {})", of[l], of[l + 1]) : std::string();
    };
    const std::string is = shape(own), wanted = shape(sizes);
    if (is == wanted) continue;
    throw UsageError(fmt::format(
        "{}: {} {}, but --layers {} {}", network.name, WeightName(l),
        is.empty() ? "is not there" : fmt::format("has shape {}", is), fmt::join(sizes, "-"),
        wanted.empty() ? "has no such layer" : fmt::format("wants {}", wanted)));
  }
}

}  // namespace

std::string ImportedNetwork::Said(std::string_view setting) const {
  const auto program = about.find("program"), found = about.find(setting);
  const bool own = program != about.end() && program->second == "lanegrad";
  return own && found != about.end() ? found->second : "";
}

ImportedNetwork UnpackSafetensors(std::string_view bytes, std::string_view name) {
  TensorFile file = UnpackTensors(bytes, name);
  ImportedNetwork network = {
      .name = std::string(name), .weights = {}, .about = std::move(file.about)};
  std::vector<std::size_t>& sizes = network.weights.layers;
  for (std::size_t l = 0; l == 0 || file.tensors.size() > 2 * l; ++l) {
    const StoredTensor& weight = Find(file.tensors, WeightName(l), name);
    const StoredTensor& bias = Find(file.tensors, BiasName(l), name);
    if (weight.shape.size() != 2 || (l > 0 && weight.shape[0] != sizes.back())) {
      throw DataError(fmt::format(
          "{}: {} has shape {}, not ({}, outputs){}", name, WeightName(l), Text(weight.shape),
          l == 0 ? "inputs" : std::to_string(sizes.back()), TransposeHint(file.tensors)));
    }
    if (bias.shape.size() != 1 || bias.shape[0] != weight.shape[1]) {
      throw DataError(fmt::format("{}: {} has shape {}, not ({}), where {} has {}{}", name,
                                  BiasName(l), Text(bias.shape), weight.shape[1], WeightName(l),
                                  Text(weight.shape), TransposeHint(file.tensors)));
    }
    if (l == 0) sizes.push_back(weight.shape[0]);
    sizes.push_back(weight.shape[1]);
    Append(weight, WeightName(l), name, network.weights.numbers);
    Append(bias, BiasName(l), name, network.weights.numbers);
  }
  RequireSizes(sizes, name);
  network.weights.scaling = ScalingOf(network);
  return network;
}

ImportedNetwork ReadSafetensors(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) {
    throw DataError(fmt::format("{}: cannot be read: {}", path.string(), std::strerror(errno)));
  }
  return UnpackSafetensors(ReadAll(file.number(), path), path.string());
}

void TakeOver(const ImportedNetwork& network, std::span<const std::string_view> given,
              Settings& settings) {
  const auto is_given = [&](std::string_view setting) {
    return std::find(given.begin(), given.end(), setting) != given.end();
  };
  if (is_given("layers")) RequireLayers(network, settings.layers);
  settings.layers = network.weights.layers;
  settings.initializer = network.weights.Initializer();
  for (const std::string_view setting :
       {"activation", "output-activation", "loss", "scale", "target-scale"}) {
    const std::string said = ScaleHere(network, setting, network.Said(setting));
    if (said.empty() || is_given(setting)) continue;
    try {
      FieldNamed(setting).set(settings, said);
    } catch (const std::invalid_argument&) {  // UsageError, UnknownName, BadParameter
      throw DataError(
          fmt::format("{}: this program has no {} {}, which it says it was made with; "
                      "--{} would be believed before it",
                      network.name, setting, Quoted(said), setting));
    }
  }
}

}  // namespace lanegrad
