// SPDX-License-Identifier: Apache-2.0
// The book's tables of kernels, from records that are small enough to check by eye.
#include "docs/kernel_tables.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "experiments/records/disk.h"

namespace lanegrad {
namespace {

Json Exact() {
  return Json::parse(R"({"stride": 1, "activations": [
    {"name": "relu", "value": {"misrounded": 0, "max_ulp": 0.5, "hard_cases": 3},
     "slope": {"misrounded": 0, "max_ulp": 0.5, "hard_cases": 4}},
    {"name": "tanh", "value": {"misrounded": 0, "max_ulp": 0.5, "hard_cases": 0},
     "slope": {"misrounded": 0, "max_ulp": 0.5, "hard_cases": 0}}]})");
}
Json Both() {
  Json record = Exact();
  record["fast"] = Json::parse(R"([
    {"name": "tanh", "value": {"misrounded": 9, "max_ulp": 0.741, "hard_cases": 0},
     "slope": {"misrounded": 9, "max_ulp": 1.4621, "hard_cases": 0}, "falls": 0}])");
  return record;
}

TEST(KernelTablesTest, TheErrorTableHasBothGradesRoundedUp) {
  const std::string table = ErrorTable(Both());
  EXPECT_NE(table.find("| tanh | 0 | 0 | 0.5 | 0 | 0.75 | 1.47 |"), std::string::npos) << table;
  EXPECT_NE(table.find("| relu | 0 | 0 | 0.5 | 7 |  |  |"), std::string::npos) << table;
  EXPECT_NE(table.find("by more than 1.47 ULP"), std::string::npos) << table;
}

TEST(KernelTablesTest, TheErrorTableHasEveryGradeThatTheRecordHas) {
  Json record = Both();
  record["fastest"] = Json::parse(R"([
    {"name": "tanh", "value": {"misrounded": 9, "max_ulp": 2.991, "hard_cases": 0},
     "slope": {"misrounded": 9, "max_ulp": 3.94, "hard_cases": 0}, "falls": 0}])");
  const std::string table = ErrorTable(record);
  EXPECT_NE(table.find("| tanh | 0 | 0 | 0.5 | 0 | 0.75 | 1.47 | 3.00 | 3.94 |"), std::string::npos)
      << table;
  EXPECT_NE(table.find("fastest grade no value and no slope is off by more than 3.94 ULP"),
            std::string::npos)
      << table;
}

TEST(KernelTablesTest, ARecordOfTheExactGradeAloneHasNoColumnsOfTheFastOne) {
  const std::string table = ErrorTable(Exact());
  EXPECT_EQ(table.find("fast"), std::string::npos) << table;
  EXPECT_NE(table.find("| tanh | 0 | 0 | 0.5 | 0 |"), std::string::npos) << table;
}

TEST(KernelTablesTest, AProductThatALibraryDoesNotTakeIsADash) {
  const Json record = Json::parse(R"({"products": [
    {"shape": "2x3x4", "gflops": {"lanegrad AVX3": 7.0, "small": 9.0}},
    {"shape": "64x64x64", "gflops": {"lanegrad AVX3": 70.0}}]})");
  const std::string table = ProductTable(record);
  EXPECT_NE(table.find("| small | **9** | - |"), std::string::npos) << table;
}

TEST(KernelTablesTest, ATransposedProductIsCalledSoInWords) {
  const Json record = Json::parse(R"json({"products": [
    {"shape": "784x30x10 (a^T b)", "gflops": {"lanegrad AVX3": 7.0}}]})json");
  const std::string table = ProductTable(record);
  EXPECT_NE(table.find("| library | 784 × 30 × 10, left operand transposed |"), std::string::npos)
      << table;
}

TEST(KernelTablesTest, ARecordWithoutProductsSaysHowToTakeThem) {
  try {
    ProductTable(Json::parse(R"({"program": "peers"})"));
    FAIL() << "nothing was said";
  } catch (const WriteError& error) {
    EXPECT_STREQ(error.what(),
                 "docs/records/peers.json: has no 'products'; take it anew: scripts/peers --output "
                 "docs/records/peers.json");
  }
}

}  // namespace
}  // namespace lanegrad
