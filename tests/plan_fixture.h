// SPDX-License-Identifier: Apache-2.0
// What the tests of plans begin with: a small protocol on the two moons.
#ifndef LANEGRAD_TESTS_PLAN_FIXTURE_H_
#define LANEGRAD_TESTS_PLAN_FIXTURE_H_

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <string>
#include <vector>

#include "experiments/comparison/plan.h"
#include "network/synthetic.h"

namespace lanegrad {

class PlanTest : public testing::Test {
 protected:
  PlanTest() : data_(LoadData("moons")) {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "lanegrad-plan-XXXXXX").string();
    directory_ = mkdtemp(pattern.data());
    protocol_.base.layers = {2, 8, 2};
    protocol_.base.epochs = 3;
    protocol_.base.samples = 100;
    protocol_.base.validation = 200;
    protocol_.tune_seeds = 2;
    protocol_.final_seeds = 3;
    for (const char* axis :
         {"activation=relu,tanh", "loss=mse,softmax_cross_entropy", "rate=0.03,0.3,3"}) {
      SetAxis(protocol_.grid, ParseAxis(axis));
    }
  }
  ~PlanTest() override { std::filesystem::remove_all(directory_); }

  void Vary(std::string_view axis) { SetAxis(protocol_.grid, ParseAxis(axis)); }

  PlanRecords Run(const std::vector<PlannedRun>& plan, const Dataset& data,
                  const char* name) const {
    RecordFile file(directory_ / name);
    return RunPlan(plan, data, file, {.experiment = "test", .threads = 2});
  }

  Dataset data_;
  Protocol protocol_;
  std::filesystem::path directory_;
};

}  // namespace lanegrad

#endif  // LANEGRAD_TESTS_PLAN_FIXTURE_H_
