/// @file
/// What the experiment on section 3.3 measures beside its grid of trainings, row by row, and what
/// it draws and lists of it. The claims are in experiments/03_3_activations.cc.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_ACTIVATIONS_ACTIVATION_TASKS_H_
#define LANEGRAD_EXPERIMENTS_ACTIVATIONS_ACTIVATION_TASKS_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {

/// The activations that are tried at depth: the article's three, and the first of every family.
std::vector<std::string> ActivationsAtDepth();

/// Whether the article names it: sigmoid, tanh, ReLU.
bool IsNamedByArticle(std::string_view activation);

/// All rows, by series:
///
/// | series    | a row is                | its values                                            |
/// |:----------|:------------------------|:------------------------------------------------------|
/// | `formula` | a plain formula         | where it gives up, and its largest error before       |
/// | `cost`    | an activation           | of normal inputs: zeros, slopes; time on this machine |
/// | `depth`   | an activation, a depth  | held-out accuracy by rate, test accuracy by seed      |
/// | `units`   | an activation, a rate   | dead, saturated and silent units by epoch and seed    |
///
/// and those of GradeTasks() (grade_pairs.h).
std::vector<Task> ActivationTasks(const Scope& scope);

/// The values `NAME_1`, `NAME_2`, ... of a row, as many as there are.
std::vector<double> NumberedOf(const Measurement& row, std::string_view name);

/// The row of an activation at a depth; none where it was not measured.
std::optional<Measurement> DepthRow(const Evidence& evidence, std::string_view activation,
                                    double hidden_layers);
/// The depths that were measured, ascending.
std::vector<double> DepthsIn(const Evidence& evidence);
/// The rates at which units were watched, ascending.
std::vector<double> WatchedRates(const Evidence& evidence);
/// The row of the units of an activation at a rate; none where it was not measured.
std::optional<Measurement> UnitRow(const Evidence& evidence, std::string_view activation,
                                   double rate);

Figure DepthFigure(const Evidence& evidence);       ///< Accuracy over depth.
Figure DepthRateFigure(const Evidence& evidence);   ///< Held-out accuracy over rate, by depth.
Figure PlateauFigure(const Evidence& evidence);     ///< How wrong a rate may be, by activation.
Figure UnitFigureOf33(const Evidence& evidence);    ///< Dead and saturated units over epochs.
Figure ZeroFigure(const Evidence& evidence);        ///< Zeros by layer.
Figure CostFigure(const Evidence& evidence);        ///< Time an element.
NamedTable FormulaTable(const Evidence& evidence);  ///< Where plain formulas fail.
NamedTable DepthTable(const Evidence& evidence);    ///< Differences from ReLU at each depth.

/// The plateau of a cell of the grid.
struct CellPlateau {
  std::string activation;  ///< Of the cell.
  double decades = 0.0;    ///< In which held-out accuracy is within a point of the best.
  bool open = false;       ///< Whether the grid of rates cut it.
};

/// The plateaus of all cells, in their order.
std::vector<CellPlateau> PlateausIn(const Evidence& evidence);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_ACTIVATIONS_ACTIVATION_TASKS_H_
