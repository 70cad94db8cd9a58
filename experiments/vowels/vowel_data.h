/// @file
/// Vowels of made-up speakers as labelled samples: what a network hears of them.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_VOWELS_VOWEL_DATA_H_
#define LANEGRAD_EXPERIMENTS_VOWELS_VOWEL_DATA_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "experiments/vowels/synthesizer.h"
#include "network/dataset.h"

namespace lanegrad {

/// Samples of sound that a decision is made by: 51 ms.
inline constexpr std::size_t kFrame = 512;
/// Bands of frequency that a vowel is heard in, from 100 to 4800 Hz.
inline constexpr std::size_t kBands = 24;
/// Decibels that sound is above white noise where nobody makes it worse.
inline constexpr double kQuiet = 30.0;

/// Levels of kBands bands of one frame, in decibels less their mean.
std::vector<double> HeardLevels(std::span<const double> frame);

/// Levels as bytes: 128 is the mean, and a decibel is two steps; what is further off is cut.
std::vector<std::uint8_t> LevelBytes(std::span<const double> levels);

/// What is said, and by whom.
struct Recording {
  std::vector<Voice> voices;  ///< Whose.
  std::size_t speakers = 0;   ///< In all, the same number of each voice (within one).
  std::size_t first = 0;      ///< Number of the first: others are other people.
  std::size_t times = 1;      ///< How often each speaker says each vowel.
  std::size_t take = 0;       ///< Which session: another one has other utterances.
  double decibels = kQuiet;   ///< Of sound above noise.
};

/// kVowels * times samples of kBands bytes a speaker, speaker after speaker. A speaker is the same
/// whoever else takes part: speaker `i` depends on seed, voice and i only, an utterance on take,
/// vowel and time as well. Throws std::invalid_argument where there are no voices.
/// Cost: a frame's synthesis and spectrum a sample, some 50 us.
Samples Record(const Recording& recording, std::uint64_t seed);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_VOWELS_VOWEL_DATA_H_
