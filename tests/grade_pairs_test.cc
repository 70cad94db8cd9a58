// SPDX-License-Identifier: Apache-2.0
// Whether precision matters for training: the rule, on records whose answer is known, and that the
// two grades are two.
#include "experiments/activations/grade_pairs.h"

#include <gtest/gtest.h>

#include <functional>

#include "experiments/records/numbered.h"

namespace lanegrad {
namespace {

// Three activations, ten seeds each; the fast grade is off by `off(seed)`.
Evidence Planted(const std::function<double(std::size_t)>& off) {
  Evidence evidence;
  for (const char* activation : {"sigmoid", "tanh", "gelu"}) {
    Measurement row;
    row.series = "grades";
    row.settings = Fields{{"activation", std::string(activation)}};
    std::vector<double> exact, fast;
    for (std::size_t i = 0; i < 10; ++i) {
      exact.push_back(0.8 + 0.003 * static_cast<double>(i % 4));
      fast.push_back(exact.back() + off(i));
    }
    row.values.Set("rate", 0.1);
    SetNumbers(row.values, "exact", exact);
    SetNumbers(row.values, "fast", fast);
    row.values.Set("differ", 10.0);
    evidence.rows.push_back(std::move(row));
  }
  return evidence;
}
double Wave(std::size_t i) { return 1e-3 * (static_cast<double>(i * 7 % 10) - 4.5); }

TEST(GradePairsTest, PrecisionMattersWhereTheExactGradeIsShownToLearnBetter) {
  const Finding finding = PrecisionMatters(Planted([](std::size_t i) { return Wave(i) - 0.03; }));
  EXPECT_EQ(finding.verdict, Verdict::kSupported);
  EXPECT_NE(finding.figure.find("fast minus exact is -3.00 points"), std::string::npos)
      << finding.figure;
  EXPECT_NE(finding.figure.find("shown for 3 of them"), std::string::npos) << finding.figure;
}

TEST(GradePairsTest, ItDoesNotWhereThereIsRoomForLessThanAPoint) {
  EXPECT_EQ(PrecisionMatters(Planted(Wave)).verdict, Verdict::kNotSupported);
  EXPECT_EQ(PrecisionMatters(Planted([](std::size_t) { return 0.0; })).verdict,
            Verdict::kNotSupported);
}

TEST(GradePairsTest, ItDoesNotWhereTheFastGradeIsShownToLearnBetter) {
  EXPECT_EQ(PrecisionMatters(Planted([](std::size_t i) { return Wave(i) + 0.03; })).verdict,
            Verdict::kNotSupported);
}

TEST(GradePairsTest, NothingIsDecidedWhereSeedsDifferByMoreThanTheMargin) {
  const Finding finding = PrecisionMatters(Planted([](std::size_t i) { return 30.0 * Wave(i); }));
  EXPECT_EQ(finding.verdict, Verdict::kNotDecided);
  EXPECT_NE(finding.figure.find("shown for 0 of them"), std::string::npos) << finding.figure;
  EXPECT_EQ(PrecisionMatters(Evidence()).verdict, Verdict::kNotDecided);
}

TEST(GradePairsTest, TheFigureIsOfFastMinusExactInPoints) {
  const auto figure =
      std::get<DotFigure>(GradeFigure(Planted([](std::size_t i) { return Wave(i) - 0.03; })));
  ASSERT_EQ(figure.rows.size(), 3u);
  EXPECT_EQ(figure.rows[1].label, "tanh");
  EXPECT_NEAR(figure.rows[1].value, -3.0, 1e-9);
  EXPECT_EQ(figure.title, "A difference is shown for 3 of 3 functions");
}

TEST(GradePairsTest, ARowIsOfTwoGradesThatEndWithOtherWeights) {
  for (const Task& task : GradeTasks({.profile = "quick", .seeds = 2})) {
    if (task.series != "grades" || task.settings.Text("activation") != "tanh") continue;
    Measurement row;
    task.measure(row);
    EXPECT_EQ(NumbersOf(row.values, "exact").size(), 2u);
    EXPECT_EQ(NumbersOf(row.values, "fast").size(), 2u);
    EXPECT_EQ(row.values.Number("differ"), 2.0);
    return;
  }
  FAIL() << "tanh has no row";
}

TEST(GradePairsTest, TimeOfStepsIsKeptOutOfTheValues) {
  for (const Task& task : GradeTasks({.profile = "quick", .seeds = 1})) {
    if (task.series != "steps") continue;
    Measurement row;
    task.measure(row);
    EXPECT_EQ(row.values.all().size(), 1u);
    EXPECT_GT(row.values.Number("steps"), 0.0);
    EXPECT_GT(row.machine.Number("exact_us"), 0.0);
    EXPECT_GT(row.machine.Number("fast_us"), 0.0);
    return;
  }
  FAIL() << "no step is timed";
}

}  // namespace
}  // namespace lanegrad
