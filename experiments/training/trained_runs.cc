// SPDX-License-Identifier: Apache-2.0
#include "experiments/training/trained_runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "experiments/comparison/comparison_report.h"
#include "experiments/comparison/fold_values.h"
#include "experiments/records/score.h"
#include "network/folds.h"
#include "network/split.h"

namespace lanegrad {

void AddConfusion(const Network& network, const RunResult& result, const Dataset& data,
                  RunRecord& record) {
  if (!record.test_accuracy || record.status == Status::kDiverged) return;
  if (data.regression()) return;
  const Samples& samples = TestSamples(record.settings, data);
  const Split split = SplitSamples(result.settings, data);
  record.confusion = Confuse(network, Loss::Named(record.settings.loss), samples, kWorstMistakes,
                             result.scaling, split.test);
}

std::size_t TestCount(const TrainedRuns& trained) {
  const RunRecord& run = trained.runs.front();
  return run.test_samples > 0 ? run.test_samples : trained.data.test.count;
}

std::size_t FoldsOf(const TrainedRuns& trained) {
  std::set<std::size_t> folds;
  for (const RunRecord& run : trained.runs) {
    const Fold fold = ReadFold(run.settings.fold);
    if (fold.of > 0) folds.insert(fold.number);
  }
  return folds.size();
}

std::string RunsText(const TrainedRuns& trained) {
  const std::size_t folds = FoldsOf(trained), runs = trained.runs.size();
  const std::string seeds = fmt::format("{} seed{}", runs, runs == 1 ? "" : "s");
  if (folds < 2) return seeds;
  const std::size_t each = runs / folds;
  return fmt::format("{} folds with {} seed{} each", folds, each, each == 1 ? "" : "s");
}

std::vector<ComparedRun> Views(const TrainedRuns& trained) {
  std::vector<ComparedRun> views;
  for (const RunRecord& run : trained.runs) views.push_back(ViewRun(run, ChanceOf(run)));
  return views;
}

SharedMean TestAccuracy(const TrainedRuns& trained) {
  SharedMean share = {.interval = {NAN, NAN}};
  const std::vector<ComparedRun> views = Views(trained);
  std::vector<const ComparedRun*> runs;
  for (const ComparedRun& run : views) {
    share.by_seed.push_back(run.test);
    runs.push_back(&run);
  }
  share.mean = Mean(share.by_seed);
  if (trained.runs.size() > 1) {
    share.interval = ByFold(runs, share.by_seed).MeanInterval();
  } else if (ScoreOf(trained.data) == Score::kAccuracy && CountDiverged(trained) == 0 &&
             std::isfinite(share.mean)) {
    const std::size_t count = TestCount(trained);
    share.interval = ShareInterval(
        static_cast<std::size_t>(std::llround(share.mean * static_cast<double>(count))), count);
  }
  return share;
}

SharedMean TestRecall(const TrainedRuns& trained, std::size_t label) {
  SharedMean share = {.interval = {NAN, NAN}};
  for (const RunRecord& run : trained.runs) {
    if (!run.confusion || run.confusion->OfClass(label) == 0) continue;
    share.by_seed.push_back(run.confusion->Recall(label));
    share.interval =
        ShareInterval(run.confusion->Count(label, label), run.confusion->OfClass(label));
  }
  share.mean = Mean(share.by_seed);
  if (share.by_seed.size() > 1) share.interval = MeanInterval(share.by_seed);
  return share;
}

std::optional<Confusion> JointConfusion(const TrainedRuns& trained) {
  std::optional<Confusion> joint;
  for (const RunRecord& run : trained.runs) {
    if (!run.confusion) continue;
    if (!joint) {
      joint = run.confusion;
      continue;
    }
    for (std::size_t i = 0; i < joint->counts.size(); ++i) {
      joint->counts[i] += run.confusion->counts[i];
    }
  }
  return joint;
}

const EpochMetrics& LastEpoch(const RunRecord& run) {
  return run.kept_epoch > 0 ? run.epochs.at(run.kept_epoch - 1) : run.epochs.back();
}

std::string ClassName(const Dataset& data, std::size_t label) {
  return label < data.class_names.size() ? data.class_names[label] : fmt::format("class {}", label);
}

std::size_t CountDiverged(const TrainedRuns& trained) {
  return static_cast<std::size_t>(
      std::count_if(trained.runs.begin(), trained.runs.end(),
                    [](const RunRecord& run) { return run.status == Status::kDiverged; }));
}

std::string DigestOf(const TrainedRuns& trained) {
  if (trained.runs.size() == 1 && trained.runs.front().digest.empty()) {
    return "none (it ran out of time)";
  }
  return trained.runs.size() == 1 ? trained.runs.front().digest : JointDigest(trained.runs);
}

}  // namespace lanegrad
