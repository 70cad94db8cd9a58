/// @file
/// Vowels out of a source and a filter: pulses, as the vocal folds make them, through resonances,
/// as the mouth and the throat have them.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_VOWELS_SYNTHESIZER_H_
#define LANEGRAD_EXPERIMENTS_VOWELS_SYNTHESIZER_H_

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

#include "kernels/random.h"

namespace lanegrad {

/// How many vowels there are.
inline constexpr std::size_t kVowels = 10;
/// English words with them, in the order of labels.
inline constexpr std::array<std::string_view, kVowels> kVowelWords = {
    "heed", "hid", "head", "had", "hod", "hawed", "hood", "who'd", "hud", "heard"};

/// Whose voice it is.
enum class Voice { kMan, kWoman, kChild };
/// All, in order.
inline constexpr std::array<Voice, 3> kVoices = {Voice::kMan, Voice::kWoman, Voice::kChild};
/// "men", "women", "children".
std::string_view VoiceName(Voice voice);

/// What a vowel sounds like.
struct VowelSound {
  double pitch = 0.0;                ///< Pulses a second.
  std::array<double, 3> formants{};  ///< Resonances, in Hz.
};

/// Mean formants of a vowel and mean pitch of a voice, in Hz. [Peterson and Barney 1952, table II]
VowelSound MeanVowel(Voice voice, std::size_t vowel);

/// A resonance: y_t = a x_t + b y_(t-1) + c y_(t-2), with gain 1 for what does not change.
/// [Klatt 1980, equations 1 and 2]
class Resonator {
 public:
  /// At `hertz`, `bandwidth` Hz wide, of sound with `rate` samples a second.
  Resonator(double hertz, double bandwidth, double rate);
  /// The next output.
  double operator()(double x);

 private:
  double a_, b_, c_;
  double last_ = 0.0, before_ = 0.0;
};

/// Samples of sound a second.
inline constexpr double kSoundRate = 10000.0;
/// Widths of the three resonances, in Hz: ours, of the size that synthesisers of vowels have.
inline constexpr std::array<double, 3> kBandwidths = {60.0, 90.0, 150.0};

/// `count` samples of the vowel, after as many that nobody hears, in which it settles.
std::vector<double> Synthesize(const VowelSound& sound, std::size_t count);

/// How one speaker differs from the mean of those with such a voice.
struct Speaker {
  Voice voice = Voice::kMan;  ///< Whose mean.
  double tract = 1.0;         ///< Factor of all formants: a shorter throat has higher ones.
  double pitch = 1.0;         ///< Factor of the pitch.
};

/// A speaker at random: factors e^(0.05 z) of formants and e^(0.15 z) of pitch, z normal.
Speaker DrawSpeaker(Voice voice, RandomStream& random);

/// One vowel as a speaker says it once: each formant a factor e^(0.04 z) off, the pitch e^(0.05 z).
VowelSound DrawUtterance(const Speaker& speaker, std::size_t vowel, RandomStream& random);

/// Adds white noise, so that the sound has `decibels` more power than the noise.
void AddWhiteNoise(std::vector<double>& sound, double decibels, RandomStream& random);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_VOWELS_SYNTHESIZER_H_
