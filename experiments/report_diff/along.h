/// @file
/// Runs that are equal but for chosen settings, compared along those.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_DIFF_ALONG_H_
#define LANEGRAD_EXPERIMENTS_REPORT_DIFF_ALONG_H_

#include <span>
#include <string>
#include <vector>

#include "experiments/report_diff/along_setting.h"
#include "experiments/report_diff/result_set.h"

namespace lanegrad {

/// Two sets, made alike but for what they are compared along.
struct AlignedSets {
  ResultSet a;       ///< The chosen runs of A, by keys that runs of B can have.
  ResultSet b;       ///< Of B.
  AlongFacts facts;  ///< What was compared along what.
};

/// Chooses and pairs runs. Two runs are a pair where phase and all other settings, the seed among
/// them, are equal; a setting that has no effect on one of the two makes no difference. Where no
/// two runs are so, settings that follow from the chosen ones are let go along: what is usual with
/// the one (He's initial weights with relu) is paired with what is usual with the other (Glorot's
/// with tanh), and the facts name it. A and B may be one set, where values are chosen.
///
/// A chosen setting may have several values in a set only where the other settings decide which
/// (a rate that was tuned for each cell): cells are then paired one by one, and a phase in which
/// that is not so is left out, with a warning. Throws DataError where nothing can be paired, with
/// what else differs; where a set has several runs for one; where no run has a chosen value.
AlignedSets AlignAlong(const ResultSet& a, const ResultSet& b, std::span<const AlongSetting> along);

/// CompareSets() of aligned sets, with the facts. Throws DataError as it does.
QualityComparison CompareAligned(const AlignedSets& sets, double threshold);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_DIFF_ALONG_H_
