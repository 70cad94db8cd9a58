// SPDX-License-Identifier: Apache-2.0
#include "experiments/spoken_digits/sound_file.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "network/dataset.h"

namespace lanegrad {
namespace {

void Put(std::vector<std::uint8_t>& bytes, std::string_view word) {
  bytes.insert(bytes.end(), word.begin(), word.end());
}

void Put(std::vector<std::uint8_t>& bytes, std::size_t number, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) {
    bytes.push_back(static_cast<std::uint8_t>(number >> (8 * i)));
  }
}

struct Format {
  std::size_t coding = 1, channels = 1, rate = 22050, bits = 16;
};

// A file as the format's description has it, with a chunk that says nothing before the samples.
std::vector<std::uint8_t> Wave(const std::vector<int>& samples, const Format& format = {}) {
  std::vector<std::uint8_t> bytes;
  Put(bytes, "RIFF");
  Put(bytes, 4 + 24 + 12 + 8 + 2 * samples.size(), 4);
  Put(bytes, "WAVEfmt ");
  Put(bytes, 16, 4);
  Put(bytes, format.coding, 2);
  Put(bytes, format.channels, 2);
  Put(bytes, format.rate, 4);
  Put(bytes, format.rate * 2, 4);
  Put(bytes, 2, 2);
  Put(bytes, format.bits, 2);
  Put(bytes, "LIST");
  Put(bytes, 3, 4);
  Put(bytes, "abc");
  Put(bytes, 0, 1);  // chunks begin at even bytes
  Put(bytes, "data");
  Put(bytes, 2 * samples.size(), 4);
  for (const int sample : samples) Put(bytes, static_cast<std::size_t>(sample), 2);
  return bytes;
}

std::string Refusal(const std::vector<std::uint8_t>& bytes) {
  try {
    ReadWave(bytes, "a.wav");
  } catch (const DataError& error) {
    return error.what();
  }
  return "read";
}

TEST(SoundFile, SamplesAreReadWithTheirSigns) {
  const Sound sound = ReadWave(Wave({0, 1, -1, 32767, -32768, 256}), "a.wav");
  EXPECT_EQ(sound.rate, 22050.0);
  EXPECT_EQ(sound.samples, (std::vector<double>{0, 1, -1, 32767, -32768, 256}));
  EXPECT_TRUE(ReadWave(Wave({}), "a.wav").samples.empty());
}

TEST(SoundFile, WhatFollowsTheSamplesIsNotRead) {
  std::vector<std::uint8_t> bytes = Wave({1, 2});
  Put(bytes, "LIST and more");
  EXPECT_EQ(ReadWave(bytes, "a.wav").samples.size(), 2u);
}

TEST(SoundFile, EveryTornFileIsRefusedAndSaysWhere) {
  const std::vector<std::uint8_t> whole = Wave({1, 2, 3});
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const std::string refusal = Refusal({whole.begin(), whole.begin() + static_cast<long>(size)});
    EXPECT_TRUE(refusal.starts_with("a.wav: byte ")) << size << ": " << refusal;
  }
}

TEST(SoundFile, OtherSoundIsRefused) {
  EXPECT_EQ(Refusal(Wave({1}, {.channels = 2})),
            "a.wav: byte 12: coding 1, 2 channels, 16 bits; what is read is coding 1 (no "
            "compression), 1 channel, 16 bits");
  EXPECT_NE(Refusal(Wave({1}, {.coding = 3})).find("coding 3"), std::string::npos);
  EXPECT_NE(Refusal(Wave({1}, {.bits = 8})).find("8 bits"), std::string::npos);
  EXPECT_NE(Refusal(Wave({1}, {.rate = 10})).find("10 samples a second"), std::string::npos);
  std::vector<std::uint8_t> bytes = Wave({1});
  bytes[8] = 'w';
  EXPECT_EQ(Refusal(bytes), "a.wav: byte 8: no 'WAVE' here, so this is no WAV file");
  bytes = Wave({1});
  bytes[12] = 'x';  // so the format is passed over
  EXPECT_NE(Refusal(bytes).find("samples before the chunk 'fmt '"), std::string::npos);
  bytes = Wave({1});
  bytes[bytes.size() - 6] = 1;  // one byte of samples
  EXPECT_NE(Refusal(bytes).find("1 bytes are no samples"), std::string::npos);
}

}  // namespace
}  // namespace lanegrad
