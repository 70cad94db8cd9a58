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

  }  // namespace lanegrad

#endif  // LANEGRAD_TESTS_PLAN_FIXTURE_H_
