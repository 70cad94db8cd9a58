// SPDX-License-Identifier: Apache-2.0
#include "experiments/ethics/groups.h"

#include <fmt/format.h>

#include <algorithm>

#include "kernels/random.h"
#include "network/evaluation.h"

namespace lanegrad {
namespace {

// The samples of a class in random order.
std::vector<std::uint32_t> Shuffled(const Samples& samples, std::uint8_t label, std::uint64_t seed,
                                    std::uint64_t part) {
  std::vector<std::uint32_t> all;
  for (std::uint32_t i = 0; i < samples.count; ++i) {
    if (samples.labels[i] == label) all.push_back(i);
  }
  std::vector<std::uint32_t> order(all.size());
  Permutation(RandomStream(seed, Stream::kSplit, part), order.data(), order.size());
  for (std::uint32_t& each : order) each = all[each];
  return order;
}

void Append(const Samples& from, std::uint32_t i, std::uint8_t label, Samples& to) {
  const auto first = static_cast<std::ptrdiff_t>(i * from.features);
  const auto last = first + static_cast<std::ptrdiff_t>(from.features);
  if (!from.bytes.empty()) {
    to.bytes.insert(to.bytes.end(), from.bytes.begin() + first, from.bytes.begin() + last);
  } else {
    to.values.insert(to.values.end(), from.values.begin() + first, from.values.begin() + last);
  }
  to.labels.push_back(label);
  ++to.count;
}

Samples NoneOf(const Samples& like) {
  return {.count = 0, .features = like.features, .bytes = {}, .values = {}, .labels = {}};
}

}  // namespace

GroupedData DrawGroups(const Dataset& source, std::span<const Group> groups, std::size_t judged,
                       JudgedBy by, std::uint64_t seed) {
  GroupedData drawn = {.data = {.name = source.name,
                                .source = "groups of " + source.source,
                                .checksum = {},
                                .classes = 0,
                                .width = source.width,
                                .height = source.height,
                                .train = NoneOf(source.train),
                                .test = NoneOf(source.test),
                                .class_names = {}},
                       .train_groups = {},
                       .test_groups = {}};
  for (std::size_t g = 0; g < groups.size(); ++g) {
    const Group& group = groups[g];
    drawn.data.classes = std::max<std::size_t>(drawn.data.classes, group.label + 1u);
    // Training samples are the first of a random order, held-out ones the last.
    std::vector<std::uint32_t> order = Shuffled(source.train, group.source, seed, 100 + g);
    const std::size_t held_out = by == JudgedBy::kHeldOut ? judged : 0;
    if (group.train + held_out > order.size()) {
      throw DataError(fmt::format("{} samples of class {} are asked for, and there are {}",
                                  group.train + held_out, group.source, order.size()));
    }
    for (std::size_t i = 0; i < group.train; ++i) {
      Append(source.train, order[i], group.label, drawn.data.train);
      drawn.train_groups.push_back(static_cast<std::uint8_t>(g));
    }
    const Samples& from = by == JudgedBy::kHeldOut ? source.train : source.test;
    if (by == JudgedBy::kHeldOut) {
      std::reverse(order.begin(), order.end());
    } else {
      order = Shuffled(source.test, group.source, seed, 200 + g);
    }
    if (judged > order.size()) {
      throw DataError(fmt::format("{} test samples of class {} are asked for, and there are {}",
                                  judged, group.source, order.size()));
    }
    for (std::size_t i = 0; i < judged; ++i) {
      Append(from, order[i], group.label, drawn.data.test);
      drawn.test_groups.push_back(static_cast<std::uint8_t>(g));
    }
  }
  SetChecksum(drawn.data);
  return drawn;
}

// [balanced]
GroupedData Balanced(const GroupedData& drawn, std::size_t groups, Balance how) {
  std::vector<std::vector<std::uint32_t>> members(groups);
  for (std::uint32_t i = 0; i < drawn.train_groups.size(); ++i) {
    members[drawn.train_groups[i]].push_back(i);
  }
  const auto [least, most] =
      std::minmax_element(members.begin(), members.end(),
                          [](const auto& a, const auto& b) { return a.size() < b.size(); });
  const std::size_t count = how == Balance::kRepeat ? most->size() : least->size();
  GroupedData balanced = drawn;
  balanced.data.train = NoneOf(drawn.data.train);
  balanced.train_groups.clear();
  for (std::size_t g = 0; g < groups; ++g) {
    for (std::size_t i = 0; i < count && !members[g].empty(); ++i) {
      const std::uint32_t each = members[g][i % members[g].size()];
      Append(drawn.data.train, each, drawn.data.train.labels[each], balanced.data.train);
      balanced.train_groups.push_back(static_cast<std::uint8_t>(g));
    }
  }
  SetChecksum(balanced.data);
  return balanced;
}
// [balanced]

std::vector<double> GroupRecalls(const Network& network, const GroupedData& drawn,
                                 std::size_t groups) {
  const Loss loss = Loss::Named("softmax_cross_entropy");
  std::vector<double> recalls;
  for (std::size_t g = 0; g < groups; ++g) {
    std::vector<std::uint32_t> chosen;
    for (std::uint32_t i = 0; i < drawn.test_groups.size(); ++i) {
      if (drawn.test_groups[i] == g) chosen.push_back(i);
    }
    recalls.push_back(EvaluateNetwork(network, loss, drawn.data.test, chosen).accuracy);
  }
  return recalls;
}

}  // namespace lanegrad
