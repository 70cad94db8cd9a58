// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/fitted_table.h"

#include <gtest/gtest.h>

#include <sstream>

namespace lanegrad {
namespace {

Table Wide() {
  return {
      .caption = "",
      .columns = {{"benchmark", false, {}},
                  {"A", true, {}},
                  {"n", true, {}},
                  {"95 % interval", true, {}},
                  {"verdict", false, {}}},
      .rows = {{{"gemm/AVX3/64"}, {"100 ns"}, {"6+6"}, {"[1.186, 1.216]"}, {"slower"}},
               {{"activate/tanh/AVX3/n:1024"}, {"301 ns"}, {"6+6"}, {"-"}, {"no change shown"}}}};
}

std::size_t Widest(const std::string& text) {
  std::istringstream lines(text);
  std::size_t widest = 0;
  for (std::string line; std::getline(lines, line);) widest = std::max(widest, DisplayWidth(line));
  return widest;
}

TEST(FittedTable, IsTheTableWhereThereIsRoom) {
  EXPECT_EQ(FittedTable(Wide(), 0), TerminalTable(Wide()));
  EXPECT_EQ(FittedTable(Wide(), TableWidth(Wide())), TerminalTable(Wide()));
}

TEST(FittedTable, SaysOnceWhatIsTheSameInAllRows) {
  const std::string text = FittedTable(Wide(), TableWidth(Wide()) - 1);
  EXPECT_TRUE(text.starts_with("in all rows: n 6+6\n")) << text;
  EXPECT_EQ(text.find("6+6", 20), text.npos) << text;
  EXPECT_LT(Widest(text), TableWidth(Wide()));
  // Of one row everything is the same, which says nothing.
  Table one = Wide();
  one.rows.pop_back();
  ASSERT_GT(TableWidth(one), 44u) << "too wide, or it would not be tried";
  EXPECT_EQ(FittedTable(one, 44).find("in all rows"), std::string::npos);
}

TEST(FittedTable, IsAParagraphARowWhereNothingElseFitsAndLeavesNothingOut) {
  const std::string text = FittedTable(Wide(), 44);
  EXPECT_EQ(text,
            "in all rows: n 6+6\n\n"
            "gemm/AVX3/64: slower\n"
            "  A 100 ns; 95 % interval [1.186, 1.216]\n"
            "activate/tanh/AVX3/n:1024: no change shown\n"
            "  A 301 ns\n");
  for (std::size_t columns = 26; columns < 90; ++columns) {
    EXPECT_LE(Widest(FittedTable(Wide(), columns)), columns);
  }
}

TEST(FittedTable, CallsARowByAllThatStandsBeforeItsFirstNumber) {
  Table table = {.caption = "",
                 .columns = {{"phase", false, {}},
                             {"rate", false, {}},
                             {"B - A, points", true, {}},
                             {"p (Holm)", true, {}},
                             {"verdict", false, {}}},
                 .rows = {{{"tune"}, {"0.1"}, {"+3.00"}, {"0.49"}, {"no difference shown"}},
                          {{"tune"}, {"1"}, {"-1.50"}, {"1"}, {"worse"}}}};
  EXPECT_EQ(FittedTable(table, 32),
            "tune · 0.1: no difference shown\n"
            "  B - A, points +3.00;\n"
            "  p (Holm) 0.49\n"
            "tune · 1: worse\n"
            "  B - A, points -1.50;\n"
            "  p (Holm) 1\n")
      << "no name is parted from its number";
}

TEST(HangingText, BeginsAllLinesBelowTheFirstWord) {
  EXPECT_EQ(HangingText("ok     ", "one two three", 0), "ok     one two three\n");
  EXPECT_EQ(HangingText("ok  ", "one two three four five six seven", 26),
            "ok  one two three four\n    five six seven\n");
  EXPECT_EQ(HangingText("ok  ", "", 80), "ok  \n");
}

TEST(HangingText, AWordThatHasNoRoomBesideTheHeadStandsWholeBelowIt) {
  EXPECT_EQ(HangingText("ok     file  ", "/usr/share/datasets/images: 60000 of them", 36),
            "ok     file\n  /usr/share/datasets/images: 60000\n  of them\n");
  EXPECT_EQ(HangingText("ok     file  ", "in /usr/share/datasets/images it is", 20),
            "ok     file\n  in\n  /usr/share/datasets/images\n  it is\n")
      << "a word longer than the line has one of its own";
  EXPECT_EQ(HangingText("", "/usr/share/datasets/images it is", 20),
            "/usr/share/datasets/images\nit is\n");
}

}  // namespace
}  // namespace lanegrad
