// SPDX-License-Identifier: Apache-2.0
#include "network/team_size.h"

#include <gtest/gtest.h>

#include <cmath>

namespace lanegrad {
namespace {

// A machine on which a step of 100 samples takes 1 ms alone and 1 / gain ms in a team;
// returns how often the whole team took one, over the last half of `steps`.
double ShareOfTeam(TeamSize& team, double gain, int steps) {
  int together = 0;
  for (int step = 0; step < steps; ++step) {
    const bool whole = team.size() > 1;
    together += whole && step >= steps / 2;
    // A little unrest, the same every time.
    const double unrest = 1.0 + 0.05 * std::sin(static_cast<double>(step) * 1.7);
    team.Note(0.001 * unrest / (whole ? gain : 1.0), 100);
  }
  const int second_half = steps - steps / 2;
  return static_cast<double>(together) / second_half;
}

TEST(TeamSizeTest, SmallProblemsGetFewerThreads) {
  EXPECT_EQ(WorthwhileThreads(8, 1e3), 1u);
  EXPECT_EQ(WorthwhileThreads(8, 1e9), 8u);
  EXPECT_EQ(WorthwhileThreads(1, 1e12), 1u);
}

TEST(TeamSizeTest, OneThreadIsOneThread) {
  TeamSize team(1);
  EXPECT_EQ(ShareOfTeam(team, 1.9, 1000), 0.0);
  EXPECT_EQ(team.size(), 1u);
}

TEST(TeamSizeTest, ATeamThatPaysTakesNearlyAllSteps) {
  TeamSize team(2);
  EXPECT_GT(ShareOfTeam(team, 1.8, 20000), 0.95);
}

TEST(TeamSizeTest, ATeamThatDoesNotPayTakesHardlyAny) {
  for (const double gain : {0.2, 0.7, 1.0}) {
    TeamSize team(4);
    EXPECT_LT(ShareOfTeam(team, gain, 20000), 0.05) << gain;
  }
}

TEST(TeamSizeTest, ItIsNeverMuchSlowerThanTheBetterOfTheTwo) {
  for (const double gain : {0.25, 0.5, 1.0, 1.5, 2.0}) {
    TeamSize team(2);
    double seconds = 0.0;
    for (int step = 0; step < 20000; ++step) {
      const double took = 0.001 / (team.size() > 1 ? gain : 1.0);
      team.Note(took, 100);
      seconds += took;
    }
    // What a comparison costs: two windows in forty-four, later (of a team at once) in
    // three hundred and twenty-four, at the pace of the worse one.
    EXPECT_LT(seconds, 1.05 * 20000 * 0.001 / std::max(1.0, gain)) << gain;
  }
}

TEST(TeamSizeTest, ATeamThatKeepsItsPaceIsNotAskedAgainForSeconds) {
  TeamSize team(2);
  ShareOfTeam(team, 1.9, 100);
  double seconds = 0.0;
  while (team.size() > 1 && seconds < 10.0) {
    team.Note(0.001, 190);
    seconds += 0.001;
  }
  EXPECT_GT(seconds, 2.0);
  EXPECT_LT(seconds, 4.0);
}

TEST(TeamSizeTest, ATeamThatFallsBehindIsAskedAtOnce) {
  TeamSize team(2);
  EXPECT_GT(ShareOfTeam(team, 1.9, 10000), 0.95);
  ASSERT_GT(team.size(), 1u);
  // The other core is taken: two windows at most until one thread goes on alone.
  double seconds = 0.0;
  while (team.size() > 1) {
    team.Note(0.004, 190);
    seconds += 0.004;
    ASSERT_LT(seconds, 0.02);
  }
}

TEST(TeamSizeTest, ItNoticesWhenTheOtherCoreIsTakenAndWhenItIsFreeAgain) {
  TeamSize team(2);
  EXPECT_GT(ShareOfTeam(team, 1.9, 10000), 0.9);
  EXPECT_LT(ShareOfTeam(team, 0.6, 10000), 0.1);
  EXPECT_GT(ShareOfTeam(team, 1.9, 10000), 0.9);
}

}  // namespace
}  // namespace lanegrad
