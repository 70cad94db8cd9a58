// SPDX-License-Identifier: Apache-2.0
#include "experiments/json/json.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace lanegrad {
namespace {

// Whether it is one of the words that stand for numbers, behind any apostrophes.
bool MeansNumber(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of('\''), text.size()));
  return text == "nan" || text == "inf" || text == "-inf";
}

}  // namespace

Json ToJson(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return value;
}

std::string TextBesideNumbers(std::string_view text) {
  return (MeansNumber(text) ? "'" : "") + std::string(text);
}

std::string FromTextBesideNumbers(std::string_view written) {
  const bool marked = written.starts_with('\'') && MeansNumber(written);
  return std::string(written.substr(marked ? 1 : 0));
}

std::string JsonText(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace lanegrad
