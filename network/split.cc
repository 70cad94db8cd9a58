// SPDX-License-Identifier: Apache-2.0
#include "network/split.h"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "kernels/random.h"
#include "network/folds.h"

namespace lanegrad {

const Samples& HeldOutSamples(const Dataset& data) {
  return data.validation.count > 0 ? data.validation : data.train;
}

const Samples& TestSamples(const Settings& settings, const Dataset& data) {
  return settings.fold == kNoFold ? data.test : data.train;
}

Split SplitSamples(const Settings& settings, const Dataset& data) {
  const Fold fold = ReadFold(settings.fold);
  const bool own = data.validation.count > 0;
  const std::size_t held_out = own ? 0 : settings.validation;
  const bool random = settings.split != "first";
  const std::uint64_t seed = SeedOr(settings.split_seed, settings.seed);
  std::vector<std::uint32_t> all(data.train.count);
  if (random) {
    Permutation(RandomStream(seed, Stream::kSplit), all.data(), all.size());
  } else {
    std::iota(all.begin(), all.end(), 0u);
  }
  Split split;
  if (fold.of > 0) {
    const std::vector<bool> in = InFold(fold, data.train, random, seed);
    std::copy_if(all.begin(), all.end(), std::back_inserter(split.test),
                 [&](std::uint32_t i) { return in[i]; });
    std::erase_if(all, [&](std::uint32_t i) { return in[i]; });
  } else {
    split.test.resize(data.test.count);
    std::iota(split.test.begin(), split.test.end(), 0u);
  }
  if (!random) {
    // The last ones held out, in front: from there on both kinds are cut alike.
    std::rotate(all.begin(), all.end() - static_cast<std::ptrdiff_t>(held_out), all.end());
  }
  const auto cut = all.begin() + static_cast<std::ptrdiff_t>(held_out);
  split.train = {cut, cut + static_cast<std::ptrdiff_t>(settings.samples)};
  split.validation = {all.begin(), cut};
  if (own) {
    split.validation.resize(data.validation.count);
    std::iota(split.validation.begin(), split.validation.end(), 0u);
  }
  std::sort(split.train.begin(), split.train.end());
  std::sort(split.validation.begin(), split.validation.end());
  std::sort(split.test.begin(), split.test.end());
  return split;
}

}  // namespace lanegrad
