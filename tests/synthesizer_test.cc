// SPDX-License-Identifier: Apache-2.0
#include "experiments/vowels/synthesizer.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "experiments/vowels/spectrum.h"
#include "experiments/vowels/vowel_data.h"

namespace lanegrad {
namespace {

constexpr std::size_t kSize = 4096;

// The frequency at which a filter answers most to one pulse.
double PeakOf(std::vector<double> answer) {
  const std::vector<double> power = PowerSpectrum(answer);
  const auto peak = std::max_element(power.begin(), power.end()) - power.begin();
  return static_cast<double>(peak) * kSoundRate / kSize;
}

TEST(Resonator, HasItsPeakAtItsFormant) {
  for (const double hertz : {500.0, 1500.0, 2500.0}) {
    Resonator resonator(hertz, 60.0, kSoundRate);
    std::vector<double> answer(kSize);
    for (std::size_t t = 0; t < kSize; ++t) answer[t] = resonator(t == 0 ? 1.0 : 0.0);
    EXPECT_NEAR(PeakOf(answer), hertz, 4.0);
  }
}

TEST(Resonator, IsAsWideAsItSays) {
  Resonator resonator(1500.0, 80.0, kSoundRate);
  std::vector<double> answer(kSize);
  for (std::size_t t = 0; t < kSize; ++t) answer[t] = resonator(t == 0 ? 1.0 : 0.0);
  const std::vector<double> power = PowerSpectrum(answer);
  const double half = *std::max_element(power.begin(), power.end()) / 2.0;
  const auto wide = std::count_if(power.begin(), power.end(), [&](double p) { return p > half; });
  EXPECT_NEAR(static_cast<double>(wide) * kSoundRate / kSize, 80.0, 5.0);
}

TEST(Resonator, LeavesWhatDoesNotChangeAsItIs) {
  Resonator resonator(700.0, 60.0, kSoundRate);
  double y = 0.0;
  for (int t = 0; t < 5000; ++t) y = resonator(1.0);
  EXPECT_NEAR(y, 1.0, 1e-9);
}

TEST(Synthesizer, RepeatsAtThePitch) {
  const VowelSound sound = {.pitch = 125.0, .formants = {500.0, 1500.0, 2500.0}};
  const std::vector<double> wave = Synthesize(sound, 800);
  ASSERT_EQ(wave.size(), 800u);
  double energy = 0.0, change = 0.0;
  for (std::size_t t = 0; t + 80 < wave.size(); ++t) {  // 80 samples a pulse
    energy += wave[t] * wave[t];
    change += (wave[t] - wave[t + 80]) * (wave[t] - wave[t + 80]);
  }
  EXPECT_GT(energy, 0.0);
  EXPECT_LT(change, 1e-4 * energy);
}

TEST(Synthesizer, ChildrenHaveHigherFormantsThanWomenAndTheseThanMen) {
  for (std::size_t vowel = 0; vowel < kVowels; ++vowel) {
    for (std::size_t f = 0; f < 3; ++f) {
      const double man = MeanVowel(Voice::kMan, vowel).formants[f];
      const double woman = MeanVowel(Voice::kWoman, vowel).formants[f];
      const double child = MeanVowel(Voice::kChild, vowel).formants[f];
      EXPECT_GT(woman, man) << kVowelWords[vowel] << f;
      EXPECT_GT(child, woman) << kVowelWords[vowel] << f;
    }
  }
}

TEST(Synthesizer, NoiseHasThePowerThatItIsToHave) {
  RandomStream random(1, Stream::kNoise);
  std::vector<double> sound(20000);
  for (std::size_t t = 0; t < sound.size(); ++t) {
    sound[t] = 3.0 * SineOfTurns(static_cast<double>(t) / 40.0);
  }
  std::vector<double> noisy = sound;
  AddWhiteNoise(noisy, 10.0, random);
  double power = 0.0;
  for (std::size_t t = 0; t < sound.size(); ++t) {
    power += (noisy[t] - sound[t]) * (noisy[t] - sound[t]) / static_cast<double>(sound.size());
  }
  EXPECT_NEAR(power, 4.5 / 10.0, 0.02);
}

TEST(VowelData, ASpeakerDoesNotDependOnWhoElseSpeaks) {
  const Recording few = {.voices = {Voice::kWoman}, .speakers = 2};
  const Recording more = {.voices = {Voice::kWoman}, .speakers = 3};
  const Recording later = {.voices = {Voice::kWoman}, .speakers = 1, .first = 1};
  const Samples a = Record(few, 5), b = Record(more, 5), c = Record(later, 5);
  ASSERT_EQ(a.count, 2 * kVowels);
  EXPECT_TRUE(std::equal(a.bytes.begin(), a.bytes.end(), b.bytes.begin()));
  EXPECT_TRUE(std::equal(c.bytes.begin(), c.bytes.end(), a.bytes.begin() + kVowels * kBands));
  EXPECT_NE(Record(few, 6).bytes, a.bytes);
  Recording again = few;
  again.take = 1;
  EXPECT_NE(Record(again, 5).bytes, a.bytes);
}

TEST(VowelData, LevelsAreCutAtTheEndsOfAByte) {
  EXPECT_EQ(LevelBytes(std::vector<double>{0.0, 1.0, -500.0, 500.0}),
            (std::vector<std::uint8_t>{128, 130, 0, 255}));
}

}  // namespace
}  // namespace lanegrad
