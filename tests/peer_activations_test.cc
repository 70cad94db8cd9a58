// SPDX-License-Identifier: Apache-2.0
// The book's tables and figure of activations beside other libraries', from records that are small
// enough to check by eye: one of today's, and one of before both grades were measured.
#include "docs/peer_activations.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <nlohmann/json.hpp>

namespace lanegrad {
namespace {

Json Today() {
  return Json::parse(R"({"peak_gflops": {"AVX3": 200, "AVX2": 100}, "activations": [
    {"activation": "tanh",
     "per_ns": {"lanegrad exact AVX3": 0.8, "lanegrad fast AVX3": 3.0, "lanegrad exact AVX2": 0.4,
                "lanegrad fast AVX2": 1.5, "Eigen 3.4.0 AVX3": 2.0, "Eigen 3.4.0 AVX2": 1.75,
                "copy": 20.0},
     "max_ulp": {"lanegrad exact AVX3": ["0.5", "0.5"], "lanegrad fast AVX3": ["0.8", "1"],
                 "lanegrad exact AVX2": ["0.5", "0.5"], "lanegrad fast AVX2": ["0.8", "1"],
                 "Eigen 3.4.0 AVX3": ["4", "1.67725e+07"],
                 "Eigen 3.4.0 AVX2": ["8", "1.67725e+07"]}},
    {"activation": "celu",
     "per_ns": {"lanegrad exact AVX3": 0.7, "lanegrad exact AVX2": 0.3, "copy": 20.0},
     "max_ulp": {"lanegrad exact AVX3": ["0.5", "0.5"], "lanegrad exact AVX2": ["0.5", "0.5"]}}
  ]})");
}
Json Before() {
  return Json::parse(R"({"peak_gflops": {"AVX3": 200, "AVX2": 100}, "activations": [
    {"activation": "tanh",
     "per_ns": {"lanegrad AVX3": 0.8, "lanegrad AVX2": 0.4, "Eigen 3.4.0": 2.0, "copy": 20.0},
     "max_ulp": {"lanegrad AVX3": ["0.5", "0.5"], "lanegrad AVX2": ["0.5", "0.5"],
                 "Eigen 3.4.0": ["inf", "1.67725e+07"]}}]})");
}

std::vector<std::string> NamesIn(const LinePanel& panel) {
  std::vector<std::string> names;
  for (const LineSeries& series : panel.series) names.push_back(series.name);
  return names;
}

TEST(PeerActivationsTest, ANameEndsWithItsInstructionSetOrMeansTheWidest) {
  const std::vector<std::string> targets = {"AVX3", "AVX2"};
  EXPECT_EQ(ContestantOf("lanegrad fast AVX2", targets).maker, "lanegrad fast");
  EXPECT_EQ(ContestantOf("lanegrad fast AVX2", targets).target, "AVX2");
  EXPECT_EQ(ContestantOf("Eigen 3.4.0", targets).maker, "Eigen 3.4.0");
  EXPECT_EQ(ContestantOf("Eigen 3.4.0", targets).target, "AVX3");
  EXPECT_EQ(ContestantOf("copy", targets).target, "");
}

TEST(PeerActivationsTest, ThePictureHasBothGradesAndEveryLibraryForEachInstructionSet) {
  const LineFigure figure = ErrorSpeedFigure(Today());
  ASSERT_EQ(figure.panels.size(), 2u);
  EXPECT_EQ(figure.panels[0].title, "AVX3");
  EXPECT_EQ(figure.panels[1].title, "AVX2");
  const std::vector<std::string> all = {"lanegrad exact", "lanegrad fast", "Eigen 3.4.0"};
  for (const LinePanel& panel : figure.panels) EXPECT_EQ(NamesIn(panel), all);
  const LinePoint& fast = figure.panels[1].series[1].points.at(0);
  EXPECT_EQ(fast.x, 1.5);
  EXPECT_EQ(fast.y, 23.0);  // an error of 1 ULP is the last bit
  EXPECT_EQ(figure.panels[1].series[0].points.at(0).y, 24.0);
  EXPECT_LT(figure.panels[1].series[2].points.at(0).y, 1.0);
}

TEST(PeerActivationsTest, ThePictureLeavesOutWhatNoLibraryHas) {
  for (const LinePanel& panel : ErrorSpeedFigure(Today()).panels) {
    for (const LineSeries& series : panel.series) EXPECT_EQ(series.points.size(), 1u);
  }
}

TEST(PeerActivationsTest, ItsTitleCountsWhereTheFastGradeIsAhead) {
  EXPECT_EQ(
      ErrorSpeedFigure(Today()).title,
      "Off by 1 ULP at most, fast is ahead of every library for 1 of 1 with AVX3, 0 of 1 with "
      "AVX2");
}

TEST(PeerActivationsTest, ItsTitleCountsTheFastestGradeTooWhereThereIsOne) {
  Json record = Today();
  Json& row = record["activations"][0];
  row["per_ns"]["lanegrad fastest AVX2"] = 1.8;
  row["max_ulp"]["lanegrad fastest AVX2"] = {"3", "4"};
  EXPECT_EQ(
      ErrorSpeedFigure(record).title,
      "Off by 1 ULP at most, fast is ahead of every library for 1 of 1 with AVX3, 0 of 1 with "
      "AVX2; off by 4, fastest for 1 of 1 with AVX3, 1 of 1 with AVX2");
}

TEST(PeerActivationsTest, ARecordOfBeforeIsDrawnWithWhatItHas) {
  const LineFigure figure = ErrorSpeedFigure(Before());
  ASSERT_EQ(figure.panels.size(), 1u);  // with AVX2 nothing was measured to compare with
  EXPECT_EQ(NamesIn(figure.panels[0]), (std::vector<std::string>{"lanegrad", "Eigen 3.4.0"}));
  EXPECT_EQ(figure.title.find("ahead"), std::string::npos);
  EXPECT_NE(SpeedTable(Before()).find("| tanh | 0.80 | **2.00** | 20.00 |"), std::string::npos);
  EXPECT_NE(PeerErrorTable(Before()).find("| tanh | 0.5; 0.5 | no digit; 17 million |"),
            std::string::npos);
}

TEST(PeerActivationsTest, TheTableOfSpeedsIsOneAnInstructionSetAndMarksTheFastest) {
  const std::string tables = SpeedTable(Today());
  const std::size_t second = tables.find("With AVX2:");
  ASSERT_NE(second, std::string::npos);
  EXPECT_LT(tables.find("With AVX3:"), second);
  EXPECT_LT(tables.find("| tanh | 0.80 | **3.00** | 2.00 | 20.00 |"), second) << tables;
  EXPECT_GT(tables.find("| tanh | 0.40 | 1.50 | **1.75** | 20.00 |"), second) << tables;
  EXPECT_NE(tables.find("| celu | **0.30** |  |  | 20.00 |"), std::string::npos) << tables;
}

TEST(PeerActivationsTest, TheTableOfErrorsHasTheLargerOfTheInstructionSets) {
  const std::string table = PeerErrorTable(Today());
  EXPECT_NE(table.find("| tanh | 0.5; 0.5 | 0.8; 1 | 8; 17 million |"), std::string::npos) << table;
  EXPECT_EQ(table.find("celu"), std::string::npos) << table;
}

}  // namespace
}  // namespace lanegrad
