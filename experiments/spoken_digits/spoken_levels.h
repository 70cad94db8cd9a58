/// @file
/// What a network hears of a spoken word: levels of bands of frequency in pieces of its time.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_SPOKEN_DIGITS_SPOKEN_LEVELS_H_
#define LANEGRAD_EXPERIMENTS_SPOKEN_DIGITS_SPOKEN_LEVELS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/spoken_digits/sound_file.h"

namespace lanegrad {

/// Pieces that a word is cut into, equally long each; so whoever speaks fast is heard as whoever
/// speaks slowly.
inline constexpr std::size_t kPieces = 8;
/// Bands of frequency, equally wide in mel, from 100 to 8000 Hz.
inline constexpr std::size_t kSpokenBands = 16;
/// Levels of a word, piece after piece.
inline constexpr std::size_t kSpokenLevels = kPieces * kSpokenBands;
/// A level is a whole number below this one: the loudest is the last, and a step is 1.5 dB.
inline constexpr std::size_t kLevelSteps = 62;

/// What is heard of a sound: kSpokenLevels numbers below kLevelSteps. Silence before and after is
/// cut off: what is more than 40 dB below the loudest 23 ms. Throws DataError, which names `name`,
/// for a sound of less than kPieces such frames, or without any. Cost: 170 spectra a second of it.
std::vector<std::uint8_t> SpokenLevels(const Sound& sound, std::string_view name);

/// A character a level: 0 to 9, A to Z, a to z.
std::string LevelText(const std::vector<std::uint8_t>& levels);
/// Reads it back. Throws DataError, which names `name`, for other characters and for another number
/// than kSpokenLevels of them.
std::vector<std::uint8_t> LevelsOf(std::string_view text, std::string_view name);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_SPOKEN_DIGITS_SPOKEN_LEVELS_H_
