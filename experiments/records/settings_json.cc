// SPDX-License-Identifier: Apache-2.0
#include "experiments/records/settings_json.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace lanegrad {

Json SettingsJson(const Settings& settings) {
  Json json = Json::object();
  static const Settings kDefaults;
  for (const SettingsField& field : SettingsFields()) {
    const std::string text = field.get(settings);
    if (field.late && text == field.get(kDefaults)) continue;
    // A number's text is JSON already, the shortest that reads back exactly; but "auto".
    json[std::string(field.name)] =
        field.kind == SettingsField::Kind::kText || text == "auto" ? Json(text) : Json::parse(text);
  }
  return json;
}

Settings SettingsFromJson(const JsonMember& object) {
  if (!object.json().is_object()) object.Refuse("is no object");
  Settings settings;
  for (const auto& [name, value] : object.json().items()) {
    const JsonMember member = object.At(name);
    try {
      // A float's shortest text is longer as a double's: it is read back as a float.
      FieldNamed(name).set(settings, value.is_string() ? member.Text() : JsonText(value));
    } catch (const std::invalid_argument& why) {  // UsageError, UnknownName
      member.Refuse(fmt::format("cannot be read: {}", why.what()));
    }
  }
  return settings;
}

}  // namespace lanegrad
