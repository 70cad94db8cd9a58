/// @file
/// Sound from files in the format WAV, as speech synthesisers write it.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_SPOKEN_DIGITS_SOUND_FILE_H_
#define LANEGRAD_EXPERIMENTS_SPOKEN_DIGITS_SOUND_FILE_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace lanegrad {

/// One channel of sound.
struct Sound {
  double rate = 0.0;            ///< Samples a second.
  std::vector<double> samples;  ///< From -32768 to 32767.
};

/// Reads the content of a WAV file: RIFF, one channel of 16-bit samples, little-endian, not
/// compressed, 8,000 to 192,000 samples a second; chunks that are neither `fmt ` nor `data` are
/// passed over. `name` stands in messages. Throws DataError, with the byte at which something else
/// stands, for anything else and for a file that ends too early. Cost: one read.
Sound ReadWave(std::span<const std::uint8_t> content, std::string_view name);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_SPOKEN_DIGITS_SOUND_FILE_H_
