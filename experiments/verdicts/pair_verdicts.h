/// @file
/// Verdicts of comparisons by pairs, and how they are said.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_VERDICTS_PAIR_VERDICTS_H_
#define LANEGRAD_EXPERIMENTS_VERDICTS_PAIR_VERDICTS_H_

#include <cstddef>
#include <string>
#include <vector>

#include "experiments/experiment/claim.h"
#include "experiments/report/figure.h"
#include "experiments/statistics/statistics.h"
#include "experiments/trials/seed_pairs.h"

namespace lanegrad {

/// Of one comparison that says that a is better: shown, shown to be otherwise, or not decided.
Verdict VerdictOf(const SeedPairs& pairs);

/// Of many that each say so: supported where all are shown, qualified where some are; where none
/// is, not supported if some are shown to be otherwise, else not decided. Of none: not decided.
Verdict VerdictOf(const std::vector<SeedPairs>& family);

/// "dropout, shifts": the names of those that are shown to be above, or below; "none".
std::string NamesOf(const std::vector<SeedPairs>& family, bool (SeedPairs::*which)() const);

/// "+0.42 points (95 % interval +0.10 to +0.74)", of a difference of shares.
std::string PointsText(const PairedComparison& found);

/// Of something that was counted: supported where it holds for all,
/// qualified where for some; of none, nothing is decided.
Verdict ByCount(std::size_t count, std::size_t all);

/// A row of a figure: a pale dot a seed, their mean and its 95 % interval.
DotRow SeedDots(std::string label, std::string group, const std::vector<double>& seeds);

/// A point of a curve: the mean of the seeds and its 95 % interval.
LinePoint SeedPoint(double x, const std::vector<double>& seeds);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_VERDICTS_PAIR_VERDICTS_H_
