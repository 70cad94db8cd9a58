/// @file
/// What runs are judged by, in words: accuracy where classes are learned, R2 where numbers are.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RECORDS_SCORE_H_
#define LANEGRAD_EXPERIMENTS_RECORDS_SCORE_H_

#include <string>
#include <string_view>

#include "experiments/records/run_record.h"

namespace lanegrad {

/// What "accuracy" of a run, a record or a cell is. Either is at most 1, and larger is better.
enum class Score {
  kAccuracy,  ///< The share of samples that are named rightly.
  kR2,        ///< The coefficient of determination: see RSquared().
};

/// That of a run.
Score ScoreOf(const RunRecord& run);
/// That of all runs on such data.
Score ScoreOf(const Dataset& data);

/// "accuracy", "R²".
std::string_view ScoreName(Score score);
/// Of an axis: "accuracy, %", "R²".
std::string_view ScoreLabel(Score score);
/// Whether it is drawn and printed hundredfold.
inline bool IsShare(Score score) { return score == Score::kAccuracy; }
/// "85.33 %", "0.4821"; "-" for what is no number.
std::string ScoreText(Score score, double value);
/// "85.03 ± 0.40 %", "0.4821 ± 0.0102"; without ± where `half` is NaN.
std::string ScoreText(Score score, double value, double half);
/// A difference of two: "-0.85 ± 0.30" in points, "-0.0085 ± 0.0030"; without ± where `half` is
/// NaN.
std::string DifferenceText(Score score, double difference, double half);
/// What such differences are counted in: "points of test accuracy", "test R²".
std::string_view DifferenceUnit(Score score);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RECORDS_SCORE_H_
