/// @file
/// What chapter 4.3 measures, and what it draws of it. The claims are in experiments/04_3_xor.cc.
///
/// Three series of rows: `line` (the best straight line through the truth table), `demonstration`
/// (one network from its first step to weights that are whole numbers) and `cell` (how many of all
/// seeds learn, for one way of making the network, at a rate chosen by other seeds).
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_XOR_XOR_TASKS_H_
#define LANEGRAD_EXPERIMENTS_XOR_XOR_TASKS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/statistics/statistics.h"
#include "experiments/xor/xor_network.h"

namespace lanegrad {

/// Steps that a network may take.
inline constexpr std::size_t kXorSteps = 4000;
/// How many times as many a network that has not learned is given afterwards.
inline constexpr std::size_t kXorPatience = 10;
/// Seeds are counted in so many blocks, which pair cells with each other.
inline constexpr std::size_t kXorBlocks = 20;
/// The farthest that an answer of rounded weights may be from its target.
inline constexpr float kXorRoundedMargin = 0.2f;

/// One way of making a network and training it.
struct XorCell {
  std::size_t width = 2;            ///< Hidden units.
  std::string activation = "tanh";  ///< Of hidden units.
  std::string start = "glorot";     ///< "glorot", "uniform" or "article".
  std::string loss = "mse";         ///< "mse" or "cross_entropy".
};

/// What of a cell's seeds learned.
struct XorShare {
  double learned = 0.0;                             ///< How many.
  double seeds = 0.0;                               ///< Of how many.
  Interval interval{0.0, 0.0};                      ///< Wilson's, of the probability.
  double share() const { return learned / seeds; }  ///< Of those that learned.
};

/// The activations of section 3.3.
const std::vector<std::string>& ArticleActivations();
/// The widths tried in a profile.
std::vector<std::size_t> XorWidths(std::string_view profile);

/// All tasks of the chapter.
std::vector<Task> XorTasks(const Scope& scope);

/// Whether the records have a cell.
bool HasCell(const Evidence& evidence, const XorCell& cell);
/// The row of a cell. Throws DataError where there is none.
Measurement CellRow(const Evidence& evidence, const XorCell& cell);
/// How many seeds learned in each block of a row.
std::vector<double> Blocks(const Measurement& row);
/// The sum of the blocks of a row, with its interval; sums outside of what is possible count as
/// the nearest that is.
XorShare ShareOf(const Measurement& row);

/// The network that a demonstration's row holds: "trained" or "rounded".
XorNetwork DemonstratedNetwork(const Measurement& row, std::string_view which);

Figure StepsFigure(const Evidence& evidence);         ///< Loss and four answers by step.
Figure WeightsDiagram(const Evidence& evidence);      ///< The networks with rounded weights.
Figure PlaneFigure(const Evidence& evidence);         ///< What they answer between the four points.
Figure WidthFigure(const Evidence& evidence);         ///< Probability by width.
Figure ActivationFigure(const Evidence& evidence);    ///< Probability by activation at width 2.
Figure StartFigure(const Evidence& evidence);         ///< Probability by start.
NamedTable RectifierTable(const Evidence& evidence);  ///< ReLU's arithmetic, row by row.
NamedTable SigmoidTable(const Evidence& evidence);    ///< The sigmoid's arithmetic, row by row.
NamedTable ShareTable(const Evidence& evidence);      ///< Probability by activation and width.
NamedTable EndingTable(const Evidence& evidence);     ///< What those answer that did not learn.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_XOR_XOR_TASKS_H_
