// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "experiments/compute/energy.h"
#include "experiments/compute/frontier.h"
#include "experiments/compute/laws.h"
#include "experiments/compute/workload.h"
#include "experiments/records/numbered.h"
#include "network/network.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

TEST(Workload, WorkIsHalfOfTheOperationsThatTheNetworkCounts) {
  for (const std::size_t width : {1u, 16u, 100u, 1024u}) {
    const std::vector<std::size_t> sizes = {kPixels, width, kKinds};
    const Network network(sizes, Activation::Named("relu"), Output::Named("softmax"));
    EXPECT_EQ(TrainingWork(width), network.FlopsPerSample() / 2.0) << width;
  }
}

TEST(Workload, BudgetIsSpentAndNeverExceeded) {
  for (const double work : {1e7, 1e8, 1e9, 3e9, 1e10}) {
    for (const std::size_t width : {16u, 64u, 256u}) {
      const Passes passes = PassesFor(work, width, 5000);
      const double spent =
          static_cast<double>(passes.samples * passes.epochs) * TrainingWork(width);
      EXPECT_LE(passes.samples, 5000u);
      EXPECT_LE(spent, work) << work << ", " << width;
      EXPECT_GT(spent, 0.95 * work) << work << ", " << width;
      EXPECT_EQ(passes.epochs > 1, work > 5000.0 * TrainingWork(width));
    }
  }
  EXPECT_EQ(PassesFor(1.0, 16, 5000).samples, 1u);
}

TEST(Workload, LargeBatchesDoMoreOperationsPerByte) {
  double before = 0.0;
  for (const std::size_t batch : {1u, 8u, 64u, 512u}) {
    const double intensity = static_cast<double>(batch) * TrainingWork(256) / StepBytes(256, batch);
    EXPECT_GT(intensity, before);
    before = intensity;
  }
  // Of a single sample: two products of every weight that is moved three times, 12 bytes.
  EXPECT_NEAR(TrainingWork(1024) / StepBytes(1024, 1), 2.0 / 12.0, 0.01);
}

TEST(Workload, IsSaidAsAPowerOfTen) {
  EXPECT_EQ(WorkText(1e10), "10¹⁰");
  EXPECT_EQ(WorkText(3e6), "3.0 × 10⁶");
}

class Powercap : public testing::Test {
 protected:
  void SetUp() override {
    directory_ = fs::path(testing::TempDir()) / ("powercap_" + std::to_string(getpid()));
    fs::remove_all(directory_);
    fs::create_directories(directory_);
  }
  void TearDown() override { fs::remove_all(directory_); }
  void Show(const std::string& domain, double energy, double range) {
    fs::create_directories(directory_ / domain);
    std::ofstream(directory_ / domain / "energy_uj")
        << std::to_string(std::llround(energy)) << "\n";
    std::ofstream(directory_ / domain / "max_energy_range_uj")
        << std::to_string(std::llround(range)) << "\n";
  }
  fs::path directory_;
};

TEST_F(Powercap, AbsentCountersAreNoCounters) {
  EXPECT_TRUE(ReadEnergy(directory_ / "nowhere").empty());
  EXPECT_TRUE(ReadEnergy(directory_).empty());
  EXPECT_EQ(JoulesBetween({}, {}), 0.0);
}

TEST_F(Powercap, PackagesAreAddedAndTheirPartsAreNot) {
  Show("intel-rapl:0", 1e6, 1e9);
  Show("intel-rapl:0:0", 5e6, 1e9);
  Show("intel-rapl:1", 2e6, 1e9);
  const std::vector<EnergyCounter> before = ReadEnergy(directory_);
  ASSERT_EQ(before.size(), 2u);
  Show("intel-rapl:0", 4e6, 1e9);
  Show("intel-rapl:0:0", 9e6, 1e9);
  Show("intel-rapl:1", 4e6, 1e9);
  EXPECT_DOUBLE_EQ(JoulesBetween(before, ReadEnergy(directory_)), 5.0);
}

TEST_F(Powercap, TheWholeMachineIsNotAddedToItsPackages) {
  Show("intel-rapl:0", 1e6, 1e9);
  Show("intel-rapl:1", 5e6, 1e9);
  std::ofstream(directory_ / "intel-rapl:0" / "name") << "package-0\n";
  std::ofstream(directory_ / "intel-rapl:1" / "name") << "psys\n";
  const std::vector<EnergyCounter> counters = ReadEnergy(directory_);
  ASSERT_EQ(counters.size(), 1u);
  EXPECT_EQ(counters[0].microjoules, 1e6);
}

TEST_F(Powercap, ACounterMayStartAgain) {
  Show("intel-rapl:0", 9e6, 10e6);
  const std::vector<EnergyCounter> before = ReadEnergy(directory_);
  Show("intel-rapl:0", 2e6, 10e6);
  EXPECT_DOUBLE_EQ(JoulesBetween(before, ReadEnergy(directory_)), 3.0);
}

