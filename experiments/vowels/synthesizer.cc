// SPDX-License-Identifier: Apache-2.0
#include "experiments/vowels/synthesizer.h"

#include <cmath>
#include <numbers>

#include "experiments/vowels/spectrum.h"
#include "kernels/elementary.h"

namespace lanegrad {
namespace {

// By voice, then vowel.
// [formants]
constexpr std::array<std::array<std::array<double, 3>, kVowels>, 3> kFormants = {{
    {{{270, 2290, 3010},
      {390, 1990, 2550},
      {530, 1840, 2480},
      {660, 1720, 2410},
      {730, 1090, 2440},
      {570, 840, 2410},
      {440, 1020, 2240},
      {300, 870, 2240},
      {640, 1190, 2390},
      {490, 1350, 1690}}},
    {{{310, 2790, 3310},
      {430, 2480, 3070},
      {610, 2330, 2990},
      {860, 2050, 2850},
      {850, 1220, 2810},
      {590, 920, 2710},
      {470, 1160, 2680},
      {370, 950, 2670},
      {760, 1400, 2780},
      {500, 1640, 1960}}},
    {{{370, 3200, 3730},
      {530, 2730, 3600},
      {690, 2610, 3570},
      {1010, 2320, 3320},
      {1030, 1370, 3170},
      {680, 1060, 3180},
      {560, 1410, 3310},
      {430, 1170, 3260},
      {850, 1590, 3360},
      {560, 1820, 2160}}},
}};
// [formants]
constexpr std::array<double, 3> kPitches = {132.0, 223.0, 264.0};

// A factor that is off by a normal share, in the logarithm.
double Factor(double deviation, RandomStream& random) {
  return Exponential(deviation * static_cast<double>(random.Normal()));
}

}  // namespace

std::string_view VoiceName(Voice voice) {
  constexpr std::array<std::string_view, 3> kNames = {"men", "women", "children"};
  return kNames[static_cast<std::size_t>(voice)];
}

VowelSound MeanVowel(Voice voice, std::size_t vowel) {
  const auto v = static_cast<std::size_t>(voice);
  return {.pitch = kPitches.at(v), .formants = kFormants.at(v).at(vowel)};
}

// [resonator]
Resonator::Resonator(double hertz, double bandwidth, double rate) {
  const double shrink = Exponential(-std::numbers::pi * bandwidth / rate);
  c_ = -shrink * shrink;
  b_ = 2.0 * shrink * CosineOfTurns(hertz / rate);
  a_ = 1.0 - b_ - c_;
}

double Resonator::operator()(double x) {
  const double y = a_ * x + b_ * last_ + c_ * before_;
  before_ = last_;
  last_ = y;
  return y;
}
// [resonator]

// [synthesize]
std::vector<double> Synthesize(const VowelSound& sound, std::size_t count) {
  // A resonance at 0 Hz makes round pulses of sharp ones: 12 dB less an octave.
  Resonator glottis(0.0, 100.0, kSoundRate);
  std::vector<Resonator> tract;
  for (std::size_t f = 0; f < sound.formants.size(); ++f) {
    tract.emplace_back(sound.formants[f], kBandwidths[f], kSoundRate);
  }
  std::vector<double> heard;
  double phase = 0.0, carried = 0.0, last = 0.0;
  const double step = sound.pitch / kSoundRate;
  for (std::size_t t = 0; t < 2 * count; ++t) {
    // A pulse between two samples is shared among them, else the pitch would tremble. All of it is
    // one sample late, as the first of the two has been written already.
    double pulse = carried;
    carried = 0.0;
    phase += step;
    if (phase >= 1.0) {
      phase -= 1.0;
      carried = 1.0 - phase / step;
      pulse += phase / step;
    }
    double y = glottis(pulse);
    for (Resonator& each : tract) y = each(y);
    // The lips radiate changes of the flow.
    if (t >= count) heard.push_back(y - last);
    last = y;
  }
  return heard;
}
// [synthesize]

Speaker DrawSpeaker(Voice voice, RandomStream& random) {
  const double tract = Factor(0.05, random);
  return {.voice = voice, .tract = tract, .pitch = Factor(0.15, random)};
}

VowelSound DrawUtterance(const Speaker& speaker, std::size_t vowel, RandomStream& random) {
  VowelSound sound = MeanVowel(speaker.voice, vowel);
  sound.pitch *= speaker.pitch * Factor(0.05, random);
  for (double& formant : sound.formants) formant *= speaker.tract * Factor(0.04, random);
  return sound;
}

void AddWhiteNoise(std::vector<double>& sound, double decibels, RandomStream& random) {
  double power = 0.0;
  for (const double x : sound) power += x * x;
  power /= static_cast<double>(sound.size());
  const double deviation = std::sqrt(power) * Exponential(-decibels * std::numbers::ln10 / 20.0);
  for (double& x : sound) x += deviation * static_cast<double>(random.Normal());
}

}  // namespace lanegrad
