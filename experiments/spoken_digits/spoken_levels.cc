// SPDX-License-Identifier: Apache-2.0
#include "experiments/spoken_digits/spoken_levels.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "experiments/vowels/spectrum.h"
#include "kernels/elementary.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

constexpr std::string_view kDigits =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
static_assert(kDigits.size() == kLevelSteps);

// Samples of a spectrum, and from one spectrum to the next.
constexpr std::size_t kWindow = 512, kStep = 128;

// Powers of all bands in every frame, from the first to the last that is not silent.
std::vector<std::vector<double>> Heard(const Sound& sound) {
  static const std::vector<double> fade = HannWindow(kWindow);
  std::vector<std::vector<double>> bands;
  std::vector<double> loudness;
  for (std::size_t at = 0; at + kWindow <= sound.samples.size(); at += kStep) {
    std::vector<double> faded(kWindow);
    for (std::size_t i = 0; i < kWindow; ++i) faded[i] = fade[i] * sound.samples[at + i];
    const std::vector<double> power = PowerSpectrum(faded);
    loudness.push_back(std::accumulate(power.begin(), power.end(), 0.0));
    bands.push_back(BandPowers(power, sound.rate, kSpokenBands, 100.0, 8000.0));
  }
  const double most = loudness.empty() ? 0.0 : *std::max_element(loudness.begin(), loudness.end());
  const auto is_heard = [&](double each) { return each > 1e-4 * most; };
  const auto first = std::find_if(loudness.begin(), loudness.end(), is_heard);
  const auto last = std::find_if(loudness.rbegin(), loudness.rend(), is_heard).base();
  if (first >= last) return {};
  return {bands.begin() + (first - loudness.begin()), bands.begin() + (last - loudness.begin())};
}

}  // namespace

// [spoken-levels]
std::vector<std::uint8_t> SpokenLevels(const Sound& sound, std::string_view name) {
  const std::vector<std::vector<double>> frames = Heard(sound);
  if (frames.size() < kPieces) {
    throw DataError(fmt::format("{}: {} frames of sound, and a word has at least {}", name,
                                frames.size(), kPieces));
  }
  std::vector<double> decibels(kSpokenLevels);
  for (std::size_t piece = 0; piece < kPieces; ++piece) {
    const std::size_t begin = piece * frames.size() / kPieces,
                      end = (piece + 1) * frames.size() / kPieces;
    for (std::size_t band = 0; band < kSpokenBands; ++band) {
      double sum = 0.0;
      for (std::size_t frame = begin; frame < end; ++frame) sum += frames[frame][band];
      decibels[piece * kSpokenBands + band] =
          10.0 / std::numbers::ln10 * Logarithm(sum / static_cast<double>(end - begin));
    }
  }
  // Loudness is taken out: the loudest level of a word is always the same.
  const double most = *std::max_element(decibels.begin(), decibels.end());
  constexpr double kLast = kLevelSteps - 1;
  std::vector<std::uint8_t> levels;
  for (const double each : decibels) {
    const double level = std::floor(kLast + 0.5 + (each - most) / 1.5);
    levels.push_back(static_cast<std::uint8_t>(std::clamp(level, 0.0, kLast)));
  }
  return levels;
}
// [spoken-levels]

std::string LevelText(const std::vector<std::uint8_t>& levels) {
  std::string text;
  for (const std::uint8_t level : levels) text += kDigits.at(level);
  return text;
}

std::vector<std::uint8_t> LevelsOf(std::string_view text, std::string_view name) {
  if (text.size() != kSpokenLevels) {
    throw DataError(
        fmt::format("{}: {} levels, where a word has {}", name, text.size(), kSpokenLevels));
  }
  std::vector<std::uint8_t> levels;
  for (const char c : text) {
    const std::size_t level = kDigits.find(c);
    if (level == kDigits.npos) {
      throw DataError(
          fmt::format("{}: '{}' is no level; levels are 0 to 9, A to Z and a to z", name, c));
    }
    levels.push_back(static_cast<std::uint8_t>(level));
  }
  return levels;
}

}  // namespace lanegrad
