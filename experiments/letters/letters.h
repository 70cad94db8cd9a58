/// @file
/// Texts as letters: small ones and the space, 27 in all.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LETTERS_LETTERS_H_
#define LANEGRAD_EXPERIMENTS_LETTERS_LETTERS_H_

#include <cstddef>
#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace lanegrad {

/// How many letters there are: the space, which is 0, and a to z, which are 1 to 26.
inline constexpr std::size_t kLetters = 27;

/// A text, a number a letter.
using Letters = std::vector<std::uint8_t>;

/// The letters of `text`: capitals become small, and whatever stands between two words, be it
/// commas, digits or lines, becomes one space.
Letters ToLetters(std::string_view text);
/// Letters to be read: "we the people".
std::string ToText(std::span<const std::uint8_t> letters);
/// All words of a text.
std::set<std::string> WordsOf(std::span<const std::uint8_t> letters);

/// The Constitution of the United States with its amendments, and the Declaration of Independence:
/// public domain, see experiments/letters/SOURCES.md.
Letters ConstitutionLetters();
Letters DeclarationLetters();  ///< The other.

/// A text in three pieces.
struct TextParts {
  Letters held;   ///< To choose by: the first tenth, wherever the ring is cut.
  Letters train;  ///< To learn from: nine tenths of the rest.
  Letters test;   ///< To be judged by: the tenth of the rest that follows it.
};

/// Takes the first tenth of the text away, bends the rest to a ring, and cuts that so that it
/// begins at `share` of it (0 to 1). Shares that are a tenth apart have no letter of their tests in
/// common.
TextParts CutRing(const Letters& text, double share);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LETTERS_LETTERS_H_
