// SPDX-License-Identifier: Apache-2.0
#include "experiments/runs/grid.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "kernels/activation.h"

namespace lanegrad {
namespace {

std::string Refusal(std::string_view text) {
  try {
    ParseAxis(text);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "accepted";
}

TEST(GridTest, AnAxisIsAListARangeOrAWholeCatalogue) {
  EXPECT_EQ(ParseAxis("activation=relu,tanh").values, (std::vector<std::string>{"relu", "tanh"}));
  EXPECT_EQ(ParseAxis("activation=all").values.size(), Activations().size());
  EXPECT_EQ(ParseAxis("rate=log:0.001:1:4").values,
            (std::vector<std::string>{"0.001", "0.01", "0.1", "1"}));
  EXPECT_EQ(ParseAxis("rate=log:0.01:0.1:3").values,
            (std::vector<std::string>{"0.01", "0.03162", "0.1"}));
  EXPECT_EQ(ParseAxis("batch=lin:16:64:4").values,
            (std::vector<std::string>{"16", "32", "48", "64"}));
  EXPECT_EQ(ParseAxis("layers=784-30-10,784-128-10").values.size(), 2u);
}

TEST(GridTest, ValuesAreWrittenInOneWay) {
  EXPECT_EQ(ParseAxis("rate=.1").values, ParseAxis("rate=0.10").values);
  EXPECT_EQ(ParseAxis("l2=0,5/50000").values, (std::vector<std::string>{"0", "0.0001"}));
  EXPECT_EQ(ParseAxis("rate=log:1/1000:1:4").values, ParseAxis("rate=log:1e-3:1:4").values);
}

TEST(GridTest, SlipsAreFoundBeforeAnythingRuns) {
  EXPECT_EQ(Refusal("activation=relu,tahn"), "unknown activation 'tahn'; did you mean 'tanh'?");
  EXPECT_EQ(Refusal("activaton=relu"), "unknown setting 'activaton'; did you mean 'activation'?");
  EXPECT_EQ(Refusal("rate"), "axis 'rate': write SETTING=VALUES, like activation=relu,tanh");
  EXPECT_EQ(Refusal("rate="), "axis 'rate=': write SETTING=VALUES, like activation=relu,tanh");
  EXPECT_EQ(Refusal("rate=log:1:2"),
            "axis 'rate=log:1:2': write log:FIRST:LAST:COUNT, like log:1e-4:10:11");
  EXPECT_EQ(Refusal("rate=log:0:2:3"), "axis 'rate=log:0:2:3': log needs numbers above 0");
  EXPECT_EQ(Refusal("rate=log:1:2:1"),
            "axis 'rate=log:1:2:1': COUNT must be a whole number from 2 to 1000");
  EXPECT_EQ(Refusal("rate=all"), "axis 'rate=all': 'all' needs a setting with named values");
  EXPECT_EQ(Refusal("rate=0.1,.10"), "axis 'rate=0.1,.10': value '0.1' is there twice");
}

TEST(GridTest, AnAxisReplacesItsNamesakeAndCombinationsAreComplete) {
  std::vector<Axis> grid;
  SetAxis(grid, ParseAxis("activation=relu,tanh"));
  SetAxis(grid, ParseAxis("rate=0.1,0.2,0.3"));
  SetAxis(grid, ParseAxis("activation=gelu"));
  ASSERT_EQ(grid.size(), 2u);
  const std::vector<Settings> all = Combinations({}, grid);
  ASSERT_EQ(all.size(), 3u);
  EXPECT_EQ(all[0].activation, "gelu");
  EXPECT_EQ(all[2].rate, 0.3f);
}

TEST(GridTest, TiedAxesGoTogether) {
  std::vector<Axis> grid;
  for (const char* axis : {"samples=1000,10000", "activation=relu,tanh", "epochs=60,6"}) {
    SetAxis(grid, ParseAxis(axis));
  }
  TieAxes(grid, "epochs,samples");
  std::vector<std::string> all;
  for (const Settings& each : Combinations({}, grid)) {
    all.push_back(fmt::format("{} {} {}", each.samples, each.activation, each.epochs));
  }
  EXPECT_EQ(all, (std::vector<std::string>{"1000 relu 60", "1000 tanh 60", "10000 relu 6",
                                           "10000 tanh 6"}));
}

TEST(GridTest, WhatCannotBeTiedIsRefused) {
  const auto refusal = [](std::string_view names) -> std::string {
    std::vector<Axis> grid;
    for (const char* axis : {"samples=1,2", "epochs=1,2", "batch=1,2,3", "rate=0.1,0.2"}) {
      SetAxis(grid, ParseAxis(axis));
    }
    try {
      TieAxes(grid, names);
      TieAxes(grid, names);
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(refusal("samples"),
            "--tie 'samples': name at least two axes, like --tie samples,epochs");
  EXPECT_EQ(refusal("samples,epoch"), "unknown setting 'epoch'; did you mean 'epochs'?");
  EXPECT_EQ(refusal("samples,loss"), "--tie samples,loss: 'loss' is no axis; add --vary loss=...");
  EXPECT_EQ(refusal("samples,batch"),
            "--tie samples,batch: 'samples' has 2 values and 'batch' 3; each needs as many");
  EXPECT_EQ(refusal("samples,rate"), "--tie samples,rate: the rate is tuned, and cannot be tied");
  EXPECT_EQ(refusal("samples,epochs"), "--tie samples,epochs: 'samples' is tied twice");
}

}  // namespace
}  // namespace lanegrad
