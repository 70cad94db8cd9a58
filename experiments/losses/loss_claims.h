/// @file
/// What experiment 3.4 claims of losses, and the tests that its statistical claims share.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LOSSES_LOSS_CLAIMS_H_
#define LANEGRAD_EXPERIMENTS_LOSSES_LOSS_CLAIMS_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {

/// The numbers `stem`_1, `stem`_2, ... of that row.
std::vector<double> NumbersWith(const Evidence& evidence, std::string_view series,
                                const RowSettings& settings, std::string_view stem);

/// One of the tests that a statistical claim rests on: pairs of equal seeds, or of equal points.
struct LossTest {
  std::string name;        ///< Of the claim.
  PairedComparison pairs;  ///< Of the differences; above 0: the claim is right.
  std::size_t count = 0;   ///< Pairs.
  double adjusted = 1.0;   ///< p after Holm's adjustment for all tests of the chapter.
};

/// All of them, adjusted together. Where a claim speaks of several losses, its test is that with
/// the largest p: all of them must show it.
std::vector<LossTest> LossTests(const Evidence& evidence);

/// Supported where its test shows a difference at 5 % in the claimed direction, not supported in
/// the other, else not decided; with the difference times `scale`, in `unit`.
Finding ByTest(const Evidence& evidence, std::string_view name, double scale, std::string_view what,
               std::string_view unit);

/// The claims that rest on tests.
std::vector<Claim> TestedClaims();
/// All claims.
std::vector<Claim> LossClaims();

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LOSSES_LOSS_CLAIMS_H_
