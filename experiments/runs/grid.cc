// SPDX-License-Identifier: Apache-2.0
#include "experiments/runs/grid.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "network/setting_text.h"

namespace lanegrad {
namespace {

std::vector<std::string_view> SplitAt(std::string_view text, char separator) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0, end = 0; end != text.npos; begin = end + 1) {
    end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end - begin));
  }
  return parts;
}

double Real(std::string_view axis, std::string_view text) {
  const std::optional<double> value = RealOf(text);
  if (!value) throw UsageError(fmt::format("axis '{}': '{}' is not a number", axis, text));
  return *value;
}

// log:FIRST:LAST:COUNT or lin:FIRST:LAST:COUNT.
std::vector<std::string> Spread(std::string_view axis, std::string_view text) {
  const std::vector<std::string_view> parts = SplitAt(text, ':');
  const bool log = parts[0] == "log";
  if (parts.size() != 4) {
    throw UsageError(fmt::format("axis '{}': write {}:FIRST:LAST:COUNT, like {}", axis, parts[0],
                                 log ? "log:1e-4:10:11" : "lin:16:64:4"));
  }
  const double first = Real(axis, parts[1]), last = Real(axis, parts[2]);
  const double count = Real(axis, parts[3]);
  if (!(count >= 2 && count <= 1000 && count == std::floor(count))) {
    throw UsageError(fmt::format("axis '{}': COUNT must be a whole number from 2 to 1000", axis));
  }
  if (log && !(first > 0.0 && last > 0.0)) {
    throw UsageError(fmt::format("axis '{}': log needs numbers above 0", axis));
  }
  std::vector<std::string> values;
  for (double i = 0; i < count; ++i) {
    const double t = i / (count - 1);
    const double value = log ? std::exp(std::log(first) + t * (std::log(last) - std::log(first)))
                             : first + t * (last - first);
    values.push_back(fmt::format("{:.4g}", value));
  }
  return values;
}

}  // namespace

Axis ParseAxis(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == text.npos || equals + 1 == text.size()) {
    throw UsageError(
        fmt::format("axis '{}': write SETTING=VALUES, like activation=relu,tanh", text));
  }
  return MakeAxis(text.substr(0, equals), text.substr(equals + 1), text);
}

Axis MakeAxis(std::string_view setting, std::string_view list, std::string_view spelled) {
  const SettingsField& field = FieldNamed(setting);
  std::vector<std::string> values;
  if (list == "all") {
    if (field.choices == nullptr) {
      throw UsageError(fmt::format("axis '{}': 'all' needs a setting with named values", spelled));
    }
    for (const std::string_view name : field.choices()) values.emplace_back(name);
  } else if (list.starts_with("log:") || list.starts_with("lin:")) {
    values = Spread(spelled, list);
  } else {
    for (const std::string_view value : SplitAt(list, ',')) values.emplace_back(value);
  }
  return MakeAxis(setting, values, spelled);
}

Axis MakeAxis(std::string_view setting, std::span<const std::string> values,
              std::string_view spelled) {
  const SettingsField& field = FieldNamed(setting);
  Axis axis = {.setting = std::string(field.name), .values = {values.begin(), values.end()}};
  if (axis.values.empty()) throw UsageError(fmt::format("axis '{}' has no values", spelled));
  // Read each value once, so that a slip is found before anything runs, and write
  // it back, so that 0.10 and .1 are the same.
  for (std::string& value : axis.values) {
    Settings trial;
    field.set(trial, value);
    value = field.get(trial);
  }
  for (const std::string& value : axis.values) {
    if (std::count(axis.values.begin(), axis.values.end(), value) > 1) {
      throw UsageError(fmt::format("axis '{}': value '{}' is there twice", spelled, value));
    }
  }
  return axis;
}

const Axis* FindAxis(std::span<const Axis> grid, std::string_view setting) {
  for (const Axis& axis : grid) {
    if (axis.setting == setting) return &axis;
  }
  return nullptr;
}

void SetAxis(std::vector<Axis>& grid, Axis axis) {
  for (Axis& each : grid) {
    if (each.setting == axis.setting) {
      each = std::move(axis);
      return;
    }
  }
  grid.push_back(std::move(axis));
}

void TieAxes(std::vector<Axis>& grid, std::string_view names) {
  const std::vector<std::string_view> tied = SplitAt(names, ',');
  if (tied.size() < 2) {
    throw UsageError(
        fmt::format("--tie '{}': name at least two axes, like --tie samples,epochs", names));
  }
  for (const std::string_view name : tied) {
    FieldNamed(name);  // which says what was meant
    const Axis* axis = FindAxis(grid, name);
    if (axis == nullptr) {
      throw UsageError(fmt::format("--tie {0}: '{1}' is no axis; add --vary {1}=...", names, name));
    }
    if (name == "rate") {
      throw UsageError(fmt::format("--tie {}: the rate is tuned, and cannot be tied", names));
    }
    const bool leads = std::any_of(grid.begin(), grid.end(),
                                   [&](const Axis& each) { return each.tied_to == name; });
    if (leads || !axis->tied_to.empty() || std::count(tied.begin(), tied.end(), name) > 1) {
      throw UsageError(fmt::format("--tie {}: '{}' is tied twice", names, name));
    }
    const Axis& first = *FindAxis(grid, tied.front());
    if (axis->values.size() != first.values.size()) {
      throw UsageError(fmt::format("--tie {}: '{}' has {} values and '{}' {}; each needs as many",
                                   names, first.setting, first.values.size(), name,
                                   axis->values.size()));
    }
  }
  std::string leader;  // the first in the order of the grid
  for (Axis& axis : grid) {
    if (std::find(tied.begin(), tied.end(), axis.setting) == tied.end()) continue;
    if (leader.empty()) {
      leader = axis.setting;
    } else {
      axis.tied_to = leader;
    }
  }
}

std::vector<Settings> Combinations(const Settings& base, std::span<const Axis> grid) {
  std::vector<Settings> all = {base};
  for (const Axis& axis : grid) {
    const SettingsField& field = FieldNamed(axis.setting);
    const Axis* leader = axis.tied_to.empty() ? nullptr : FindAxis(grid, axis.tied_to);
    if (leader != nullptr) {
      for (Settings& settings : all) {
        const std::string value = FieldNamed(leader->setting).get(settings);
        const auto place = std::find(leader->values.begin(), leader->values.end(), value);
        field.set(settings,
                  axis.values.at(static_cast<std::size_t>(place - leader->values.begin())));
      }
      continue;
    }
    std::vector<Settings> wider;
    for (const Settings& settings : all) {
      for (const std::string& value : axis.values) {
        wider.push_back(settings);
        field.set(wider.back(), value);
      }
    }
    all = std::move(wider);
  }
  return all;
}

}  // namespace lanegrad
