/// @file
/// One run from flags: trains a network and says how it went.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <optional>

#include "experiments/cli/interrupt.h"
#include "experiments/cli/program_options.h"
#include "experiments/cli/progress.h"
#include "experiments/records/run_record.h"
#include "experiments/weights/checkpoint_file.h"
#include "experiments/weights/safetensors.h"
#include "kernels/targets.h"
#include "network/saved_run.h"
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

// The settings that the command line gives.
std::vector<std::string_view> Given(const CommandLine& line) {
  std::vector<std::string_view> given;
  for (const SettingsField& field : SettingsFields()) {
    if (line.Given(fmt::format("--{}", field.name))) given.push_back(field.name);
  }
  return given;
}

// Where to go on from, if anywhere, and with which settings: those that the command line
// does not give are the checkpoint's.
std::optional<Checkpoint> FindCheckpoint(const CommandLine& line, const std::string& checkpoint,
                                         const std::string& resume, Settings& settings) {
  if (!checkpoint.empty()) SweepPartialFiles(checkpoint);
  if (resume.empty()) {
    // The same command again goes on; it never writes over another run's checkpoint.
    if (!std::filesystem::exists(checkpoint)) return {};
    return ReadCheckpoint(checkpoint);
  }
  Checkpoint found = ReadCheckpoint(resume);
  const Settings kept = SettingsOf(found);
  const std::vector<std::string_view> given = Given(line);
  for (const SettingsField& field : SettingsFields()) {
    if (std::find(given.begin(), given.end(), field.name) == given.end()) {
      const std::string text = field.get(kept);
      if (!text.empty()) field.set(settings, text);
    }
  }
  return found;
}

// The network to begin with, if it is imported; `settings` are then those of such a run.
std::optional<ImportedNetwork> Import(const CommandLine& line, const std::string& file,
                                      const std::string& resume, Settings& settings) {
  if (file.empty()) return {};
  if (!resume.empty()) {
    throw UsageError("--import begins a run, --resume goes on with one: give only one of them");
  }
  if (line.Given("--initializer")) {
    throw UsageError("--import and --initializer both say where weights begin: give only one");
  }
  std::optional<ImportedNetwork> network = ReadSafetensors(file);
  TakeOver(*network, Given(line), settings);
  return network;
}

void PrintClasses(const std::vector<ClassHealth>& classes) {
  fmt::print("\nclass   recall  of samples  named  largest output\n");
  for (std::size_t c = 0; c < classes.size(); ++c) {
    const ClassHealth& each = classes[c];
    if (each.samples == 0 && each.named == 0) continue;
    fmt::print("{:<5}  {:>7}  {:>10}  {:>5}  {:>14.4g}\n", c,
               each.samples == 0 ? "-" : fmt::format("{:.3f}", each.recall()), each.samples,
               each.named, each.largest);
  }
}

void PrintHealth(const Health& health) {
  for (const Fault& fault : health.faults) {
    fmt::print("fault             {}\nremedy            {}\n", fault.what, fault.remedy);
  }
  if (health.faults.empty()) fmt::print("health            no fault found\n");
  if (health.layers.empty()) return;
  fmt::print("\nlayer   dead %  saturated %  gradient norm  weight norm\n");
  for (std::size_t l = 0; l < health.layers.size(); ++l) {
    const LayerHealth& layer = health.layers[l];
    fmt::print("{:<5}  {:>7.1f}  {:>11.1f}  {:>13.4g}  {:>11.4g}\n", l, 100.0 * layer.dead,
               100.0 * layer.saturated, layer.gradient_norm, layer.weight_norm);
  }
  PrintClasses(health.classes);
}

void PrintResult(const RunResult& result, double flops) {
  fmt::print("status            {}\n", StatusName(result.status));
  if (result.status == Status::kDiverged && result.bad_step > 0) {
    fmt::print("first bad step    {} (a smaller --rate would be right)\n", result.bad_step);
  }
  if (result.tested) {
    fmt::print("test accuracy     {:.4f}\ntest loss         {:.6f}\n", result.test_accuracy,
               result.test_loss);
  }
  fmt::print("epochs            {} ({} steps{})\n", result.epochs.size(), result.steps,
             result.kept_epoch == 0 ? "" : fmt::format("; weights of epoch {}", result.kept_epoch));
  if (result.steps > 0) {
    fmt::print("samples/s         {:.0f} ({:.1f} GFLOP/s on {} thread{}, {})\n",
               result.samples_per_second, result.samples_per_second * flops / 1e9, result.threads,
               result.threads == 1 ? "" : "s", ActiveTarget().name);
  }
  if (IsImported(result.settings.initializer)) {
    fmt::print("began with        {}\n", result.settings.initializer);
  }
  fmt::print("digest            {}\n", result.digest);
}

