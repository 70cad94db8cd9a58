// SPDX-License-Identifier: Apache-2.0
#include "experiments/comparison/comparison_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/comparison/comparison_figure.h"
#include "experiments/statistics/bootstrap.h"

namespace lanegrad {
namespace {

Cell Text(std::string text) { return {std::move(text), 0.0, false}; }

Cell Number(std::size_t value) {
  return {fmt::format("{}", value), static_cast<double>(value), false};
}

Cell IntervalCell(const Interval& interval) {
  if (!std::isfinite(interval.low)) return {"-", NAN, false};
  return {fmt::format("{:.2f} – {:.2f} %", 100.0 * interval.low, 100.0 * interval.high),
          interval.low, false};
}

Cell Rate(float rate) { return {fmt::format("{}", rate), static_cast<double>(rate), false}; }

Interval MeanByBootstrap(const ComparisonCell& cell) {
  return BootstrapInterval(cell.test, [](std::span<const double> sample) { return Mean(sample); });
}

std::string PText(double p) {
  return p < 0.001 ? std::string("< 0.001") : fmt::format("{:.3f}", p);
}

// Rank and axes, with which every row begins.
Table Begin(const ComparisonFacts& facts) {
  Table table = {.caption = fmt::format(
                     "Test accuracy on {}, each cell at its best rate, best first", facts.data),
                 .columns = {{.name = "rank", .numeric = true, .help = {}}},
                 .rows = {}};
  for (const Axis& axis : AxesButRate(facts.grid)) {
    table.columns.push_back({.name = axis.setting, .numeric = false, .help = {}});
  }
  table.columns.push_back({"best rate", true, "Highest mean accuracy on held-out samples"});
  return table;
}

std::vector<Cell> BeginRow(const ComparisonCell& cell, std::size_t rank) {
  std::vector<Cell> row = {Number(rank)};
  for (const std::string& label : cell.labels) row.push_back(Text(label));
  row.push_back(Rate(cell.settings.rate));
  return row;
}

constexpr const char* kVerdictHelp =
    "Paired by seed, Student's t, Holm's adjustment over all pairs of cells, at 5 %";

}  // namespace

Table RankTable(const std::vector<ComparisonCell>& ranked, const ComparisonFacts& facts) {
  Table table = Begin(facts);
  for (const Column& column :
       {Column{"test accuracy", true, "Mean over fresh seeds; the test set is read once a run"},
        Column{"95 % interval", true, "Student's interval of the mean over seeds"},
        Column{"seeds", true, "Fresh seeds: none of them chose the rate"},
        Column{"failed", true, "Runs that diverged or stayed at chance, while tuning and after"},
        Column{"against the first", false, kVerdictHelp}}) {
    table.columns.push_back(column);
  }
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    const ComparisonCell& cell = ranked[i];
    const OutcomeCounts counts = CountOutcomes(cell);
    std::vector<Cell> row = BeginRow(cell, i + 1);
    row.push_back({Percent(Mean(cell.test)), Mean(cell.test), true});
    row.push_back(IntervalCell(MeanInterval(cell.test)));
    row.push_back(Number(cell.test.size()));
    row.push_back({fmt::format("{} of {}", counts.failed(), counts.all()),
                   static_cast<double>(counts.failed()), false});
    row.push_back(Text(cell.verdict));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table FullRankTable(const std::vector<ComparisonCell>& ranked, const ComparisonFacts& facts) {
  Table table = Begin(facts);
  for (const Column& column :
       {Column{"mean", true, "Mean test accuracy over fresh seeds; a diverged run is at chance"},
        Column{"95 % interval", true, "Student's interval of the mean over seeds"},
        Column{"against the first", false, kVerdictHelp}, Column{"p", true, kVerdictHelp},
        Column{"P(better)", true, "Share of seeds with which it exceeds the first; ties half"},
        Column{"median", true, "Median test accuracy over fresh seeds"},
        Column{"bootstrap", true, "BCa bootstrap interval of the mean; too short for few seeds"},
        Column{"seeds", true, "Fresh seeds: none of them chose the rate"},
        Column{"diverged", true, "Runs that left the finite numbers, while tuning and after"},
        Column{"stuck", true, "Runs whose accuracy cannot be told from guessing"},
        Column{"runs", true, "While tuning and after"}}) {
    table.columns.push_back(column);
  }
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    const ComparisonCell& cell = ranked[i];
    const OutcomeCounts counts = CountOutcomes(cell);
    const bool compared = i > 0 && !cell.test.empty();
    std::vector<Cell> row = BeginRow(cell, i + 1);
    row.push_back({Percent(Mean(cell.test)), Mean(cell.test), true});
    row.push_back(IntervalCell(MeanInterval(cell.test)));
    row.push_back(Text(cell.verdict));
    row.push_back({compared ? PText(cell.p) : "-", compared ? cell.p : NAN, false});
    row.push_back(
        {compared ? fmt::format("{:.2f}", cell.better) : "-", compared ? cell.better : NAN, false});
    row.push_back({Percent(Median(cell.test)), Median(cell.test), false});
    row.push_back(IntervalCell(MeanByBootstrap(cell)));
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
       {"rate", "mean", "median", "student_low", "student_high", "bootstrap_low", "bootstrap_high",
        "seeds", "p_better", "p_holm", "verdict", "diverged", "stuck", "runs"}) {
    table.columns.push_back({name, true, {}});
  }
  const auto digits = [](double value) {
    return Text(std::isfinite(value) ? fmt::format("{}", value) : "");
  };
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    const ComparisonCell& cell = ranked[i];
    const OutcomeCounts counts = CountOutcomes(cell);
    const Interval student = MeanInterval(cell.test), bootstrap = MeanByBootstrap(cell);
    const bool compared = i > 0 && !cell.test.empty();
    std::vector<Cell> row = BeginRow(cell, i + 1);
    for (const double value : {Mean(cell.test), Median(cell.test), student.low, student.high,
                               bootstrap.low, bootstrap.high}) {
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
  return {Number(counts.diverged), Number(counts.stuck), Number(counts.all()),
          Text(fmt::format("{}", fmt::join(seeds, ", "))), std::move(step)};
}

}  // namespace

Table FailureTable(const std::vector<ComparisonCell>& cells, const ComparisonFacts& facts) {
  Table table = {.caption = "Runs that learned nothing", .columns = {}, .rows = {}};
  for (const Axis& axis : AxesButRate(facts.grid))
    table.columns.push_back({axis.setting, false, {}});
  for (const Column& column :
       {Column{"rate", true, {}}, Column{"phase", false, "tune: choosing the rate; final: after"},
        Column{"diverged", true, "A loss or a weight was no longer finite"},
        Column{"stuck", true, "Accuracy not to be told from guessing"}, Column{"of", true, {}},
        Column{"with seeds", false, {}},
        Column{"first bad step", true, "The soonest of those that diverged"}}) {
    table.columns.push_back(column);
  }
  for (const ComparisonCell& cell : cells) {
    const auto add = [&](float rate, const char* phase, const std::vector<ComparedRun>& runs) {
      std::vector<Cell> failed = FailedRuns(runs);
      if (failed.empty()) return;
      std::vector<Cell> row;
      for (const std::string& label : cell.labels) row.push_back(Text(label));
      row.push_back(Rate(rate));
      row.push_back(Text(phase));
      for (Cell& each : failed) row.push_back(std::move(each));
      table.rows.push_back(std::move(row));
    };
    for (const RateTrials& trial : cell.trials) add(trial.rate, "tune", trial.runs);
    add(cell.settings.rate, "final", cell.finals);
  }
  return table;
}

}  // namespace lanegrad
