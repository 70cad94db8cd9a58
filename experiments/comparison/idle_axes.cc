// SPDX-License-Identifier: Apache-2.0
#include "experiments/comparison/idle_axes.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace lanegrad {
namespace {

// Equal for two cells that differ in nothing but what has no effect with either. What was asked
// for counts too: "auto" beside what it came to is a question of its own.
std::string Meaning(const LegalCell& cell) {
  return Canonical(WithoutIdle(cell.asked, cell.resolved)) + "\n" +
         Canonical(WithoutIdle(cell.resolved, cell.resolved));
}

// What is added to `reasons` where it is not there yet.
void AddOnce(std::vector<std::string>& reasons, const std::string& reason) {
  if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) reasons.push_back(reason);
}

}  // namespace

void RefuseIdleAxes(std::span<const LegalCell> cells, std::span<const Axis> axes) {
  for (const Axis& axis : axes) {
    const SettingsField& field = FieldNamed(axis.setting);
    if (axis.values.size() < 2 || cells.empty()) continue;
    // What cells mean that are alike on all other axes.
    std::map<std::string, std::set<std::string>> meanings;
    std::vector<std::string> reasons;
    bool idle = true;
    for (const LegalCell& cell : cells) {
      Settings others = cell.asked;
      field.set(others, axis.values.front());
      const std::string reason = WhyIdle(field, cell.resolved);
      meanings[Canonical(others)].insert(Meaning(cell));
      idle = idle && !reason.empty();
      AddOnce(reasons, reason);
    }
    idle = idle && std::all_of(meanings.begin(), meanings.end(),
                               [](const auto& each) { return each.second.size() == 1; });
    if (!idle) continue;
    const std::string_view by = field.idle_by(cells.front().resolved);
    throw UsageError(fmt::format("{0} has no effect {1}; take it from --vary, or vary {2} too",
                                 axis.setting, fmt::join(reasons, " or "), by));
  }
}

void RefuseIdleSearch(std::span<const LegalCell> cells, std::span<const std::string> searched) {
  for (const std::string& name : searched) {
    const SettingsField& field = FieldNamed(name);
    const bool idle = std::all_of(cells.begin(), cells.end(), [&](const LegalCell& cell) {
      return !WhyIdle(field, cell.resolved).empty();
    });
    if (!idle || cells.empty()) continue;
    throw UsageError(fmt::format("{0} has no effect {1}; take it from --tune, or vary {2} too",
                                 name, WhyIdle(field, cells.front().resolved),
                                 field.idle_by(cells.front().resolved)));
  }
}

std::vector<std::string> DropRepeated(std::vector<LegalCell>& cells, std::span<const Axis> axes) {
  std::set<std::string> known;
  std::vector<LegalCell> kept;
  std::vector<std::string> why;
  for (LegalCell& cell : cells) {
    if (known.insert(Meaning(cell)).second) {
      kept.push_back(std::move(cell));
      continue;
    }
    for (const Axis& axis : axes) {
      const std::string reason = WhyIdle(FieldNamed(axis.setting), cell.resolved);
      if (reason.empty() || axis.values.size() < 2) continue;
      AddOnce(why, fmt::format("{} has no effect {}: there {} alone is run, and stands for all",
                               axis.setting, reason, axis.values.front()));
    }
  }
  cells = std::move(kept);
  return why;
}

}  // namespace lanegrad
