// SPDX-License-Identifier: Apache-2.0
#include "network/folds.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "network/setting_text.h"

namespace lanegrad {
namespace {

// Substreams of Stream::kSplit; 0 holds validation samples out.
constexpr std::uint64_t kFoldStream = 1, kTestStream = 2;

Samples Without(const Samples& all, const std::vector<bool>& taken, bool wanted) {
  Samples some = {.count = 0, .features = all.features, .bytes = {}, .values = {}, .labels = {}};
  const auto append = [&](auto& to, const auto& from, std::size_t i, std::size_t width) {
    if (from.empty()) return;
    const auto begin = from.begin() + static_cast<std::ptrdiff_t>(i * width);
    to.insert(to.end(), begin, begin + static_cast<std::ptrdiff_t>(width));
  };
  for (std::size_t i = 0; i < all.count; ++i) {
    if (taken[i] != wanted) continue;
    ++some.count;
    append(some.bytes, all.bytes, i, all.features);
    append(some.values, all.values, i, all.features);
    append(some.labels, all.labels, i, 1);
    append(some.targets, all.targets, i, 1);
  }
  return some;
}

}  // namespace

Fold ReadFold(std::string_view text) {
  constexpr std::string_view kWhat = "none, or one of several like 2/5";
  if (text == kNoFold) return {};
  const std::vector<std::string> pieces = Pieces(text);
  if (pieces.size() != 2) RefuseText("fold", kWhat, text);
  Fold fold;
  fold.of = ReadNumber<std::size_t>("fold", pieces[1], 2, kMostFolds, kWhat);
  fold.number = ReadNumber<std::size_t>("fold", pieces[0], 1, fold.of, kWhat);
  return fold;
}

std::string FoldText(const Fold& fold) {
  return fold.of == 0 ? std::string(kNoFold) : fmt::format("{}/{}", fold.number, fold.of);
}

std::vector<std::uint32_t> StratifiedOrder(const Samples& samples, RandomStream random) {
  std::vector<std::uint32_t> order(samples.count);
  Permutation(random, order.data(), order.size());
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    return samples.labels[a] < samples.labels[b];
  });
  return order;
}

std::size_t FoldSize(const Fold& fold, std::size_t count) {
  if (fold.of == 0) return 0;
  return count / fold.of + (fold.number <= count % fold.of ? 1 : 0);
}

std::vector<bool> InFold(const Fold& fold, const Samples& samples, bool stratified,
                         std::uint64_t seed) {
  std::vector<bool> in(samples.count);
  if (fold.of == 0) return in;
  if (!stratified) {
    std::size_t first = 0;
    for (std::size_t number = 1; number < fold.number; ++number) {
      first += FoldSize({.number = number, .of = fold.of}, samples.count);
    }
    const auto begin = in.begin() + static_cast<std::ptrdiff_t>(first);
    std::fill(begin, begin + static_cast<std::ptrdiff_t>(FoldSize(fold, samples.count)), true);
    return in;
  }
  const std::vector<std::uint32_t> order =
      StratifiedOrder(samples, RandomStream(seed, Stream::kSplit, kFoldStream));
  for (std::size_t i = fold.number - 1; i < order.size(); i += fold.of) in[order[i]] = true;
  return in;
}

void MoveToTest(Dataset& data, double share) {
  const std::size_t count = data.train.count;
  const auto taken = static_cast<std::size_t>(std::llround(share * static_cast<double>(count)));
  if (taken == 0 || taken >= count) {
    throw DataError(
        fmt::format("{}: {} of its {} samples to test and {} to learn from: both must be some; "
                    "give another --test-share, or --folds",
                    data.source, taken, count, count - taken));
  }
  const std::vector<std::uint32_t> order =
      StratifiedOrder(data.train, RandomStream(0, Stream::kSplit, kTestStream));
  std::vector<bool> test(count);
  for (std::size_t i = 0; i < count; ++i)
    test[order[i]] = (i + 1) * taken / count > i * taken / count;
  data.test = Without(data.train, test, true);
  data.train = Without(data.train, test, false);
}

}  // namespace lanegrad
