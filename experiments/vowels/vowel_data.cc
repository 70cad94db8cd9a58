// SPDX-License-Identifier: Apache-2.0
#include "experiments/vowels/vowel_data.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "experiments/vowels/spectrum.h"

namespace lanegrad {

std::vector<double> HeardLevels(std::span<const double> frame) {
  static const std::vector<double> usual = HannWindow(kFrame);
  const std::vector<double> window = frame.size() == kFrame ? usual : HannWindow(frame.size());
  std::vector<double> faded(frame.size());
  for (std::size_t i = 0; i < frame.size(); ++i) faded[i] = window[i] * frame[i];
  return BandLevels(PowerSpectrum(faded), kSoundRate, kBands, 100.0, 4800.0);
}

std::vector<std::uint8_t> LevelBytes(std::span<const double> levels) {
  std::vector<std::uint8_t> bytes;
  for (const double level : levels) {
    const double step = std::floor(128.5 + 2.0 * level);
    bytes.push_back(static_cast<std::uint8_t>(std::clamp(step, 0.0, 255.0)));
  }
  return bytes;
}

// [record]
Samples Record(const Recording& recording, std::uint64_t seed) {
  if (recording.voices.empty()) throw std::invalid_argument("somebody has to speak");
  Samples samples;
  samples.features = kBands;
  for (std::size_t i = 0; i < recording.speakers; ++i) {
    const Voice voice = recording.voices[i % recording.voices.size()];
    const std::uint64_t person =
        (recording.first + i) * kVoices.size() + static_cast<std::size_t>(voice);
    RandomStream birth(seed, Stream::kData, person);
    const Speaker speaker = DrawSpeaker(voice, birth);
    for (std::size_t said = 0; said < kVowels * recording.times; ++said) {
      RandomStream chance(seed, Stream::kNoise, (person * 1000 + said) * 10 + recording.take);
      const std::size_t vowel = said % kVowels;
      std::vector<double> sound = Synthesize(DrawUtterance(speaker, vowel, chance), kFrame);
      AddWhiteNoise(sound, recording.decibels, chance);
      const std::vector<std::uint8_t> heard = LevelBytes(HeardLevels(sound));
      samples.bytes.insert(samples.bytes.end(), heard.begin(), heard.end());
      samples.labels.push_back(static_cast<std::uint8_t>(vowel));
    }
  }
  samples.count = samples.labels.size();
  return samples;
}
// [record]

}  // namespace lanegrad
