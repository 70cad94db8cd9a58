// SPDX-License-Identifier: Apache-2.0
#include "experiments/cli/help_text.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>

namespace lanegrad {
namespace {

HelpPage Page() {
  return {
      .program = "try",
      .summary =
          "Tries something, and says at length what came of it, in more words than a "
          "line of eighty columns can hold.",
      .entries = {{.group = "Late", .name = "--late", .text = "comes last"},
                  {.group = "Early",
                   .name = "--a-flag-with-a-long-name",
                   .value = "N",
                   .fallback = "12",
                   .text = "how many times it is tried, which may be written in a sentence that "
                           "goes on for more than one line"},
                  {.group = "Early", .name = "--x", .text = "short"}},
      .groups = {"Nothing", "Early"},
      .examples = {{"try --x", "why one would"}},
      .notes = {"A note."}};
}

TEST(HelpText, LinesAreBrokenBetweenWordsWithinEightyColumns) {
  std::istringstream lines(HelpText(Page()));
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    EXPECT_LE(line.size(), kHelpColumns) << line;
    if (!line.empty()) {
      EXPECT_NE(line.back(), ' ') << line;
    }
  }
  EXPECT_GT(count, 12u);
}

TEST(HelpText, ANarrowTerminalIsKeptTo) {
  std::istringstream lines(HelpText(Page(), 50));
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 50u) << line;
}

TEST(HelpText, GroupsComeInTheOrderOfThePageAndEmptyOnesNotAtAll) {
  const std::string text = HelpText(Page());
  EXPECT_EQ(text.find("Nothing"), text.npos);
  ASSERT_NE(text.find("\nEarly\n"), text.npos);
  EXPECT_LT(text.find("\nEarly\n"), text.find("\nLate\n"));
  EXPECT_LT(text.find("\nLate\n"), text.find("\nExamples\n  try --x\n      why one would\n"));
  EXPECT_LT(text.find("\nExamples\n"), text.find("\nA note.\n"));
}

TEST(HelpText, ADefaultStandsInBracketsAndALongNameHasALineOfItsOwn) {
  const std::string text = HelpText(Page());
  EXPECT_NE(text.find("[12]\n"), text.npos);
  EXPECT_NE(text.find("\n  --a-flag-with-a-long-name N\n                          how many"),
            text.npos);
  EXPECT_NE(text.find("\n  --x                     short\n"), text.npos);
}

TEST(HelpText, WordsThatNoFlagTakesAreInTheUsage) {
  HelpPage page = Page();
  EXPECT_NE(HelpText(page).find("\nUsage: try [flags]\n"), std::string::npos);
  page.entries.push_back({.group = "Early", .name = "files", .text = "what is tried"});
  EXPECT_NE(HelpText(page).find("\nUsage: try [flags] files ...\n"), std::string::npos);
}

}  // namespace
}  // namespace lanegrad
