/// @file
/// Letters outside of ASCII spelled in ASCII, for a library that must not be given them.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RUNS_ASCII_SPELLING_H_
#define LANEGRAD_EXPERIMENTS_RUNS_ASCII_SPELLING_H_

#include <string>
#include <string_view>

namespace lanegrad {

/// A text in which every byte outside of ASCII is a mark and two hexadecimal digits.
///
/// The mark consists of letters and digits, so that where a letter may stand, it may; and it is
/// nowhere in the text, so that what a library returns of it can be spelled back.
class AsciiSpelling {
 public:
  /// Spells `text`. Cost: linear in its length, but for a text that contains marks.
  explicit AsciiSpelling(std::string_view text);
  /// The text in ASCII, of as many lines.
  const std::string& ascii() const { return ascii_; }
  /// A part of it as it was.
  std::string Original(std::string_view part) const;

 private:
  std::string mark_;
  std::string ascii_;
};

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RUNS_ASCII_SPELLING_H_
