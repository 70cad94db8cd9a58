// SPDX-License-Identifier: Apache-2.0
#include "experiments/little_data/learning_curves.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "experiments/little_data/measures.h"
#include "experiments/little_data/methods.h"
#include "experiments/records/numbered.h"

namespace lanegrad {
namespace {

// A curve that obeys a law, but for a part that differs between seeds.
LearningCurve Made(double exponent, double offset, double spread) {
  LearningCurve curve = {.name = "none", .label = "made", .n = {}, .accuracy = {}};
  for (const double n : {10.0, 30.0, 100.0, 300.0, 1000.0, 3000.0, 10000.0}) {
    curve.n.push_back(n);
    std::vector<double> accuracy;
    for (int seed = 0; seed < 10; ++seed) {
      const double factor = 1.0 + spread * (seed - 4.5);
      accuracy.push_back(1.0 - factor * std::pow(n, -exponent) - offset);
    }
    curve.accuracy.push_back(accuracy);
  }
  return curve;
}

TEST(LearningCurves, AreReadBySizeAndSeed) {
  Evidence evidence;
  for (const double n : {10.0, 30.0}) {
    Measurement row = {.series = "method", .settings = {{"method", "dropout"}, {"n", n}}};
    SetNumbers(row.values, "final", std::vector<double>{n / 100.0, n / 50.0});
    evidence.rows.push_back(row);
    row.settings.Set("method", "none");
    evidence.rows.push_back(row);
    row = {.series = "neighbours", .settings = {{"n", n}}};
    SetNumbers(row.values, "final", std::vector<double>{0.5});
    evidence.rows.push_back(row);
  }
  const LearningCurve curve = CurveOf(evidence, "dropout");
  EXPECT_EQ(curve.n, (std::vector<double>{10.0, 30.0}));
  EXPECT_EQ(curve.accuracy[1], (std::vector<double>{0.3, 0.6}));
  EXPECT_EQ(SeedsOf(curve), (std::vector<double>{0.0, 1.0}));
  EXPECT_NEAR(MeanErrors(curve, {0.0, 1.0})[0], 0.85, 1e-12);
  EXPECT_NEAR(MeanErrors(curve, {1.0, 1.0})[0], 0.8, 1e-12);
  EXPECT_EQ(SeedsOf(CurveOf(evidence, "neighbours")).size(), 1u);
  EXPECT_EQ(AllCurves(evidence).size(), Methods().size() + 1);
}

TEST(LearningCurves, LawHasItsExponentInItsInterval) {
  const CurveLaw found = LawOf(Made(0.3, 0.0, 0.02));
  EXPECT_FALSE(found.with_offset);
  EXPECT_NEAR(found.law.exponent, 0.3, 1e-4);
  EXPECT_LE(found.exponent.low, 0.3 + 1e-4);
  EXPECT_GE(found.exponent.high, 0.3 - 1e-4);
}

TEST(LearningCurves, LawHasAnOffsetWhereTheCurveHas) {
  const CurveLaw found = LawOf(Made(0.5, 0.1, 0.02));
  EXPECT_TRUE(found.with_offset);
  EXPECT_NEAR(found.law.offset, 0.1, 1e-3);
  EXPECT_GT(found.offset.low, 0.05);
}

TEST(LearningCurves, LawForetellsWhatObeysItAndNotWhatDoesNot) {
  const Foretold good = ForetoldOf(Made(0.3, 0.0, 0.02));
  EXPECT_EQ(good.n, 10000.0);
  EXPECT_EQ(good.last, 1000.0);
  EXPECT_NEAR(good.plain / good.error, 1.0, 1e-3);
  EXPECT_GT(good.plain_ratio.low, 0.99);
  // An offset that the law without one knows nothing of: it says too little.
  const Foretold bad = ForetoldOf(Made(0.5, 0.1, 0.02));
  EXPECT_LT(bad.plain_ratio.high, 0.9);
  EXPECT_NEAR(bad.offset / bad.error, 1.0, 0.01);
}

TEST(LearningCurves, CrossWhereTheirDifferenceIsZero) {
  LearningCurve a = {.name = "a", .label = "a", .n = {10.0, 1000.0}, .accuracy = {{0.5}, {0.6}}};
  LearningCurve b = {.name = "b", .label = "b", .n = {10.0, 1000.0}, .accuracy = {{0.4}, {0.7}}};
  EXPECT_NEAR(CrossingOf(a, b), 100.0, 1e-9);
  EXPECT_NEAR(CrossingOf(b, a), 100.0, 1e-9);
  b.accuracy[1] = {0.5};
  EXPECT_TRUE(std::isnan(CrossingOf(a, b)));
}

TEST(LearningCurves, AreCountedWithCommas) {
  EXPECT_EQ(CountText(10.0), "10");
  EXPECT_EQ(CountText(1000.0), "1,000");
  EXPECT_EQ(CountText(60030.0), "60,030");
}

TEST(LittleDataMethods, HaveAsManyTrialsInOneRangeOfRates) {
  for (const Method& method : Methods()) {
    const std::vector<LittleTrial> trials = TrialsOf(method);
    EXPECT_EQ(trials.size(), kTrials) << method.name;
    std::set<double> strengths;
    for (const LittleTrial& trial : trials) {
      EXPECT_GE(trial.rate, 0.03 * (1.0 - 1e-9));
      EXPECT_LE(trial.rate, 0.24 * (1.0 + 1e-9));
      strengths.insert(trial.strength);
    }
    EXPECT_EQ(strengths.size(), method.regulariser() ? 2u : 1u) << method.name;
  }
}

TEST(LittleDataMethods, DifferFromTheNetworkInWhatTheyAreNamedFor) {
  const std::string plain = Canonical(SettingsOf(MethodNamed("none"), {0.1, 0.0}, 100));
  std::set<std::string> seen = {plain};
  for (const Method& method : Methods()) {
    if (method.name == "none") continue;
    for (const LittleTrial& trial : TrialsOf(method)) {
      const LittleTrial same_rate = {0.1, trial.strength};
      // Shifts are in the data; what their settings show is the smaller number of epochs.
      seen.insert(Canonical(SettingsOf(method, same_rate, 100)));
    }
  }
  // linear 1, shifts 1, of seven others two strengths each, and the plain one
  EXPECT_EQ(seen.size(), 1u + 1u + 7u * 2u + 1u);
  EXPECT_EQ(SettingsOf(MethodNamed("shifts"), {0.1, 2.0}, 100).epochs, 100u / kCopies);
  EXPECT_THROW(MethodNamed("drop"), std::invalid_argument);
}

TEST(LittleDataMethods, SeeAsManySamplesAtEverySize) {
  LittleDataScale scale;
  for (const std::size_t n : {10u, 30u, 100u, 300u, 1000u, 3000u, 10000u, 30000u, 60000u}) {
    EXPECT_EQ(PassesOf(scale, n) % kCopies, 0u) << n;
    EXPECT_GE(HeldOutOf(n), 1u);
    EXPECT_EQ(HeldOutOf(n), n / 5);
  }
  EXPECT_EQ(HeldOutOf(3), 1u);
}

}  // namespace
}  // namespace lanegrad
