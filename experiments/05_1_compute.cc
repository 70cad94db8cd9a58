/// @file
/// Article, section 5: more computing power. How fast a network learns by vectors, threads, width
/// and batch, and how much accuracy the multiply-adds buy.
// SPDX-License-Identifier: Apache-2.0
#include "experiments/compute/budgets.h"
#include "experiments/compute/judgements.h"
#include "experiments/compute/paces.h"
#include "experiments/compute/workload.h"
#include "experiments/experiment/experiment_program.h"

namespace lanegrad {
namespace {

// [scales]
ComputeScale ScaleOf(const Scope& scope) {
  ComputeScale scale;
  if (scope.profile == "quick") {
    scale = {.budgets = {3e6, 3e7, 3e8, 3e9},
             .widths = {8, 32},
             .rates = {0.05f, 0.2f},
             .pool = 5000,
             .held_out = 500,
             .tests = 500,
             .reach_widths = {8, 32},
             .level = 0.7,
             .reach_samples = 500,
             .reach_epochs = 8,
             .pace_samples = 64,
             .rounds = 3};
  } else {
    scale = {.budgets = {1e7, 1e8, 1e9, 1e10, 1e11},
             .widths = {16, 64, 256, 1024},
             .rates = {0.02f, 0.06f, 0.2f, 0.6f},
             .tune_seeds = 2,
             .pool = 55000,
             .held_out = 1000,
             .tests = 5000,
             .reach_widths = {16, 64, 256},
             .level = 0.8,
             .reach_samples = 5000,
             .reach_epochs = 30,
             .pace_samples = 320,
             .rounds = 11};
    if (scope.profile == "full") {
      scale.budgets.push_back(1e12);
      scale.widths = {8, 16, 32, 64, 128, 256, 512, 1024, 2048};
      scale.tests = 10000;
      scale.reach_widths = {16, 32, 64, 128, 256, 512};
    }
  }
  scale.seeds = scope.seeds;
  scale.threads = scope.threads;
  return scale;
}
// [scales]

std::vector<Task> Tasks(const Scope& scope) {
  const ComputeScale scale = ScaleOf(scope);
  std::vector<Task> tasks;
  const auto add = [&](const char* series, Fields settings, auto measure) {
    settings.Set("profile", scope.profile);  // sizes and seeds differ
    settings.Set("seeds", static_cast<double>(scale.seeds));
    tasks.push_back(
        {.series = series, .settings = std::move(settings), .seed = 0, .measure = measure});
  };
  const bool quick = scope.profile == "quick";
  // Times first, while the processor is cool and nothing else of ours runs.
  const std::size_t narrow = quick ? 16 : 64;
  add("targets", {{"width", static_cast<double>(narrow)}},
      [=](Measurement& row) { MeasureTargets(scale, narrow, row); });
  struct Shape {
    std::size_t width, batch;
  };
  std::vector<Shape> shapes = {{16, 32}, {128, 32}, {128, 1}};
  if (!quick) {
    shapes = {{16, 32}, {64, 32}, {256, 32},  {1024, 32},
              {256, 1}, {256, 8}, {256, 128}, {256, 512}};
  }
  for (const Shape& shape : shapes) {
    add("shape",
        {{"width", static_cast<double>(shape.width)}, {"batch", static_cast<double>(shape.batch)}},
        [=](Measurement& row) { MeasureShape(scale, shape.width, shape.batch, row); });
  }
  for (const std::size_t width : {16u, 128u, 1024u}) {
    if (quick && width > 128) continue;
    add("threads", {{"width", static_cast<double>(width)}},
        [=](Measurement& row) { MeasureThreads(scale, width, row); });
  }
  add("energy", {{"width", 256.0}}, [=](Measurement& row) { MeasureEnergy(scale, 256, row); });
  // [budgets]
  for (const double work : scale.budgets) {
    for (const std::size_t width : scale.widths) {
      if (work < kLeastSamples * TrainingWork(width)) continue;
      add("budget", {{"work", work}, {"width", static_cast<double>(width)}},
          [=](Measurement& row) { MeasureBudget(scale, work, width, row); });
    }
  }
  for (const std::size_t width : scale.reach_widths) {
    add("reach", {{"width", static_cast<double>(width)}, {"level", scale.level}},
        [=](Measurement& row) { MeasureReach(scale, width, row); });
  }
  // [budgets]
  return tasks;
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  using namespace lanegrad;
  return RunExperiment(
      {.name = "05_1_compute",
       .section = "5",
       .title = "More computing power",
       .summary = "Section 5 of the article: what vectors, threads and multiply-adds buy.",
       .question = "What makes a network learn faster, and how much better does it become by "
                   "computing more?",
       .task_profiles = {{"quick", 5}, {"default", 10}, {"full", 20}},
       .tasks = Tasks,
       .claims =
           {{"more-is-better", "With ten times the computing a network becomes better.",
             "article, section 5",
             "one hidden layer, one data set; at every budget the width that is best on held-out "
             "samples",
             MoreComputeIsBetter},
            {"tenfold-buys-less",
             "Each further factor of ten adds less accuracy than the one before.",
             "after Kaplan et al. 2020", "in points of accuracy, over these budgets",
             TenfoldBuysLess},
            {"power-law", "The error falls as a power of the computing.", "Kaplan et al. 2020",
             "fits: misses the means by less than 5 % of them; few budgets, over four decades by "
             "default",
             ErrorIsAPowerOfWork},
            {"wider-is-better", "Of two networks the wider one is better.", "folklore",
             "for equal multiply-adds, so that the wider one sees fewer samples; neighbouring "
             "widths",
             WiderIsBetter},
            {"best-width-grows", "The more computing there is, the wider is the best network.",
             "after Hoffmann et al. 2022",
             "the narrowest and the widest network that the least budget allows, at the least and "
             "the greatest budget",
             BestWidthGrows},
            {"wide-needs-fewer-samples", "A wider network reaches an accuracy by fewer samples.",
             "ours, section 5.1", "one level, on held-out samples, looked at after every pass",
             WideNeedsFewerSamples},
            {"wide-needs-less-work", "A wider network reaches an accuracy by less computing.",
             "ours, section 5.1", "the same", WideNeedsLessWork},
            {"same-bits", "Every instruction set trains the same network, bit by bit.",
             "ours, section 5.1", "the instruction sets of this machine and build",
             TargetsGiveSameBits, Verdict::kSupported},
            {"vectors-pay", "Each newer instruction set is faster.", "folklore",
             "this machine; fused multiply-adds are emulated where the processor has none",
             NewerTargetsPay},
            {"threads-pay", "All threads train faster than one.", "folklore",
             "this machine, as idle as it was; in every round", ThreadsPay},
            {"work-tells-time", "Twice the multiply-adds take twice the time.", "folklore",
             "this machine, one thread, batches of 32; within a factor of two over all widths",
             WorkTellsTime},
            {"roofline-explains",
             "What limits a step of training is computing or fetching weights.",
             "Williams, Waterman and Patterson 2009",
             "this machine, one thread; within a factor of two counts", RooflineExplains},
            {"threads-save-energy", "All threads train more samples a joule than one.",
             "after Patterson et al. 2021",
             "this machine, if it has energy counters; in every round", ThreadsSaveEnergy}},
       .figures = {FrontierFigure, ReachFigure, TargetFigure, RoofFigure},
       .tables = {BudgetTable, ReachTable, TargetTable, ShapeTable, ThreadTable}},
      argc, argv);
}
