/// @file
/// The oldest model of language: how often a letter has followed the last ones.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LETTERS_LETTER_COUNTS_H_
#define LANEGRAD_EXPERIMENTS_LETTERS_LETTER_COUNTS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "experiments/letters/letters.h"

namespace lanegrad {

/// Counts of letters after each history, and the probabilities that follow from them. Histories
/// that are rare borrow from shorter ones, as Witten and Bell [1991] have it:
///
///     P(x | h) = (count(h x) + kinds(h) P(x | h')) / (count(h) + kinds(h)),
///
/// h' being h without its oldest letter, kinds(h) the number of different letters seen after h, and
/// P(x) without any history 1 / kLetters before anything is seen.
class LetterCounts {
 public:
  /// Counts `text`. Histories have `order` letters at most, up to 12. Throws std::invalid_argument
  /// beyond. Cost: order + 1 look-ups a letter.
  LetterCounts(std::span<const std::uint8_t> text, std::size_t order);
  /// Probability of `next` after `history`, of which the last letters count.
  double Probability(std::span<const std::uint8_t> history, std::uint8_t next) const;
  /// How long histories are at most.
  std::size_t order() const { return tables_.size() - 1; }

 private:
  struct Seen {
    std::array<std::uint32_t, kLetters> counts{};
    std::uint32_t all = 0, kinds = 0;
  };
  std::vector<std::unordered_map<std::uint64_t, Seen>> tables_;  // by length of history
};

/// Mean of -log2 P over the letters of `text`, of which the first `skip` are history only.
/// Throws std::invalid_argument where nothing is left.
double BitsPerLetter(const LetterCounts& counts, std::span<const std::uint8_t> text,
                     std::size_t skip);

/// 2 to the power of bits: among how many equally likely letters one would be as uncertain.
double Perplexity(double bits);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LETTERS_LETTER_COUNTS_H_
