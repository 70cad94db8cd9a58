/// @file
/// What chapter 4.2 measures, and what it draws and lists of it. The claims are in
/// experiments/04_2_backward.cc.
///
/// Series of rows: `shapes` (the article's two calls, by the sizes of their matrices), `gradient`
/// (its formula on one layer, mended a factor at a time), `apart` (two layers trained apart and
/// together), `xor` (the corrected program end to end), `stage` (the article's program on its way
/// to ours) and `without` (the corrected program with one repair taken out).
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_ARTICLE_CODE_TRAINING_TASKS_H_
#define LANEGRAD_EXPERIMENTS_ARTICLE_CODE_TRAINING_TASKS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/trials/seed_pairs.h"

namespace lanegrad {

/// All tasks of the chapter.
std::vector<Task> TrainingProgramTasks(const Scope& scope);

/// Xor by back-propagation, as the chapter runs it.
struct XorRun {
  float rate;              ///< Learning rate.
  std::size_t iterations;  ///< Full-batch steps.
};
/// From the article's settings to such as learn.
const std::vector<XorRun>& XorRuns();
/// The rows of one of them.
std::vector<Measurement> RowsOf(const Evidence& evidence, const XorRun& run);
/// How many of them answer all four rows rightly.
std::size_t LearnedIn(const std::vector<Measurement>& rows);

/// The row of the series `apart` that trains in an order: "stale", "apart", "together".
Measurement ApartRow(const Evidence& evidence, std::string_view order);

/// The row of the stage with all repairs, in plain loops. Throws DataError where there is none.
Measurement WholeProgram(const Evidence& evidence);

/// All comparisons of the chapter, judged together: "stage" (a stage and the one before it, by
/// accuracy), "without" (the program with a repair taken out, and the whole one, by accuracy) and
/// "apart" (layers trained apart and together, by loss).
std::vector<SeedPairs> ComparedInTraining(const Evidence& evidence);

Figure ErrorFigure(const Evidence& evidence);    ///< Errors after 1,000 steps of each formula.
Figure CosineFigure(const Evidence& evidence);   ///< Cosines to the gradient, factor by factor.
Figure StageFigure(const Evidence& evidence);    ///< Accuracy, stage by stage.
Figure WithoutFigure(const Evidence& evidence);  ///< Accuracy without one repair each.

NamedTable GradientTable(const Evidence& evidence);  ///< Three problems, number by number.
NamedTable ApartTable(const Evidence& evidence);     ///< Layers apart and together.
NamedTable XorRunTable(const Evidence& evidence);    ///< Xor by rate and iterations.
NamedTable StageTable(const Evidence& evidence);     ///< Accuracy, rate and time, by stage.
NamedTable WithoutTable(const Evidence& evidence);   ///< The same without one repair each.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_ARTICLE_CODE_TRAINING_TASKS_H_
