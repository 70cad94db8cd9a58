// SPDX-License-Identifier: Apache-2.0
#include "experiments/spoken_digits/spoken_levels.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <numbers>
#include <stdexcept>

#include "network/dataset.h"

namespace lanegrad {
namespace {

constexpr double kRate = 22050.0;

// Tones, one after the other, of `each` samples, with `silence` samples of nothing around them.
Sound Tones(const std::vector<double>& hertz, std::size_t each, std::size_t silence,
            double loudness = 8000.0) {
  Sound sound = {.rate = kRate, .samples = std::vector<double>(silence, 0.0)};
  for (const double tone : hertz) {
    for (std::size_t i = 0; i < each; ++i) {
      sound.samples.push_back(
          loudness * std::sin(2.0 * std::numbers::pi * tone * static_cast<double>(i) / kRate));
    }
  }
  sound.samples.insert(sound.samples.end(), silence, 0.0);
  return sound;
}

std::size_t LoudestBand(const std::vector<std::uint8_t>& levels, std::size_t piece) {
  const auto begin = levels.begin() + static_cast<std::ptrdiff_t>(piece * kSpokenBands);
  return static_cast<std::size_t>(std::max_element(begin, begin + kSpokenBands) - begin);
}

TEST(SpokenLevels, HighTonesAreInHighBandsAndLaterOnesInLaterPieces) {
  const std::vector<std::uint8_t> levels = SpokenLevels(Tones({350, 5000}, 8000, 3000), "tones");
  ASSERT_EQ(levels.size(), kSpokenLevels);
  EXPECT_EQ(*std::max_element(levels.begin(), levels.end()), kLevelSteps - 1);
  EXPECT_EQ(LoudestBand(levels, 0), LoudestBand(levels, 2));
  EXPECT_EQ(LoudestBand(levels, 5), LoudestBand(levels, 7));
  EXPECT_LT(LoudestBand(levels, 0), 4u);
  EXPECT_GT(LoudestBand(levels, 7), 10u);
}

TEST(SpokenLevels, LoudnessSilenceAndSpeedChangeLittle) {
  const std::vector<std::uint8_t> levels =
      SpokenLevels(Tones({300, 1500, 4000, 800}, 4000, 2560), "tones");
  EXPECT_EQ(SpokenLevels(Tones({300, 1500, 4000, 800}, 4000, 2560, 1000.0), "quiet"), levels);
  EXPECT_EQ(SpokenLevels(Tones({300, 1500, 4000, 800}, 4000, 25600), "late"), levels);
  const std::vector<std::uint8_t> slow =
      SpokenLevels(Tones({300, 1500, 4000, 800}, 8000, 2560), "slow");
  for (std::size_t piece = 0; piece < kPieces; ++piece) {
    EXPECT_EQ(LoudestBand(slow, piece), LoudestBand(levels, piece)) << piece;
  }
}

// The definition, written down once more by plain sums.
TEST(SpokenLevels, AreThoseOfThePlainSum) {
  constexpr std::size_t kFrames = 8, kWindow = 512, kStep = 128;
  const Sound sound = Tones({700}, kWindow + (kFrames - 1) * kStep, 0);
  const auto mel = [](double hertz) { return 1127.0 * std::log1p(hertz / 700.0); };
  std::vector<double> decibels;
  for (std::size_t frame = 0; frame < kFrames; ++frame) {
    std::vector<double> power;
    for (std::size_t k = 0; k <= kWindow / 2; ++k) {
      std::complex<double> sum = 0.0;
      for (std::size_t i = 0; i < kWindow; ++i) {
        const double turn = 2.0 * std::numbers::pi * static_cast<double>(i) / kWindow;
        sum += (0.5 - 0.5 * std::cos(turn)) * sound.samples[frame * kStep + i] *
               std::polar(1.0, -turn * static_cast<double>(k));
      }
      power.push_back(std::norm(sum));
    }
    const double step = (mel(8000.0) - mel(100.0)) / (kSpokenBands + 1);
    for (std::size_t band = 0; band < kSpokenBands; ++band) {
      const auto edge = [&](double number) {
        return 700.0 *
               std::expm1((mel(100.0) + step * (static_cast<double>(band) + number)) / 1127.0);
      };
      double energy = 1e-10;
      for (std::size_t k = 0; k < power.size(); ++k) {
        const double hertz = static_cast<double>(k) * kRate / kWindow;
        const double height = std::min((hertz - edge(0)) / (edge(1) - edge(0)),
                                       (edge(2) - hertz) / (edge(2) - edge(1)));
        energy += std::max(0.0, height) * power[k];
      }
      decibels.push_back(10.0 * std::log10(energy));
    }
  }
  const double most = *std::max_element(decibels.begin(), decibels.end());
  const std::vector<std::uint8_t> levels = SpokenLevels(sound, "tone");
  for (std::size_t i = 0; i < kSpokenLevels; ++i) {
    const double level = std::max(0.0, 61.0 + (decibels[i] - most) / 1.5);
    EXPECT_NEAR(levels[i], level, 0.5001) << i;
  }
}

TEST(SpokenLevels, APieceWithMoreFramesIsNotLouder) {
  // Twelve frames in eight pieces: some have one, some two.
  const std::vector<std::uint8_t> levels = SpokenLevels(Tones({700}, 512 + 11 * 128, 0), "tone");
  const std::size_t band = LoudestBand(levels, 0);
  for (std::size_t piece = 0; piece < kPieces; ++piece) {
    EXPECT_GE(levels[piece * kSpokenBands + band], kLevelSteps - 2) << piece;
  }
}

TEST(SpokenLevels, WhatIsNoWordIsRefused) {
  EXPECT_THROW(SpokenLevels({.rate = kRate, .samples = {}}, "none"), DataError);
  EXPECT_THROW(SpokenLevels({.rate = kRate, .samples = std::vector<double>(9000, 0.0)}, "silent"),
               DataError);
  EXPECT_THROW(SpokenLevels(Tones({500}, 600, 0), "short"), DataError);
}

TEST(SpokenLevels, TextReadsBackAndOtherTextIsRefused) {
  std::vector<std::uint8_t> levels;
  for (std::size_t i = 0; i < kSpokenLevels; ++i) {
    levels.push_back(static_cast<std::uint8_t>(i % kLevelSteps));
  }
  const std::string text = LevelText(levels);
  EXPECT_EQ(text.substr(0, 12), "0123456789AB");
  EXPECT_TRUE(std::is_sorted(text.begin(), text.begin() + kLevelSteps));
  EXPECT_EQ(LevelsOf(text, "here"), levels);
  EXPECT_THROW(LevelsOf(text + "0", "here"), DataError);
  EXPECT_THROW(LevelsOf(text.substr(1) + "-", "here"), DataError);
  EXPECT_THROW(LevelText({62}), std::out_of_range);
}

}  // namespace
}  // namespace lanegrad
