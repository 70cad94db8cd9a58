// SPDX-License-Identifier: Apache-2.0
#include "experiments/conformance/published_number.h"

#include <gtest/gtest.h>

#include <set>

#include "experiments/conformance/published_tables.h"

namespace lanegrad {
namespace {

struct Line {
  const char* printed;
  std::vector<double> ours;
};

Evidence EvidenceOf(const std::vector<Line>& lines, const std::string& reduced = "") {
  Evidence evidence;
  for (const Line& line : lines) {
    const PublishedNumber number = {.table = "table",
                                    .configuration = line.printed,
                                    .printed = line.printed,
                                    .tolerance = 0.01,
                                    .reduced = reduced};
    for (std::size_t i = 0; i < line.ours.size(); ++i) {
      const Task task =
          TaskOf(number, i + 1, [value = line.ours[i]](Measurement& /*row*/) { return value; });
      Measurement row = {.series = task.series, .seed = task.seed, .settings = task.settings};
      task.measure(row);
      evidence.rows.push_back(row);
    }
  }
  return evidence;
}

Verdict VerdictOf(const std::vector<Line>& lines, const std::string& reduced = "") {
  return JudgeNumbers(NumbersOf(EvidenceOf(lines, reduced), "table")).verdict;
}

TEST(PublishedNumberTest, ATableIsReadBackRowByRowWithItsSeeds) {
  const auto numbers = NumbersOf(EvidenceOf({{"0.50", {0.498, 0.50}}, {"0.60", {0.7}}}), "table");
  ASSERT_EQ(numbers.size(), 2u);
  EXPECT_EQ(numbers[0].ours, (std::vector<double>{0.498, 0.50}));
  EXPECT_EQ(numbers[0].conformity, Conformity::kExact);
  EXPECT_EQ(numbers[1].theirs(), 0.6);
  EXPECT_EQ(numbers[1].conformity, Conformity::kDiffers);
}

TEST(PublishedNumberTest, WhatDiffersInATableOfTheSameOrderHasItsShapeOnly) {
  const std::vector<Line> higher = {
      {"0.50", {0.6}}, {"0.55", {0.65}}, {"0.60", {0.7}}, {"0.65", {0.75}}};
  for (const ComparedNumber& each : NumbersOf(EvidenceOf(higher), "table")) {
    EXPECT_EQ(each.conformity, Conformity::kShapeOnly);
  }
  EXPECT_EQ(VerdictOf(higher), Verdict::kQualified);
  EXPECT_EQ(VerdictOf({{"0.50", {0.75}}, {"0.55", {0.7}}, {"0.60", {0.65}}, {"0.65", {0.8}}}),
            Verdict::kNotSupported);
}

TEST(PublishedNumberTest, AllAgreeHalfAgreeOrFewerDo) {
  EXPECT_EQ(VerdictOf({{"0.50", {0.50}}, {"0.60", {0.605}}}), Verdict::kSupported);
  EXPECT_EQ(VerdictOf({{"0.50", {0.50}}, {"0.60", {0.7}}}), Verdict::kQualified);
  EXPECT_EQ(VerdictOf({{"0.50", {0.55}}, {"0.60", {0.7}}}), Verdict::kNotSupported);
}

TEST(PublishedNumberTest, AReducedTrainingDecidesNothingUnlessItIsBetter) {
  EXPECT_EQ(VerdictOf({{"0.50", {0.3}}}, "2 epochs"), Verdict::kNotDecided);
  EXPECT_EQ(VerdictOf({{"0.50", {0.50}}}, "2 epochs"), Verdict::kNotDecided);
  EXPECT_EQ(VerdictOf({{"0.50", {0.52}}}, "2 epochs"), Verdict::kNotSupported);
}

TEST(PublishedNumberTest, WhereSeedsDoNotExplainItItIsSaidOnWhichSideOursIs) {
  const auto numbers =
      NumbersOf(EvidenceOf({{"0.50", {0.50}}, {"0.60", {0.7}}, {"0.70", {0.6}}}), "table");
  EXPECT_EQ(SideOf(numbers[0]), "");
  EXPECT_EQ(SideOf(numbers[1]), "higher");
  EXPECT_EQ(SideOf(numbers[2]), "lower");
}

TEST(PublishedTablesTest, EachHasASourceAndNumbersAndAClaimOfItsOwn) {
  std::set<std::string_view> names;
  for (const Claim& claim : TableClaims()) names.insert(claim.name);
  ASSERT_EQ(names.size(), PublishedTables().size());
  ASSERT_FALSE(names.empty());
  for (const PublishedTable& each : PublishedTables()) {
    EXPECT_TRUE(names.contains(each.name)) << each.name;
    EXPECT_FALSE(each.file.source.empty()) << each.name;
    for (const ListedCell& cell : each.file.cells) EXPECT_FALSE(cell.published.empty());
  }
}

TEST(PublishedTablesTest, EachCellIsTrainedOnceASeedWithTheDigitsThatWerePrinted) {
  std::size_t cells = 0;
  for (const PublishedTable& each : PublishedTables()) cells += each.file.cells.size();
  const std::vector<Task> tasks = TrainingTasks({.profile = "quick", .seeds = 3, .threads = 1});
  EXPECT_EQ(tasks.size(), 3 * cells);
  std::set<std::string> printed;
  for (const Task& task : tasks) printed.insert(task.settings.Text("published"));
  EXPECT_TRUE(printed.contains("0.870")) << "not 0.87";
}

}  // namespace
}  // namespace lanegrad
