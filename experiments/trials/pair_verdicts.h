/// @file
/// Verdicts of comparisons by pairs of equal seeds, and how they are told.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_TRIALS_PAIR_VERDICTS_H_
#define LANEGRAD_EXPERIMENTS_TRIALS_PAIR_VERDICTS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/experiment/claim.h"
#include "experiments/report/figure.h"
#include "experiments/trials/seed_pairs.h"

namespace lanegrad {

/// Of something that was counted: supported where it holds for all,
/// qualified where for some; of none, nothing is decided.
Verdict ByCount(std::size_t count, std::size_t all);

/// Whether a is shown to be more than b minus the margin, or less, or neither.
Verdict ByOne(const SeedPairs& pairs);

/// Of many comparisons that each say that a is better: supported where all are shown, qualified
/// where some are, not supported where none is and some are shown to be worse.
Verdict ByFamily(const std::vector<SeedPairs>& family);

/// "+0.42 points (95 % interval +0.10 to +0.74)" of shares such as accuracies.
std::string InPoints(const PairedComparison& found);

/// The names of those that are shown to be above, or below, with commas; "none" of none.
std::string NamesOf(const std::vector<SeedPairs>& family, bool (SeedPairs::*which)() const);

/// A row of a figure: a pale dot a seed, their mean and its 95 % interval.
DotRow SeedDots(std::string label, std::string group, const std::vector<double>& seeds);

/// A point of a curve: the mean of the seeds and its 95 % interval.
LinePoint SeedPoint(double x, const std::vector<double>& seeds);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_TRIALS_PAIR_VERDICTS_H_
