// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/neuron_statistics.h"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "experiments/neuroscience/neuron_tasks.h"
#include "experiments/records/numbered.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

Measurement Row(std::string series, Fields settings, Fields values) {
  Measurement row;
  row.series = std::move(series);
  row.settings = std::move(settings);
  row.values = std::move(values);
  return row;
}

TEST(NeuronStatistics, TheOrderIsTheExponentOfThePowerLaw) {
  Evidence evidence;
  for (const double step : {2.0, 1.0, 0.25}) {
    evidence.rows.push_back(Row("order", {{"step_ms", step}},
                                {{"square", 3.0 * step * step}, {"zero", 0.0}, {"flat", 0.7}}));
  }
  EXPECT_NEAR(OrderOf(evidence, "square"), 2.0, 1e-12);
  EXPECT_NEAR(OrderOf(evidence, "flat"), 0.0, 1e-12);
  EXPECT_TRUE(std::isnan(OrderOf(evidence, "zero")));
}

TEST(NeuronStatistics, WithinAsksForTheWholeInterval) {
  const std::vector<double> values = {0.99, 1.0, 1.01, 1.0};
  EXPECT_EQ(Within(values, 0.95, 1.05), Verdict::kSupported);
  EXPECT_EQ(Within(values, 1.0, 1.05), Verdict::kNotDecided);
  EXPECT_EQ(Within(values, 1.1, 1.2), Verdict::kNotSupported);
  EXPECT_EQ(Within(values, 0.8, 0.9), Verdict::kNotSupported);
  EXPECT_EQ(Within(std::vector<double>{1.0}, 0.0, 2.0), Verdict::kNotDecided);
}

TEST(NeuronStatistics, NumberedValuesEndWhereANumberIsMissing) {
  const Measurement row = Row("noise", {}, {{"rate_1", 1.0}, {"rate_2", 2.0}, {"rate_4", 4.0}});
  EXPECT_EQ(NumbersOf(row.values, "rate"), (std::vector<double>{1.0, 2.0}));
  EXPECT_TRUE(NumbersOf(row.values, "left").empty());
}

// Three loops of radius above 1: both grow, only in steps, and neither.
TEST(NeuronStatistics, ALoopIsCountedForEachRuleThatTellsItsFate) {
  const Measurement row = Row("loop", {{"coupling", "any"}, {"radius", 1.1}},
                              {{"real_part_1", 1.1},
                               {"per_step_1", 0.1},
                               {"per_tau_1", 0.1},
                               {"real_part_2", 0.5},
                               {"per_step_2", 0.1},
                               {"per_tau_2", -0.5},
                               {"real_part_3", 1.05},
                               {"per_step_3", -0.1},
                               {"per_tau_3", -0.2}});
  const LoopCount count = CountLoops(row);
  EXPECT_EQ(count.loops, 3u);
  EXPECT_EQ(count.step_by_radius, 2u);
  EXPECT_EQ(count.flow_by_radius, 1u);
  EXPECT_EQ(count.flow_by_real_part, 2u);
  EXPECT_NEAR(count.largest_difference, 0.25, 1e-12);
}

// Five differences, of which one is nothing: the others stay shown after the adjustment.
TEST(NeuronStatistics, PValuesAreAdjustedForEachOtherAndSilenceNeedsExponentsBelowZero) {
  const Fields shown = {{"rate_1", 5.0}, {"rate_2", 5.1}, {"rate_3", 4.9}, {"rate_4", 5.0}};
  Evidence evidence;
  evidence.rows.push_back(Row("noise", {{"input", 0.8}, {"deviation", 0.2}}, shown));
  for (const auto& [input, regulation, left] : {std::tuple{kAddedInput, kUnregulated, 1.0},
                                                {kAddedInput, kLoop, 0.2},
                                                {kDoubledInput, kUnregulated, 1.0},
                                                {kDoubledInput, kAdaptive, 0.0}}) {
    Fields values;
    for (int seed = 1; seed <= 4; ++seed) {
      values.Set("left_" + std::to_string(seed), left + (left > 0.5 ? 0.01 * seed : 0.0));
    }
    evidence.rows.push_back(
        Row("regulation", {{"input", std::string(input)}, {"regulation", std::string(regulation)}},
            values));
  }
  for (const double gain : {0.5, 2.0}) {
    evidence.rows.push_back(Row(
        "chaos", {{"units", 10.0}, {"gain", gain}},
        {{"lyapunov_1", 0.1}, {"lyapunov_2", 0.11}, {"lyapunov_3", 0.1}, {"lyapunov_4", 0.12}}));
  }
  const auto p = AdjustedP(evidence);
  EXPECT_LT(p.at("noise"), 1e-4);
  EXPECT_LT(p.at("loop"), 1e-4);
  EXPECT_LT(p.at("threshold"), 1e-4);
  EXPECT_LT(p.at("gain 2"), 1e-2);
  EXPECT_EQ(p.at("silent"), 1.0);
  EXPECT_THROW(NoiseRow(evidence, 0.9, 0.2), DataError);
  EXPECT_THROW(RegulationRow(evidence, kDoubledInput, kLoop), DataError);
}

}  // namespace
}  // namespace lanegrad
