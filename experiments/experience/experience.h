/// @file
/// What the experiment of chapter 6.2 measures and shows: a network that learns one thing after
/// another.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_EXPERIENCE_EXPERIENCE_H_
#define LANEGRAD_EXPERIMENTS_EXPERIENCE_EXPERIENCE_H_

#include <array>
#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/trials/seed_pairs.h"

namespace lanegrad {

/// Shares of the first lesson that are rehearsed in the second.
inline constexpr std::array<double, 5> kRehearsed = {0.0, 0.01, 0.05, 0.2, 1.0};
/// The shares that the claim is about.
inline constexpr std::array<double, 2> kFew = {0.05, 0.2};
/// Of the first lesson, how much is seen when it is learned again.
inline constexpr double kRelearned = 0.1;

/// Three series, a seed each. `lessons`, a row a share that is rehearsed: accuracy on the first
/// lesson after it was learned (`before`) and after the second (`old`), and on the second (`new`).
/// `together`: the same after both were learned at once, in as many steps. `again`: accuracy on the
/// first lesson after one pass through a tenth of it, by a network that had forgotten it
/// (`forgotten`) and by one that never knew it (`novice`).
std::vector<Task> ExperienceTasks(const Scope& scope);

/// The comparisons of the chapter by pairs of equal seeds, judged together.
std::vector<SeedPairs> ExperiencePairs(const Evidence& evidence);

Figure LessonsFigure(const Evidence& evidence);    ///< Both lessons by what is rehearsed.
Figure AgainFigure(const Evidence& evidence);      ///< Learned again, and for the first time.
NamedTable LessonTable(const Evidence& evidence);  ///< All means.

Finding ExperienceAddsUp(const Evidence& evidence);     ///< The old lesson after the new one.
Finding BothFit(const Evidence& evidence);              ///< Learned together.
Finding FewRehearsedSuffice(const Evidence& evidence);  ///< Half of the loss is saved.
Finding RelearnedFaster(const Evidence& evidence);      ///< Than by a novice.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPERIENCE_EXPERIENCE_H_
