// SPDX-License-Identifier: Apache-2.0
#include "experiments/experiment/grid_flags.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <limits>

#include "experiments/comparison/plan.h"
#include "network/folds.h"
#include "network/setting_text.h"

namespace lanegrad {

void AddGridFlags(CommandLine& line, GridFlags& flags) {
  AddCommonOptions(line, flags.common);
  line.Flag("--verbose", flags.verbose, "a line for every run");
  AddTableOptions(line, flags.common.source);
  line.Group("Comparison");
  line.Option("--grid", flags.grid, "file that says what varies, TOML or JSON; flags win over it");
  line.Option("--vary", flags.request.vary,
              "an axis, of any setting: activation=relu,tanh or loss=all or "
              "rate=log:1e-4:10:11 (may be repeated)");
  line.Repeated("--tie", flags.request.tie,
                "axes that go through their values together: samples,epochs");
  line.Count("--seeds", flags.request.tune_seeds, {.max = kFreshSeeds - 1},
             "seeds to choose rates with (0: by profile)");
  line.Count("--final-seeds", flags.request.final_seeds, {.max = 10000},
             "fresh seeds at the best rate (0: by profile)");
  line.Count("--folds", flags.request.folds, {.max = kMostFolds},
             "cross-validate: all seeds in each of so many folds of the training samples, "
             "tested by it (0: test samples)");
  line.Option("--tune", flags.request.tune,
              "settings to search for in each cell, in place of the rate alone: "
              "rate,momentum,weight-decay");
  line.Count("--budget", flags.request.budget, {.max = 100000},
             "settings that --tune tries in each cell (0: 30)");
  line.Option(
      "--search-seed",
      [&](const std::string& text) {
        flags.request.search_seed = ReadNumber<std::uint64_t>(
            "search-seed", text, 0, std::numeric_limits<std::uint64_t>::max(),
            "a whole number of at least 0");
      },
      "1", "seed of which settings --tune tries", "N");
  line.Flag("--quick", flags.quick, "seconds: few samples, two epochs");
  line.Flag("--full", flags.full, "hours: the whole catalogue");
  line.Flag("--skip-illegal", flags.skip_illegal, "leave out combinations that make no sense");
  line.Group("Records");
  line.Flag("--dry-run", flags.plan_only, "say what would be run, and how long it would take");
  line.Flag("--explain", flags.explain,
            "print loss and step of each cell as formulas, with their numbers; nothing is run");
  line.Flag("--force", flags.force, "run again what is recorded already");
  AddTimeLimits(line, flags.limits);
  line.Option("--shard", flags.shard, "run a share of the plan, I/N: 1/2 here, 2/2 elsewhere");
  line.Option("--merge", flags.merge,
              "directories whose records are added to those of --output; nothing is run");
  line.Option(
      "--verify",
      [&](const std::string& text) {
        if (text.find_first_not_of("0123456789") != text.npos) {
          flags.verify_archive = text;
        } else {
          flags.verify =
              ReadNumber<std::size_t>("--verify", text, 0, 1000000000,
                                      "a whole number from 0 to 1000000000, or an archive");
        }
      },
      "", "run N recorded runs again and compare digests (0: all); or a sample of an archive",
      "N|FILE");
  line.Count("--sample", flags.sample, {}, "runs of an archive that --verify runs again (0: all)");
  line.Option("--archive", flags.archive,
              "write the results of --output into one file with checksums; nothing is run");
  line.Flag("--export", flags.export_tables,
            "write the records of --output as runs.csv and epochs.csv; nothing is run");
  line.Flag("--report-only", flags.report_only,
            "write the report from the records there are; nothing is run");
  // Seeds are paired across cells; no flag sets one.
  AddSettingsOptions(line, flags.base, {"seed"});
  line.Example(fmt::format("{} --quick", flags.program), "seconds: whether everything is there");
  line.Example(fmt::format("{} --vary activation=relu,gelu --vary rate=log:0.01:1:5 --output "
                           "results/mine",
                           flags.program),
               "a question of one's own: two activations, each at the best of five rates");
  line.Example(fmt::format("{} --vary optimizer=momentum,adamw --tune rate,momentum,weight-decay "
                           "--budget 20 --output results/tuned",
                           flags.program),
               "two optimizers, each at the best of 20 settings of all three");
  if (flags.experiment->name == "compare") {
    line.Example(
        "compare --quick --data table.csv --target-column class --scale standard --folds 5",
        "a table of one's own, cross-validated");
  }
  if (flags.engine != nullptr) {
    line.Note(
        "Started by mpirun, the processes share the runs: rank 0 hands them out and alone writes "
        "what comes of them, and every rank trains --threads of them at once (0: one). The records "
        "are those of compare, which goes on where this program stopped, and the other way round.");
    line.Example(fmt::format("mpirun -n 4 {} --quick", flags.program),
                 "the same by four processes");
  }
  line.Example(fmt::format("{} --verify 10", flags.program),
               "ten recorded runs again: their digests must be the same");
}

void TakeGridFile(GridFile file, const CommandLine& line, GridFlags& flags) {
  if (!file.data.empty() && !line.Given("--data")) flags.common.source.data = file.data;
  for (const auto& [name, text] : file.of_data) {
    if (line.Given(fmt::format("--{}", name))) continue;
    for (const DataSourceField& field : DataSourceFields()) {
      if (field.name == name) field.set(flags.common.source, text);
    }
  }
  if (!flags.quick && !flags.full) {
    flags.quick = file.profile == "quick";
    flags.full = file.profile == "full";
  }
  flags.skip_illegal |= file.skip_illegal.value_or(false);
  flags.request.file = std::move(file);
}

bool IsFolded(const GridFlags& flags) {
  if (flags.request.folds > 0 || flags.base.fold != kNoFold) return true;
  if (!flags.request.file) return false;
  const GridFile& file = *flags.request.file;
  return file.folds.has_value() ||
         std::any_of(file.fixed.begin(), file.fixed.end(), [](const auto& each) {
           return each.first == "fold" && each.second != kNoFold;
         });
}

}  // namespace lanegrad
