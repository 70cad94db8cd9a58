// SPDX-License-Identifier: Apache-2.0
#include "kernels/catalogue.h"

#include <algorithm>
#include <charconv>
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

// The shortest text that reads back as `value`.
std::string Text(float value) {
  char text[32];
  return std::string(text, std::to_chars(text, text + sizeof(text), value).ptr);
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

UnknownName::UnknownName(std::string_view noun, std::string_view name, std::string_view ours)
    : std::invalid_argument(std::string("unknown ")
                                .append(noun)
                                .append(" '")
                                .append(name)
                                .append("'; it is called '")
                                .append(ours)
                                .append("' here")) {}

bool IsAmong(std::string_view name, std::string_view names) {
  while (!name.empty() && !names.empty()) {
    const std::string_view first = names.substr(0, names.find(' '));
    if (first == name) return true;
    names.remove_prefix(std::min(names.size(), first.size() + 1));
  }
  return false;
}

float ParameterOf(std::string_view text, const Parameter& parameter) {
  const std::string_view name = BareName(text);
  if (name.size() == text.size()) return parameter.default_value;
  const std::string_view number = text.substr(name.size() + 1);
  std::string message(name);
  if (parameter.name.empty()) {
    throw BadParameter(message.append(" takes no parameter, not '").append(number).append("'"));
  }
  float value = 0.0f;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  if (error == std::errc() && end == number.data() + number.size() && value >= parameter.min &&
      value <= parameter.max) {
    return value;
  }
  message = "the ";
  message.append(parameter.name).append(" of ").append(name).append(" must be a number from ");
  message.append(Text(parameter.min)).append(" to ").append(Text(parameter.max));
  throw BadParameter(message.append(", not '").append(number).append("'"));
}

std::string Spelled(std::string_view name, const Parameter& parameter, float value) {
  std::string text(name);
  if (parameter.name.empty() || value == parameter.default_value) return text;
  return text.append(":").append(Text(value));
}

std::string_view NearestName(std::string_view name, std::span<const std::string_view> known) {
  std::string_view nearest;
  std::size_t smallest = name.size() / 3 + 1;
  for (const std::string_view each : known) {
    const std::size_t distance = EditDistance(name, each);
    if (distance <= smallest && (nearest.empty() || distance < smallest)) {
      nearest = each;
      smallest = distance;
    }
  }
  return nearest;
}

}  // namespace lanegrad
