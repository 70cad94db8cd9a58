// SPDX-License-Identifier: Apache-2.0
#include "experiments/report_diff/setting_difference.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "experiments/report_diff/along.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

// A list is read as far as it is short.
constexpr std::size_t kShown = 4;

std::string Values(std::span<const std::string> values) {
  const std::size_t shown = values.size() > kShown + 1 ? kShown : values.size();
  std::string text = fmt::format("{}", fmt::join(values.first(shown), ", "));
  if (shown < values.size()) text.append(fmt::format(" and {} more", values.size() - shown));
  return text;
}

void AddOnce(std::vector<std::string>& values, std::string value) {
  if (std::find(values.begin(), values.end(), value) == values.end()) {
    values.push_back(std::move(value));
  }
}

// The values of one setting in a set: of the runs that it counts for.
struct FieldValues {
  std::vector<std::string> counting, all;
  std::string idle;  // why it does not count for one of the others
};

FieldValues ValuesOf(const SettingsField& field, const ResultSet& set) {
  FieldValues values;
  for (const auto& [key, run] : set.runs) {
    AddOnce(values.all, field.get(run.settings));
    const std::string why = WhyIdle(field, run.settings);
    if (why.empty()) {
      AddOnce(values.counting, field.get(run.settings));
    } else {
      values.idle = why;
    }
  }
  return values;
}

bool Disjoint(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::find_first_of(a.begin(), a.end(), b.begin(), b.end()) == a.end();
}

bool DecidesHowMuch(const SettingDifference& difference) {
  return difference.name == "samples" || difference.name == "epochs";
}

bool CanBeAligned(const ResultSet& a, const ResultSet& b, std::span<const AlongSetting> along) {
  try {
    AlignAlong(a, b, along);
    return true;
  } catch (const DataError&) {
    return false;
  }
}

std::string NameList(std::span<const AlongSetting> along) {
  std::vector<std::string> names;
  for (const AlongSetting& setting : along) names.push_back(setting.name);
  return fmt::format("{}", fmt::join(names, ","));
}

// What to write to compare the sets after all; empty where nothing helps.
std::string FlagFor(const ResultSet& a, const ResultSet& b,
                    std::span<const SettingDifference> differences) {
  std::vector<AlongSetting> all, chosen;
  for (const SettingDifference& each : differences) {
    all.push_back({.name = each.name, .a = {}, .b = {}});
    chosen.push_back({.name = each.name, .a = each.a.front(), .b = each.b.front(), .chosen = true});
  }
  // One where one will do: the others may follow from it, or have no effect.
  for (const AlongSetting& one : all) {
    if (CanBeAligned(a, b, {&one, 1})) return "; to compare along it: --along " + one.name;
  }
  if (all.size() > 1 && CanBeAligned(a, b, all)) {
    return fmt::format("; to compare along {} of them: --along {}",
                       all.size() == 2 ? "both" : "all", NameList(all));
  }
  if (!CanBeAligned(a, b, chosen)) return {};
  std::string flags;
  for (const AlongSetting& each : chosen) {
    flags.append(fmt::format(" --along {}={},{}", each.name, each.a, each.b));
  }
  return "; to compare along one value of each:" + flags;
}

}  // namespace

std::vector<SettingDifference> SettingDifferences(const ResultSet& a, const ResultSet& b) {
  std::vector<SettingDifference> differences;
  for (const SettingsField& field : SettingsFields()) {
    const FieldValues in_a = ValuesOf(field, a), in_b = ValuesOf(field, b);
    if (in_a.counting.empty() != in_b.counting.empty()) continue;  // another setting says it
    const bool idle = in_a.counting.empty();
    const auto& values_a = idle ? in_a.all : in_a.counting;
    const auto& values_b = idle ? in_b.all : in_b.counting;
    if (values_a.empty() || values_b.empty() || !Disjoint(values_a, values_b)) continue;
    differences.push_back({.name = std::string(field.name),
                           .a = values_a,
                           .b = values_b,
                           .idle = idle ? in_a.idle : std::string()});
  }
  std::stable_partition(differences.begin(), differences.end(),
                        [](const SettingDifference& each) { return each.idle.empty(); });
  std::stable_partition(differences.begin(), differences.end(), DecidesHowMuch);
  return differences;
}

std::string AndText(std::span<const std::string> words) {
  if (words.empty()) return {};
  if (words.size() == 1) return words.front();
  return fmt::format("{} and {}", fmt::join(words.first(words.size() - 1), ", "), words.back());
}

std::string DifferenceText(std::span<const SettingDifference> differences) {
  std::vector<std::string> texts;
  for (const SettingDifference& each : differences) {
    texts.push_back(fmt::format("{} ({}; {})", each.name, Values(each.a), Values(each.b)));
  }
  return AndText(texts);
}

std::string NothingInCommon(const ResultSet& a, const ResultSet& b) {
  std::string text = fmt::format("not comparable: {} and {} have no run in common", a.name, b.name);
  std::vector<std::string> phases_a, phases_b;
  for (const auto& [key, run] : a.runs) AddOnce(phases_a, run.phase);
  for (const auto& [key, run] : b.runs) AddOnce(phases_b, run.phase);
  if (Disjoint(phases_a, phases_b)) {
    return text.append(
        fmt::format(": they are of other phases ({}; {})", Values(phases_a), Values(phases_b)));
  }
  const std::vector<SettingDifference> differences = SettingDifferences(a, b);
  std::vector<SettingDifference> effective;
  for (const SettingDifference& each : differences) {
    if (each.idle.empty()) effective.push_back(each);
  }
  if (differences.empty()) {
    return text.append(
        ": each setting has values that both have, but no run of one has all those of a run of the "
        "other");
  }
  if (effective.empty()) {
    text.append(fmt::format(": they differ only in {}, which has no effect {}",
                            DifferenceText({&differences[0], 1}), differences[0].idle));
    return text.append(FlagFor(a, b, {&differences[0], 1}));
  }
  const bool only_how_much = std::all_of(effective.begin(), effective.end(), DecidesHowMuch);
  text.append(fmt::format(": they differ {}in {}", only_how_much ? "only " : "",
                          DifferenceText(effective)));
  if (only_how_much) text.append(", in how much was learned from");
  const bool seeds = std::any_of(effective.begin(), effective.end(),
                                 [](const SettingDifference& each) { return each.name == "seed"; });
  if (seeds) return text.append("; runs are paired by seed");
  return text.append(FlagFor(a, b, effective));
}

}  // namespace lanegrad
