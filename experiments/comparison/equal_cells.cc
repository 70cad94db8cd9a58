// SPDX-License-Identifier: Apache-2.0
#include "experiments/comparison/equal_cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstdint>
#include <map>
#include <optional>

namespace lanegrad {
namespace {

// The bits of all that a cell's final runs measured; none where that cannot be compared.
std::optional<std::vector<std::uint64_t>> Measured(const ComparisonCell& cell) {
  if (cell.finals.empty()) return {};
  std::vector<std::uint64_t> bits;
  for (const ComparedRun& run : cell.finals) {
    if (run.outcome == Outcome::kDiverged || run.epochs.empty()) return {};
    bits.push_back(run.seed);
    bits.push_back(std::bit_cast<std::uint64_t>(run.test));
    for (const auto& epoch : run.epochs) {
      for (const double metric : epoch) bits.push_back(std::bit_cast<std::uint64_t>(metric));
    }
  }
  return bits;
}

}  // namespace

std::vector<std::string> EqualCells(std::span<const ComparisonCell> cells) {
  std::map<std::vector<std::uint64_t>, std::vector<std::string>> groups;
  for (const ComparisonCell& cell : cells) {
    if (const auto bits = Measured(cell)) groups[*bits].push_back(cell.Name());
  }
  std::vector<std::string> sentences;
  for (const auto& [bits, names] : groups) {
    if (names.size() < 2) continue;
    sentences.push_back(
        fmt::format("Equal to the last bit, so that what their names tell apart had no effect: {}. "
                    "Read them as one.",
                    fmt::join(names, "; ")));
  }
  std::sort(sentences.begin(), sentences.end());
  return sentences;
}

}  // namespace lanegrad
