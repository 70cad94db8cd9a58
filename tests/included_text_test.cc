// SPDX-License-Identifier: Apache-2.0
#include "docs/included_text.h"

#include <gtest/gtest.h>

namespace lanegrad {
namespace {

TEST(IncludedTextTest, EveryParagraphButTheFirstIsSetAsOne) {
  EXPECT_EQ(WithParagraphs("One,\nstill.\n\nTwo `a`.\n\n\n**Three** *b*.\n"),
            "One,\nstill.\n\n<div class=\"par\">Two `a`.</div>\n\n"
            "<div class=\"par\">**Three** *b*.</div>\n");
}

TEST(IncludedTextTest, WhatIsNoProseStaysAsItIs) {
  for (const char* text : {"", "One.\n", "| a |\n|--:|\n| 1 |\n", "One.\n\n* item\n* item\n",
                           "One.\n\n| a |\n|--:|\n", "One.\n\n<p>html</p>\n\n\\ref speed\n",
                           "One.\n\n## Two\n", "```sh\nls\n\nls -l\n```\n", "A.\n\n    code\n"}) {
    EXPECT_EQ(WithParagraphs(text), text);
  }
}

TEST(IncludedTextTest, TextBehindATableIsAParagraph) {
  EXPECT_EQ(WithParagraphs("| a |\n|--:|\n\nCommand: `x`"),
            "| a |\n|--:|\n\n<div class=\"par\">Command: `x`</div>\n");
}

}  // namespace
}  // namespace lanegrad
