// SPDX-License-Identifier: Apache-2.0
#include "experiments/comparison/equal_cells.h"

#include <fmt/format.h>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace lanegrad {
namespace {

// The bits of all that a cell's final runs measured; none where that cannot be compared.
std::optional<std::vector<std::uint64_t>> Measured(const ComparisonCell& cell) {
  if (cell.finals.empty()) return {};
  std::vector<std::uint64_t> bits;
  for (const ComparedRun& run : cell.finals) {
    if (run.broken_off() || run.epochs.empty()) return {};
    bits.push_back(run.seed);
    bits.push_back(std::bit_cast<std::uint64_t>(run.test));
    for (const auto& epoch : run.epochs) {
      for (const double metric : epoch) bits.push_back(std::bit_cast<std::uint64_t>(metric));
    }
  }
  return bits;
}

}  // namespace

std::string EqualCells(std::span<const ComparisonCell> cells) {
  std::map<std::vector<std::uint64_t>, std::vector<std::size_t>> places;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (const auto bits = Measured(cells[i])) places[*bits].push_back(i);
  }
  // In the order of the cells, not of their bits.
  std::map<std::size_t, std::string> groups;
  for (const auto& [bits, members] : places) {
    if (members.size() < 2) continue;
    std::vector<std::string> names;
    for (const std::size_t i : members) names.push_back(cells[i].Name());
    groups[members.front()] = fmt::format("{}", fmt::join(names, " = "));
  }
  if (groups.empty()) return {};
  constexpr std::size_t kNamed = 5;
  std::vector<std::string> named;
  for (const auto& [place, names] : groups) {
    if (named.size() < kNamed) named.push_back(names);
  }
  if (groups.size() > kNamed) named.push_back(fmt::format("and {} more", groups.size() - kNamed));
  return fmt::format(
      "Equal to the last bit, so that what their names tell apart had no effect: {}. Read them as "
      "one.",
      fmt::join(named, "; "));
}

}  // namespace lanegrad
