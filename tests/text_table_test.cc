// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/text_table.h"

#include <gtest/gtest.h>

namespace lanegrad {
namespace {

Table Sample() {
  return {.caption = "c",
          .columns = {{"名前", false, {}}, {"share", true, {}}},
          .rows = {{{"relu", 0, false}, {"85.0 %", 0.85, true}},
                   {{"双曲線|正接", 0, false}, {"9.1 %", 0.091, false}}}};
}

TEST(TextTableTest, ColumnsAlignAlsoUnderWideCharacters) {
  EXPECT_EQ(TerminalTable(Sample()),
            "名前          share\n"
            "-----------  ------\n"
            "relu         85.0 %\n"
            "双曲線|正接   9.1 %\n");
}

TEST(TextTableTest, WidthCountsColumnsOfATerminal) {
  EXPECT_EQ(DisplayWidth("abc"), 3u);
  EXPECT_EQ(DisplayWidth("é"), 1u);
  EXPECT_EQ(DisplayWidth("网络"), 4u);
  EXPECT_EQ(DisplayWidth("\xff\xfe"), 1u) << "damaged text is no crash";
}

TEST(TextTableTest, WordsAreNeverBrokenWhereTextIsWrapped) {
  EXPECT_EQ(WrapText("one two three", "", 7), "one two\nthree\n");
  EXPECT_EQ(WrapText("one two three", "  ", 7), "  one\n  two\n  three\n");
  EXPECT_EQ(WrapText("a considerable word", "", 5), "a\nconsiderable\nword\n");
  EXPECT_EQ(WrapText("it is 85.03 % of 5 seeds.", "", 9), "it is\n85.03 %\nof\n5 seeds.\n")
      << "no line ends between a number and its unit";
  EXPECT_EQ(WrapText("± 1 ± 2", "", 7), "± 1 ± 2\n") << "columns count, not bytes";
}

TEST(TextTableTest, ATableIsAsWideAsItsLongestLine) {
  const Table table = {.caption = {},
                       .columns = {{"name", false, {}}, {"n", true, {}}},
                       .rows = {{{"longer", 0, false}, {"± 1", 1, false}}}};
  EXPECT_EQ(TableWidth(table), 11u);
}

TEST(TextTableTest, MarkdownEscapesItsOwnSigns) {
  EXPECT_EQ(
      MarkdownTable(Sample()),
      "| 名前 | share |\n| :--- | ---: |\n| relu | **85.0 %** |\n| 双曲線\\|正接 | 9.1 % |\n");
}

TEST(TextTableTest, ACaptionStandsAboveItsMarkdownAsASentence) {
  Table table = Sample();
  table.caption = "Shares";
  EXPECT_EQ(CaptionedMarkdown(table), "*Shares.*\n\n" + MarkdownTable(table));
  table.caption = "Shares of all.";
  EXPECT_EQ(CaptionedMarkdown(table), "*Shares of all.*\n\n" + MarkdownTable(table));
  table.caption.clear();
  EXPECT_EQ(CaptionedMarkdown(table), MarkdownTable(table));
  table.columns[1].help = "of all";
  EXPECT_EQ(CaptionedMarkdown(table), MarkdownTable(table) + "\n*share*: of all.\n");
}

TEST(TextTableTest, ZeroHasNoSign) {
  EXPECT_EQ(UnsignedZero("-0.0 %"), "0.0 %");
  EXPECT_EQ(UnsignedZero("+0.00"), "0.00");
  EXPECT_EQ(UnsignedZero("-0.01"), "-0.01");
  EXPECT_EQ(UnsignedZero("+10"), "+10");
  EXPECT_EQ(UnsignedZero("-inf"), "-inf");
}

TEST(TextTableTest, CsvQuotesWhatNeedsIt) {
  EXPECT_EQ(CsvCell("plain"), "plain");
  EXPECT_EQ(CsvCell("a,b"), "\"a,b\"");
  EXPECT_EQ(CsvCell("say \"a\"\n"), "\"say \"\"a\"\"\n\"");
  EXPECT_EQ(CsvTable(Sample()), "名前,share\r\nrelu,85.0 %\r\n双曲線|正接,9.1 %\r\n");
}

}  // namespace
}  // namespace lanegrad
