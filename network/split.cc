// SPDX-License-Identifier: Apache-2.0
#include "network/split.h"

#include <algorithm>
#include <numeric>

#include "kernels/random.h"

namespace lanegrad {

Split SplitSamples(const Settings& settings, const Dataset& data) {
  std::vector<std::uint32_t> all(data.train.count);
  if (settings.split == "first") {
    // The last ones held out, in front: from there on both kinds are cut alike.
    std::iota(all.begin(), all.end(), 0u);
    std::rotate(all.begin(), all.end() - static_cast<std::ptrdiff_t>(settings.validation),
                all.end());
  } else {
    const std::uint64_t seed = SeedOr(settings.split_seed, settings.seed);
    Permutation(RandomStream(seed, Stream::kSplit), all.data(), all.size());
  }
  const auto cut = all.begin() + static_cast<std::ptrdiff_t>(settings.validation);
  Split split = {.train = {cut, cut + static_cast<std::ptrdiff_t>(settings.samples)},
                 .validation = {all.begin(), cut},
                 .test = std::vector<std::uint32_t>(data.test.count)};
  std::sort(split.train.begin(), split.train.end());
  std::sort(split.validation.begin(), split.validation.end());
  std::iota(split.test.begin(), split.test.end(), 0u);
  return split;
}

}  // namespace lanegrad
