// SPDX-License-Identifier: Apache-2.0
//
// Any bytes at all, read as a safetensors file: it is a network or refused with a sentence
// of one line. The fuzzer seldom guesses a length, so its bytes are also read as a header,
// to the first NUL, and what follows it.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <exception>
#include <string>
#include <string_view>

#include "experiments/weights/safetensors.h"
#include "network/dataset.h"

namespace {

void CheckOneLine(const std::exception& error) {
  if (std::strchr(error.what(), '\n') != nullptr) __builtin_trap();
}

void Read(std::string_view bytes) {
  try {
    const lanegrad::ImportedNetwork network = lanegrad::UnpackSafetensors(bytes, "fuzz");
    const lanegrad::InitialWeights& weights = network.weights;
    std::size_t count = 0;
    for (std::size_t l = 0; l + 1 < weights.layers.size(); ++l) {
      count += (weights.layers[l] + 1) * weights.layers[l + 1];
    }
    if (count == 0 || count != weights.numbers.size()) __builtin_trap();
    lanegrad::Settings settings;
    lanegrad::TakeOver(network, {}, settings);
    if (!lanegrad::IsImported(settings.initializer)) __builtin_trap();
  } catch (const lanegrad::DataError& error) {
    CheckOneLine(error);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Read(text);
  const std::string_view header = text.substr(0, text.find('\0'));
  const std::uint64_t length = header.size();
  std::string sealed(reinterpret_cast<const char*>(&length), sizeof(length));
  sealed.append(header).append(text.substr(std::min(header.size() + 1, text.size())));
  Read(sealed);
  return 0;
}
