/// @file
/// The figures of a comparison. Each title states what the data show, and is made from them.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMPARISON_COMPARISON_FIGURE_H_
#define LANEGRAD_EXPERIMENTS_COMPARISON_COMPARISON_FIGURE_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/comparison/comparison_facts.h"
#include "experiments/report/figure.h"

namespace lanegrad {

using Cells = std::vector<ComparisonCell>;  ///< Cells, in whatever order is asked for.

/// "85.33 %"; "-" for what is no number.
std::string Percent(double share);
/// DifferenceText(); of none "no seed in common".
std::string PointsText(Score score, double difference, double half);
/// "1 seed", "5 seeds".
std::string Seeds(std::size_t count);
/// The same; in cross-validation "4 folds with 5 seeds each".
std::string RunsOf(const ComparisonFacts& facts, std::size_t seeds);
/// What each cell was tuned by: "rate", or of a search "settings".
std::string_view Tuned(const ComparisonFacts& facts);
/// The series a cell belongs to: its value on the first axis.
std::string SeriesName(const ComparisonCell& cell);
/// The panel a cell belongs to: its values on all further axes.
std::string PanelName(const ComparisonCell& cell);
/// The panel called `title`; made where there is none.
LinePanel& PanelOf(LineFigure& figure, const std::string& title);

/// A metric after the last epoch over the learning rate: a curve for each value of the first
/// axis, a panel for each combination of the others, bands over seeds. Accuracies are means,
/// with diverged runs at chance; losses are medians, with diverged runs infinite.
LineFigure RateFigure(const Cells& cells, const ComparisonFacts& facts, std::size_t metric = 0);

/// The same as a table of colours: a row a cell, a column a rate.
HeatMap RateMap(const Cells& cells, const ComparisonFacts& facts, std::size_t metric = 0);

/// The share of trials that diverged or stayed at chance, at every rate.
HeatMap FailureMap(const Cells& cells, const ComparisonFacts& facts);

/// A metric by epoch, of the fresh runs at the best rate.
LineFigure CurveFigure(const Cells& cells, const ComparisonFacts& facts, std::size_t metric = 0);

/// The expected best accuracy on held-out samples after trying k rates (ExpectedBest), a curve
/// a seed, their mean and range.
LineFigure ExpectedBestFigure(const Cells& cells, const ComparisonFacts& facts);

/// Accuracy on held-out samples of all that a search tried, over one of the settings that were
/// searched for: a dot a trial, the mean of its seeds. A setting whose distance from 1 was searched
/// by logarithm, such as momentum, is drawn by that distance.
LineFigure SearchFigure(const Cells& cells, const ComparisonFacts& facts,
                        const std::string& setting);

/// Test accuracy of each cell at its best rate, with its interval and its runs, best first.
DotFigure RankFigure(const Cells& ranked, const ComparisonFacts& facts);

/// The paired difference of each cell to the best, in points of test accuracy, with its interval
/// and each seed's; the line at zero is the best. `near`: without the cells shown to be worse,
/// which may lie so far off that they leave the others no room.
DotFigure DifferenceFigure(const Cells& ranked, const ComparisonFacts& facts, bool near = false);

/// Test accuracy at the best rate as a table of colours: a row for each value of the first
/// axis, a column for each combination of the others.
HeatMap CellMap(const Cells& cells, const ComparisonFacts& facts);

/// How long until `facts.target` is reached on held-out samples, at the best rate: in epochs,
/// or in seconds. The soonest first; those that do not get there last.
DotFigure TargetFigure(const Cells& ranked, const ComparisonFacts& facts, bool seconds);

/// Friedman's test and Nemenyi's critical difference over cells, with seeds as blocks: what
/// one seed gives every cell is the same held-out samples and the same random numbers. Cells
/// are not split over the axes: two losses of one seed are not two independent blocks. Cells
/// that were not tested are left out; none where fewer than two seeds are common to the rest.
RankDiagram CriticalFigure(const Cells& ranked);

/// The same for the values of one axis: a value's result in a block is its mean over all its
/// cells, at their best rates, with that seed.
RankDiagram CriticalFigureOfAxis(const Cells& cells, const ComparisonFacts& facts,
                                 std::size_t axis);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPARISON_COMPARISON_FIGURE_H_
