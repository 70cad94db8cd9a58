// SPDX-License-Identifier: Apache-2.0
//
// Any bytes at all, read as a WAV file and, now and then, heard: they make levels or a
// DataError, and nothing else. cmake --preset fuzz, then bin/sound_fuzz -max_total_time=60.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "experiments/spoken_digits/sound_file.h"
#include "experiments/spoken_digits/spoken_levels.h"
#include "network/dataset.h"
#include "network/hash.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  try {
    lanegrad::Sound sound = lanegrad::ReadWave({data, size}, "fuzz");
    if (sound.samples.size() > size / 2) __builtin_trap();
    // To hear a sound takes a hundred times as long as to read it, so one in 256 is: which, a hash
    // says, for of an input with a mark of its own a fuzzer would keep the mark. A short one is
    // said again until it has the length of a word.
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    if (!lanegrad::Hash64(bytes).starts_with("00")) return 0;
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
