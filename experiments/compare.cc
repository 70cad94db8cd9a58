/// @file
/// The main job: activations x losses x learning rates, compared fairly.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "experiments/command_line.h"
#include "experiments/comparison_report.h"
#include "experiments/progress.h"
#include "experiments/runner.h"
#include "network/synthetic.h"

namespace lanegrad {
namespace {

// How much is run: the question is the same.
struct Profile {
  std::vector<const char*> axes;
  std::size_t tune_seeds, final_seeds, epochs, samples, validation;
};

const Profile kQuick = {{"activation=sigmoid,tanh,relu", "loss=mse,softmax_cross_entropy",
                         "rate=0.01,0.03162,0.1,0.3162,1,3.162,10,31.62"},
                        2,
                        3,
                        2,
                        10000,
                        2000};
const Profile kDefault = {{"activation=sigmoid,tanh,relu,elu,silu,gelu",
                           "loss=mse,binary_cross_entropy,softmax_cross_entropy",
                           "rate=0.003162,0.01,0.03162,0.1,0.3162,1,3.162,10,31.62"},
                          3,
                          5,
                          3,
                          0,
                          10000};
const Profile kFull = {
    {"activation=all", "loss=all", "rate=log:0.0001:100:13"}, 5, 10, 10, 0, 10000};

// Seeds of the final runs: none of them has chosen a rate.
constexpr std::uint64_t kFreshSeeds = 1001;

struct Flags {
  CommonOptions common;
  Settings base;
  std::vector<std::string> vary;
  bool quick = false, full = false, force = false, plan_only = false;
  std::size_t tune_seeds = 0, final_seeds = 0;
  int verify = -1;
  std::string command;
};

std::vector<PlannedRun> TuningPlan(const Settings& base, const std::vector<Axis>& grid,
                                   std::size_t seeds, const Dataset& data) {
  std::vector<PlannedRun> plan;
  for (Settings settings : Combinations(base, grid)) {
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
      settings.seed = seed;
      plan.push_back({.settings = Resolve(settings, data), .phase = "tune", .test = false});
    }
  }
  return plan;
}

std::vector<PlannedRun> FinalPlan(const std::vector<ComparisonCell>& cells, std::size_t seeds) {
  std::vector<PlannedRun> plan;
  for (const ComparisonCell& cell : cells) {
    Settings settings = cell.settings;
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
      settings.seed = kFreshSeeds + seed;
      plan.push_back({.settings = settings, .phase = "final", .test = true});
    }
  }
  return plan;
}

// Runs recorded runs again, evenly spread over the file, and compares digests.
int Verify(const RecordFile& file, const Dataset& data, const Flags& flags) {
  const auto& records = file.records();
  const std::size_t count = flags.verify == 0
                                ? records.size()
                                : std::min(records.size(), static_cast<std::size_t>(flags.verify));
  std::size_t wrong = 0;
  ProgressBar progress(count, "runs verified", !flags.common.quiet);
  for (std::size_t i = 0; i < count; ++i) {
    const Json& record = records[i * records.size() / count];
    if (record.at("data").at("checksum") != data.checksum) {
      throw DataError(fmt::format("{} was recorded with other data ({}), not with {} ({})",
                                  record.at("key").get<std::string>(),
                                  record.at("data").at("checksum").get<std::string>(), data.name,
                                  data.checksum));
    }
    RunOptions options;
    options.threads = flags.common.threads;
    options.test = false;
    const RunResult again = Train(SettingsFromJson(record.at("settings")), data, options);
    if (again.digest != record.at("digest")) {
      ++wrong;
      fmt::print("{}: digest {} recorded, {} now\n", record.at("key").get<std::string>(),
                 record.at("digest").get<std::string>(), again.digest);
    }
    progress.Update(i + 1);
  }
  fmt::print("{} of {} runs verified: {}\n", count, records.size(),
             wrong == 0 ? "every digest agrees" : fmt::format("{} digests differ", wrong));
  return wrong == 0 ? kDone : kClaimFailed;
}

std::vector<Axis> Grid(const Profile& profile, const Flags& flags) {
  std::vector<Axis> grid;
  for (const char* axis : profile.axes) SetAxis(grid, ParseAxis(axis));
  for (const std::string& axis : flags.vary) SetAxis(grid, ParseAxis(axis));
  return grid;
}

int Interrupted(const Flags& flags) {
  fmt::print(stderr,
             "compare: interrupted; finished runs are kept. The same command goes on:\n  {}\n",
             flags.command);
  return kInterrupted;
}

