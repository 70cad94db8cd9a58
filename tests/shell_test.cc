// SPDX-License-Identifier: Apache-2.0
//
// Commands that are said to users are read back by the shell itself.
#include "experiments/cli/shell.h"

#include <gtest/gtest.h>
#include <stdio.h>

#include <vector>

namespace lanegrad {
namespace {

// The words that sh makes of a line, one after the other, each ended by '|'.
std::string ReadByShell(const std::string& line) {
  FILE* pipe = popen(("printf '%s|' " + line).c_str(), "r");
  std::string text;
  for (int c = fgetc(pipe); c != EOF; c = fgetc(pipe)) text += static_cast<char>(c);
  pclose(pipe);
  return text;
}

TEST(ShellTest, AShellReadsBackEveryWord) {
  const std::vector<std::string> words = {"compare", "--data", "my dir",      "it's",     "a\"b",
                                          "$HOME",   "*",      "back\\slash", "",         "~",
                                          "x;rm",    "a'b'c",  "'",           "tab\there"};
  std::string expected;
  for (const std::string& word : words) expected.append(word).append("|");
  EXPECT_EQ(ReadByShell(ShellLine(words)), expected);
}

TEST(ShellTest, AFlagIsTakenOutWithItsValueWhateverTheValueHolds) {
  const std::vector<std::string> words = {"compare", "--output", "a --shard b",   "--shard",
                                          "1/2",     "--quiet",  "it's --shard x"};
  const std::string line = ShellLine(words);
  EXPECT_EQ(ReadByShell(WithoutFlag(line, "--shard", true)),
            "compare|--output|a --shard b|--quiet|it's --shard x|");
  EXPECT_EQ(ReadByShell(WithoutFlag(line, "--quiet", false)),
            "compare|--output|a --shard b|--shard|1/2|it's --shard x|");
  EXPECT_EQ(WithoutFlag("compare --shard=1/2 --quick", "--shard", true), "compare --quick");
}

TEST(ShellTest, AFlagIsReplacedInItsPlaceOrAdded) {
  EXPECT_EQ(WithFlag("compare --output a --quick", "--output", "b c"),
            "compare --output 'b c' --quick");
  EXPECT_EQ(WithFlag("compare --output=a --quick", "--output", "b"), "compare --output b --quick");
  EXPECT_EQ(WithFlag("compare --quick", "--output", "b"), "compare --quick --output b");
}

}  // namespace
}  // namespace lanegrad
