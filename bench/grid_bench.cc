// SPDX-License-Identifier: Apache-2.0
//
// Throughput of a grid: twelve small trainings, each recorded on disk as soon as it is done,
// with one run at a time and with as many side by side as there are processors. An element is
// a sample that was trained on.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <stdlib.h>

#include <filesystem>
#include <stdexcept>

#include "bench/suite.h"
#include "experiments/records/record.h"
#include "experiments/runs/grid.h"
#include "experiments/runs/runner.h"
#include "network/parallel.h"
#include "network/resolved_settings.h"
#include "network/synthetic.h"

namespace lanegrad {
namespace {

std::vector<PlannedRun> Plan(const Dataset& data) {
  Settings base;
  base.layers = {2, 32, 2};
  base.epochs = 2;
  base.batch = 10;
  std::vector<Axis> grid;
  SetAxis(grid, ParseAxis("activation=relu,tanh"));
  SetAxis(grid, ParseAxis("rate=log:0.01:1:6"));
  std::vector<PlannedRun> plan;
  for (const Settings& settings : Combinations(base, grid)) {
    plan.push_back({.settings = Resolve(settings, data).settings,
                    .phase = "tune",
                    .asked = settings,
                    .cell = settings.activation});
  }
  return plan;
}

void Grid(benchmark::State& state, std::size_t threads) {
  const Dataset data = LoadData("moons");
  const std::vector<PlannedRun> plan = Plan(data);
  std::string directory =
      (std::filesystem::temp_directory_path() / "lanegrad-grid-XXXXXX").string();
  if (::mkdtemp(directory.data()) == nullptr) throw std::runtime_error(directory + ": not made");
  std::size_t grids = 0;
  for (auto _ : state) {
    RecordFile file(std::filesystem::path(directory) / fmt::format("{}", grids++));
    const PlanRecords records =
        RunPlan(plan, data, file, {.experiment = "bench", .threads = threads});
    if (CountRecorded(records) != plan.size()) Refuse(state, "a run is not recorded");
  }
  std::filesystem::remove_all(directory);
  Count(state, {.elements = static_cast<double>(plan.size() * data.train.count * 2)});
  state.counters["runs/s"] =
      benchmark::Counter(static_cast<double>(plan.size() * grids), benchmark::Counter::kIsRate);
}

const bool kRegistered = [] {
  std::vector<std::size_t> counts = {1};
  if (AvailableCpus() > 1) counts.push_back(AvailableCpus());
  for (const std::size_t threads : counts) {
    benchmark::RegisterBenchmark(
        fmt::format("grid/moons/{}/threads:{}", ActiveTarget().name, threads).c_str(),
        [=](benchmark::State& state) { Grid(state, threads); })
        ->UseRealTime()
        ->Unit(benchmark::kMillisecond);
  }
  return true;
}();

}  // namespace
}  // namespace lanegrad
