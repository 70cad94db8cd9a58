// SPDX-License-Identifier: Apache-2.0
//
// Any bytes at all, read as a WAV file and, half of the time, heard: they make levels or a
// DataError, and nothing else. cmake --preset fuzz, then bin/sound_fuzz -max_total_time=60.
#include <cstddef>
#include <cstdint>

#include "experiments/spoken_digits/sound_file.h"
#include "experiments/spoken_digits/spoken_levels.h"
#include "network/dataset.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  try {
    const lanegrad::Sound sound = lanegrad::ReadWave({data + 1, size - 1}, "fuzz");
    if (sound.samples.size() > size / 2) __builtin_trap();
    if (data[0] % 2 == 0) return 0;
    const auto levels = lanegrad::SpokenLevels(sound, "fuzz");
    if (lanegrad::LevelsOf(lanegrad::LevelText(levels), "fuzz") != levels) __builtin_trap();
  } catch (const lanegrad::DataError&) {
  }
  return 0;
}
