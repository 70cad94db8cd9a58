// SPDX-License-Identifier: Apache-2.0
//
// Leader and workers as threads of this process, over a post that tests hold in their hands.
#include "experiments/cluster/leader.h"

#include <gtest/gtest.h>

#include <deque>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>
#include <thread>

#include "experiments/cli/interrupt.h"
#include "experiments/cluster/worker.h"
#include "network/resolved_settings.h"
#include "network/synthetic.h"

namespace lanegrad {
namespace {

// Letter boxes in memory.
class Boxes {
 public:
  explicit Boxes(std::size_t ranks) : boxes_(ranks) {}
  void Put(std::size_t to, Message message) {
    const std::lock_guard lock(mutex_);
    boxes_[to].push_back(std::move(message));
  }
  std::optional<Message> Take(std::size_t rank) {
    const std::lock_guard lock(mutex_);
    if (boxes_[rank].empty()) return std::nullopt;
    Message message = std::move(boxes_[rank].front());
    boxes_[rank].pop_front();
    return message;
  }
  std::size_t ranks() const { return boxes_.size(); }

 private:
  std::mutex mutex_;
  std::vector<std::deque<Message>> boxes_;
};

class MemoryPost : public Post {
 public:
  MemoryPost(Boxes& boxes, std::size_t rank) : boxes_(boxes), rank_(rank) {}
  std::size_t rank() const override { return rank_; }
  std::size_t ranks() const override { return boxes_.ranks(); }
  std::string launcher() const override { return ""; }
  void Send(std::size_t to, std::string text) override {
    boxes_.Put(to, {.from = rank_, .text = std::move(text)});
  }
  std::optional<Message> Receive() override { return boxes_.Take(rank_); }

 private:
  Boxes& boxes_;
  const std::size_t rank_;
};

const Dataset& Moons() {
  static const Dataset data = LoadData("moons", {.train = 100, .test = 50});
  return data;
}

std::vector<PlannedRun> Plan(std::size_t runs) {
  std::vector<PlannedRun> plan;
  for (std::size_t i = 0; i < runs; ++i) {
    Settings settings;
    settings.layers = {2, 3, 2};
    settings.seed = i + 1;
    settings.epochs = 1;
    plan.push_back({.settings = Resolve(settings, Moons()).settings,
                    .phase = "tune",
                    .asked = settings,
                    .cell = {}});
  }
  return plan;
}

// Runs a plan of so many runs by so many ranks and returns how often each was written. `spoil` is
// told of every group that is written, and may throw.
std::vector<std::size_t> Written(std::size_t runs, std::size_t ranks,
                                 const std::function<void(std::size_t)>& spoil = {}) {
  Boxes boxes(ranks);
  const std::vector<PlannedRun> plan = Plan(runs);
  std::vector<std::size_t> missing, written(runs, 0);
  for (std::size_t i = 0; i < runs; ++i) missing.push_back(i);
  const RunnerOptions options = {.experiment = "test", .threads = 1, .shard = {}};
  std::vector<std::jthread> workers;
  for (std::size_t rank = 1; rank < ranks; ++rank) {
    workers.emplace_back([&, rank] {
      MemoryPost post(boxes, rank);
      Worker worker(post, {});
      if (worker.AwaitCall()) worker.Serve(Moons(), options);
    });
  }
  MemoryPost post(boxes, 0);
  Leader leader(post, "test", {});
  leader.Carry(plan, missing, Moons(), options, [&](std::span<const FinishedRun> group) {
    if (spoil) spoil(group.size());
    for (const FinishedRun& run : group) {
      ++written[run.run];
      const RunRecord record = ParseRunRecord(Json::parse(run.record));
      EXPECT_EQ(record.settings.seed, run.run + 1);
      EXPECT_EQ(record.digest, Train(plan[run.run].settings, Moons()).digest);
    }
  });
  return written;
}

TEST(LeaderTest, EveryRunIsWrittenOnceByAnyNumberOfRanks) {
  for (const std::size_t ranks : {1u, 2u, 5u}) {
    EXPECT_EQ(Written(60, ranks), std::vector<std::size_t>(60, 1)) << ranks << " ranks";
  }
}

TEST(LeaderTest, MoreRanksThanRunsDoNoHarm) {
  EXPECT_EQ(Written(2, 6), std::vector<std::size_t>(2, 1));
}

TEST(LeaderTest, AnEmptyPlanCallsNobody) { EXPECT_TRUE(Written(0, 3).empty()); }

// The last: from then on this process is told to stop.
TEST(LeaderTest, WhatCannotBeWrittenIsThrownToWhoAskedForIt) {
  const auto full = [](std::size_t) { throw std::runtime_error("full"); };
  EXPECT_THROW(Written(10, 1, full), std::runtime_error);
  EXPECT_TRUE(InterruptRequested());
}

}  // namespace
}  // namespace lanegrad