// Records in which the best network at a budget has the error `error(work)`.
Evidence Made(double (*error)(double)) {
  Evidence evidence;
  for (const double work : {1e7, 1e8, 1e9, 1e10}) {
    for (const double width : {16.0, 64.0}) {
      Measurement row = {.series = "budget", .settings = {{"work", work}, {"width", width}}};
      const bool best = (width == 64.0) == (work > 5e8);
      std::vector<double> accuracy;
      for (int seed = 0; seed < 10; ++seed) {
        accuracy.push_back(1.0 - error(work) * (best ? 1.0 : 1.2) * (1.0 + 0.001 * (seed % 3)));
      }
      row.values.Set("held_out", best ? 0.8 : 0.7);
      SetNumbers(row.values, "final", accuracy);
      evidence.rows.push_back(row);
    }
  }
  for (const double width : {16.0, 64.0}) {
    Measurement row = {.series = "reach", .settings = {{"width", width}}};
    std::vector<double> samples;
    for (int seed = 0; seed < 10; ++seed) samples.push_back(32000.0 / width + 10.0 * (seed % 4));
    row.values.Set("reached", 10.0);
    SetNumbers(row.values, "samples", samples);
    evidence.rows.push_back(row);
  }
  return evidence;
}

double Power(double work) { return 2.0 * std::pow(work, -0.1); }

TEST(ComputeFrontier, TakesTheWidthThatHeldOutSamplesChoose) {
  const std::vector<Budget> budgets = BudgetsOf(Made(Power));
  ASSERT_EQ(budgets.size(), 4u);
  EXPECT_EQ(budgets.front().Best().width, 16.0);
  EXPECT_EQ(budgets.back().Best().width, 64.0);
}

TEST(ComputeFrontier, LawOfAPowerIsThatPower) {
  const WorkLaw found = WorkLawOf(BudgetsOf(Made(Power)));
  EXPECT_EQ(found.budgets, 4u);
  EXPECT_NEAR(found.law.exponent, 0.1, 1e-3);
  EXPECT_EQ(found.law.offset, 0.0);
  EXPECT_LT(found.law.deviation, 1e-3);
}

TEST(ComputeFrontier, PairsShowWhatWasPlanted) {
  const Evidence evidence = Made(Power);
  for (const char* family : {"tenfold", "less", "grows", "samples"}) {
    const std::vector<SeedPairs> pairs = ComputeFamily(evidence, family);
    ASSERT_FALSE(pairs.empty()) << family;
    for (const SeedPairs& each : pairs) EXPECT_TRUE(each.above()) << family << ": " << each.name;
  }
  // Wider is better at the two greatest budgets alone.
  const std::vector<SeedPairs> wider = ComputeFamily(evidence, "wider");
  ASSERT_EQ(wider.size(), 4u);
  for (std::size_t i = 0; i < 4; ++i) {
    EXPECT_EQ(wider[i].above(), i >= 2) << i;
    EXPECT_EQ(wider[i].below(), i < 2) << i;
  }
}

TEST(ComputeFrontier, AsManySamplesAreMoreWorkForAWiderNetwork) {
  const std::vector<Reach> reaches = ReachesOf(Made(Power));
  ASSERT_EQ(reaches.size(), 2u);
  EXPECT_EQ(reaches[1].work[0], reaches[1].samples[0] * TrainingWork(64));
}

TEST(ComputeFrontier, RoofIsTheLowerOfTwoBounds) {
  Measurement row = {.series = "shape"};
  row.values.Set("multiply_adds", 100.0);
  row.values.Set("bytes", 50.0);  // four operations a byte
  row.machine.Set("peak_flops", 1000.0);
  row.machine.Set("read_bytes", 100.0);
  EXPECT_EQ(RoofOf(row), 400.0);
  row.machine.Set("read_bytes", 1000.0);
  EXPECT_EQ(RoofOf(row), 1000.0);
}

TEST(ComputeFrontier, TargetsAreReadByTheirNames) {
  Evidence evidence;
  Measurement row = {.series = "targets"};
  row.machine.Set("targets", "SCALAR AVX2");
  for (const std::string name : {"SCALAR", "AVX2"}) {
    for (const char* what : {"_train", "_forward"}) {
      for (const char* end : {"", "_low", "_high"}) row.machine.Set(name + what + end, 2.0);
    }
    row.machine.Set(name + "_differs", name == "AVX2" ? 1.0 : 0.0);
  }
  evidence.rows.push_back(row);
  const std::vector<TargetPace> targets = TargetsOf(evidence);
  ASSERT_EQ(targets.size(), 2u);
  EXPECT_EQ(targets[0].name, "SCALAR");
  EXPECT_EQ(targets[1].differs, 1.0);
}

}  // namespace
}  // namespace lanegrad
