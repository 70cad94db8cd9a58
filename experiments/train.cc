/// @file
/// One network from flags, of one seed or several: trains it, records it, and reports.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>

#include "experiments/cli/interrupt.h"
#include "experiments/cli/pdf.h"
#include "experiments/cli/print_error.h"
#include "experiments/cli/program_options.h"
#include "experiments/cli/progress.h"
#include "experiments/cli/shell.h"
#include "experiments/cli/time_limit.h"
#include "experiments/records/provenance.h"
#include "experiments/runs/explain.h"
#include "experiments/runs/record_commands.h"
#include "experiments/runs/runner.h"
#include "experiments/training/seed_variance.h"
#include "experiments/training/seed_variance_report.h"
#include "experiments/training/single_run.h"
#include "experiments/training/train_flags.h"
#include "experiments/training/training_report.h"
#include "experiments/training/training_text.h"
#include "network/folds.h"
#include "network/resolved_settings.h"
#include "network/stopwatch.h"
#include "network/synthetic.h"

namespace lanegrad {
namespace {

using Flags = TrainFlags;

// The same settings with each of the seeds, in each of the folds; or with each combination of
// seeds.
std::vector<PlannedRun> PlanSeeds(const Flags& flags, const Settings& asked, const Dataset& data) {
  std::vector<PlannedRun> plan;
  if (flags.design) {
    for (const Settings& own : flags.design->runs) {
      plan.push_back({.settings = Resolve(own, data).settings,
                      .phase = "train",
                      .test = true,
                      .asked = own,
                      .cell = ""});
    }
    return plan;
  }
  for (std::size_t fold = 0; fold < std::max<std::size_t>(1, flags.folds); ++fold) {
    Settings own = asked;
    if (flags.folds > 0) own.fold = FoldText({.number = fold + 1, .of = flags.folds});
    for (std::size_t i = 0; i < flags.seeds; ++i) {
      plan.push_back({.settings = Resolve(own, data).settings,
                      .phase = "train",
                      .test = true,
                      .asked = own,
                      .cell = ""});
      plan.back().settings.seed += i;
    }
  }
  return plan;
}

// Says where it begins, and which of the settings that were given change nothing.
void SayBeginning(const CommandLine& line, const Flags& flags, const Dataset& data,
                  const Beginning& beginning) {
  PrintError("{}: {} training samples, {} held out{}; {} features, {}\n", data.name,
             flags.settings.samples, flags.settings.validation,
             flags.folds == 0 ? "" : fmt::format(", in the first of {} folds", flags.folds),
             data.train.features,
             data.regression() ? fmt::format("a regression of '{}'", data.target)
                               : fmt::format("{} classes", data.classes));
  if (flags.design) {
    PrintError("train: {} runs, {} levels each of {}\n", flags.runs(), flags.design->levels,
               CauseNames(*flags.design));
  }
  for (const std::string_view name : GivenSettings(line)) {
    const std::string why = WhyIdle(FieldNamed(name), flags.settings);
    if (!why.empty()) PrintError("train: {} has no effect {}\n", name, why);
  }
  if (beginning.imported) {
    PrintError("{}: weights of layers {}\n", beginning.imported->name,
               fmt::join(flags.settings.layers, "-"));
  }
  if (beginning.checkpoint) {
    PrintError("{}: goes on after step {}\n", beginning.checkpoint->name,
               beginning.checkpoint->steps);
  }
}

// Records a run of its own, unless that is known already.
void Keep(RecordFile& file, const RunRecord& record, const std::optional<RunRecord>& known,
          const Flags& flags) {
  if (known && record.status == Status::kOutOfTime && known->status != Status::kOutOfTime) {
    return;  // what ended before says more
  }
  const bool ended_now = known && known->status == Status::kOutOfTime;
  if (known && !ended_now && known->digest != record.digest) {
    PrintError("train: digest {} is recorded for this run, but it is {} now\n", known->digest,
               record.digest);
  } else if (known && !ended_now && known->confusion.has_value() == record.confusion.has_value() &&
             !flags.force && !flags.profile && !flags.test_every_epoch) {
    return;
  }
  file.Append(ToJson(record));
}

// Runs without records, one after another.
std::vector<RunRecord> RunUnrecorded(const Flags& flags, const std::vector<PlannedRun>& plan,
                                     const Dataset& data, const Beginning& beginning) {
  std::vector<RunRecord> runs;
  for (const PlannedRun& run : plan) {
    runs.push_back(TrainOnce(run.settings, data, beginning, flags.files,
                             {.threads = flags.common.threads,
                              .profile = flags.profile,
                              .test_every_epoch = flags.test_every_epoch,
                              .limit = std::min(flags.limits.run, flags.deadline() - Now()),
                              .say = flags.say()}));
    if (runs.back().status == Status::kInterrupted || Now() >= flags.deadline()) break;
  }
  return runs;
}

// Whether all that is recorded knows the test set after each epoch.
bool HaveTestCurve(const PlanRecords& known) {
  return std::all_of(known.begin(), known.end(), [](const std::optional<RunRecord>& run) {
    return !run || run->epochs.empty() || run->epochs.back().test_accuracy.has_value();
  });
}

// Runs what is not recorded yet.
std::vector<RunRecord> RunRecorded(const Flags& flags, const std::vector<PlannedRun>& plan,
                                   const Dataset& data, const Beginning& beginning) {
  RecordFile file(flags.common.output);
  for (const std::string& notice : file.notices()) PrintError("train: {}\n", notice);
  RequireWritable(std::filesystem::path(flags.common.output) / "report.html");
  PlanRecords known = Recorded(plan, data, file.set());
  // Recorded without the curve that is asked for now.
  const bool curveless = flags.test_every_epoch && !HaveTestCurve(known);
  const bool again = flags.limits.retry && CountOutOfTime(known) > 0;
  const bool anew = flags.force || again || flags.files.any_output() || flags.profile || curveless;
  if (flags.say() && !anew && CountRecorded(known) > 0) {
    PrintError("train: {} recorded already in {}; --force trains again\n",
               CountRecorded(known) == plan.size()
                   ? "all of this is"
                   : fmt::format("{} of {} runs are", CountRecorded(known), plan.size()),
               file.path().string());
  }
  if (plan.size() > 1) {
    ProgressBar progress("train", plan.size() - (anew ? 0 : CountRecorded(known)), "runs",
                         flags.say() ? Loudness::kVerbose : Loudness::kQuiet);
    progress.Judge(ScoreOf(data));
    known = RunPlan(
        plan, data, file,
        {.experiment = "train",
         .threads = flags.common.threads,
         .force = flags.force || curveless,
         .test_every_epoch = flags.test_every_epoch,
         .limits = flags.limits,
         .deadline = flags.deadline(),
         .progress = &progress,
         .weights = beginning.imported ? &beginning.imported->weights : nullptr,
         .examine = [&](const Network& network, const RunResult& result, RunRecord& record) {
           AddConfusion(network, result, data, record);
         }});
  } else if (anew || !known.front()) {
    const RunRecord record = RunUnrecorded(flags, plan, data, beginning).front();
    if (record.status != Status::kInterrupted) Keep(file, record, known.front(), flags);
    known.front() = record;
  }
  std::vector<RunRecord> runs;
  for (std::optional<RunRecord>& each : known) {
    if (each) runs.push_back(*std::move(each));
  }
  return runs;
}

// What an interrupted command leaves, and how it goes on.
int Interrupted(const CommandLine& line, const Flags& flags, std::size_t finished) {
  if (flags.common.quiet) return kInterrupted;
  if (!flags.files.checkpoint.empty()) {
    PrintError("interrupted; train --resume {}{} goes on from here\n", flags.files.checkpoint,
               !line.Given("--data") ? "" : fmt::format(" --data {}", flags.common.source.data));
  } else if (flags.runs() > 1 && !flags.no_record) {
    PrintError("train: interrupted; {} finished runs are kept. The same command goes on:\n  {}\n",
               finished, Command());
  } else {
    PrintError("train: interrupted; with --checkpoint FILE it could go on from here\n");
  }
  return kInterrupted;
}

// What a command leaves whose time was up, or that of some of its runs.
int TimeIsUp(const Flags& flags, const std::vector<RunRecord>& runs) {
  if (flags.common.quiet) return kOutOfTime;
  const auto count = std::count_if(runs.begin(), runs.end(), [](const RunRecord& run) {
    return run.status == Status::kOutOfTime;
  });
  if (!flags.files.checkpoint.empty()) {
    PrintError("train: out of time; train --resume {} goes on from here\n", flags.files.checkpoint);
  } else if (runs.size() < flags.runs()) {
    PrintError(
        "train: the time limit of {} is reached; {} finished runs are kept. The same "
        "command goes on, for as long again\n",
        SecondsText(flags.limits.all), runs.size());
  } else if (flags.no_record) {
    PrintError("train: {} of {} runs ran out of time\n", count, runs.size());
  } else {
    PrintError(
        "train: {} of {} runs ran out of time, and are recorded so; --retry-out-of-time "
        "runs them again\n",
        count, runs.size());
  }
  return kOutOfTime;
}

int Finish(const Flags& flags, const TrainedRuns& trained, bool whole) {
  const std::string command = WithoutFlag(Command(), "--force", false);
  if (whole && !flags.no_record) {
    if (flags.design) {
      WriteSeedVarianceReport(flags.common.output, trained, *flags.design, command);
    } else {
      WriteTrainingReport(flags.common.output, trained, command);
    }
    if (flags.common.pdf) WritePlainPdfs(flags.common.output);
  }
  if (flags.common.json) {
    for (const RunRecord& run : trained.runs) fmt::print("{}", RunLine(run));
    return kDone;
  }
  const std::size_t columns = TerminalColumns(STDOUT_FILENO);
  const std::size_t width = columns > 0 ? std::min<std::size_t>(columns, 80) : 80;
  fmt::print("{}", flags.design ? SeedVarianceText(trained, *flags.design, width)
                                : TrainingText(trained, width));
  if (flags.profile) fmt::print("{}", ProfileText(trained.runs.front()));
  if (whole && !flags.no_record) fmt::print("\nreport: {}/report.html\n", flags.common.output);
  return kDone;
}

int Go(Flags& flags, const CommandLine& line) {
  ApplyCommonOptions(flags.common);
  if (flags.files.checkpoint.empty()) flags.files.checkpoint = flags.files.resume;
  CheckTrainFlags(line, flags);
  const Beginning beginning = ReadBeginning(flags.files, GivenSettings(line), flags.settings);
  flags.common.source.whole = flags.folds > 0 || flags.settings.fold != kNoFold;
  const Dataset data = LoadData(flags.common.source);
  // The usual loss is of classes: nobody who learns a number has asked for it.
  if (data.regression() && !line.Given("--loss") && flags.settings.loss == Settings().loss) {
    flags.settings.loss = "mse";
  }
  if (flags.seed_variance > 0) {
    flags.design = DesignSeeds(flags.settings, data, flags.seed_variance, GivenSettings(line));
  }
  const std::vector<PlannedRun> plan = PlanSeeds(flags, flags.settings, data);
  flags.settings = plan.front().settings;
  if (flags.explain) {
    const ResolvedSettings run = Resolve(flags.settings, data);
    fmt::print("{}\n{}", ExplainLoss(run), ExplainUpdate(run));
    return kDone;
  }
  RequireOutputs(flags.files);
  if (flags.say()) SayBeginning(line, flags, data, beginning);
  const std::vector<RunRecord> runs = flags.no_record ? RunUnrecorded(flags, plan, data, beginning)
                                                      : RunRecorded(flags, plan, data, beginning);
  const bool whole =
      runs.size() == plan.size() && !runs.empty() && runs.back().status != Status::kInterrupted;
  // One run that was interrupted still says how far it came; of several, those that are finished
  // are kept for the next time.
  if (whole || (plan.size() == 1 && !runs.empty()))
    Finish(flags, {.data = data, .runs = runs}, whole);
  const bool out_of_time = std::any_of(runs.begin(), runs.end(), [](const RunRecord& run) {
    return run.status == Status::kOutOfTime;
  });
  if (InterruptRequested()) return Interrupted(line, flags, runs.size());
  if (!whole || out_of_time) return TimeIsUp(flags, runs);
  return kDone;
}

int Main(int argc, char** argv) {
  CommandLine line("train",
                   "Trains one dense network, of one seed or several, and reports: accuracy, "
                   "curves, confusions, the worst mistakes, and what is wrong with the network.");
  Flags flags;
  flags.common.output = "results/train";
  AddTrainFlags(line, flags);
  return line.Run(argc, argv, [&] { return Go(flags, line); });
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) { return lanegrad::Main(argc, argv); }
