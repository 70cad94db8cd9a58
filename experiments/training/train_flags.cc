// SPDX-License-Identifier: Apache-2.0
#include "experiments/training/train_flags.h"

#include <fmt/format.h>

#include <limits>

#include "network/folds.h"

namespace lanegrad {

void AddTrainFlags(CommandLine& line, TrainFlags& flags) {
  AddCommonOptions(line, flags.common);
  AddTableOptions(line, flags.common.source);
  AddSettingsOptions(line, flags.settings);
  line.Group("Repetition");
  line.Count("--seeds", flags.seeds, {.min = 1, .max = 10000},
             "how many seeds to train with, from --seed on");
  line.Count("--folds", flags.folds, {.max = kMostFolds},
             "cross-validate: train in each of so many folds of the training samples, tested by it "
             "(0: test samples)");
  line.Count("--seed-variance", flags.seed_variance, {.max = 1000},
             "say which seed causes how much of the spread: so many levels of each are drawn, and "
             "every combination is trained (0: no)");
  line.Flag("--test-every-epoch", flags.test_every_epoch,
            "read the test samples after each epoch too: a curve to look at, not to choose by");
  line.Group("Records");
  line.Flag("--explain", flags.explain,
            "print loss and step as formulas, with their numbers; nothing is run");
  line.Flag("--force", flags.force, "train again what is recorded already");
  AddTimeLimits(line, flags.limits);
  line.Flag("--no-record", flags.no_record,
            "look for no record, and write neither record nor report: to measure time, or for a "
            "moment");
  line.Group("Machine");
  line.Flag("--profile", flags.profile, "print where the time goes, per phase");
  line.Group("Weights in files");
  line.Option("--import", flags.files.imported,
              "safetensors file of the weights to begin with, and of layers, activation and loss "
              "where they are not given; --epochs 0 only judges them");
  line.Option("--export", flags.files.exported, "file for the weights, as safetensors");
  line.Option("--checkpoint", flags.files.checkpoint,
              "file for the state of the run; where it is there already, goes on from it");
  line.Count("--checkpoint-every", flags.files.every, {},
             "steps from one checkpoint to the next (0: at the end of each epoch)");
  line.Option("--resume", flags.files.resume, "goes on from this checkpoint, with its settings");
  line.Example("train --data moons --layers 2-16-2 --epochs 30",
               "seconds: two inputs, two classes");
  line.Example("train --data table.csv --target-column price --scale standard --folds 5",
               "a table of one's own: a regression where 'price' is a number");
  line.Example("train --validation 10000 --seeds 5", "Fashion-MNIST, and how much of it is luck");
  line.Example(
      "train --layers 784-256-128-10 --activation gelu --optimizer adam --epochs 20 --export "
      "net.safetensors",
      "a deeper network, whose weights other programs read");
}

std::vector<std::string_view> GivenSettings(const CommandLine& line) {
  std::vector<std::string_view> given;
  for (const SettingsField& field : SettingsFields()) {
    if (line.Given(fmt::format("--{}", field.name))) given.push_back(field.name);
  }
  return given;
}

void CheckTrainFlags(const CommandLine& line, const TrainFlags& flags) {
  if (flags.files.every > 0 && flags.files.checkpoint.empty()) {
    throw UsageError("--checkpoint-every needs a file: add --checkpoint FILE");
  }
  if (flags.no_record && (line.Given("--output") || flags.force || flags.common.pdf)) {
    throw UsageError("--no-record writes no results: leave --output, --force and --pdf out");
  }
  if (flags.folds == 1) throw UsageError("--folds must be at least 2, not 1");
  if (flags.folds > 0 && line.Given("--fold")) {
    throw UsageError("--fold is one of the folds, --folds all of them: give only one");
  }
  if (flags.seed_variance > 0) {
    if (flags.seed_variance < kFewestLevels) {
      throw UsageError(
          fmt::format("--seed-variance must be at least {}, not {}: fewer levels of a "
                      "cause say nothing of its spread",
                      kFewestLevels, flags.seed_variance));
    }
    if (line.Given("--seeds") || flags.folds > 0) {
      throw UsageError("--seed-variance draws seeds of its own: leave --seeds and --folds out");
    }
  }
  if (flags.runs() == 1 && flags.seed_variance == 0) return;
  if (flags.files.any_output() || flags.profile) {
    throw UsageError(fmt::format(
        "--export, --checkpoint, --resume and --profile are of one run, and {} asks for {}: "
        "leave one of them out",
        flags.seed_variance > 0 ? "--seed-variance"
        : flags.folds > 0       ? "--folds"
                                : "--seeds",
        flags.seed_variance > 0 ? "several" : fmt::format("{}", flags.runs())));
  }
  if (flags.settings.seed > std::numeric_limits<std::uint64_t>::max() - flags.seeds) {
    throw UsageError(
        fmt::format("--seed {} leaves no room for {} seeds", flags.settings.seed, flags.seeds));
  }
}

}  // namespace lanegrad
