// SPDX-License-Identifier: Apache-2.0
#include "experiments/applications/alterations.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include "experiments/little_data/subsets.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

// The number behind `stem` in a name, or -1.
int NumberAfter(std::string_view name, std::string_view stem) {
  int number = -1;
  if (name.starts_with(stem)) {
    std::from_chars(name.data() + stem.size(), name.data() + name.size(), number);
  }
  return number;
}

}  // namespace

// [altered]
Samples Altered(const Samples& samples, std::size_t width, std::size_t height,
                std::string_view name, std::uint64_t seed) {
  const std::size_t pixels = width * height;
  if (samples.features != pixels || samples.bytes.size() != samples.count * pixels) {
    throw DataError(fmt::format("pictures of {} x {} bytes are altered; here are {} features",
                                width, height, samples.features));
  }
  Samples altered = samples;
  RandomStream random(seed, Stream::kNoise);
  const int shift = NumberAfter(name, "shift_"), noise = NumberAfter(name, "noise_");
  for (std::size_t i = 0; i < samples.count; ++i) {
    const std::uint8_t* from = samples.bytes.data() + i * pixels;
    std::uint8_t* to = altered.bytes.data() + i * pixels;
    if (shift > 0) {
      const std::uint64_t way = random.Below(4);
      const int by = way % 2 == 0 ? shift : -shift;
      ShiftImage(from, to, width, height, way < 2 ? by : 0, way < 2 ? 0 : by);
    } else if (noise > 0) {
      for (std::size_t p = 0; p < pixels; ++p) {
        const double grey = from[p] + noise * static_cast<double>(random.Normal());
        to[p] = static_cast<std::uint8_t>(std::clamp(std::floor(grey + 0.5), 0.0, 255.0));
      }
    } else if (name == "mirror") {
      for (std::size_t row = 0; row < height; ++row) {
        std::reverse(to + row * width, to + (row + 1) * width);
      }
    } else if (name == "invert") {
      for (std::size_t p = 0; p < pixels; ++p) to[p] = static_cast<std::uint8_t>(255 - from[p]);
    } else if (name != "clean") {
      throw std::invalid_argument(fmt::format("no alteration is called '{}'", name));
    }
  }
  return altered;
}
// [altered]

}  // namespace lanegrad
