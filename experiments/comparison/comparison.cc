// SPDX-License-Identifier: Apache-2.0
#include "experiments/comparison/comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "experiments/runs/search.h"
#include "experiments/statistics/bootstrap.h"
#include "network/folds.h"

namespace lanegrad {
namespace {

// What makes two runs of the same cell: all settings but seed, fold and rate, or what
// is searched for.
std::string CellKey(Settings settings, std::span<const std::string> searched) {
  static const Settings kDefaults;
  settings.rate = 0.0f;
  settings.seed = 0;
  settings.fold = kNoFold;
  for (const std::string& name : searched) {
    const SettingsField& field = FieldNamed(name);
    field.set(settings, field.get(kDefaults));
  }
  return Canonical(settings);
}

// The runs of two cells with the seeds, and folds, that both have.
struct RunPairs {
  std::vector<const ComparedRun*> left, right;
  std::vector<double> left_values, right_values, differences;
};

RunPairs Pairs(const ComparisonCell& a, const ComparisonCell& b) {
  RunPairs pairs;
  for (const ComparedRun& run : a.finals) {
    for (const ComparedRun& other : b.finals) {
      if (other.seed != run.seed || other.fold != run.fold) continue;
      pairs.left.push_back(&run);
      pairs.right.push_back(&other);
      pairs.left_values.push_back(run.test);
      pairs.right_values.push_back(other.test);
      pairs.differences.push_back(run.test - other.test);
    }
  }
  return pairs;
}

// The p value of a pair of cells; 1 where there are too few seeds to say.
double PairP(const ComparisonCell& a, const ComparisonCell& b) {
  const RunPairs pairs = Pairs(a, b);
  const double p = ByFold(pairs.left, pairs.differences).ZeroMeanP();
  return std::isnan(p) ? 1.0 : p;
}

// Where a label stands on its axis; labels it does not name come behind, as they appear.
std::size_t Place(Axis& axis, const std::string& label) {
  const auto found = std::find(axis.values.begin(), axis.values.end(), label);
  const auto place = found - axis.values.begin();
  if (found == axis.values.end()) axis.values.push_back(label);
  return static_cast<std::size_t>(place);
}

// Whether two runs of a cell tried the same.
bool TriedAlike(const Settings& a, const Settings& b, std::span<const std::string> searched) {
  if (searched.empty()) return a.rate == b.rate;
  return std::all_of(searched.begin(), searched.end(), [&](const std::string& name) {
    return FieldNamed(name).get(a) == FieldNamed(name).get(b);
  });
}

void AddTrial(ComparisonCell& cell, ComparedRun run, const Settings& settings) {
  auto trial = std::find_if(cell.trials.begin(), cell.trials.end(), [&](const RateTrials& t) {
    return TriedAlike(t.settings, settings, cell.searched);
  });
  if (trial == cell.trials.end()) {
    cell.trials.push_back({.rate = settings.rate, .settings = settings});
    trial = std::prev(cell.trials.end());
  }
  trial->accuracies.push_back(run.held_out);
  trial->outcomes.Add(run.outcome);
  trial->runs.push_back(std::move(run));
}

void ChooseRate(ComparisonCell& cell) {
  if (cell.searched.empty()) {
    std::sort(cell.trials.begin(), cell.trials.end(),
              [](const RateTrials& a, const RateTrials& b) { return a.rate < b.rate; });
  }
  for (std::size_t i = 1; i < cell.trials.size(); ++i) {
    if (cell.trials[i].mean() > cell.trials[cell.best].mean()) cell.best = i;
  }
  cell.settings.rate = cell.trials[cell.best].rate;
  for (const std::string& name : cell.searched) {
    const SettingsField& field = FieldNamed(name);
    field.set(cell.settings, field.get(cell.trials[cell.best].settings));
  }
}

}  // namespace

std::string ComparisonCell::Name() const {
  return labels.empty() ? "all runs" : fmt::format("{}", fmt::join(labels, " · "));
}

Score ComparisonCell::score() const {
  const std::vector<ComparedRun>& runs =
      !finals.empty() || trials.empty() ? finals : trials[0].runs;
  return runs.empty() ? Score::kAccuracy : runs.front().score;
}

Interval ComparisonCell::TestInterval() const {
  return test_values.test_over_train > 0.0 ? test_values.MeanInterval() : MeanInterval(test);
}

Settings BestOfFold(const ComparisonCell& cell, std::size_t fold) {
  const RateTrials* best = nullptr;
  double most = 0.0;
  for (const RateTrials& trial : cell.trials) {
    std::vector<double> own;
    for (const ComparedRun& run : trial.runs) {
      if (run.fold == fold) own.push_back(run.held_out);
    }
    if (own.empty() || (best != nullptr && !(Mean(own) > most))) continue;
    best = &trial;
    most = Mean(own);
  }
  Settings settings = cell.settings;
  if (best == nullptr) return settings;
  settings.rate = best->rate;
  for (const std::string& name : cell.searched) {
    const SettingsField& field = FieldNamed(name);
    field.set(settings, field.get(best->settings));
  }
  return settings;
}

std::string ComparisonCell::BestText() const { return TriedText(settings, searched); }

PairedDifference DifferenceToFirst(const ComparisonCell& cell) {
  const double mean = Mean(cell.from_first);
  const Interval interval = cell.from_first_values.test_over_train > 0.0
                                ? cell.from_first_values.MeanInterval()
                                : MeanInterval(cell.from_first);
  const double half = 0.5 * (interval.high - interval.low);
  // Equal differences of few seeds are an accident, not certainty: see ZeroMeanP().
  return {mean, half > 1e-9 ? half : NAN};
}

std::vector<Axis> AxesButRate(std::span<const Axis> grid) {
  std::vector<Axis> axes;
  for (const Axis& axis : grid) {
    if (axis.setting != "rate" && axis.tied_to.empty()) axes.push_back(axis);
  }
  return axes;
}

std::vector<ComparisonCell> CellsFromTrials(std::span<const Axis> grid,
                                            std::span<const RunRecord> records, double chance,
                                            std::span<const std::string> searched) {
  std::vector<Axis> axes = AxesButRate(grid);
  // Records hold resolved settings; so cells are what their records say of the axes,
  // not the unresolved settings of the grid. Keyed by place, they come in grid order.
  std::map<std::vector<std::size_t>, ComparisonCell> cells;
  for (const RunRecord& record : records) {
    const Settings& settings = record.settings;
    std::vector<std::string> labels;
    std::vector<std::size_t> place;
    for (Axis& axis : axes) {
      labels.push_back(FieldNamed(axis.setting).get(settings));
      place.push_back(Place(axis, labels.back()));
    }
    ComparisonCell& cell = cells[place];
    cell.settings = settings;
    cell.settings.fold = kNoFold;
    cell.labels = std::move(labels);
    cell.searched.assign(searched.begin(), searched.end());
    AddTrial(cell, ViewRun(record, chance), settings);
  }
  std::vector<ComparisonCell> in_order;
  for (auto& [place, cell] : cells) {
    ChooseRate(cell);
    in_order.push_back(std::move(cell));
  }
  return in_order;
}

void RankByTest(std::vector<ComparisonCell>& cells, std::span<const RunRecord> records,
                double chance) {
  const std::vector<std::string> searched =
      cells.empty() ? std::vector<std::string>() : cells.front().searched;
  using Place = std::pair<std::size_t, std::uint64_t>;  // fold and seed
  std::map<std::string, std::map<Place, const RunRecord*>> by_cell;
  for (const RunRecord& record : records) {
    const Place place = {ReadFold(record.settings.fold).number, record.settings.seed};
    by_cell[CellKey(record.settings, searched)][place] = &record;
  }
  for (ComparisonCell& cell : cells) {
    for (const auto& [place, record] : by_cell[CellKey(cell.settings, searched)]) {
      ComparedRun run = ViewRun(*record, chance);
      if (std::isnan(run.test)) continue;
      cell.finals.push_back(std::move(run));
      cell.test_outcomes.Add(cell.finals.back().outcome);
      cell.test.push_back(cell.finals.back().test);
    }
    std::vector<const ComparedRun*> runs;
    for (const ComparedRun& run : cell.finals) runs.push_back(&run);
    cell.test_values = ByFold(runs, cell.test);
  }
  // Cells without a test, of a grid that is not finished, come last.
  const auto mean = [](const ComparisonCell& cell) {
    return cell.test.empty() ? -std::numeric_limits<double>::infinity() : Mean(cell.test);
  };
  std::stable_sort(
      cells.begin(), cells.end(),
      [&](const ComparisonCell& a, const ComparisonCell& b) { return mean(a) > mean(b); });
  // The pairs with the first come first in the list.
  std::vector<double> p;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    for (std::size_t j = i + 1; j < cells.size(); ++j) p.push_back(PairP(cells[i], cells[j]));
  }
  const std::vector<double> adjusted = HolmAdjust(p);
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].test.empty()) {
      cells[i].verdict = "not tested";
    } else if (i == 0) {
      cells[i].verdict = "best";
    } else {
      const RunPairs pairs = Pairs(cells[i], cells[0]);
      cells[i].from_first = pairs.differences;
      cells[i].from_first_values = ByFold(pairs.left, pairs.differences);
      cells[i].better = PairedProbabilityGreater(pairs.left_values, pairs.right_values);
      cells[i].p = adjusted[i - 1];
      cells[i].verdict = pairs.differences.empty() ? kNoCommonSeed
                         : cells[i].p <= 0.05      ? std::string_view("worse")
                                                   : kNoDifference;
    }
  }
}

std::vector<std::vector<double>> TestBlocks(std::span<const ComparisonCell> cells) {
  std::map<std::uint64_t, std::size_t> seeds;
  for (const ComparisonCell& cell : cells) {
    for (const ComparedRun& run : cell.finals) ++seeds[run.seed];
  }
  std::vector<std::vector<double>> blocks(cells.size());
  if (!cells.empty() && !cells[0].finals.empty() && cells[0].finals[0].fold > 0) return blocks;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    for (const ComparedRun& run : cells[i].finals) {
      if (seeds[run.seed] == cells.size()) blocks[i].push_back(run.test);
    }
  }
  return blocks;
}

OutcomeCounts CountOutcomes(const ComparisonCell& cell) {
  OutcomeCounts counts = cell.test_outcomes;
  for (const RateTrials& trial : cell.trials) counts.Add(trial.outcomes);
  return counts;
}

}  // namespace lanegrad
