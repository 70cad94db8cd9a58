// SPDX-License-Identifier: Apache-2.0
#include "experiments/comparison/plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "experiments/comparison/idle_axes.h"
#include "network/folds.h"
#include "network/resolved_settings.h"

namespace lanegrad {
namespace {

// What a cell is called: its values on the axes but rate.
std::string CellName(const Settings& settings, std::span<const Axis> axes) {
  std::vector<std::string> labels;
  for (const Axis& axis : axes) labels.push_back(FieldNamed(axis.setting).get(settings));
  return fmt::format("{}", fmt::join(labels, " · "));
}

void Check(const Protocol& protocol) {
  if (protocol.tune_seeds < 1 || protocol.final_seeds < 1) {
    throw UsageError("seeds and final seeds must be at least 1");
  }
  if (protocol.tune_seeds >= kFreshSeeds) {
    throw UsageError(
        fmt::format("seeds must be at most {}: fresh ones begin after", kFreshSeeds - 1));
  }
  if (FindAxis(protocol.grid, "seed") != nullptr) {
    throw UsageError("'seed' is no axis: say how many with --seeds and --final-seeds");
  }
  if (FindAxis(protocol.grid, "fold") != nullptr) {
    throw UsageError("'fold' is no axis: say how many with --folds");
  }
}

// Throws UsageError where a cell makes no sense.
LegalCell CheckCell(const Settings& settings, const Dataset& data) {
  if (settings.validation == 0) {
    throw UsageError("rates are chosen on held-out samples: validation must be at least 1");
  }
  return {.asked = settings, .resolved = Resolve(settings, data).settings};
}

// The illegal cells of one reason. They are described by the axes on which they do not
// have every value that there is.
std::string Which(std::span<const Axis> axes, const std::vector<Settings>& cells) {
  std::vector<std::string> parts;
  std::size_t all = 1;
  for (const Axis& axis : axes) {
    const SettingsField& field = FieldNamed(axis.setting);
    std::vector<std::string_view> present;
    for (const std::string& value : axis.values) {
      if (std::any_of(cells.begin(), cells.end(),
                      [&](const Settings& each) { return field.get(each) == value; })) {
        present.push_back(value);
      }
    }
    all *= axis.values.size();
    if (present.size() == axis.values.size()) continue;
    parts.push_back(fmt::format("{}={}", axis.setting, fmt::join(present, ",")));
  }
  if (parts.empty()) return cells.size() == all ? "all of them" : "some with each value";
  return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace

TuningPlan PlanTuning(const Protocol& protocol, const Dataset& data) {
  Check(protocol);
  const std::vector<Axis> axes = AxesButRate(protocol.grid);
  const Axis* rates = FindAxis(protocol.grid, "rate");
  std::vector<Axis> all_axes = protocol.grid;  // those that are tied as well
  std::erase_if(all_axes, [](const Axis& axis) { return axis.setting == "rate"; });
  TuningPlan plan;
  std::vector<std::pair<std::string, std::vector<Settings>>> refused;
  std::vector<LegalCell> legal;
  for (const Settings& cell : Combinations(protocol.base, all_axes)) {
    try {
      legal.push_back(CheckCell(cell, data));
    } catch (const std::invalid_argument& error) {
      const auto same = std::find_if(refused.begin(), refused.end(),
                                     [&](const auto& r) { return r.first == error.what(); });
      if (same != refused.end()) {
        same->second.push_back(cell);
      } else {
        refused.push_back({error.what(), {cell}});
      }
    }
  }
  const Search& search = protocol.search;
  RefuseIdleAxes(legal, axes);
  RefuseIdleSearch(legal, search.settings);
  plan.once = DropRepeated(legal, axes);
  plan.cells = legal.size();
  for (const LegalCell& cell : legal) {
    std::set<std::string> known;
    const std::vector<Settings> tries =
        search.settings.empty()
            ? Combinations(cell.asked, std::span(rates, rates == nullptr ? 0u : 1u))
            : SettingsToTry(search, cell.asked, cell.resolved);
    for (Settings settings : tries) {
      for (const std::string& fold : protocol.Folds()) {
        settings.fold = fold;
        for (std::uint64_t seed = 1; seed <= protocol.tune_seeds; ++seed) {
          settings.seed = seed;
          PlannedRun run = {.settings = Resolve(settings, data).settings,
                            .phase = "tune",
                            .test = false,
                            .asked = settings,
                            .cell = CellName(cell.asked, axes),
                            .searched = search.settings};
          if (known.insert(PlanKey(run, data)).second) plan.runs.push_back(std::move(run));
        }
      }
    }
  }
  for (const auto& [why, cells] : refused) {
    plan.illegal.push_back({.count = cells.size(), .which = Which(axes, cells), .why = why});
  }
  return plan;
}

std::vector<std::string> DropUnrecorded(TuningPlan& plan, const Dataset& data,
                                        const RecordSet& records) {
  std::map<std::string, bool> known;  // by cell, whether any of its runs is recorded
  for (const PlannedRun& run : plan.runs) {
    known[run.cell] |= records.Find(PlanKey(run, data)) != nullptr;
  }
  std::vector<std::string> dropped;
  for (const auto& [cell, recorded] : known) {
    if (!recorded) dropped.push_back(cell);
  }
  if (dropped.size() == known.size()) return {};
  std::erase_if(plan.runs, [&](const PlannedRun& run) { return !known[run.cell]; });
  plan.cells -= dropped.size();
  return dropped;
}

std::string Describe(const std::vector<IllegalCells>& illegal, std::size_t legal,
                     std::string_view remedy) {
  std::size_t count = 0;
  for (const IllegalCells& each : illegal) count += each.count;
  std::string text = legal == 0
                         ? fmt::format("none of {} combinations makes sense", count)
                         : fmt::format("{} of {} combinations make no sense", count, count + legal);
  if (!remedy.empty()) text.append("; ").append(remedy);
  if (illegal.size() == 1) {
    return text.append(fmt::format(": {}: {}", illegal[0].which, illegal[0].why));
  }
  for (const IllegalCells& each : illegal) {
    text.append(fmt::format("\n  {} ({}): {}", each.which, each.count, each.why));
  }
  return text;
}

std::vector<ComparisonCell> ChooseRates(const Protocol& protocol, const TuningPlan& plan,
                                        const PlanRecords& records, const Dataset& data) {
  std::vector<RunRecord> trials = AsAsked(plan.runs, records, protocol.grid);
  LevelFolds(trials);
  std::vector<ComparisonCell> cells =
      CellsFromTrials(protocol.grid, trials, ChanceOf(data), protocol.search.settings);
  // Illegal cells were left out of the plan, and stay out of the report.
  std::erase_if(cells, [](const ComparisonCell& cell) { return cell.trials.empty(); });
  return cells;
}

std::vector<PlannedRun> PlanFinals(const std::vector<ComparisonCell>& cells,
                                   const Protocol& protocol, const Dataset& data) {
  std::vector<PlannedRun> runs;
  for (const ComparisonCell& cell : cells) {
    for (const std::string& fold : protocol.Folds()) {
      Settings settings = fold == kNoFold ? cell.settings : BestOfFold(cell, ReadFold(fold).number);
      settings.fold = fold;
      if (fold != kNoFold) {
        // Folds differ in size, so what one came to is not what another may have.
        if (FindAxis(protocol.grid, "samples") == nullptr) settings.samples = protocol.base.samples;
      }
      for (std::uint64_t seed = 0; seed < protocol.final_seeds; ++seed) {
        settings.seed = kFreshSeeds + seed;
        runs.push_back({.settings = Resolve(settings, data).settings,
                        .phase = "final",
                        .test = true,
                        .asked = settings,
                        .cell = cell.Name(),
                        .searched = protocol.search.settings});
      }
    }
  }
  return runs;
}

double ChanceOf(const Dataset& data) {
  return data.regression() ? 0.0 : 1.0 / static_cast<double>(data.classes);
}

RemainingWork FindRemainingWork(const Protocol& protocol, const TuningPlan& plan,
                                const Dataset& data, const RecordSet& records, const Shard& shard) {
  RemainingWork work;
  work.tuned = Recorded(plan.runs, data, records);
  work.tuning = MissingRuns(plan.runs, work.tuned, shard);
  const std::vector<std::size_t> all = MissingRuns(plan.runs, work.tuned, {});
  work.tuning_alone = work.tuning.size() == all.size();
  if (!all.empty()) return work;
  work.cells = ChooseRates(protocol, plan, work.tuned, data);
  work.finals = PlanFinals(work.cells, protocol, data);
  work.final_records = Recorded(work.finals, data, records);
  work.final_runs = MissingRuns(work.finals, work.final_records, shard);
  return work;
}

std::vector<RunRecord> AsAsked(const std::vector<PlannedRun>& runs, const PlanRecords& records,
                               std::span<const Axis> grid) {
  std::vector<RunRecord> renamed;
  renamed.reserve(runs.size());  // there may be a hundred thousand
  for (std::size_t i = 0; i < runs.size(); ++i) {
    renamed.push_back(records[i].value());
    for (const Axis& axis : grid) {
      if (axis.setting == "rate") continue;
      const SettingsField& field = FieldNamed(axis.setting);
      field.set(renamed.back().settings, field.get(runs[i].asked));
    }
  }
  return renamed;
}

}  // namespace lanegrad
