// SPDX-License-Identifier: Apache-2.0
#include "experiments/training/trained_runs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/comparison/comparison_report.h"

namespace lanegrad {

void AddConfusion(const Network& network, const RunResult& result, const Dataset& data,
                  RunRecord& record) {
  if (!record.test_accuracy || record.status == Status::kDiverged) return;
  record.confusion = Confuse(network, Loss::Named(record.settings.loss), data.test, kWorstMistakes,
                             result.scaling);
}

std::vector<ComparedRun> Views(const TrainedRuns& trained) {
  std::vector<ComparedRun> views;
  for (const RunRecord& run : trained.runs) views.push_back(ViewRun(run, ChanceOf(run)));
  return views;
}

SharedMean TestAccuracy(const TrainedRuns& trained) {
  SharedMean share = {.interval = {NAN, NAN}};
  for (const ComparedRun& run : Views(trained)) share.by_seed.push_back(run.test);
  share.mean = Mean(share.by_seed);
  if (trained.runs.size() > 1) {
    share.interval = MeanInterval(share.by_seed);
  } else if (CountDiverged(trained) == 0 && std::isfinite(share.mean)) {
    const std::size_t count = trained.data.test.count;
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
