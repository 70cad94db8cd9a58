/// @file
/// The two grades of an activation, exact and fast, in one training: what comes of it, by pairs of
/// equal seeds, and how long a step takes.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_ACTIVATIONS_GRADE_PAIRS_H_
#define LANEGRAD_EXPERIMENTS_ACTIVATIONS_GRADE_PAIRS_H_

#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/trials/seed_pairs.h"

namespace lanegrad {

/// Rows of every activation that has both grades, by series:
///
/// | series   | a row is                 | its values                                        |
/// |:---------|:-------------------------|:--------------------------------------------------|
/// | `grades` | an activation            | the rate; test accuracy by seed, in either grade  |
/// | `steps`  | an activation, a network | how many; on this machine, time in either grade   |
///
/// Both grades of a row have the same network, initial weights, batches and rate. The rate is the
/// one at which the exact grade is best on held-out samples.
std::vector<Task> GradeTasks(const Scope& scope);

/// How much worse the fast grade may be and count as good: a point of accuracy.
inline constexpr double kGradeMargin = 0.01;

/// The pairs of all rows of `grades`, judged together: of family "better" the exact grade against
/// the fast one, of family "within" the fast one against the exact one less the margin.
std::vector<SeedPairs> GradePairs(const Evidence& evidence);

Finding PrecisionMatters(const Evidence& evidence);  ///< Whether the exact grade learns better.
Finding FastSavesTime(const Evidence& evidence);     ///< Whether a step is shorter in the fast.
Figure GradeFigure(const Evidence& evidence);        ///< Fast minus exact, a row an activation.
NamedTable GradeTable(const Evidence& evidence);     ///< Accuracy in either grade.
NamedTable StepTable(const Evidence& evidence);      ///< Time of a step in either grade.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_ACTIVATIONS_GRADE_PAIRS_H_
