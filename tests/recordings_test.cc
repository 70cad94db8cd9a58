// SPDX-License-Identifier: Apache-2.0
#include "experiments/spoken_digits/recordings.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <string>

#include "experiments/spoken_digits/spoken_levels.h"

namespace lanegrad {
namespace {

const std::string kLevels(kSpokenLevels, 'k');

std::string Refusal(const std::string& text) {
  try {
    ParseRecordings(text, "words.txt");
  } catch (const DataError& error) {
    return error.what();
  }
  return "read";
}

TEST(Recordings, AWordIsALine) {
  const Recordings read = ParseRecordings(
      "# synthesizer: nobody 1.0\n# a remark\nm1 en 175 two " + kLevels + "\n", "words.txt");
  EXPECT_EQ(read.synthesizer, "nobody 1.0");
  ASSERT_EQ(read.words.size(), 1u);
  EXPECT_EQ(read.words[0].voice, "m1");
  EXPECT_EQ(read.words[0].accent, "en");
  EXPECT_EQ(read.words[0].speed, 175u);
  EXPECT_EQ(read.words[0].word, "two");
  EXPECT_EQ(read.words[0].levels.size(), kSpokenLevels);
}

TEST(Recordings, WhatIsNoneIsRefusedWithItsLine) {
  const std::string head = "# synthesizer: nobody\n";
  EXPECT_EQ(Refusal(""), "words.txt: line 1: no word in it");
  EXPECT_EQ(Refusal(head), "words.txt: line 1: no word in it");
  EXPECT_TRUE(Refusal("m1 en 175 two " + kLevels).starts_with("words.txt: line 1: does not"));
  EXPECT_TRUE(Refusal("# synthesizer: \n").starts_with("words.txt: line 1: does not"));
  EXPECT_TRUE(Refusal(head + "m1 175 two " + kLevels).starts_with("words.txt: line 2: 4 parts"));
  EXPECT_TRUE(Refusal(head + "m1 en fast two " + kLevels)
                  .starts_with("words.txt: line 2: 'fast' is no speed"));
  EXPECT_TRUE(Refusal(head + "m1 en 175 two k").starts_with("words.txt: line 2: 1 levels"));
}

TEST(Recordings, EveryNormalVoiceSaysEveryDigitInEveryWayOnce) {
  std::map<std::string, std::map<std::string, int>> times;
  std::set<std::string> voices;
  for (const SpokenWord& each : StoredRecordings().words) {
    const std::string way = each.accent + " " + std::to_string(each.speed) + " " + each.word;
    EXPECT_EQ(++times[each.voice][way], 1) << each.voice << ' ' << way;
    voices.insert(each.voice);
  }
  EXPECT_EQ(voices.size(), 18u);
  for (const char* voice : {"m1", "m6", "f1", "f5", "steph"}) {
    EXPECT_EQ(times[voice].size(), 90u) << voice;
  }
  EXPECT_EQ(times["whisper"].size(), 20u);
}

TEST(Recordings, VoicesDiffer) {
  std::set<std::vector<std::uint8_t>> different;
  for (const SpokenWord& each : StoredRecordings().words) {
    if (each.word == "seven" && each.accent == "en" && each.speed == 175) {
      EXPECT_TRUE(different.insert(each.levels).second) << each.voice;
    }
  }
  EXPECT_EQ(different.size(), 18u);
}

TEST(Recordings, SamplesAreThoseThatWereAskedForWithTheirDigits) {
  const std::string_view voices[] = {"m1", "f1"}, accents[] = {"en"};
  const std::size_t speeds[] = {140, 210};
  const Samples samples = SpokenSamples(StoredRecordings(), {voices, accents, speeds});
  ASSERT_EQ(samples.count, 40u);
  EXPECT_EQ(samples.features, kSpokenLevels);
  EXPECT_EQ(samples.bytes.size(), 40 * kSpokenLevels);
  for (std::size_t i = 0; i < samples.count; ++i) EXPECT_EQ(samples.labels[i], i % 10);
  EXPECT_EQ(samples.bytes[5], 4 * StoredRecordings().words[0].levels[5]);
  const std::size_t usual[] = {175};
  EXPECT_EQ(SpokenSamples(StoredRecordings(), {voices, accents, usual, false}).count, 20u);
  EXPECT_THROW(SpokenSamples(StoredRecordings(), {voices, accents, speeds, false}), DataError);
}

}  // namespace
}  // namespace lanegrad
