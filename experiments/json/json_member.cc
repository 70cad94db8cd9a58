// SPDX-License-Identifier: Apache-2.0
#include "experiments/json/json_member.h"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "network/dataset.h"

namespace lanegrad {

std::string JsonMember::Path() const {
  if (parent_ == nullptr) return {};
  const std::string before = parent_->Path();
  if (name_.empty()) return fmt::format("{}[{}]", before, index_);
  return fmt::format("{}{}{}", before, before.empty() ? "" : ".", name_);
}

void JsonMember::Refuse(std::string_view why) const {
  if (parent_ == nullptr) throw DataError(std::string(why));
  throw DataError(fmt::format("'{}' {}", Path(), why));
}

JsonMember JsonMember::At(std::string_view name) const {
  JsonMember member = *this;
  member.parent_ = this;
  member.name_ = name;
  if (!Has(name) && !json_->contains(name)) member.Refuse("is missing");
  member.json_ = &*json_->find(name);
  return member;
}

JsonMember JsonMember::Item(std::size_t index) const {
  JsonMember member = *this;
  member.parent_ = this;
  member.name_ = {};
  member.index_ = index;
  member.json_ = &(*json_)[index];
  return member;
}

bool JsonMember::Has(std::string_view name) const {
  if (!json_->is_object()) Refuse("is no object");
  const auto found = json_->find(name);
  return found != json_->end() && !found->is_null();
}

std::size_t JsonMember::size() const {
  if (!json_->is_array()) Refuse("is no list");
  return json_->size();
}

std::string JsonMember::Text() const {
  if (!json_->is_string()) Refuse("is no text");
  return json_->get<std::string>();
}

bool JsonMember::Flag() const {
  if (!json_->is_boolean()) Refuse("is neither true nor false");
  return json_->get<bool>();
}

std::uint64_t JsonMember::Count() const {
  if (!json_->is_number_integer() || *json_ < 0) Refuse("is no whole number from 0");
  return json_->get<std::uint64_t>();
}

double JsonMember::Number() const {
  if (json_->is_null()) return NAN;
  if (json_->is_string()) {
    constexpr double lacking[] = {std::numeric_limits<double>::quiet_NaN(), HUGE_VAL, -HUGE_VAL};
    for (const double value : lacking) {
      if (*json_ == ToJson(value)) return value;
    }
  }
  if (!json_->is_number()) Refuse("is no number");
  return json_->get<double>();
}

}  // namespace lanegrad
