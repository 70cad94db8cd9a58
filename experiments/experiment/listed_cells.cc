// SPDX-License-Identifier: Apache-2.0
#include "experiments/experiment/listed_cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "experiments/comparison/plan.h"
#include "experiments/records/joint_digest.h"
#include "network/resolved_settings.h"

namespace lanegrad {
namespace {

double Published(const CellOutcome& outcome) { return std::stod(outcome.cell->published); }

std::string Percent(double share) { return fmt::format("{:.2f}", 100.0 * share); }

}  // namespace

std::vector<PlannedRun> PlanListed(const Protocol& protocol, const std::vector<ListedCell>& cells,
                                   const Dataset& data) {
  std::vector<PlannedRun> runs;
  for (const ListedCell& cell : cells) {
    Settings settings = protocol.base;
    for (const auto& [name, value] : cell.settings) FieldNamed(name).set(settings, value);
    for (std::uint64_t seed = 0; seed < protocol.final_seeds; ++seed) {
      settings.seed = kFreshSeeds + seed;
      try {
        runs.push_back({.settings = Resolve(settings, data).settings,
                        .phase = "final",
                        .test = true,
                        .asked = settings,
                        .cell = cell.name});
      } catch (const std::invalid_argument& error) {
        throw UsageError(fmt::format("cell '{}': {}", cell.name, error.what()));
      }
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
      outcome.diverged += diverged;
      outcome.test.push_back(diverged ? chance : record.test_accuracy.value_or(chance));
    }
    if (!cells[c].published.empty()) {
      const Conformity found = Conform(outcome.test, cells[c].published, cells[c].tolerance);
      outcome.conformity = ConformityName(found);
      outcome.missed = found == Conformity::kDiffers;
    }
    outcomes.push_back(std::move(outcome));
  }
  return outcomes;
}

Table ListedTable(const std::vector<CellOutcome>& outcomes) {
  Table table = {
      .caption = "Test accuracy, in per cent, published and ours",
      .columns = {{"cell", false, "as the file calls it"},
                  {"published", true, "what the source has"},
                  {"ours", true, "mean over the seeds"},
                  {"95 % interval", true, "Student's, of that mean"},
                  {"difference", true, "ours less the published one, in points"},
                  {"agreement", false,
                   "exact: the same digits; within spread: one more run of ours might be "
                   "theirs; within tolerance: as near as the file allows"}},
      .rows = {}};
  for (const CellOutcome& each : outcomes) {
    const Interval interval = MeanInterval(each.test);
    const bool published = !each.cell->published.empty();
    const double mean = Mean(each.test);
    const std::string diverged =
        each.diverged == 0 ? ""
                           : fmt::format("; {} of {} diverged", each.diverged, each.test.size());
    table.rows.push_back(
        {{each.cell->name, 0, false},
         {published ? Percent(Published(each)) : "-", published ? Published(each) : NAN, true},
         {Percent(mean), mean, true},
         {std::isfinite(interval.low)
              ? fmt::format("{} to {}", Percent(interval.low), Percent(interval.high))
              : "-",
          interval.low, true},
         {published ? fmt::format("{:+.2f}", 100.0 * (mean - Published(each))) : "-",
          published ? mean - Published(each) : NAN, true},
         {(each.conformity.empty() ? "-" : each.conformity) + diverged, 0, false}});
  }
  return table;
}

DotFigure ListedFigure(const std::vector<CellOutcome>& outcomes, const std::string& source) {
  const auto judged = std::count_if(outcomes.begin(), outcomes.end(),
                                    [](const CellOutcome& o) { return !o.conformity.empty(); });
  const auto missed = std::count_if(outcomes.begin(), outcomes.end(),
                                    [](const CellOutcome& o) { return o.missed; });
  DotFigure figure = {
      .name = "published",
      .title = judged == 0 ? "Test accuracy of the listed cells"
                           : fmt::format("{} of {} published numbers come out again",
                                         judged - missed, judged),
      .subtitle = fmt::format("a pale dot a seed, the mean with Student's 95 % interval{}{}",
                              source.empty() ? "" : "; published: ", source),
      .x_label = "test accuracy, %",
      .percent = true,
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
         .text = fmt::format("{} · {}", Percent(Published(each)), each.conformity),
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
