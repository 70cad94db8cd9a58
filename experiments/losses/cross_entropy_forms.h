/// @file
/// The cross-entropy of section 3.4 as it is written there, to see where it can be computed, and
/// beside the one of several classes.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LOSSES_CROSS_ENTROPY_FORMS_H_
#define LANEGRAD_EXPERIMENTS_LOSSES_CROSS_ENTROPY_FORMS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace lanegrad {

/// -(y ln a + (1 - y) ln(1 - a)), step by step as it is written, with the logarithm of IEEE 754:
/// -infinity of 0, not a number below it, and 0 times infinity not a number either.
double WrittenCrossEntropy(double a, double y);

/// The smallest whole number z > 0, up to `most`, for which the written formula of a = sigmoid(z)
/// or sigmoid(-z) is not finite with target 0 or 1; 0: none. In float the sigmoid and 1 - a are
/// rounded to float; else everything is double.
double FirstFailure(bool in_float, int most = 200);

/// The largest error of the kernel's loss from logits over the same numbers, against the plain
/// formula where that is sound: z + e^-z for a wrong answer at large z.
double KernelErrorUpTo(int most = 200);

/// The share of 321 weighted inputs z from -20 to 20 for which the written formula of f(z) is
/// finite with both targets.
double ShareComputable(std::string_view activation);

/// How the two cross-entropies relate for `classes` classes, over random logits.
struct TwoCrossEntropies {
  double binary = 0.0;              ///< Mean of the written formula, added over the classes.
  double softmax = 0.0;             ///< Mean of -ln p of the right class.
  double largest_difference = 0.0;  ///< Between the two, a sample each.
};

/// Draws `samples` rows of logits of deviation 2 and a label each. Of two classes the written
/// formula is taken of one output, the difference of the logits, as it is meant; of more, of every
/// class's probability.
TwoCrossEntropies CompareCrossEntropies(std::size_t classes, std::size_t samples,
                                        std::uint64_t seed);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LOSSES_CROSS_ENTROPY_FORMS_H_
