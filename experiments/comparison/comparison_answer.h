/// @file
/// What a comparison comes to, in sentences: what to use, what is as good, what to avoid.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMPARISON_COMPARISON_ANSWER_H_
#define LANEGRAD_EXPERIMENTS_COMPARISON_COMPARISON_ANSWER_H_

#include <string>
#include <vector>

#include "experiments/comparison/comparison.h"

namespace lanegrad {

/// A rate is good where its mean accuracy on held-out samples is at most this far below that of
/// the best rate.
inline constexpr double kGoodDistance = 0.01;

/// The good rates of a cell, as rows of its `trials`: from the best rate as far to either side
/// as each one tried is good.
struct GoodRates {
  std::size_t first;  ///< The smallest.
  std::size_t last;   ///< The largest.
};

/// Finds them. `cell` has at least one trial.
GoodRates FindGoodRates(const ComparisonCell& cell);

/// The answer: what to use and at which rate, or that nothing is decided; what is statistically
/// tied with it; its good rates; what to avoid; how held-out and test samples differ. A sentence
/// each, in the order to be read, the first of which stands alone. `ranked` holds the cells by
/// rank, at least one.
std::vector<std::string> AnswerSentences(const std::vector<ComparisonCell>& ranked);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPARISON_COMPARISON_ANSWER_H_
