// SPDX-License-Identifier: Apache-2.0
//
// Any bytes at all, read as a WAV file and, now and then, heard: they make levels or a
// DataError, and nothing else. cmake --preset fuzz, then bin/sound_fuzz -max_total_time=60.
#include <cstddef>
#include <cstdint>

#include "experiments/spoken_digits/sound_file.h"
#include "experiments/spoken_digits/spoken_levels.h"
#include "network/dataset.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  try {
    lanegrad::Sound sound = lanegrad::ReadWave({data + 1, size - 1}, "fuzz");
    if (sound.samples.size() > size / 2) __builtin_trap();
    // To hear a sound takes a hundred times as long as to read it, so one in 128 is. A short one is
    // said again until it has the length of a word.
    if (data[0] % 128 != 0) return 0;
    constexpr std::size_t kWord = 1500;
    for (std::size_t i = 0; !sound.samples.empty() && sound.samples.size() < kWord; ++i) {
      sound.samples.push_back(sound.samples[i]);
    }
    const auto levels = lanegrad::SpokenLevels(sound, "fuzz");
    if (lanegrad::LevelsOf(lanegrad::LevelText(levels), "fuzz") != levels) __builtin_trap();
  } catch (const lanegrad::DataError&) {
  }
  return 0;
}
