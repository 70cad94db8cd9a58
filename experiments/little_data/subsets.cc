// SPDX-License-Identifier: Apache-2.0
#include "experiments/little_data/subsets.h"

#include <fmt/format.h>

#include <algorithm>

#include "kernels/random.h"

namespace lanegrad {
namespace {

template <class T>
std::vector<T> Rows(const std::vector<T>& all, Range range, std::size_t features) {
  if (all.empty()) return {};
  const auto begin = static_cast<std::ptrdiff_t>(range.begin * features);
  const auto end = static_cast<std::ptrdiff_t>(range.end * features);
  return {all.begin() + begin, all.begin() + end};
}

template <class T>
void Append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

Samples Slice(const Samples& samples, Range range) {
  if (range.begin > range.end || range.end > samples.count) {
    throw DataError(fmt::format("samples {} to {} are asked for, and there are {}", range.begin,
                                range.end, samples.count));
  }
  return {.count = range.size(),
          .features = samples.features,
          .bytes = Rows(samples.bytes, range, samples.features),
          .values = Rows(samples.values, range, samples.features),
          .labels = Rows(samples.labels, range, 1)};
}

Samples Joined(const Samples& first, const Samples& second) {
  const bool kinds_differ =
      first.count > 0 && second.count > 0 && first.bytes.empty() != second.bytes.empty();
  if (first.features != second.features || kinds_differ) {
    throw DataError(
        fmt::format("samples of {} features cannot be joined with those of {}, "
                    "nor bytes with values",
                    first.features, second.features));
  }
  Samples joined = first;
  joined.count += second.count;
  Append(joined.bytes, second.bytes);
  Append(joined.values, second.values);
  Append(joined.labels, second.labels);
  return joined;
}

// [shift-image]
void ShiftImage(const std::uint8_t* from, std::uint8_t* to, std::size_t width, std::size_t height,
                int right, int down) {
  const int columns = static_cast<int>(width), rows = static_cast<int>(height);
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) {
      const int y = row - down, x = column - right;
      const bool inside = y >= 0 && y < rows && x >= 0 && x < columns;
      to[row * columns + column] = inside ? from[y * columns + x] : std::uint8_t{0};
    }
  }
}
// [shift-image]

Samples ShiftedCopies(const Samples& samples, std::size_t width, std::size_t height,
                      std::size_t copies, int most, std::uint64_t seed) {
  if (samples.features != width * height ||
      samples.bytes.size() != samples.count * width * height) {
    throw DataError(fmt::format("images of {} x {} bytes are needed, and there are {} features",
                                width, height, samples.features));
  }
  Samples all = {.count = copies * samples.count,
                 .features = samples.features,
                 .bytes = std::vector<std::uint8_t>(copies * samples.bytes.size()),
                 .values = {},
                 .labels = {}};
  for (std::size_t copy = 0; copy < copies; ++copy) {
    Append(all.labels, samples.labels);
    RandomStream random(seed, Stream::kNoise, copy);
    const auto draw = [&] {
      return static_cast<int>(random.Below(2 * static_cast<std::uint64_t>(most) + 1)) - most;
    };
    for (std::size_t i = 0; i < samples.count; ++i) {
      const int right = copy == 0 ? 0 : draw(), down = copy == 0 ? 0 : draw();
      ShiftImage(samples.bytes.data() + i * samples.features,
                 all.bytes.data() + (copy * samples.count + i) * samples.features, width, height,
                 right, down);
    }
  }
  return all;
}

}  // namespace lanegrad
