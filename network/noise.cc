// SPDX-License-Identifier: Apache-2.0
#include "network/noise.h"

#include <cmath>

#include "kernels/random.h"

namespace lanegrad {

std::vector<std::uint8_t> TaughtLabels(const Dataset& data, std::span<const std::uint32_t> chosen,
                                       double share, std::uint64_t seed) {
  std::vector<std::uint8_t> labels = data.train.labels;
  if (share == 0.0) return labels;
  for (const std::uint32_t i : chosen) {
    RandomStream random(seed, Stream::kNoise, i);
    if (static_cast<double>(random.Uniform()) >= share) continue;
    const std::uint64_t other = random.Below(data.classes - 1);
    labels[i] = static_cast<std::uint8_t>(other < labels[i] ? other : other + 1);
  }
  return labels;
}

void Mislabel(const Samples& samples, std::span<const std::uint8_t> taught,
              std::span<const std::uint32_t> chosen, Range rows, Panels y) {
  for (std::size_t r = rows.begin; r < rows.end; ++r) {
    const std::uint8_t own = samples.labels[chosen[r]], label = taught[chosen[r]];
    if (own == label) continue;
    if (y.cols == 1) {
      y.At(r, 0) = static_cast<float>(label);
    } else {
      y.At(r, own) = 0.0f;
      y.At(r, label) = 1.0f;
    }
  }
}

void AddNoise(float deviation, std::uint64_t seed, std::size_t epoch,
              std::span<const std::uint32_t> chosen, Range rows, Panels x) {
  for (std::size_t r = rows.begin; r < rows.end; ++r) {
    // Substreams of label noise are sample numbers alone: epochs begin above them.
    RandomStream random(seed, Stream::kNoise, (std::uint64_t{epoch} + 1) << 32 | chosen[r]);
    for (std::size_t j = 0; j < x.cols; ++j) {
      x.At(r, j) = std::fma(deviation, random.Normal(), x.At(r, j));
    }
  }
}

}  // namespace lanegrad
