// SPDX-License-Identifier: Apache-2.0
#include "experiments/report_diff/along_setting.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "network/settings.h"

namespace lanegrad {
namespace {

using Values = std::vector<std::string>;

// "a,b" as {"a", "b"}.
Values Split(std::string_view text) {
  Values pieces;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    pieces.emplace_back(text.substr(from, comma - from));
    from = comma + 1;
  }
  return pieces;
}

// As a record spells it.
std::string Spelled(const SettingsField& field, const std::string& value) {
  Settings settings;
  field.set(settings, value);
  return field.get(settings);
}

}  // namespace

std::vector<AlongSetting> ReadAlong(std::span<const std::string> texts) {
  std::vector<AlongSetting> along;
  const auto add = [&](const std::string& name) -> AlongSetting& {
    if (FieldNamed(name).name == "seed") {
      throw UsageError("--along seed: seeds are what runs are paired by");
    }
    for (const AlongSetting& known : along) {
      if (known.name == name) throw UsageError(fmt::format("--along {} is given twice", name));
    }
    along.push_back({.name = name, .a = {}, .b = {}});
    return along.back();
  };
  for (const std::string& text : texts) {
    const std::size_t equals = text.find('=');
    if (equals == std::string::npos) {
      for (const std::string& name : Split(text)) add(name);
      continue;
    }
    AlongSetting& setting = add(text.substr(0, equals));
    const Values values = Split(text.substr(equals + 1));
    if (values.size() != 2) {
      throw UsageError(fmt::format("--along {0}: two values, A's and B's, as in {1}=A,B; not {2}",
                                   text, setting.name, values.size()));
    }
    const SettingsField& field = FieldNamed(setting.name);
    setting.a = Spelled(field, values[0]);
    setting.b = Spelled(field, values[1]);
    setting.chosen = true;
    if (setting.a == setting.b) {
      throw UsageError(fmt::format("--along {}: the two values are the same", text));
    }
  }
  return along;
}

}  // namespace lanegrad
