/// @file
/// The comparisons of accuracies that section 2.3 plans, judged together.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LIKENESS_PAIRS_H_
#define LANEGRAD_EXPERIMENTS_LIKENESS_PAIRS_H_

#include <string>
#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {

/// How far apart two accuracies may be and still count as the same: one point.
inline constexpr double kSameAccuracy = 0.01;

/// Two contenders, pair by pair of equal seeds.
struct TestedPair {
  std::string_view a;           ///< One.
  std::string_view b;           ///< The other.
  PairedComparison pairs = {};  ///< Of a - b.
  double p = 1.0;               ///< After Holm's adjustment over all tested pairs.
  std::size_t seeds = 0;        ///< How many pairs.
  bool Better() const {
    return p <= 0.05 && pairs.difference > 0.0;
  }                                                                   ///< Whether a is shown to be.
  bool Worse() const { return p <= 0.05 && pairs.difference < 0.0; }  ///< Whether b is shown to be.
  /// Whether the whole interval lies within one point of zero.
  bool Same() const {
    return pairs.interval.low > -kSameAccuracy && pairs.interval.high < kSameAccuracy;
  }
};

/// Test accuracies of a contender, by seed.
std::vector<double> Accuracies(const Evidence& evidence, std::string_view name);

/// All tested pairs, with p values adjusted over all of them.
std::vector<TestedPair> TestedPairs(const Evidence& evidence);

/// One of them.
TestedPair PairOf(const Evidence& evidence, std::string_view a, std::string_view b);

/// "back-propagation minus Dale's law: +0.52 points (95 % interval +0.31 to +0.73, p 0.002)".
std::string PairText(const TestedPair& pair);

/// A name of the records in words: "feedback alignment", "10 % of connections".
std::string Spaced(std::string_view name);

/// Whether b costs no accuracy against a: supported where it is within a point or better, not
/// supported where a is shown to be better.
Verdict CostVerdict(const TestedPair& cost);

/// The accuracies of a contender as a row of a figure, with mean and interval.
DotRow AccuracyRow(const Evidence& evidence, std::string_view name, std::string_view group);

/// The tested comparisons as a table.
NamedTable PairTable(const Evidence& evidence);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LIKENESS_PAIRS_H_
