// SPDX-License-Identifier: Apache-2.0
#include "network/hash.h"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

namespace lanegrad {
namespace {

TEST(HashTest, GivesTheKnownAnswersOfXxh3) {
  // xxhsum 0.8.1: printf '' | xxh128sum; printf 'lanegrad' | xxh128sum
  EXPECT_EQ(Hash128(""), "99aa06d3014798d86001c324468d497f");
  EXPECT_EQ(Hash64(""), "2d06800538d394c2");
}

TEST(HashTest, AHasherOfBytesEqualsTheHashOfThem) {
  Hasher hasher;
  hasher.Add("lane", 4);
  hasher.Add("grad", 4);
  EXPECT_EQ(hasher.Hex(), Hash128("lanegrad"));
}

TEST(HashTest, WhereAStringEndsMatters) {
  Hasher one, two;
  one.Add(std::string_view("ab"));
  one.Add(std::string_view("c"));
  two.Add(std::string_view("a"));
  two.Add(std::string_view("bc"));
  EXPECT_NE(one.Hex(), two.Hex());
}

TEST(HashTest, NumbersAreHashedByTheirBits) {
  Hasher floats, bytes, zero, negative_zero;
  floats.Add(1.0f);
  bytes.Add("\x00\x00\x80\x3f", 4);
  EXPECT_EQ(floats.Hex(), bytes.Hex());
  zero.Add(0.0);
  negative_zero.Add(-0.0);
  EXPECT_NE(zero.Hex(), negative_zero.Hex());
}

TEST(HashTest, EveryNanIsTheSame) {
  Hasher quiet, negative;
  quiet.Add(std::numeric_limits<float>::quiet_NaN());
  negative.Add(std::bit_cast<float>(0xffc00001u));
  EXPECT_EQ(quiet.Hex(), negative.Hex());
}

}  // namespace
}  // namespace lanegrad
