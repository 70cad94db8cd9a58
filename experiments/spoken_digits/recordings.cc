// SPDX-License-Identifier: Apache-2.0
#include "experiments/spoken_digits/recordings.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "experiments/spoken_digits/recording_texts.h"
#include "experiments/spoken_digits/spoken_levels.h"

namespace lanegrad {
namespace {

constexpr std::string_view kMaker = "# synthesizer: ";

// Parts of a line, with one blank between.
std::vector<std::string_view> Parts(std::string_view line) {
  std::vector<std::string_view> parts;
  for (std::size_t begin = 0; begin <= line.size();) {
    const std::size_t end = std::min(line.find(' ', begin), line.size());
    parts.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  return parts;
}

SpokenWord ReadWord(std::string_view line, const std::string& place) {
  const std::vector<std::string_view> parts = Parts(line);
  if (parts.size() != 5) {
    throw DataError(fmt::format("{}: {} parts; a word has five: voice, accent, speed, word, levels",
                                place, parts.size()));
  }
  SpokenWord word = {.voice = std::string(parts[0]),
                     .accent = std::string(parts[1]),
                     .speed = 0,
                     .word = std::string(parts[3]),
                     .levels = LevelsOf(parts[4], place)};
  const char* end = parts[2].data() + parts[2].size();
  const auto [read, error] = std::from_chars(parts[2].data(), end, word.speed);
  if (error != std::errc() || read != end || word.speed == 0) {
    throw DataError(fmt::format("{}: '{}' is no speed in words a minute", place, parts[2]));
  }
  return word;
}

template <class T, class U>
bool Has(std::span<const T> list, const U& what) {
  return std::find(list.begin(), list.end(), what) != list.end();
}

}  // namespace

Recordings ParseRecordings(std::string_view text, std::string_view name) {
  Recordings recordings;
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    begin = end + 1;
    const std::string place = fmt::format("{}: line {}", name, ++number);
    if (number == 1) {
      if (!line.starts_with(kMaker) || line.size() == kMaker.size()) {
        throw DataError(fmt::format("{}: does not say who speaks: '{}...'", place, kMaker));
      }
      recordings.synthesizer = std::string(line.substr(kMaker.size()));
    } else if (!line.starts_with('#')) {
      recordings.words.push_back(ReadWord(line, place));
    }
  }
  if (recordings.words.empty()) throw DataError(fmt::format("{}: line 1: no word in it", name));
  return recordings;
}

const Recordings& StoredRecordings() {
  static const Recordings stored =
      ParseRecordings(kRecordings, "experiments/spoken_digits/recordings.txt");
  return stored;
}

// [spoken-samples]
Samples SpokenSamples(const Recordings& recordings, const Utterances& utterances) {
  Samples samples;
  samples.features = kSpokenLevels;
  for (const SpokenWord& each : recordings.words) {
    const auto digit = std::find(kDigitWords.begin(), kDigitWords.end(), each.word);
    const bool is_digit = digit != kDigitWords.end();
    if (is_digit != utterances.digits || !Has(utterances.voices, each.voice) ||
        !Has(utterances.accents, each.accent) || !Has(utterances.speeds, each.speed)) {
      continue;
    }
    for (const std::uint8_t level : each.levels) {
      samples.bytes.push_back(static_cast<std::uint8_t>(4 * level));
    }
    samples.labels.push_back(is_digit ? static_cast<std::uint8_t>(digit - kDigitWords.begin())
                                      : std::uint8_t{0});
  }
  samples.count = samples.labels.size();
  if (samples.count == 0) throw DataError("none of these words was recorded");
  return samples;
}
// [spoken-samples]

}  // namespace lanegrad
