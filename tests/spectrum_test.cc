// SPDX-License-Identifier: Apache-2.0
#include "experiments/vowels/spectrum.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <stdexcept>
#include <vector>

#include "kernels/random.h"

namespace lanegrad {
namespace {

std::vector<double> Noise(std::size_t n) {
  RandomStream random(1, Stream::kData);
  std::vector<double> noise(n);
  for (double& x : noise) x = static_cast<double>(random.Normal());
  return noise;
}

TEST(Spectrum, SineAndCosineAreThoseOfTheLibrary) {
  for (double turns = -3.0; turns < 3.0; turns += 0.0173) {
    EXPECT_NEAR(CosineOfTurns(turns), std::cos(2.0 * std::numbers::pi * turns), 1e-14) << turns;
    EXPECT_NEAR(SineOfTurns(turns), std::sin(2.0 * std::numbers::pi * turns), 1e-14) << turns;
  }
}

TEST(Spectrum, TheFastTransformIsThePlainSum) {
  for (const std::size_t n : {2u, 4u, 8u, 64u, 256u}) {
    const std::vector<double> frame = Noise(n), power = PowerSpectrum(frame);
    ASSERT_EQ(power.size(), n / 2 + 1);
    for (std::size_t k = 0; k <= n / 2; ++k) {
      std::complex<double> sum = 0.0;
      for (std::size_t i = 0; i < n; ++i) {
        const double turns = static_cast<double>(k * i) / static_cast<double>(n);
        sum += frame[i] * std::polar(1.0, -2.0 * std::numbers::pi * turns);
      }
      EXPECT_NEAR(power[k], std::norm(sum), 1e-10 * static_cast<double>(n)) << n << ' ' << k;
    }
  }
}

TEST(Spectrum, APureToneHasItsPeakAtItsFrequency) {
  constexpr std::size_t kSize = 512;
  const std::vector<double> window = HannWindow(kSize);
  for (const std::size_t k : {5u, 32u, 100u, 250u}) {
    std::vector<double> tone(kSize);
    for (std::size_t i = 0; i < kSize; ++i) {
      tone[i] = window[i] * SineOfTurns(static_cast<double>(k * i) / kSize);
    }
    const std::vector<double> power = PowerSpectrum(tone);
    const auto peak = std::max_element(power.begin(), power.end()) - power.begin();
    EXPECT_EQ(static_cast<std::size_t>(peak), k);
    // Hann's window spreads it to its two neighbours, a quarter of the power each, and no further.
    EXPECT_NEAR(power[k + 1] / power[k], 0.25, 1e-9);
    EXPECT_LT(power[k + 2] / power[k], 1e-20);
  }
}

TEST(Spectrum, PowerIsConserved) {
  const std::vector<double> frame = Noise(128), power = PowerSpectrum(frame);
  double time = 0.0, frequency = power.front() + power.back();
  for (const double x : frame) time += x * x;
  for (std::size_t k = 1; k + 1 < power.size(); ++k) frequency += 2.0 * power[k];
  EXPECT_NEAR(frequency / 128.0, time, 1e-10 * time);  // Parseval
}

TEST(Spectrum, OnlyPowersOfTwoAreTransformed) {
  EXPECT_THROW(PowerSpectrum(std::vector<double>(100)), std::invalid_argument);
  EXPECT_THROW(PowerSpectrum(std::vector<double>(1)), std::invalid_argument);
}

TEST(Spectrum, AThousandHertzIsAThousandMelAndBack) {
  EXPECT_NEAR(MelOfHertz(1000.0), 1000.0, 0.1);
  for (const double hertz : {50.0, 440.0, 4800.0}) {
    EXPECT_NEAR(HertzOfMel(MelOfHertz(hertz)), hertz, 1e-9);
  }
}

TEST(Spectrum, LevelsDoNotDependOnLoudnessAndRiseWhereTheToneIs) {
  std::vector<double> power(257, 1e-3);
  power[64] = 1.0;  // 1250 Hz of 10 kHz
  const std::vector<double> levels = BandLevels(power, 10000.0, 24, 100.0, 4800.0);
  for (double& each : power) each *= 100.0;
  const std::vector<double> louder = BandLevels(power, 10000.0, 24, 100.0, 4800.0);
  double sum = 0.0;
  for (std::size_t b = 0; b < levels.size(); ++b) {
    EXPECT_NEAR(levels[b], louder[b], 1e-4);
    sum += levels[b];
  }
  EXPECT_NEAR(sum, 0.0, 1e-9);
  const auto top = std::max_element(levels.begin(), levels.end()) - levels.begin();
  const double step = (MelOfHertz(4800.0) - MelOfHertz(100.0)) / 25.0;
  const double centre = HertzOfMel(MelOfHertz(100.0) + step * static_cast<double>(top + 1));
  EXPECT_NEAR(centre, 1250.0, 150.0);
}

}  // namespace
}  // namespace lanegrad
