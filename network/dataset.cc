// SPDX-License-Identifier: Apache-2.0
#include "network/dataset.h"

#include <fmt/format.h>

#include <fstream>
#include <string>

#include "kernels/gather.h"
#include "network/hash.h"

namespace lanegrad {
namespace {

void AddSamples(Hasher& hasher, const Samples& samples) {
  hasher.Add(static_cast<std::uint64_t>(samples.count));
  hasher.Add(static_cast<std::uint64_t>(samples.features));
  hasher.Add(static_cast<std::uint64_t>(samples.bytes.size()));
  hasher.Add(samples.bytes.data(), samples.bytes.size());
  for (const float value : samples.values) hasher.Add(value);
  hasher.Add(samples.labels.data(), samples.labels.size());
  for (const float target : samples.targets) hasher.Add(target);
}

}  // namespace

void SetChecksum(Dataset& data) {
  Hasher hasher;
  hasher.Add(static_cast<std::uint64_t>(data.classes));
  AddSamples(hasher, data.train);
  AddSamples(hasher, data.test);
  if (data.validation.count > 0) AddSamples(hasher, data.validation);
  data.checksum = hasher.Hex();
}

std::vector<std::size_t> CountClasses(std::span<const std::uint8_t> labels,
                                      std::span<const std::uint32_t> chosen, std::size_t classes) {
  std::vector<std::size_t> counts(classes);
  for (const std::uint32_t i : chosen) {
    if (labels[i] >= classes) {
      throw DataError(fmt::format("sample {} has label {}, which must be below {}, the classes", i,
                                  labels[i], classes));
    }
    ++counts[labels[i]];
  }
  return counts;
}

namespace {

// Whether the system gives large pages to who asks for them, as idx.cc does.
bool HasLargePages() {
  static const bool has = [] {
    std::ifstream file("/sys/kernel/mm/transparent_hugepage/enabled");
    std::string modes;
    return std::getline(file, modes) && modes.find("[never]") == std::string::npos;
  }();
  return has;
}

}  // namespace

RowsAhead Samples::Ahead(std::span<const std::uint32_t> chosen) const {
  if (bytes.empty() || !HasLargePages()) return {};
  return {
      .data = bytes.data(), .row_bytes = features, .chosen = chosen.data(), .count = chosen.size()};
}

void Gather(const Samples& samples, std::span<const std::uint32_t> chosen, Range rows, Panels x,
            Panels y) {
  if (samples.bytes.empty()) {
    GatherFloats(samples.values.data(), samples.features, chosen.data(), rows, x);
  } else {
    GatherBytes(samples.bytes.data(), samples.features, chosen.data(), rows, x);
  }
  if (samples.targets.empty()) {
    GatherTargets(samples.labels.data(), chosen.data(), rows, y);
  } else {
    GatherFloats(samples.targets.data(), 1, chosen.data(), rows, y);
  }
}

}  // namespace lanegrad
