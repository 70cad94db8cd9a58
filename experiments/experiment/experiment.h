/// @file
/// An experiment is data: a question, what is measured, and what is claimed of it. One runner
/// (experiment_program.h) does the rest. docs/adding_an_experiment.md shows how one is written.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_EXPERIMENT_EXPERIMENT_H_
#define LANEGRAD_EXPERIMENTS_EXPERIMENT_EXPERIMENT_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "experiments/comparison/comparison_facts.h"
#include "experiments/comparison/protocol.h"
#include "experiments/experiment/claim.h"
#include "experiments/records/measurement.h"
#include "experiments/report/figure.h"
#include "experiments/report/network_diagram.h"
#include "experiments/report/text_table.h"

namespace lanegrad {

/// One row that an experiment measures.
struct Task {
  std::string series;      ///< The table it belongs to.
  Fields settings;         ///< What is set; with series and seed, what the row is known by.
  std::uint64_t seed = 0;  ///< Of its random numbers; 0: it has none.
  /// Fills in `values` and `machine`. Called in the order of the plan, one at a time, so that
  /// times are taken undisturbed.
  std::function<void(Measurement&)> measure;
};

/// How much a task may do.
struct Scope {
  std::string_view profile;      ///< "quick", "default", "full".
  std::size_t seeds = 1;         ///< Random repetitions.
  std::size_t threads = 1;       ///< At most so many.
  std::string_view output = {};  ///< Directory of the results, for tasks that leave files there.
};

/// Settings by which a row is found: names and texts.
using RowSettings = std::vector<std::pair<std::string_view, std::string_view>>;

/// What the claims, figures and tables of an experiment are made from.
struct Evidence {
  Scope scope;                             ///< How much was asked for.
  std::vector<Measurement> rows;           ///< Of its tasks.
  const Comparison* comparison = nullptr;  ///< Of a grid of trainings.
  const ComparisonFacts* facts = nullptr;  ///< Of the same.

  /// The rows of a series, in the order of the plan.
  std::vector<Measurement> Series(std::string_view series) const;
  /// The first row of a series that has these settings, numbers as their shortest text. Throws
  /// DataError where there is none.
  Measurement Row(std::string_view series, const RowSettings& settings) const;
  /// One number of each row of a series: a setting, a value, or what depends on the machine.
  std::vector<double> Numbers(std::string_view series, std::string_view name) const;
};

/// A figure of whatever kind.
using Figure =
    std::variant<LineFigure, HeatMap, DotFigure, RankDiagram, ImageFigure, NetworkDiagram>;

/// A table with the stem of its files.
struct NamedTable {
  std::string name;        ///< "outputs".
  Table table;             ///< What it shows.
  bool page_only = false;  ///< Too long for a terminal.
};

/// How much an experiment measures in a profile, where it has tasks.
struct TaskProfile {
  std::string_view
      name;           ///< "quick": seconds; "default": a few minutes; "full": as long as it takes.
  std::size_t seeds;  ///< Random repetitions.
};

/// An experiment: tasks, each a row of its own, or a grid of trainings, or both. Where it is both,
/// the tasks follow the grid, and one file holds the records of either.
struct Experiment {
  std::string_view name;      ///< Of program, chapter, records: "03_3_activations".
  std::string_view section;   ///< Of the article: "3.3"; empty: none.
  std::string_view title;     ///< Of its report: "Activation functions".
  std::string_view summary;   ///< What `--help` says first, in one sentence.
  std::string_view question;  ///< What it asks.

  std::vector<TaskProfile> task_profiles = {};  ///< Quick, default, full; of tasks.
  /// The rows to measure; null: none.
  std::vector<Task> (*tasks)(const Scope&) = nullptr;

  std::vector<Profile> profiles = {};  ///< Quick, default, full; of a grid: axes, seeds, budget.
  Settings fixed = {};                 ///< Of every training of a grid.

  std::vector<Claim> claims = {};                            ///< What is claimed of the records.
  std::vector<Figure (*)(const Evidence&)> figures = {};     ///< What is drawn of them.
  std::vector<NamedTable (*)(const Evidence&)> tables = {};  ///< What is listed of them.
};

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPERIMENT_EXPERIMENT_H_