// Finds out before the first step what would be found out after the last.
void CheckOutputs(const std::string& exported, const std::string& checkpoint) {
  std::error_code unknown;
  if (!exported.empty() && std::filesystem::weakly_canonical(exported, unknown) ==
                               std::filesystem::weakly_canonical(checkpoint, unknown)) {
    throw UsageError(fmt::format(
        "--export and --checkpoint both name {}, and the one would be written over the other: give "
        "two files",
        exported));
  }
  if (!exported.empty()) RequireWritable(exported, {.flag = "--export"});
  if (!checkpoint.empty()) RequireWritable(checkpoint, {.flag = "--checkpoint"});
}

// Says which of the settings that were given change nothing.
void SayIdle(const CommandLine& line, const Settings& resolved) {
  for (const std::string_view name : Given(line)) {
    const std::string why = WhyIdle(FieldNamed(name), resolved);
    if (!why.empty()) fmt::print(stderr, "train: {} has no effect {}\n", name, why);
  }
}

int Main(int argc, char** argv) {
  CommandLine line("train",
                   "Trains one dense network and reports loss, accuracy, speed and digest.");
  CommonOptions common;
  Settings settings;
  bool profile = false;
  std::string imported, exported, checkpoint, resume;
  std::size_t every = 0;
  AddCommonOptions(line, common);
  AddSettingsOptions(line, settings);
  line.Flag("--profile", profile, "print where the time goes, per phase");
  line.Option("--import", imported,
              "safetensors file of the weights to begin with, and of layers, activation and "
              "loss\nwhere they are not given; --epochs 0 only judges them");
  line.Option("--export", exported, "file for the weights, as safetensors");
  line.Option("--checkpoint", checkpoint,
              "file for the state of the run; where it is there already, goes on from it");
  line.Count("--checkpoint-every", every, {},
             "steps from one checkpoint to the next (0: at the end of each epoch)");
  line.Option("--resume", resume, "goes on from this checkpoint, with its settings");
  return line.Run(argc, argv, [&] {
    ApplyCommonOptions(common);
    if (checkpoint.empty()) checkpoint = resume;
    if (every > 0 && checkpoint.empty()) {
      throw UsageError("--checkpoint-every needs a file: add --checkpoint FILE");
    }
    const std::optional<ImportedNetwork> begin = Import(line, imported, resume, settings);
    const std::optional<Checkpoint> from = FindCheckpoint(line, checkpoint, resume, settings);
    const Dataset data = LoadData(common.data);
    settings = Resolve(settings, data).settings;
    CheckOutputs(exported, checkpoint);
    const bool say = !common.quiet && !common.json;
    if (say) {
      fmt::print(stderr, "{}: {} training samples, {} held out, {} features, {} classes\n",
                 data.name, settings.samples, settings.validation, data.train.features,
                 data.classes);
      SayIdle(line, settings);
    }
    RunOptions options;
    options.threads = common.threads;
    options.profile = profile;
    if (begin) {
      options.weights = &begin->weights;
      if (say) {
        fmt::print(stderr, "{}: weights of layers {}\n", begin->name,
                   fmt::join(settings.layers, "-"));
      }
    }
    if (from) {
      options.resume = &*from;
      if (say) {
        fmt::print(stderr, "{}: goes on after step {}\n", from->name, from->steps);
      }
    }
    if (!checkpoint.empty()) {
      options.save = [&](const Checkpoint& state) {
        WriteFileAtomically(checkpoint, PackCheckpoint(state), {.flag = "--checkpoint"});
      };
      options.save_every = every;
    }
    options.stop = &InterruptRequested();
    options.progress = [&](std::size_t epoch, const EpochMetrics& metrics, double pace) {
      if (!say) return;
      std::string held_out;
      if (metrics.validation_accuracy) {
        held_out = fmt::format("  validation {:.4f}", *metrics.validation_accuracy);
      }
      const double left = static_cast<double>((settings.epochs - epoch - 1) * settings.samples);
      fmt::print(stderr,
                 "epoch {:>3}/{}  loss {:.5f}  accuracy {:.4f}{}  {:.0f} samples/s  {} left\n",
                 epoch + 1, settings.epochs, metrics.train_loss, metrics.train_accuracy, held_out,
                 pace, Duration(left / pace));
    };
    Network network(settings.layers, Activation::Named("identity"), Activation::Named("identity"));
    const RunResult result = Train(settings, data, options, &network);
    if (!exported.empty()) {
      WriteFileAtomically(exported, Safetensors(network, result),
                          {.flag = "--export", .kept = !checkpoint.empty()});
    }
    if (common.json) {
      fmt::print("{}", RunLine(MakeRunRecord("train", "train", result, data)));
    } else {
      PrintResult(result, network.FlopsPerSample());
      PrintHealth(result.health);
      if (profile) PrintProfile(result);
    }
    if (result.status == Status::kInterrupted && !checkpoint.empty() && !common.quiet) {
      fmt::print(stderr, "interrupted; train --resume {}{} goes on from here\n", checkpoint,
                 !line.Given("--data") ? "" : fmt::format(" --data {}", common.data));
    }
    return result.status == Status::kInterrupted ? kInterrupted : kDone;
  });
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) { return lanegrad::Main(argc, argv); }
