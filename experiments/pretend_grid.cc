/// @file
/// What a grid costs beside its training: `compare-mpi` whose processes only pretend to train. Each
/// run sleeps for a time drawn from the log-normal distribution of the run times that a file of
/// records tells, times a factor, and leaves a record of the usual shape whose numbers are made up
/// and whose experiment is called "pretended".
///
///     mpirun -n 4 pretend-grid RECORDS FACTOR OPTIONS_OF_compare...
///
/// A pretended run needs no core, so that `--threads 250` stand for 250 cores.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdlib>
#include <exception>
#include <thread>

#include "experiments/cli/command_line.h"
#include "experiments/cli/print_error.h"
#include "experiments/cluster/job.h"
#include "experiments/experiment/experiment_program.h"
#include "experiments/experiment/main_comparison.h"
#include "experiments/mpi/mpi_transport.h"
#include "experiments/records/run_record.h"
#include "experiments/statistics/statistics.h"
#include "kernels/random.h"
#include "network/synthetic.h"

namespace lanegrad {
namespace {

// How long runs take: e to the power of a normal variate.
struct RunTimes {
  double mean_log = 0.0;
  double deviation_log = 0.0;
};

RunTimes TimesOf(const char* path) {
  std::vector<double> logs;
  for (const RunRecord& run : ReadRuns(path)) {
    if (run.run_seconds) logs.push_back(std::log(*run.run_seconds));
  }
  if (logs.size() < 2) throw DataError(fmt::format("{}: no run of it says how long it took", path));
  return {.mean_log = Mean(logs), .deviation_log = SampleDeviation(logs)};
}

// A record of the usual shape: accuracies that rise towards a height which the settings decide.
RunRecord MadeUp(const PlannedRun& run, const Dataset& data, RandomStream random) {
  RunResult result;
  result.settings = run.settings;
  const double height = 0.5 + 0.5 * static_cast<double>(random.Uniform());
  for (std::size_t epoch = 1; epoch <= run.settings.epochs; ++epoch) {
    const double accuracy = 0.5 + (height - 0.5) * (1.0 - std::exp(-static_cast<double>(epoch)));
    result.epochs.push_back({.train_loss = 1.0 - accuracy,
                             .train_accuracy = accuracy,
                             .validation_loss = 1.01 - accuracy,
                             .validation_accuracy = 0.99 * accuracy});
  }
  result.steps = run.settings.epochs * (run.settings.samples / run.settings.batch);
  result.tested = run.test;
  if (run.test) result.test_accuracy = 0.98 * result.epochs.back().train_accuracy;
  if (run.test) result.test_loss = 1.0 - result.test_accuracy;
  result.health.layers.resize(run.settings.layers.size() - 1);
  result.health.chance = 0.5;
  result.health.best_accuracy = height;
  result.digest = fmt::format("{:016x}{:016x}", random.Word64(), random.Word64());
  RunRecord record = MakeRunRecord("pretended", run.phase, result, data);
  record.searched = run.searched;
  return record;
}

int Run(int argc, char** argv) {
  if (argc < 3) {
    PrintError("pretend-grid: needs a file of records, a factor, and the options of compare\n");
    return kBadUsage;
  }
  const RunTimes times = TimesOf(argv[1]);
  const double factor = std::atof(argv[2]);
  const Dataset data = LoadData("moons");
  std::vector<char*> options = {argv[0]};
  options.insert(options.end(), argv + 3, argv + argc);
  std::string flag = "--data", moons = "moons";
  options.push_back(flag.data());
  options.push_back(moons.data());
  options.push_back(nullptr);

  MpiTransport transport(&argc, &argv);
  const auto train = [&](const PlannedRun& run, std::size_t members) -> std::optional<RunRecord> {
    const std::string key = PlanKey(run, data);
    RandomStream random(std::stoull(key.substr(key.size() - 16), nullptr, 16), Stream::kBootstrap);
    const double seconds =
        factor *
        std::exp(times.mean_log + times.deviation_log * static_cast<double>(random.Normal()));
    if (factor > 0.0) std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    RunRecord record = MadeUp(run, data, random);
    record.run_seconds = seconds;
    record.runs_at_once = members;
    return record;
  };
  Experiment experiment = MainComparison();
  experiment.name = "pretended";
  return RunJob(
      transport, "pretend-grid",
      [&](Engine& engine) {
        return RunGridProgram(experiment, "pretend-grid", &engine,
                              static_cast<int>(options.size()) - 1, options.data());
      },
      train);
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  try {
    return lanegrad::Run(argc, argv);
  } catch (const std::exception& error) {
    lanegrad::PrintError("pretend-grid: {}\n", error.what());
    return lanegrad::kBadData;
  }
}
