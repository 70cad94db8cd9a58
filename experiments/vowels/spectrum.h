/// @file
/// Spectra of short pieces of sound, with the same bits on every machine.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_VOWELS_SPECTRUM_H_
#define LANEGRAD_EXPERIMENTS_VOWELS_SPECTRUM_H_

#include <cstddef>
#include <span>
#include <vector>

namespace lanegrad {

/// cos of 2 pi times `turns`, by Cosine(); |turns| up to 20,000.
double CosineOfTurns(double turns);
/// sin of 2 pi times `turns`.
double SineOfTurns(double turns);

/// Hann's window of n > 1 samples, 0.5 - 0.5 cos(2 pi i / n): it fades a piece in and out, so that
/// its ends make no clicks. [Harris 1978]
std::vector<double> HannWindow(std::size_t n);

/// |X_k|^2 for k = 0 .. n/2 of X_k = sum of frame[i] e^(-2 pi i k / n), by the fast Fourier
/// transform of radix 2. Throws std::invalid_argument unless n is a power of two, at least 2.
/// Cost: 5 n log2 n flops. [Cooley and Tukey 1965]
std::vector<double> PowerSpectrum(std::span<const double> frame);

/// The frequency of `mel` on the scale of equal steps of pitch, 700 (e^(mel / 1127) - 1) Hz, and
/// back. [O'Shaughnessy 1987]
double HertzOfMel(double mel);
/// Mel of a frequency in Hz.
double MelOfHertz(double hertz);

/// Powers in `bands` overlapping triangles, equally wide in mel between `low` and `high` Hz, of a
/// power spectrum as PowerSpectrum() makes it, of sound with `rate` samples a second; 1e-10 is
/// added to each, so that all have a logarithm. [Davis and Mermelstein 1980]
std::vector<double> BandPowers(std::span<const double> power, double rate, std::size_t bands,
                               double low, double high);

/// The same in decibels, less their mean, so that loudness is taken out. A band without power
/// counts as -100 dB.
std::vector<double> BandLevels(std::span<const double> power, double rate, std::size_t bands,
                               double low, double high);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_VOWELS_SPECTRUM_H_
