// SPDX-License-Identifier: Apache-2.0
#include "experiments/comparison/comparison_facts.h"

#include <algorithm>
#include <map>
#include <set>

#include "network/folds.h"

namespace lanegrad {
namespace {

bool IsTuning(const RunRecord& record) { return record.phase == "tune"; }

// The last record of each run, in order of first appearance. Settings count besides the key:
// two cells that were asked for by different names may have come to the same run.
std::vector<RunRecord> LastOfEachRun(std::span<const RunRecord> records) {
  std::vector<RunRecord> last;
  std::map<std::string, std::size_t> places;
  for (const RunRecord& record : records) {
    std::string name = record.key;
    for (const SettingsField& field : SettingsFields()) {
      name.append("\n").append(field.get(record.settings));
    }
    const auto [place, fresh] = places.emplace(std::move(name), last.size());
    if (fresh) {
      last.push_back(record);
    } else {
      last[place->second] = record;
    }
  }
  return last;
}

// Whether the value of one axis is known from those of the others.
bool Follows(const std::vector<Settings>& runs, const Axis& axis, const std::vector<Axis>& axes) {
  std::map<std::vector<std::string>, std::string> known;
  for (const Settings& settings : runs) {
    std::vector<std::string> others;
    for (const Axis& each : axes) {
      if (each.setting != axis.setting) others.push_back(FieldNamed(each.setting).get(settings));
    }
    const std::string value = FieldNamed(axis.setting).get(settings);
    if (known.emplace(others, value).first->second != value) return false;
  }
  return true;
}

// Settings that vary over the runs, but for those that are searched for.
std::vector<Axis> VaryingSettings(const std::vector<Settings>& runs,
                                  const std::vector<std::string>& searched) {
  std::vector<Axis> axes;
  for (const SettingsField& field : SettingsFields()) {
    if (field.name == "seed" || field.name == "fold") continue;
    if (std::find(searched.begin(), searched.end(), field.name) != searched.end()) continue;
    Axis axis = {.setting = std::string(field.name), .values = {}};
    std::set<std::string> seen;
    for (const Settings& settings : runs) {
      const std::string value = field.get(settings);
      if (seen.insert(value).second) axis.values.push_back(value);
    }
    if (axis.values.size() > 1) axes.push_back(std::move(axis));
  }
  return axes;
}

// The axes: of settings that follow from others, those are dropped first that are usually
// left to be chosen.
std::vector<Axis> AxesOf(const std::vector<Settings>& runs,
                         const std::vector<std::string>& searched) {
  std::vector<Axis> axes = VaryingSettings(runs, searched);
  const Settings untouched;
  for (const bool chosen : {true, false}) {
    for (std::size_t i = axes.size(); i-- > 0;) {
      const bool is_chosen = FieldNamed(axes[i].setting).get(untouched) == "auto";
      if (is_chosen != chosen || !Follows(runs, axes[i], axes)) continue;
      axes.erase(axes.begin() + static_cast<std::ptrdiff_t>(i));
    }
  }
  for (Axis& axis : axes) {
    if (axis.setting != "rate") continue;
    std::sort(axis.values.begin(), axis.values.end(),
              [](const auto& a, const auto& b) { return std::stod(a) < std::stod(b); });
  }
  return axes;
}

// What half of the cells reach on held-out samples, in whole percents, so that it can be
// said.
double DefaultTarget(const std::vector<ComparisonCell>& cells) {
  std::vector<double> reached;
  for (const ComparisonCell& cell : cells) {
    std::vector<double> ends;
    for (const ComparedRun& run : cell.finals) ends.push_back(run.held_out);
    if (!ends.empty()) reached.push_back(Mean(ends));
  }
  return std::floor(100.0 * Median(reached)) / 100.0;
}

}  // namespace

ComparisonFacts FactsOfRecords(std::span<const RunRecord> given) {
  std::vector<RunRecord> records(given.begin(), given.end());
  LevelFolds(records);
  ComparisonFacts facts;
  std::vector<Settings> runs;
  std::set<std::uint64_t> tune_seeds, final_seeds;
  std::set<std::string> searched;
  for (const RunRecord& record : records) {
    (IsTuning(record) ? tune_seeds : final_seeds).insert(record.settings.seed);
    if (IsTuning(record)) runs.push_back(record.settings);
    for (const std::string& name : record.searched) searched.insert(name);
  }
  for (const SettingsField& field : SettingsFields()) {
    if (searched.contains(std::string(field.name))) facts.searched.emplace_back(field.name);
  }
  facts.data = records.front().data;
  facts.checksum = records.front().checksum;
  facts.grid = AxesOf(runs, facts.searched);
  facts.tune_seeds = tune_seeds.size();
  facts.final_seeds = final_seeds.size();
  return facts;
}

Comparison MakeComparison(std::span<const RunRecord> given, ComparisonFacts& facts) {
  std::vector<RunRecord> tuning, finals, records(given.begin(), given.end());
  LevelFolds(records);
  if (!records.empty()) facts.score = ScoreOf(records.front());
  for (const RunRecord& record : records) {
    facts.folds = std::max(facts.folds, ReadFold(record.settings.fold).of);
  }
  for (RunRecord& record : LastOfEachRun(records)) {
    (IsTuning(record) ? tuning : finals).push_back(std::move(record));
  }
  if (std::isnan(facts.chance) && !records.empty()) facts.chance = ChanceOf(records.front());
  Comparison comparison;
  comparison.cells = CellsFromTrials(facts.grid, tuning, facts.chance, facts.searched);
  comparison.ranked = comparison.cells;
  RankByTest(comparison.ranked, finals, facts.chance);
  for (ComparisonCell& cell : comparison.cells) {
    cell = *std::find_if(comparison.ranked.begin(), comparison.ranked.end(),
                         [&](const ComparisonCell& each) { return each.labels == cell.labels; });
  }
  if (std::isnan(facts.target)) facts.target = DefaultTarget(comparison.cells);
  return comparison;
}

}  // namespace lanegrad
