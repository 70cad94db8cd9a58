// SPDX-License-Identifier: Apache-2.0
#include "experiments/experiment/listed_cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "experiments/comparison/plan.h"
#include "experiments/records/compared_run.h"
#include "experiments/records/joint_digest.h"
#include "experiments/runs/search.h"
#include "network/resolved_settings.h"

namespace lanegrad {
namespace {

double Published(const CellOutcome& outcome) { return std::stod(outcome.cell->published); }

// Without a unit, which the heading has.
std::string Said(Score score, double value) { return DifferenceText(score, value, NAN); }

// What the cell asks for, on top of what all share.
Settings Asked(const Protocol& protocol, const ListedCell& cell) {
  Settings settings = protocol.base;
  for (const auto& [name, value] : cell.settings) FieldNamed(name).set(settings, value);
  return settings;
}

// Calls body(), and says of which cell what it throws is.
template <class Body>
void OfCell(const ListedCell& cell, const Body& body) {
  try {
    body();
  } catch (const std::invalid_argument& error) {
    throw UsageError(fmt::format("cell '{}': {}", cell.name, error.what()));
  }
}

}  // namespace

std::vector<PlannedRun> PlanListedSearch(const Protocol& protocol,
                                         const std::vector<ListedCell>& cells,
                                         const Dataset& data) {
  const Search& search = protocol.search;
  std::vector<PlannedRun> runs;
  if (search.settings.empty()) return runs;
  for (const ListedCell& cell : cells) {
    const Settings asked = Asked(protocol, cell);
    OfCell(cell, [&] {
      for (const auto& [name, value] : cell.settings) {
        if (std::find(search.settings.begin(), search.settings.end(), name) ==
            search.settings.end()) {
          continue;
        }
        throw UsageError(fmt::format("'{}' is both tuned and stated: leave one of them out", name));
      }
      if (asked.validation == 0) {
        throw UsageError("settings are chosen on held-out samples: validation must be at least 1");
      }
      for (Settings settings : SettingsToTry(search, asked, Resolve(asked, data).settings)) {
        for (std::uint64_t seed = 1; seed <= protocol.tune_seeds; ++seed) {
          settings.seed = seed;
          runs.push_back({.settings = Resolve(settings, data).settings,
                          .phase = "tune",
                          .test = false,
                          .asked = settings,
                          .cell = cell.name,
                          .searched = search.settings});
        }
      }
    });
  }
  return runs;
}

std::vector<ListedCell> ChooseListed(const Protocol& protocol, std::vector<ListedCell> cells,
                                     const std::vector<PlannedRun>& plan,
                                     const PlanRecords& records, double chance) {
  if (plan.empty()) return cells;
  const std::size_t seeds = protocol.tune_seeds;
  const std::size_t tries = plan.size() / cells.size() / seeds;
  for (std::size_t c = 0; c < cells.size(); ++c) {
    std::size_t best = 0;
    double highest = -HUGE_VAL;
    for (std::size_t t = 0; t < tries; ++t) {
      const std::size_t first = (c * tries + t) * seeds;
      std::vector<double> held_out;
      for (std::size_t i = first; i < first + seeds; ++i) {
        held_out.push_back(ViewRun(records[i].value(), chance).held_out);
      }
      if (const double mean = Mean(held_out); mean > highest) {
        highest = mean;
        best = first;
      }
    }
    for (const std::string& name : protocol.search.settings) {
      cells[c].settings.emplace_back(name, FieldNamed(name).get(plan[best].asked));
    }
  }
  return cells;
}

std::vector<PlannedRun> PlanListed(const Protocol& protocol, const std::vector<ListedCell>& cells,
                                   const Dataset& data) {
  std::vector<PlannedRun> runs;
  for (const ListedCell& cell : cells) {
    Settings settings = Asked(protocol, cell);
    for (std::uint64_t seed = 0; seed < protocol.final_seeds; ++seed) {
      settings.seed = kFreshSeeds + seed;
      OfCell(cell, [&] {
        runs.push_back({.settings = Resolve(settings, data).settings,
                        .phase = "final",
                        .test = true,
                        .asked = settings,
                        .cell = cell.name,
                        .searched = protocol.search.settings});
      });
    }
  }
  return runs;
}

std::vector<CellOutcome> JudgeListed(const std::vector<ListedCell>& cells,
                                     const PlanRecords& records, double chance) {
  std::vector<CellOutcome> outcomes;
  const std::size_t seeds = records.size() / cells.size();
  for (std::size_t c = 0; c < cells.size(); ++c) {
    CellOutcome outcome = {.cell = &cells[c], .test = {}};
    for (std::size_t seed = 0; seed < seeds; ++seed) {
      const RunRecord& record = records[c * seeds + seed].value();
      const bool diverged = record.status == Status::kDiverged;
      const bool out_of_time = record.status == Status::kOutOfTime;
      outcome.diverged += diverged;
      outcome.out_of_time += out_of_time;
      outcome.test.push_back(diverged || out_of_time ? chance
                                                     : record.test_accuracy.value_or(chance));
    }
    const RunRecord& first = records[c * seeds].value();
    if (!first.searched.empty()) outcome.chosen = TriedText(first.settings, first.searched);
    if (!cells[c].published.empty() && outcome.out_of_time > 0) {
      outcome.conformity = "not judged";
    } else if (!cells[c].published.empty()) {
      const Conformity found = Conform(outcome.test, cells[c].published, cells[c].tolerance);
      outcome.conformity = ConformityName(found);
      outcome.missed = found == Conformity::kDiffers;
    }
    outcomes.push_back(std::move(outcome));
  }
  return outcomes;
}

Table ListedTable(const std::vector<CellOutcome>& outcomes, Score score) {
  const bool search = std::any_of(outcomes.begin(), outcomes.end(),
                                  [](const CellOutcome& each) { return !each.chosen.empty(); });
  Table table = {
      .caption = IsShare(score) ? "Test accuracy, in per cent, published and ours"
                                : "R² of test samples, published and ours",
      .columns = {{"cell", false, "as the file calls it"},
                  {"published", true, "what the source has"},
                  {"ours", true, "mean over the seeds"},
                  {"95 % interval", true, "Student's, of that mean"},
                  {"difference", true,
                   IsShare(score) ? "ours less the published one, in points"
                                  : "ours less the published one"},
                  {"agreement", false,
                   "exact: the same digits; within spread: one more run of ours might be "
                   "theirs; within tolerance: as near as the file allows"}},
      .rows = {}};
  if (search) {
    table.columns.push_back(
        {"chosen", false, "what was best on held-out samples of what was tried"});
  }
  for (const CellOutcome& each : outcomes) {
    const Interval interval = MeanInterval(each.test);
    const bool published = !each.cell->published.empty();
    const double mean = Mean(each.test);
    std::string ends;
    const auto add = [&](std::size_t count, std::string_view what) {
      if (count > 0) ends.append(fmt::format("; {} of {} {}", count, each.test.size(), what));
    };
    add(each.diverged, "diverged");
    add(each.out_of_time, "ran out of time");
    const double difference = published ? mean - Published(each) : NAN;
    table.rows.push_back(
        {{each.cell->name, 0, false},
         {published ? Said(score, Published(each)) : "-", published ? Published(each) : NAN, true},
         {Said(score, mean), mean, true},
         {std::isfinite(interval.low)
              ? fmt::format("{} to {}", Said(score, interval.low), Said(score, interval.high))
              : "-",
          interval.low, true},
         {published ? (difference < 0.0 ? "" : "+") + Said(score, difference) : "-", difference,
          true},
         {(each.conformity.empty() ? "-" : each.conformity) + ends, 0, false}});
    if (search) table.rows.back().push_back({each.chosen, 0, false});
  }
  return table;
}

DotFigure ListedFigure(const std::vector<CellOutcome>& outcomes, const std::string& source,
                       Score score) {
  const auto judged = std::count_if(outcomes.begin(), outcomes.end(),
                                    [](const CellOutcome& o) { return !o.conformity.empty(); });
  const auto missed = std::count_if(outcomes.begin(), outcomes.end(),
                                    [](const CellOutcome& o) { return o.missed; });
  DotFigure figure = {
      .name = "published",
      .title = judged == 0 ? fmt::format("Test {} of the listed cells", ScoreName(score))
                           : fmt::format("{} of {} published numbers come out again",
                                         judged - missed, judged),
      .subtitle = fmt::format("a pale dot a seed, the mean with Student's 95 % interval{}{}",
                              source.empty() ? "" : "; published: ", source),
      .x_label = fmt::format("test {}", ScoreLabel(score)),
      .percent = IsShare(score),
      .rows = {}};
  for (const CellOutcome& each : outcomes) {
    const Interval interval = MeanInterval(each.test);
    figure.rows.push_back({.label = each.cell->name,
                           .group = "ours",
                           .value = Mean(each.test),
                           .low = interval.low,
                           .high = interval.high,
                           .points = each.test,
                           .note = {}});
    if (each.cell->published.empty()) continue;
    figure.rows.push_back(
        {.label = "published",
         .group = "published",
         .value = Published(each),
         .text = fmt::format("{} · {}", Said(score, Published(each)), each.conformity),
         .note = {}});
  }
  return figure;
}

std::string DigestOfListed(const PlanRecords& records) {
  std::map<std::string, std::string> digests;
  for (const auto& record : records) digests[record->key] = record->digest;
  return JointDigest(digests);
}

}  // namespace lanegrad
