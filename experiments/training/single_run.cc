// SPDX-License-Identifier: Apache-2.0
#include "experiments/training/single_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "experiments/cli/interrupt.h"
#include "experiments/cli/print_error.h"
#include "experiments/records/disk.h"
#include "experiments/training/trained_runs.h"
#include "experiments/training/training_text.h"
#include "experiments/weights/checkpoint_file.h"
#include "network/saved_run.h"
#include "network/stopwatch.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

bool Has(const std::vector<std::string_view>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::optional<Checkpoint> FindCheckpoint(const RunFiles& files,
                                         const std::vector<std::string_view>& given,
                                         Settings& settings) {
  if (!files.checkpoint.empty()) SweepPartialFiles(files.checkpoint);
  if (files.resume.empty()) {
    // The same command again goes on; it never writes over another run's checkpoint.
    if (!std::filesystem::exists(files.checkpoint)) return {};
    return ReadCheckpoint(files.checkpoint);
  }
  Checkpoint found = ReadCheckpoint(files.resume);
  const Settings kept = SettingsOf(found);
  for (const SettingsField& field : SettingsFields()) {
    const std::string text = field.get(kept);
    if (!Has(given, field.name) && !text.empty()) field.set(settings, text);
  }
  return found;
}

std::optional<ImportedNetwork> Import(const RunFiles& files,
                                      const std::vector<std::string_view>& given,
                                      Settings& settings) {
  if (files.imported.empty()) return {};
  if (!files.resume.empty()) {
    throw UsageError("--import begins a run, --resume goes on with one: give only one of them");
  }
  if (Has(given, "initializer")) {
    throw UsageError("--import and --initializer both say where weights begin: give only one");
  }
  std::optional<ImportedNetwork> network = ReadSafetensors(files.imported);
  TakeOver(*network, given, settings);
  return network;
}

}  // namespace

Beginning ReadBeginning(const RunFiles& files, const std::vector<std::string_view>& given,
                        Settings& settings) {
  Beginning beginning;
  beginning.imported = Import(files, given, settings);
  beginning.checkpoint = FindCheckpoint(files, given, settings);
  return beginning;
}

void RequireOutputs(const RunFiles& files) {
  std::error_code unknown;
  if (!files.exported.empty() && std::filesystem::weakly_canonical(files.exported, unknown) ==
                                     std::filesystem::weakly_canonical(files.checkpoint, unknown)) {
    throw UsageError(fmt::format(
        "--export and --checkpoint both name {}, and the one would be written over the other: give "
        "two files",
        files.exported));
  }
  if (!files.exported.empty()) RequireWritable(files.exported, {.flag = "--export"});
  if (!files.checkpoint.empty()) RequireWritable(files.checkpoint, {.flag = "--checkpoint"});
}

RunRecord TrainOnce(const Settings& settings, const Dataset& data, const Beginning& beginning,
                    const RunFiles& files, const SingleRunOptions& options) {
  RunOptions run;
  run.threads = options.threads;
  run.profile = options.profile;
  run.test_every_epoch = options.test_every_epoch;
  run.stop = &InterruptRequested();
  run.deadline = Now() + options.limit;
  if (beginning.imported) run.weights = &beginning.imported->weights;
  if (beginning.checkpoint) run.resume = &*beginning.checkpoint;
  if (!files.checkpoint.empty()) {
    run.save = [&](const Checkpoint& state) {
      WriteFileAtomically(files.checkpoint, PackCheckpoint(state), {.flag = "--checkpoint"});
    };
    run.save_every = files.every;
  }
  if (options.say) {
    run.progress = [&](std::size_t epoch, const EpochMetrics& metrics, double pace) {
      PrintError("{}\n", EpochText(settings, epoch, metrics, pace, ScoreOf(data)));
    };
  }
  Network network(settings.layers, Activation::Named("identity"), Activation::Named("identity"));
  const RunResult result = Train(settings, data, run, &network);
  if (!files.exported.empty()) {
    WriteFileAtomically(files.exported, Safetensors(network, result),
                        {.flag = "--export", .kept = !files.checkpoint.empty()});
  }
  RunRecord record = MakeRunRecord("train", "train", result, data);
  if (result.status == Status::kOutOfTime) record.time_limit = options.limit;
  AddConfusion(network, result, data, record);
  return record;
}

}  // namespace lanegrad
