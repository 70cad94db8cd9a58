// SPDX-License-Identifier: Apache-2.0
#include "experiments/comparison/protocol.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "tests/moons.h"

namespace lanegrad {
namespace {

const Profile& Quick() {
  static const Profile kQuick = {
      .name = "quick",
      .axes = {"activation=sigmoid,tanh,relu", "loss=mse,softmax_cross_entropy", "rate=0.1,1,10"},
      .tune_seeds = 2,
      .final_seeds = 3,
      .epochs = 2,
      .samples = 10000,
      .validation = 2000};
  return kQuick;
}

std::vector<std::string> Values(const Protocol& protocol, std::string_view setting) {
  const Axis* axis = FindAxis(protocol.grid, setting);
  return axis == nullptr ? std::vector<std::string>() : axis->values;
}

TEST(ProtocolTest, FlagsWinOverTheFileAndTheFileOverTheProfile) {
  Request request = {.profile = &Quick()};
  const Protocol profile = MakeProtocol(request, Moons());
  EXPECT_EQ(Values(profile, "activation").size(), 3u);
  EXPECT_EQ(profile.base.epochs, Quick().epochs);

  request.file = ParseGridFile(
      "epochs = 7\nbatch = 16\nseeds = 4\n[vary]\noptimizer = [\"sgd\", \"adam\"]", "g");
  const Protocol file = MakeProtocol(request, Moons());
  EXPECT_EQ(file.base.epochs, 7u);
  EXPECT_EQ(file.base.batch, 16u);
  EXPECT_EQ(file.tune_seeds, 4u);
  EXPECT_EQ(file.final_seeds, Quick().final_seeds);
  // Its axes take the place of the profile's, but the rate is tuned all the same.
  ASSERT_EQ(file.grid.size(), 2u);
  EXPECT_EQ(file.grid[0].setting, "optimizer");
  EXPECT_EQ(file.grid[1].setting, "rate");

  request.fixed = {{"batch", "64"}};
  request.vary = {"optimizer=lion", "momentum=0.5,0.9"};
  request.tune_seeds = 9;
  const Protocol flags = MakeProtocol(request, Moons());
  EXPECT_EQ(flags.base.batch, 64u);
  EXPECT_EQ(flags.base.epochs, 7u);
  EXPECT_EQ(flags.tune_seeds, 9u);
  EXPECT_EQ(Values(flags, "optimizer"), std::vector<std::string>{"lion"});
  EXPECT_EQ(Values(flags, "momentum").size(), 2u);
}

TEST(ProtocolTest, ASettingThatAFlagFixesIsNoAxis) {
  Request request = {.profile = &Quick(), .fixed = {{"activation", "gelu"}, {"rate", "0.5"}}};
  const Protocol protocol = MakeProtocol(request, Moons());
  EXPECT_EQ(protocol.base.activation, "gelu");
  EXPECT_EQ(protocol.base.rate, 0.5f);
  ASSERT_EQ(protocol.grid.size(), 1u);
  EXPECT_EQ(protocol.grid[0].setting, "loss");
  request.vary = {"rate=1,2"};
  EXPECT_THROW(MakeProtocol(request, Moons()), UsageError);
}

TEST(ProtocolTest, WhatAFileFixesAndAFlagVariesVaries) {
  const Request request = {.profile = &Quick(),
                           .file = ParseGridFile("activation = \"elu\"", "g"),
                           .vary = {"activation=relu,tanh"}};
  EXPECT_EQ(Values(MakeProtocol(request, Moons()), "activation").size(), 2u);
}

TEST(ProtocolTest, ASmallSetHoldsOutAFifthUnlessToldOtherwise) {
  Request request = {.profile = &Quick()};
  EXPECT_EQ(MakeProtocol(request, Moons()).base.validation, Moons().train.count / 5);
  EXPECT_EQ(MakeProtocol(request, Moons()).base.samples, 0u);
  request.fixed = {{"validation", "17"}};
  EXPECT_EQ(MakeProtocol(request, Moons()).base.validation, 17u);
}

}  // namespace
}  // namespace lanegrad
