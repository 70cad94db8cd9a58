// SPDX-License-Identifier: Apache-2.0
#include "experiments/records/record_table.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

namespace lanegrad {
namespace {

std::vector<Json> Records() {
  return {
      {{"key", "tune-1"},
       {"settings", {{"output-activation", "softmax"}, {"rate", 0.1}, {"epochs", 2}}},
       {"status", "diverged"},
       {"bad_step", 7},
       {"epochs", {{{"train_loss", 0.5}}, {{"train_loss", ToJson(NAN)}}}},
       {"provenance", {{"command", "compare --data \"my, dir\""}, {"libraries", {{"fmt", 9}}}}}},
      {{"key", "final-2"},
       {"settings", {{"output-activation", "identity"}, {"rate", 1}, {"epochs", 2}}},
       {"status", "ok"},
       {"epochs", Json::array({{{"train_loss", ToJson(-HUGE_VAL)}}})},
       {"test_loss", ToJson(HUGE_VAL)},
       {"health", {{"dead", Json::array({0.25, 0.5})}}},
       {"provenance", {{"command", "two\nlines"}, {"libraries", {{"fmt", 9}}}}}}};
}

std::vector<const Json*> PointersTo(const std::vector<Json>& records) {
  std::vector<const Json*> pointers;
  for (const Json& record : records) pointers.push_back(&record);
  return pointers;
}

TEST(RecordTableTest, OneRowARunQuotedByTheBookWithWhatIsAbsentAsNA) {
  const std::vector<Json> records = Records();
  EXPECT_EQ(RunsCsv(PointersTo(records)),
            "key,output_activation,rate,epochs,status,bad_step,epochs_run,last_train_loss,command,"
            "libraries_fmt,test_loss,health_dead_1,health_dead_2\n"
            "tune-1,softmax,0.1,2,diverged,7,2,NaN,\"compare --data \"\"my, dir\"\"\",9,NA,NA,NA\n"
            "final-2,identity,1,2,ok,NA,1,-Inf,\"two\nlines\",9,Inf,0.25,0.5\n");
}

TEST(RecordTableTest, OneRowAnEpochInTheLongTable) {
  const std::vector<Json> records = Records();
  EXPECT_EQ(EpochsCsv(PointersTo(records)),
            "key,epoch,train_loss\ntune-1,1,0.5\ntune-1,2,NaN\nfinal-2,1,-Inf\n");
}

}  // namespace
}  // namespace lanegrad
