// SPDX-License-Identifier: Apache-2.0
#include "experiments/json/json.h"

#include <cmath>
#include <nlohmann/json.hpp>

namespace lanegrad {

Json ToJson(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value > 0 ? "inf" : "-inf";
  return value;
}

std::string JsonText(const Json& json, int indent) {
  return json.dump(indent, ' ', false, Json::error_handler_t::replace);
}

}  // namespace lanegrad
