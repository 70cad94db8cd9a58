// SPDX-License-Identifier: Apache-2.0
#include "experiments/cli/print_error.h"

#include <gtest/gtest.h>

namespace lanegrad {
namespace {

TEST(BrokenLines, RemarksAreBrokenBetweenWords) {
  EXPECT_EQ(BrokenLines("one two three\nfour\n", 8), "one two\nthree\nfour\n");
  EXPECT_EQ(BrokenLines("one two three\n", 0), "one two three\n") << "where there is no terminal";
}

TEST(BrokenLines, CommandsAndLinesThatAreRewrittenStayWhole) {
  EXPECT_EQ(BrokenLines("go on:\n  compare --output here\n", 8),
            "go on:\n  compare --output here\n");
  EXPECT_EQ(BrokenLines("\r\033[K[#...] 1/12 runs", 8), "\r\033[K[#...] 1/12 runs");
}

}  // namespace
}  // namespace lanegrad
