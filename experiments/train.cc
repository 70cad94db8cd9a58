/// @file
/// One run from flags: trains a network and says how it went.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "experiments/command_line.h"
#include "experiments/progress.h"
#include "experiments/record.h"
#include "experiments/runner.h"
#include "experiments/safetensors.h"
#include "kernels/targets.h"
#include "network/synthetic.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

void PrintProfile(const RunResult& result) {
  double total = 0.0;
  for (const double seconds : result.phase_seconds) total += seconds;
  fmt::print("\nphase      seconds   share  (thread 0)\n");
  for (std::size_t i = 0; i < kPhases; ++i) {
    fmt::print("{:<9} {:>8.3f}  {:>5.1f} %\n", PhaseName(static_cast<Phase>(i)),
               result.phase_seconds[i], 100.0 * result.phase_seconds[i] / total);
  }
}

void PrintResult(const RunResult& result, double flops) {
  fmt::print("status            {}\n", StatusName(result.status));
  if (result.status == Status::kDiverged) {
    fmt::print("first bad step    {} (a smaller --rate would be right)\n", result.bad_step);
  }
  if (result.tested) {
    fmt::print("test accuracy     {:.4f}\ntest loss         {:.6f}\n", result.test_accuracy,
               result.test_loss);
  }
  fmt::print("epochs            {} ({} steps)\n", result.epochs.size(), result.steps);
  fmt::print("samples/s         {:.0f} ({:.1f} GFLOP/s on {} thread{}, {})\n",
             result.samples_per_second, result.samples_per_second * flops / 1e9, result.threads,
             result.threads == 1 ? "" : "s", ActiveTarget().name);
  fmt::print("digest            {}\n", result.digest);
}

int Main(int argc, char** argv) {
  CLI::App app("Trains one dense network and reports loss, accuracy, speed and digest.", "train");
  CommonOptions common;
  Settings settings;
  bool profile = false;
  std::string weights;
  AddCommonOptions(app, common);
  AddSettingsOptions(app, settings);
  app.add_flag("--profile", profile, "print where the time goes, per phase");
  app.add_option("--export", weights, "file for the weights, as safetensors");
  return RunProgram(app, argc, argv, [&] {
    ApplyCommonOptions(common);
    const Dataset data = LoadData(common.data);
    settings = Resolve(settings, data);
    const bool say = !common.quiet && !common.json;
    if (say) {
      fmt::print(stderr, "{}: {} training samples, {} held out, {} features, {} classes\n",
                 data.name, settings.samples, settings.validation, data.train.features,
                 data.classes);
    }
    RunOptions options;
    options.threads = common.threads;
    options.profile = profile;
    options.stop = &InterruptRequested();
    options.progress = [&](std::size_t epoch, const EpochMetrics& metrics, double pace) {
      if (!say) return;
      std::string held_out;
      if (settings.validation > 0) {
        held_out = fmt::format("  validation {:.4f}", metrics.validation_accuracy);
      }
      const double left = static_cast<double>((settings.epochs - epoch - 1) * settings.samples);
      fmt::print(stderr,
                 "epoch {:>3}/{}  loss {:.5f}  accuracy {:.4f}{}  {:.0f} samples/s  {} left\n",
                 epoch + 1, settings.epochs, metrics.train_loss, metrics.train_accuracy, held_out,
                 pace, Duration(left / pace));
    };
    Network network(settings.layers, Activation::Named("identity"), Activation::Named("identity"));
    const RunResult result = Train(settings, data, options, &network);
    if (!weights.empty()) WriteFileAtomically(weights, Safetensors(network, result));
    if (common.json) {
      const PlannedRun run = {.settings = settings, .phase = "train", .test = true};
      fmt::print("{}\n", RunRecord("train", run, result, data).dump());
    } else {
      PrintResult(result, network.FlopsPerSample());
      if (profile) PrintProfile(result);
    }
    return result.status == Status::kInterrupted ? kInterrupted : kDone;
  });
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) { return lanegrad::Main(argc, argv); }
