// SPDX-License-Identifier: Apache-2.0
#include "network/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "network/settings.h"

namespace lanegrad {
namespace {

TEST(ParallelTest, SlicesAreDisjointInOrderAndComplete) {
  for (std::size_t total = 0; total < 40; ++total) {
    for (std::size_t parts = 1; parts < 9; ++parts) {
      std::size_t next = 5;
      for (std::size_t part = 0; part < parts; ++part) {
        const Range slice = Slice({5, 5 + total}, part, parts);
        EXPECT_EQ(slice.begin, next);
        EXPECT_LE(slice.size(), total / parts + 1);
        next = slice.end;
      }
      EXPECT_EQ(next, 5 + total);
    }
  }
}

TEST(ParallelTest, NoOneLeavesABarrierBeforeTheLastArrives) {
  constexpr std::size_t kMembers = 4;
  Barrier barrier(kMembers);
  std::atomic<std::size_t> arrived{0};
  std::atomic<bool> early{false};
  RunTeam(kMembers, [&](std::size_t, std::size_t members) {
    ASSERT_EQ(members, kMembers);
    for (std::size_t round = 1; round <= 300; ++round) {
      ++arrived;
      barrier.Wait();
      if (arrived.load() < round * kMembers) early = true;
      barrier.Wait();
    }
  });
  EXPECT_FALSE(early.load());
}

TEST(ParallelTest, AnExceptionOfAMemberReachesTheCaller) {
  EXPECT_THROW(RunTeam(3,
                       [](std::size_t member, std::size_t) {
                         if (member == 1) throw UsageError("from a member");
                       }),
               UsageError);
}

// OpenMP gives no threads to a team inside a team unless it is told to: what befalls one
// of the outside as well, where OMP_THREAD_LIMIT or OMP_MAX_ACTIVE_LEVELS say so.
TEST(ParallelTest, ATeamThatIsGivenFewerThreadsKnowsIt) {
  std::atomic<int> bodies{0};
  RunTeam(2, [&](std::size_t, std::size_t) {
    RunTeam(3, [&](std::size_t member, std::size_t members) {
      EXPECT_EQ(member, 0u);
      EXPECT_EQ(members, 1u);
      ++bodies;
    });
  });
  EXPECT_EQ(bodies.load(), 2);
}

TEST(ParallelTest, AtLeastOneProcessorIsAvailable) { EXPECT_GE(AvailableCpus(), 1u); }

TEST(TeamTest, EveryMemberDoesEachJobOnceBeforeTheLeaderGoesOn) {
  for (const std::size_t size : {1u, 2u, 3u, 8u}) {
    Team team(size);
    std::vector<int> done(size);  // each member's own: a race here is one of the team
    int rounds = 0;
    team.Run([&] {
      for (; rounds < 150; ++rounds) {
        team.Dispatch(size, [&](const Member& member) {
          EXPECT_EQ(member.parts, size);
          ++done[member.part];
        });
        for (const int each : done) ASSERT_EQ(each, rounds + 1);
      }
    });
    EXPECT_EQ(rounds, 150);
  }
}

TEST(TeamTest, MembersOfAJobCanWaitForEachOther) {
  Team team(3);
  std::vector<std::size_t> left(3), right(3);
  team.Run([&] {
    for (std::size_t round = 1; round <= 200; ++round) {
      team.Dispatch(3, [&](const Member& member) {
        left[member.part] = round;
        member.Wait();
        right[member.part] = left[(member.part + 1) % 3];
      });
      for (const std::size_t each : right) ASSERT_EQ(each, round);
    }
  });
}

TEST(TeamTest, TheLeadersWaitsAreCountedAtBarriersAndAtTheEndOfAJob) {
  Team team(2);
  double waited = 0.0, at_barrier = 0.0;
  team.Run([&] {
    const auto late = [](const Member& member) {
      if (member.part == 1) std::this_thread::sleep_for(std::chrono::milliseconds(20));
    };
    team.Dispatch(2, late);
    EXPECT_EQ(waited, 0.0) << "nobody asked yet";
    team.CountWaits(&waited);
    team.Dispatch(2, [&](const Member& member) {
      late(member);
      member.Wait();
      if (member.part == 0) at_barrier = waited;
    });
    EXPECT_GT(at_barrier, 0.015);
    waited = 0.0;
    team.Dispatch(2, late);
    EXPECT_GT(waited, 0.015);
    waited = 0.0;
    team.Dispatch(1, late);
    EXPECT_EQ(waited, 0.0) << "one alone waits for nobody";
  });
}

TEST(TeamTest, ALeaderAloneDoesAllByItselfOnItsOwnThread) {
  Team team(4);
  team.Run([&] {
    const std::thread::id leader = std::this_thread::get_id();
    for (int round = 0; round < 100; ++round) {
      int done = 0;
      team.Dispatch(1, [&](const Member& member) {
        EXPECT_EQ(member.parts, 1u);
        EXPECT_EQ(std::this_thread::get_id(), leader);
        member.Wait();  // nobody to wait for
        ++done;
      });
      EXPECT_EQ(done, 1);
    }
  });
}

TEST(TeamTest, ThoseWhoHaveFallenAsleepWakeUpForAJobAndForTheEnd) {
  Team team(3);
  std::atomic<int> done{0};
  team.Run([&] {
    for (int round = 0; round < 3; ++round) {
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
      team.Dispatch(3, [&](const Member& member) {
        // The leader falls asleep at the end of the job, as the others did before it.
        if (member.part > 0) std::this_thread::sleep_for(std::chrono::milliseconds(5));
        ++done;
      });
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  });
  EXPECT_EQ(done.load(), 9);
}

TEST(TeamTest, ATeamThatIsGivenFewerThreadsWaitsForNobodyWhoIsNotThere) {
  RunTeam(2, [](std::size_t, std::size_t) {
    Team team(3);
    EXPECT_EQ(team.size(), 3u);
    int done = 0;
    team.Run([&] {
      EXPECT_EQ(team.size(), 1u);
      for (const std::size_t parts : {1u, 3u}) {
        team.Dispatch(parts, [&](const Member& member) {
          EXPECT_EQ(member.parts, 1u);
          member.Wait();
          ++done;
        });
      }
    });
    EXPECT_EQ(done, 2);
  });
}

TEST(TeamTest, WhatTheLeaderThrowsReachesTheCallerAndTheTeamCanRunAgain) {
  Team team(3);
  EXPECT_THROW(team.Run([&] {
    team.Dispatch(3, [](const Member&) {});
    throw UsageError("from the leader");
  }),
               UsageError);
  std::atomic<int> done{0};
  team.Run([&] { team.Dispatch(3, [&](const Member&) { ++done; }); });
  EXPECT_EQ(done.load(), 3);
}

}  // namespace
}  // namespace lanegrad
