// SPDX-License-Identifier: Apache-2.0
#include "kernels/catalogue.h"

#include <algorithm>
#include <numeric>

namespace lanegrad {
namespace {

// Levenshtein distance by rows; a swap of neighbours counts two, which is near
// enough for slips of the finger.
std::size_t EditDistance(std::string_view from, std::string_view to) {
  std::vector<std::size_t> row(to.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 0; i < from.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < to.size(); ++j) {
      const std::size_t substitute = diagonal + (from[i] == to[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({substitute, row[j + 1] + 1, row[j] + 1});
    }
  }
  return row.back();
}

std::string Message(std::string_view noun, std::string_view name,
                    std::span<const std::string_view> known) {
  std::string text = "unknown ";
  text.append(noun).append(" '").append(name).append("'; ");
  const std::string_view nearest = NearestName(name, known);
  if (!nearest.empty()) return text.append("did you mean '").append(nearest).append("'?");
  text += "known:";
  for (const std::string_view each : known) text.append(" ").append(each);
  return text;
}

}  // namespace

UnknownName::UnknownName(std::string_view noun, std::string_view name,
                         std::span<const std::string_view> known)
    : std::invalid_argument(Message(noun, name, known)) {}

std::string_view NearestName(std::string_view name, std::span<const std::string_view> known) {
  std::string_view nearest;
  std::size_t least = name.size() / 3 + 1;
  for (const std::string_view each : known) {
    const std::size_t distance = EditDistance(name, each);
    if (distance <= least && (nearest.empty() || distance < least)) {
      nearest = each;
      least = distance;
    }
  }
  return nearest;
}

}  // namespace lanegrad
