/// @file
/// Calibration: whether answers that are given with 80 % confidence are right 8 times in 10.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LOSSES_CALIBRATION_H_
#define LANEGRAD_EXPERIMENTS_LOSSES_CALIBRATION_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "network/dataset.h"
#include "network/network.h"

namespace lanegrad {

/// Bins of equal width that confidences from 0 to 1 are sorted into.
inline constexpr std::size_t kConfidenceBins = 10;

/// How sure answers were, and how right. The confidence of an answer is the largest probability.
struct Calibration {
  std::size_t samples = 0;                                  ///< Answers seen.
  double confidence = 0.0;                                  ///< Sum over them.
  double right = 0.0;                                       ///< How many were right.
  double squares = 0.0;                                     ///< Sum of sum_k (p_k - y_k)^2.
  double surprise = 0.0;                                    ///< Sum of -ln p of the right answers.
  std::array<double, kConfidenceBins> bin_count = {};       ///< Answers in each bin.
  std::array<double, kConfidenceBins> bin_confidence = {};  ///< Sum of their confidences.
  std::array<double, kConfidenceBins> bin_right = {};       ///< How many of them were right.

  /// Adds one answer: the probabilities of the classes, and the right one. A probability below
  /// 1e-30 counts as that in the surprise.
  void Add(std::span<const double> probabilities, std::size_t label);
  /// Expected calibration error: the mean over answers of |share right - mean confidence| of
  /// their bin. [Naeini, Cooper and Hauskrecht 2015; Guo et al. 2017, equation 3]
  double ExpectedError() const;
  /// Mean of sum_k (p_k - y_k)^2, from 0 to 2. [Brier 1950]
  double Brier() const { return squares / static_cast<double>(samples); }
  /// Mean of -ln p of the right answer.
  double MeanSurprise() const { return surprise / static_cast<double>(samples); }
  /// Mean confidence minus the share of right answers: above 0, too sure.
  double OverConfidence() const { return (confidence - right) / static_cast<double>(samples); }
};

/// Softmax of one row of logits, in double.
std::vector<double> SoftmaxOf(std::span<const double> logits);

/// The calibration of a network whose outputs are logits or, behind a head, probabilities.
Calibration Calibrate(const Network& network, const Samples& samples);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LOSSES_CALIBRATION_H_
