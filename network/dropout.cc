// SPDX-License-Identifier: Apache-2.0
#include "network/dropout.h"

#include "kernels/random.h"

namespace lanegrad {

void Drop(const Dropout& dropout, std::size_t layer, Range rows, Panels values, Panels slopes) {
  constexpr std::uint64_t kMostLayers = 1 << 8;
  const float scale = 1.0f / (1.0f - dropout.share);
  const std::uint64_t place = static_cast<std::uint64_t>(dropout.step) * kMostLayers + layer;
  for (std::size_t r = rows.begin; r < rows.end; ++r) {
    RandomStream random(dropout.seed, Stream::kDropout, place << 20 | r);
    for (std::size_t j = 0; j < values.cols; ++j) {
      const float factor = random.Uniform() < dropout.share ? 0.0f : scale;
      values.At(r, j) *= factor;
      slopes.At(r, j) *= factor;
    }
  }
}

}  // namespace lanegrad
