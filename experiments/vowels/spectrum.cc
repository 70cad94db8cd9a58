// SPDX-License-Identifier: Apache-2.0
#include "experiments/vowels/spectrum.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <utility>

#include "kernels/elementary.h"

namespace lanegrad {
namespace {

struct Waves {
  std::vector<double> cosine, sine;
};

// cos and sin of 2 pi i / n for i < n / 2. They take longer than the transform, and most are asked
// for again and again.
const Waves& HalfTurn(std::size_t n) {
  thread_local Waves waves;
  if (waves.cosine.size() == n / 2) return waves;
  waves = {};
  for (std::size_t i = 0; i < n / 2; ++i) {
    const double turns = static_cast<double>(i) / static_cast<double>(n);
    waves.cosine.push_back(CosineOfTurns(turns));
    waves.sine.push_back(SineOfTurns(turns));
  }
  return waves;
}

}  // namespace

double CosineOfTurns(double turns) {
  // A whole turn changes nothing, and is taken off exactly.
  return Cosine(2.0 * std::numbers::pi * (turns - std::floor(turns)));
}

double SineOfTurns(double turns) { return CosineOfTurns(turns - 0.25); }

std::vector<double> HannWindow(std::size_t n) {
  std::vector<double> window(n);
  for (std::size_t i = 0; i < n; ++i) {
    window[i] = 0.5 - 0.5 * CosineOfTurns(static_cast<double>(i) / static_cast<double>(n));
  }
  return window;
}

// [fourier]
std::vector<double> PowerSpectrum(std::span<const double> frame) {
  const std::size_t n = frame.size();
  if (n < 2 || !std::has_single_bit(n)) {
    throw std::invalid_argument("a spectrum is taken of 2, 4, 8 ... samples");
  }
  // Put the samples in the order of their reversed bits.
  std::vector<double> re(frame.begin(), frame.end()), im(n, 0.0);
  for (std::size_t i = 0, reversed = 0; i < n; ++i) {
    if (i < reversed) std::swap(re[i], re[reversed]);
    std::size_t bit = n / 2;
    while (bit > 0 && (reversed & bit) != 0) {
      reversed ^= bit;
      bit /= 2;
    }
    reversed |= bit;
  }
  const auto& [cosine, sine] = HalfTurn(n);
  // Join transforms of `half` samples to those of twice as many.
  for (std::size_t half = 1; half < n; half *= 2) {
    for (std::size_t begin = 0; begin < n; begin += 2 * half) {
      for (std::size_t k = 0; k < half; ++k) {
        const std::size_t a = begin + k, b = a + half, turn = k * (n / (2 * half));
        const double b_re = cosine[turn] * re[b] + sine[turn] * im[b];
        const double b_im = cosine[turn] * im[b] - sine[turn] * re[b];
        re[b] = re[a] - b_re;
        im[b] = im[a] - b_im;
        re[a] += b_re;
        im[a] += b_im;
      }
    }
  }
  std::vector<double> power(n / 2 + 1);
  for (std::size_t k = 0; k <= n / 2; ++k) power[k] = re[k] * re[k] + im[k] * im[k];
  return power;
}
// [fourier]

double HertzOfMel(double mel) { return 700.0 * (Exponential(mel / 1127.0) - 1.0); }
double MelOfHertz(double hertz) { return 1127.0 * Logarithm(1.0 + hertz / 700.0); }

// [band-levels]
std::vector<double> BandPowers(std::span<const double> power, double rate, std::size_t bands,
                               double low, double high) {
  const double step = (MelOfHertz(high) - MelOfHertz(low)) / static_cast<double>(bands + 1);
  const double bin = rate / static_cast<double>(2 * (power.size() - 1));
  std::vector<double> powers(bands);
  for (std::size_t band = 0; band < bands; ++band) {
    const double left = MelOfHertz(low) + step * static_cast<double>(band);
    const double from = HertzOfMel(left), peak = HertzOfMel(left + step),
                 to = HertzOfMel(left + 2.0 * step);
    double energy = 1e-10;
    for (std::size_t k = 0; k < power.size(); ++k) {
      const double hertz = bin * static_cast<double>(k);
      const double height = std::min((hertz - from) / (peak - from), (to - hertz) / (to - peak));
      if (height > 0.0) energy += height * power[k];
    }
    powers[band] = energy;
  }
  return powers;
}

std::vector<double> BandLevels(std::span<const double> power, double rate, std::size_t bands,
                               double low, double high) {
  std::vector<double> levels = BandPowers(power, rate, bands, low, high);
  double sum = 0.0;
  for (double& level : levels) {
    level = 10.0 / std::numbers::ln10 * Logarithm(level);
    sum += level;
  }
  for (double& level : levels) level -= sum / static_cast<double>(bands);
  return levels;
}
// [band-levels]

}  // namespace lanegrad
