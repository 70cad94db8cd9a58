/// @file
/// Words that a speech synthesiser said, as what is heard of them: stored, so that they are the
/// same words whoever asks, and whatever is installed.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_SPOKEN_DIGITS_RECORDINGS_H_
#define LANEGRAD_EXPERIMENTS_SPOKEN_DIGITS_RECORDINGS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "network/dataset.h"

namespace lanegrad {

/// The digits as words, in their order.
inline constexpr std::array<std::string_view, 10> kDigitWords = {
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};

/// One word, once said.
struct SpokenWord {
  std::string voice;                 ///< Whose: "m1", "f1", "whisper".
  std::string accent;                ///< "en", "en-us".
  std::size_t speed = 0;             ///< Words a minute that the synthesiser was asked for.
  std::string word;                  ///< "seven".
  std::vector<std::uint8_t> levels;  ///< kSpokenLevels of them: SpokenLevels().
};

/// All that were said.
struct Recordings {
  std::string synthesizer;        ///< Program and version: "eSpeak NG 1.51".
  std::vector<SpokenWord> words;  ///< In the order of the file.
};

/// Reads recordings: lines of voice, accent, speed, word and LevelText(), with a blank between; in
/// a first line "# synthesizer: " and what it is, and further lines that begin with # and say
/// nothing. `name` stands in messages. Throws DataError, with the line, for anything else. Cost:
/// one read.
Recordings ParseRecordings(std::string_view text, std::string_view name);

/// Those of experiments/spoken_digits/recordings.txt, which scripts/spoken-digits made.
const Recordings& StoredRecordings();

/// Which of them.
struct Utterances {
  std::span<const std::string_view> voices;   ///< Of these.
  std::span<const std::string_view> accents;  ///< In each of these.
  std::span<const std::size_t> speeds;        ///< At each of these.
  bool digits = true;                         ///< The ten digits; else all that are none.
};

/// Samples of kSpokenLevels bytes, four times a level each, labelled by digit (0 where it is none),
/// in the order of the file. Throws DataError where nobody ever said any of them.
Samples SpokenSamples(const Recordings& recordings, const Utterances& utterances);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_SPOKEN_DIGITS_RECORDINGS_H_