int Compare(Flags& flags, const CLI::App& app) {
  if (flags.quick && flags.full) throw UsageError("--quick and --full exclude each other");
  ApplyCommonOptions(flags.common);
  const Profile& profile = flags.quick ? kQuick : flags.full ? kFull : kDefault;
  // A flag that was given wins over the profile.
  if (app.count("--epochs") == 0) flags.base.epochs = profile.epochs;
  if (app.count("--samples") == 0) flags.base.samples = profile.samples;
  if (app.count("--validation") == 0) flags.base.validation = profile.validation;
  if (flags.tune_seeds == 0) flags.tune_seeds = profile.tune_seeds;
  if (flags.final_seeds == 0) flags.final_seeds = profile.final_seeds;

  const std::vector<Axis> grid = Grid(profile, flags);
  const Dataset data = LoadData(flags.common.data);
  if (data.train.count < 2 * profile.validation && app.count("--validation") == 0) {
    flags.base.validation = data.train.count / 5;
    if (app.count("--samples") == 0) flags.base.samples = 0;
  }
  const std::vector<PlannedRun> tuning = TuningPlan(flags.base, grid, flags.tune_seeds, data);
  const std::size_t cells_planned =
      tuning.size() / flags.tune_seeds / std::max<std::size_t>(1, [&] {
        for (const Axis& axis : grid) {
          if (axis.setting == "rate") return axis.values.size();
        }
        return std::size_t{1};
      }());
  const std::size_t total = tuning.size() + cells_planned * flags.final_seeds;
  const Settings& first = tuning.front().settings;
  if (flags.plan_only || !flags.common.quiet) {
    fmt::print(stderr,
               "{}: {} cells, {} runs to choose rates ({} seeds), {} after ({} fresh seeds); {} "
               "samples, {} epochs each\n",
               data.name, cells_planned, tuning.size(), flags.tune_seeds, total - tuning.size(),
               flags.final_seeds, first.samples, first.epochs);
  }
  if (flags.plan_only) return kDone;

  RecordFile file(flags.common.output);
  for (const std::string& notice : file.notices()) fmt::print(stderr, "compare: {}\n", notice);
  if (flags.verify >= 0) return Verify(file, data, flags);

  const auto begin = std::chrono::steady_clock::now();
  const RunnerOptions options = {.experiment = "compare",
                                 .threads = flags.common.threads,
                                 .quiet = flags.common.quiet,
                                 .force = flags.force};
  const double chance = 1.0 / static_cast<double>(data.classes);
  std::vector<Json> records = RunPlan(tuning, data, file, options);
  if (records.size() < tuning.size()) return Interrupted(flags);
  const std::vector<ComparisonCell> cells = CellsFromTrials(grid, records, chance);
  const std::vector<PlannedRun> finals = FinalPlan(cells, flags.final_seeds);
  const std::vector<Json> final_records = RunPlan(finals, data, file, options);
  if (final_records.size() < finals.size()) return Interrupted(flags);
  records.insert(records.end(), final_records.begin(), final_records.end());

  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  ComparisonFacts facts = {.data = data.name,
                           .checksum = data.checksum,
                           .command = flags.command,
                           .duration = Duration(seconds),
                           .tune_seeds = flags.tune_seeds,
                           .final_seeds = flags.final_seeds,
                           .grid = grid,
                           .notices = file.notices(),
                           .chance = chance};
  WriteComparisonReport(flags.common.output, records, facts);
  if (flags.common.json) {
    for (const Json& record : records) fmt::print("{}\n", record.dump());
  } else {
    fmt::print("{}\n{} runs in {}, digest {}\nreport: {}/report.html\n",
               TerminalTable(RankTable(MakeComparison(records, facts).ranked, facts)),
               records.size(), facts.duration, JointDigest(records), flags.common.output);
  }
  return kDone;
}

int Main(int argc, char** argv) {
  CLI::App app(
      "Compares activations, losses and learning rates, fairly: each combination at its own "
      "best rate.",
      "compare");
  Flags flags;
  flags.common.output = "results/compare";
  for (int i = 0; i < argc; ++i) flags.command.append(i == 0 ? "" : " ").append(argv[i]);
  AddCommonOptions(app, flags.common);
  app.add_option(
      "--vary", flags.vary,
      "an axis: activation=relu,tanh | loss=all | rate=log:1e-4:10:11 (may be repeated)");
  app.add_option("--seeds", flags.tune_seeds, "seeds to choose rates with (0: by profile)");
  app.add_option("--final-seeds", flags.final_seeds,
                 "fresh seeds at the best rate (0: by profile)");
  app.add_flag("--quick", flags.quick, "seconds: few samples, one epoch");
  app.add_flag("--full", flags.full, "hours: the whole catalogue");
  app.add_flag("--force", flags.force, "run again what is recorded already");
  app.add_flag("--dry-run", flags.plan_only, "say what would be run");
  app.add_option("--verify", flags.verify, "run N recorded runs again and compare digests (0: all)")
      ->check(CLI::NonNegativeNumber);
  // Axes of the grid are no fixed settings.
  AddSettingsOptions(app, flags.base, {"seed"});
  return RunProgram(app, argc, argv, [&] { return Compare(flags, app); });
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) { return lanegrad::Main(argc, argv); }
