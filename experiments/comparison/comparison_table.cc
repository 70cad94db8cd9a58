// SPDX-License-Identifier: Apache-2.0
#include "experiments/comparison/comparison_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/comparison/comparison_figure.h"
#include "experiments/runs/search.h"
#include "experiments/statistics/bootstrap.h"

namespace lanegrad {
namespace {

Cell Text(std::string text) { return {std::move(text), 0.0, false}; }

Cell Number(std::size_t value) {
  return {fmt::format("{}", value), static_cast<double>(value), false};
}

Cell IntervalCell(Score score, const Interval& interval) {
  if (!std::isfinite(interval.low)) return {"-", NAN, false};
  return {fmt::format("{} – {}", DifferenceText(score, interval.low, NAN),
                      ScoreText(score, interval.high)),
          interval.low, false};
}

Cell Rate(float rate) { return {fmt::format("{}", rate), static_cast<double>(rate), false}; }

// What a cell was tuned to: its rate, or all that was searched for.
Cell Tried(const Settings& settings, const ComparisonFacts& facts) {
  return facts.searched.empty() ? Rate(settings.rate) : Text(TriedText(settings, facts.searched));
}

Interval MeanByBootstrap(const ComparisonCell& cell) {
  return BootstrapInterval(cell.test, [](std::span<const double> sample) { return Mean(sample); });
}

std::string PText(double p) {
  return p < 0.001 ? std::string("< 0.001") : fmt::format("{:.3f}", p);
}

// Rank and axes, with which every row begins.
Table Begin(const ComparisonFacts& facts) {
  Table table = {.caption = fmt::format("Test {} on {}, each cell at its best {}, best first",
                                        ScoreName(facts.score), facts.data,
                                        facts.searched.empty() ? "rate" : "settings"),
                 .columns = {{.name = "rank", .numeric = true, .help = {}}},
                 .rows = {}};
  for (const Axis& axis : AxesButRate(facts.grid)) {
    table.columns.push_back({.name = axis.setting, .numeric = false, .help = {}});
  }
  const bool rate = facts.searched.empty();
  table.columns.push_back(
      {rate ? "best rate" : "best settings", rate,
       fmt::format("Highest mean {} on held-out samples{}", ScoreName(facts.score),
                   facts.folds == 0 ? ""
                                    : ", over all folds; each fold takes "
                                      "what is best in it")});
  return table;
}

std::vector<Cell> BeginRow(const ComparisonCell& cell, const ComparisonFacts& facts,
                           std::size_t rank) {
  std::vector<Cell> row = {Number(rank)};
  for (const std::string& label : cell.labels) row.push_back(Text(label));
  row.push_back(Tried(cell.settings, facts));
  return row;
}

std::string VerdictHelp(const ComparisonFacts& facts) {
  return fmt::format(
      "Paired by {}, {}, Holm's adjustment over all pairs of cells, at 5 %", PairedBy(facts.folds),
      facts.folds == 0 ? "Student's t" : "corrected resampled t (Nadeau and Bengio) of the folds");
}

std::string DifferenceHelp(const ComparisonFacts& facts) {
  return fmt::format(
      "Mean difference to the best, paired by {}, in {}. ± is the 95 % interval of "
      "this pair alone; the verdict is adjusted for all pairs",
      PairedBy(facts.folds), DifferenceUnit(facts.score));
}

Cell DifferenceCell(const ComparisonCell& cell, bool best) {
  const auto [mean, half] = DifferenceToFirst(cell);
  if (best || std::isnan(mean)) return {"-", best ? 0.0 : NAN, false};
  return {PointsText(cell.score(), mean, half), mean, false};
}

}  // namespace

namespace {

// How much room a ranking takes: a narrower one says less, in shorter words.
enum class Room { kWide, kMiddle, kNarrow };

Table RankTableIn(const std::vector<ComparisonCell>& ranked, const ComparisonFacts& facts,
                  Room room) {
  const bool narrow = room == Room::kNarrow;
  Table table = Begin(facts);
  if (narrow) table.columns.back().name = facts.searched.empty() ? "rate" : "settings";
  table.columns.push_back(
      {narrow ? "test" : fmt::format("test {}", ScoreName(facts.score)), true,
       fmt::format("Mean over {}fresh seeds; a diverged run counts as guessing. ± is the 95 % "
                   "interval",
                   facts.folds == 0 ? "" : "folds and ")});
  table.columns.push_back({narrow ? "to the best" : "minus the best", true, DifferenceHelp(facts)});
  table.columns.push_back({"verdict", false, VerdictHelp(facts)});
  if (room == Room::kWide) {
    table.columns.push_back(
        {"failed", true,
         "Runs that diverged, stayed at chance or ran out of time, while tuning and after"});
  }
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    const ComparisonCell& cell = ranked[i];
    std::vector<Cell> row = BeginRow(cell, facts, i + 1);
    const double mean = Mean(cell.test);
    const Interval interval = cell.TestInterval();
    const double half = 0.5 * (interval.high - interval.low);
    row.push_back({narrow || !std::isfinite(interval.low) ? ScoreText(facts.score, mean)
                                                          : ScoreText(facts.score, mean, half),
                   mean, i == 0 || cell.verdict == kNoDifference});
    row.push_back(DifferenceCell(cell, i == 0));
    row.push_back(Text(narrow && cell.verdict == kNoDifference ? "tied" : cell.verdict));
    if (room == Room::kWide) {
      const OutcomeCounts counts = CountOutcomes(cell);
      row.push_back({fmt::format("{} of {}", counts.failed(), counts.all()),
                     static_cast<double>(counts.failed()), false});
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

}  // namespace

Table RankTable(const std::vector<ComparisonCell>& ranked, const ComparisonFacts& facts,
                std::size_t columns) {
  if (columns == 0) {
    Table table = RankTableIn(ranked, facts, Room::kWide);
    table.caption += "; bold: those for which no difference to the best is shown";
    return table;
  }
  for (const Room room : {Room::kWide, Room::kMiddle}) {
    Table table = RankTableIn(ranked, facts, room);
    if (TableWidth(table) <= columns) return table;
  }
  return RankTableIn(ranked, facts, Room::kNarrow);
}

Table RankDetailTable(const std::vector<ComparisonCell>& ranked, const ComparisonFacts& facts) {
  Table table = Begin(facts);
  table.columns.pop_back();
  for (const Column& column :
       {Column{"median", true, "Median over fresh seeds"},
        Column{"bootstrap", true, "BCa bootstrap interval of the mean; too short for few seeds"},
        Column{"p", true, VerdictHelp(facts)},
        Column{"P(better)", true,
               "Share of seeds with which it exceeds the best, ties half: a count, not a test. Of "
               "few seeds 0.00 may well be chance, which is what p says"},
        Column{facts.folds == 0 ? "seeds" : "tests", true,
               fmt::format("Fresh seeds: none of them chose the rate{}",
                           facts.folds == 0 ? "" : "; each in every fold")},
        Column{"diverged", true, "Runs that left the finite numbers, while tuning and after"},
        Column{"stuck", true, "Runs that cannot be told from guessing"},
        Column{"runs", true, "While tuning and after"}}) {
    table.columns.push_back(column);
  }
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    const ComparisonCell& cell = ranked[i];
    const OutcomeCounts counts = CountOutcomes(cell);
    const bool compared = i > 0 && !cell.test.empty();
    std::vector<Cell> row = BeginRow(cell, facts, i + 1);
    row.pop_back();
    row.push_back({ScoreText(facts.score, Median(cell.test)), Median(cell.test), false});
    row.push_back(IntervalCell(facts.score, MeanByBootstrap(cell)));
    row.push_back({compared ? PText(cell.p) : "-", compared ? cell.p : NAN, false});
    row.push_back(
        {compared ? fmt::format("{:.2f}", cell.better) : "-", compared ? cell.better : NAN, false});
    for (const std::size_t count :
         {cell.test.size(), counts.diverged, counts.stuck, counts.all()}) {
      row.push_back(Number(count));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string RankCsv(const std::vector<ComparisonCell>& ranked, const ComparisonFacts& facts) {
  Table table = {.columns = {{"rank", true, {}}}};
  for (const Axis& axis : AxesButRate(facts.grid))
    table.columns.push_back({axis.setting, false, {}});
  for (const char* name :
       {facts.searched.empty() ? "rate" : "settings", "mean", "median", "student_low",
        "student_high", "bootstrap_low", "bootstrap_high", "difference", "difference_low",
        "difference_high", "seeds", "p_better", "p_holm", "verdict", "diverged", "stuck", "runs"}) {
    table.columns.push_back({name, true, {}});
  }
  const auto digits = [](double value) {
    return Text(std::isfinite(value) ? fmt::format("{}", value) : "");
  };
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    const ComparisonCell& cell = ranked[i];
    const OutcomeCounts counts = CountOutcomes(cell);
    const Interval student = cell.TestInterval(), bootstrap = MeanByBootstrap(cell);
    const bool compared = i > 0 && !cell.test.empty();
    std::vector<Cell> row = BeginRow(cell, facts, i + 1);
    for (const double value : {Mean(cell.test), Median(cell.test), student.low, student.high,
                               bootstrap.low, bootstrap.high}) {
      row.push_back(digits(value));
    }
    const auto [difference, half] = DifferenceToFirst(cell);
    for (const double value : {difference, difference - half, difference + half}) {
      row.push_back(digits(value));
    }
    row.push_back(Number(cell.test.size()));
    row.push_back(digits(compared ? cell.better : NAN));
    row.push_back(digits(compared ? cell.p : NAN));
    row.push_back(Text(cell.verdict));
    for (const std::size_t count : {counts.diverged, counts.stuck, counts.all()}) {
      row.push_back(Number(count));
    }
    table.rows.push_back(std::move(row));
  }
  return CsvTable(table);
}

namespace {

// The failed runs among `runs`, as the rest of a row; nothing where none failed.
std::vector<Cell> FailedRuns(const std::vector<ComparedRun>& runs) {
  OutcomeCounts counts;
  std::vector<std::string> seeds;
  std::size_t first = 0;
  for (const ComparedRun& run : runs) {
    counts.Add(run.outcome);
    if (run.outcome == Outcome::kOk) continue;
    seeds.push_back(fmt::format("{}", run.seed));
    if (run.outcome != Outcome::kDiverged) continue;
    first = first == 0 ? run.bad_step : std::min(first, run.bad_step);
  }
  if (seeds.empty()) return {};
  Cell step = counts.diverged == 0 ? Cell{"-", NAN, false} : Number(first);
  return {Number(counts.diverged),
          Number(counts.stuck),
          Number(counts.out_of_time),
          Number(counts.all()),
          Text(fmt::format("{}", fmt::join(seeds, ", "))),
          std::move(step)};
}

}  // namespace

Table FailureTable(const std::vector<ComparisonCell>& cells, const ComparisonFacts& facts) {
  Table table = {.caption = "Runs that learned nothing", .columns = {}, .rows = {}};
  for (const Axis& axis : AxesButRate(facts.grid))
    table.columns.push_back({axis.setting, false, {}});
  for (const Column& column :
       {Column{facts.searched.empty() ? "rate" : "settings", facts.searched.empty(), {}},
        Column{"phase", false, "tune: choosing the rate; final: after"},
        Column{"diverged", true, "A loss or a weight was no longer finite"},
        Column{"stuck", true, "Not to be told from guessing"},
        Column{"out of time", true, "Ended by --run-limit"}, Column{"of", true, {}},
        Column{"with seeds", false, {}},
        Column{"first bad step", true, "The soonest of those that diverged"}}) {
    table.columns.push_back(column);
  }
  for (const ComparisonCell& cell : cells) {
    const auto add = [&](const Settings& settings, const char* phase,
                         const std::vector<ComparedRun>& runs) {
      std::vector<Cell> failed = FailedRuns(runs);
      if (failed.empty()) return;
      std::vector<Cell> row;
      for (const std::string& label : cell.labels) row.push_back(Text(label));
      row.push_back(Tried(settings, facts));
      row.push_back(Text(phase));
      for (Cell& each : failed) row.push_back(std::move(each));
      table.rows.push_back(std::move(row));
    };
    for (const RateTrials& trial : cell.trials) add(trial.settings, "tune", trial.runs);
    add(cell.settings, "final", cell.finals);
  }
  return table;
}

}  // namespace lanegrad
