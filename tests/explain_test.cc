// SPDX-License-Identifier: Apache-2.0
//
// The claims of explanations: every loss and optimizer has one, it says what the step reads, and it
// fits its columns.
#include "experiments/runs/explain.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "experiments/report/text_table.h"
#include "network/synthetic.h"

namespace lanegrad {
namespace {

bool Has(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

void ExpectToFit(const std::string& text, std::string_view name) {
  EXPECT_FALSE(Has(text, "{")) << name;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = text.find('\n', begin);
    ASSERT_NE(end, text.npos) << name;
    std::size_t columns = 0;  // of UTF-8: bytes that begin a character
    for (const char byte : text.substr(begin, end - begin)) columns += (byte & 0xC0) != 0x80;
    EXPECT_LE(columns, kExplainColumns) << name << ": " << text.substr(begin, end - begin);
    begin = end + 1;
  }
}

ResolvedSettings RunOf(std::string_view loss, std::string_view optimizer) {
  static const Dataset data = LoadData("moons");
  Settings settings;
  settings.layers = {2, 8, 2};
  settings.loss = std::string(loss);
  settings.optimizer = std::string(optimizer);
  if (Optimizer::Named(optimizer).info().full_batch) settings.batch = data.train.count;
  return Resolve(settings, data);
}

TEST(Explain, EveryLossIsExplainedWithinItsColumns) {
  for (const LossInfo& info : Losses()) {
    const ResolvedSettings run = RunOf(info.name, "sgd");
    const std::string text = ExplainLoss(run);
    ExpectToFit(text, info.name);
    EXPECT_TRUE(Has(text, "E = ")) << info.name;
    EXPECT_TRUE(Has(text, info.outputs == Outputs::kLogits ? "∂E/∂zⱼ" : "∂E/∂aⱼ")) << info.name;
    EXPECT_EQ(Has(info.plain, "{mean}"), info.is_mean) << info.name;
    EXPECT_EQ(Has(info.plain, "{parameter}"), !info.parameter.name.empty()) << info.name;
  }
}

TEST(Explain, AFormulaNamesTheNumbersThatTheStepReadsAndNoOthers) {
  for (const OptimizerInfo& info : Optimizers()) {
    ExpectToFit(ExplainUpdate(RunOf("mse", info.name)), info.name);
    EXPECT_TRUE(Has(info.plain, "{rate}")) << info.name;
    EXPECT_EQ(Has(info.plain, "{beta1}"), info.reads.beta1) << info.name;
    EXPECT_EQ(Has(info.plain, "{beta2}"), info.reads.beta2) << info.name;
    EXPECT_EQ(Has(info.plain, "{epsilon}"), info.reads.epsilon) << info.name;
    EXPECT_EQ(Has(info.plain, "{weight_decay}"), info.reads.weight_decay) << info.name;
  }
}

TEST(Explain, TheNumbersAreThoseOfTheRun) {
  ResolvedSettings run = RunOf("mse", "momentum");
  run.settings.rate = 0.25f;
  run.settings.l2 = 0.5f;
  run.settings.clip = 3.0f;
  const std::string update = ExplainUpdate(run);
  EXPECT_TRUE(Has(update, "v ← 0.9·v − 0.25·g")) << update;
  EXPECT_LT(update.find("g ← min(3, max(−3, g))"), update.find("g ← g + 0.5·w")) << update;
  const std::string loss = ExplainLoss(run);
  EXPECT_TRUE(Has(loss, "E = 1/2·Σⱼ (aⱼ − yⱼ)²")) << loss;
  EXPECT_TRUE(Has(loss, "+ 0.5·½ Σ w²")) << loss;
  EXPECT_TRUE(Has(ExplainLoss(RunOf("mse:sum", "sgd")), "E = Σⱼ (aⱼ − yⱼ)²"));
}

TEST(Explain, WhatIsOpenStaysALetter) {
  const std::vector<std::string> open = {"rate", "momentum"};
  const std::string update = ExplainUpdate(RunOf("mse", "adam"), open);
  EXPECT_TRUE(Has(update, "m ← β₁·m + (1 − β₁)·g")) << update;
  EXPECT_TRUE(Has(update, "v ← 0.999·v + 0.001·g²")) << update;
  EXPECT_TRUE(Has(update, "w ← w − η·m")) << update;
}

}  // namespace
}  // namespace lanegrad
