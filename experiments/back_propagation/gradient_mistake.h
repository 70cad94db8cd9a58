/// @file
/// Mistakes that people make in back-propagation, the article among them: planted, to see which
/// check finds them.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_GRADIENT_MISTAKE_H_
#define LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_GRADIENT_MISTAKE_H_

#include <span>
#include <string_view>

namespace lanegrad {

/// A mistake in the delta recursion.
enum class GradientMistake {
  kNone,          ///< None.
  kNoSlope,       ///< f'(z) is left out, in every layer.
  kSlopeOfValue,  ///< f'(a) instead of f'(z).
  kNoInput,       ///< A layer's own outputs stand where its inputs belong.
  kWrongSign,     ///< y - a instead of a - y: uphill.
  kSum,           ///< Summed over samples and outputs, not their mean: the factor 1/N is missing.
  kTransposed,    ///< Carried back by W instead of its transpose.
  kOwnTarget,     ///< Each layer is held against the final target; nothing is carried back.
  kOwnOutput,     ///< The target is what the network itself has answered.
  kStepFirst,     ///< Each layer is updated before its delta is carried further down.
  kNoBias,        ///< Biases are not learned.
  kArticle,       ///< Section 4.2: outputs transposed times (y - a), layer by layer.
};

/// What is known of a mistake.
struct MistakeInfo {
  GradientMistake mistake;   ///< Which.
  std::string_view name;     ///< In a table: "no slope".
  std::string_view summary;  ///< What is done instead, in a clause.
  std::string_view article;  ///< Where the article does so; empty: it does not.
};

/// Every mistake that can be planted, without kNone.
std::span<const MistakeInfo> Mistakes();

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_GRADIENT_MISTAKE_H_
