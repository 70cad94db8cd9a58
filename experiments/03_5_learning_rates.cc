/// @file
/// Article, section 3.5: gradient descent. How large a step may be, how good it must be, and when
/// to stop.
// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "experiments/descent/judgements.h"
#include "experiments/descent/measures.h"
#include "experiments/descent/pictures.h"
#include "experiments/experiment/experiment_program.h"
#include "kernels/optimizer.h"
#include "network/schedule.h"

namespace lanegrad {
namespace {

// What is too small, right and too large, as multiples of 2 / lambda. On a bowl whose curvatures
// differ by a factor of 10 the best rate is 2 / (lambda + lambda / 10).
constexpr double kBowlMultiples[] = {0.05, 10.0 / 11.0, 1.02};
constexpr double kNetworkMultiples[] = {0.05, 2.0, 32.0};

DescentScale ScaleOf(const Scope& scope) {
  DescentScale scale;
  if (scope.profile == "quick") {
    scale = {.train = 256,
             .held_out = 200,
             .test = 500,
             .epochs = 2,
             .trials = 5,
             .rates = 6,
             .tune_seeds = 1,
             .whole = 32,
             .steps = 80,
             .levels = 2,
             .long_epochs = 8};
  } else if (scope.profile == "default") {
    scale = {.train = 4096,
             .held_out = 2000,
             .test = 10000,
             .epochs = 6,
             .trials = 20,
             .rates = 16,
             .tune_seeds = 3,
             .whole = 256,
             .steps = 800,
             .levels = 6,
             .long_epochs = 50};
  } else {
    scale = {.train = 16384,
             .held_out = 10000,
             .test = 10000,
             .epochs = 20,
             .trials = 50,
             .rates = 31,
             .tune_seeds = 5,
             .whole = 512,
             .steps = 2000,
             .levels = 10,
             .long_epochs = 200};
  }
  scale.seeds = scope.seeds;
  scale.threads = scope.threads;
  return scale;
}

// What a row is known by, besides what makes it differ from its neighbours.
Fields Known(const DescentScale& scale, Fields settings) {
  settings.Set("samples", static_cast<double>(scale.train));
  settings.Set("epochs", static_cast<double>(scale.epochs));
  settings.Set("seeds", static_cast<double>(scale.seeds));
  return settings;
}

std::vector<Task> Tasks(const Scope& scope) {
  const DescentScale scale = ScaleOf(scope);
  const auto plan = std::make_shared<DescentPlan>(scale);
  std::vector<Task> tasks;
  const auto add = [&](std::string_view series, const Fields& settings, auto measure) {
    tasks.push_back({.series = std::string(series),
                     .settings = Known(scale, settings),
                     .seed = 0,
                     .measure = std::move(measure)});
  };
  for (const double multiple : kBowlMultiples) {
    add("bowl_path", {{"multiple", multiple}},
        [=](Measurement& row) { MeasureBowlPath(multiple, row); });
  }
  for (const double multiple : kNetworkMultiples) {
    add("network_path", {{"multiple", multiple}, {"whole", static_cast<double>(scale.whole)}},
        [=](Measurement& row) { MeasureNetworkPath(scale, multiple, row); });
  }
  for (const double momentum : {0.0, 0.5, 0.9, 0.99}) {
    add("bowl_limit", {{"momentum", momentum}},
        [=](Measurement& row) { MeasureBowlLimit(scale, momentum, row); });
  }
  for (const double momentum : {0.0, 0.9}) {
    add("network_limit", {{"momentum", momentum}, {"whole", static_cast<double>(scale.whole)}},
        [=](Measurement& row) { MeasureNetworkLimit(scale, momentum, row); });
  }
  for (const double rate : {2.0, 3.0, 4.5}) {
    add("stability", {{"rate", rate}, {"steps", static_cast<double>(scale.steps)}},
        [=](Measurement& row) { MeasureStability(scale, rate, row); });
  }
  add("range_test", {}, [=](Measurement& row) { MeasureRangeTest(*plan, row); });
  for (const char* activation : {"sigmoid", "tanh", "relu"}) {
    for (const char* loss : {"mse", "softmax_cross_entropy"}) {
      add("plateau",
          {{"activation", activation}, {"loss", loss}, {"rates", static_cast<double>(scale.rates)}},
          [=](Measurement& row) { MeasurePlateau(*plan, activation, loss, row); });
    }
  }
  // [descent-tasks]
  for (const ScheduleInfo& info : Schedules()) {
    Settings settings = plan->Base();
    settings.schedule = info.name;
    add("schedule", {{"schedule", std::string(info.name)}},
        [=](Measurement& row) { MeasureSearch(*plan, settings, 1e-3, 10.0, row); });
  }
  for (const OptimizerInfo& info : Optimizers()) {
    if (info.full_batch) continue;
    for (const double warmup : {0.0, 1.0}) {
      if (warmup > 0.0 && info.name != "momentum" && info.name != "adam") continue;
      Settings settings = plan->Base();
      settings.optimizer = info.name;
      settings.warmup = warmup;
      add(warmup > 0.0 ? "warmup" : "optimizer", {{"optimizer", std::string(info.name)}},
          [=](Measurement& row) { MeasureSearch(*plan, settings, 1e-5, 10.0, row); });
    }
  }
  // [descent-tasks]
  for (std::size_t batch = 1; batch <= scale.train; batch *= 4) {
    add("batch", {{"batch", static_cast<double>(batch)}},
        [=](Measurement& row) { MeasureBatch(*plan, batch, row); });
  }
  for (const double noise : {0.0, 0.2}) {
    for (const char* condition : {"none", "loss 0.5", "loss 0.1", "patience 5"}) {
      add("stopping", {{"condition", condition}, {"label_noise", noise}},
          [=](Measurement& row) { MeasureStopping(*plan, condition, noise, row); });
    }
  }
  for (std::uint64_t split = 1; split <= scale.levels; ++split) {
    tasks.push_back({.series = "seeds",
                     .settings = Known(scale, {{"levels", static_cast<double>(scale.levels)}}),
                     .seed = split,
                     .measure = [=](Measurement& row) { MeasureSeeds(*plan, split, row); }});
  }
  return tasks;
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  using namespace lanegrad;
  return RunExperiment(
      {.name = "03_5_learning_rates",
       .section = "3.5",
       .title = "Gradient descent",
       .summary = "Section 3.5 of the article: how large a step may be, and when to stop.",
       .question =
           "How large may a step be, how exactly must one know that, and when should one stop?",
       .task_profiles = {{"quick", 3}, {"default", 10}, {"full", 20}},
       .tasks = Tasks,
       .claims =
           {{"bowl-limit", "On a bowl, descent diverges where the rate exceeds 2 (1 + μ) / λ.",
             "Polyak 1964", "bowls of ten coordinates, μ from 0 to 0.99", BowlHasItsLimit,
             Verdict::kSupported},
            {"network-limit",
             "So does a network, with the largest curvature of its first weights for λ.",
             "folklore; Lewkowycz et al. 2020 say otherwise",
             "784-32-10, tanh, all samples a step; learning is to halve the loss",
             NetworkHasTheLimitOfItsStart, Verdict::kNotSupported},
            {"edge-of-stability", "Curvature rises during descent until it is about 2 / rate.",
             "Cohen et al. 2021", "784-32-10, tanh, squared error; about is 0.75 to 1.5 times",
             CurvatureRisesToTheLimit},
            {"range-test", "A range test of one pass finds a rate as good as a search does.",
             "Smith 2017", "good: within a point; by the rule minimum / 10", RangeTestFindsTheRate},
            {"article-rate", "The rate of the article's program, 0.1, will do.",
             "article, section 4.2", "six networks, batches of 32; will do: within a point",
             ArticlesRateWillDo},
            {"wider-by-loss", "With cross-entropy more rates are good than with squared error.",
             "ours, section 3.5",
             "three activations, output activations as is usual with each loss", EntropyIsWider},
            {"wider-by-activation", "With ReLU more rates are good than with the sigmoid.",
             "ours, section 3.5", "two losses, one hidden layer", ReluIsWider},
            {"falling-rate", "A rate that falls ends better than one that does not.",
             "Robbins and Monro 1951", "few passes; each schedule at the best of its trials",
             FallingRatesAreBetter},
            {"warm-up", "A warm-up ends better than none.", "Goyal et al. 2017",
             "a shallow network; an epoch of warm-up", WarmupHelps},
            {"fewer-trials", "Adam needs fewer trials of the rate than plain descent.",
             "Kingma and Ba 2015", "rates from 1e-5 to 10; three trials", AdamNeedsFewerTrials},
            {"adaptive-ends-better", "Once tuned, other optimisers end better than momentum.",
             "each one's authors", "one tuning budget, only the rate is tuned, one network",
             AdaptiveEndsBetter},
            {"linear-rule", "The best rate grows as the batch.", "Goyal et al. 2017",
             "equal passes, no warm-up; holds: within a point of a search", LinearRuleHolds},
            {"root-rule", "The best rate grows as the square root of the batch.", "Krizhevsky 2014",
             "equal passes; holds: within a point of a search", RootRuleHolds},
            {"full-batch", "At equal passes, minibatches learn more than the whole batch.",
             "Bottou and Bousquet 2008", "each at its best rate; time is another question",
             FullBatchLearnsLess},
            {"error-condition", "Training until the error is small enough comes to an end.",
             "article, section 3.5", "two thresholds, with and without wrong labels",
             ErrorConditionIsMet},
            {"patience", "Patience costs no accuracy.", "Prechelt 1998",
             "patience of five epochs, best weights kept; no cost: less than a point",
             PatienceCostsNothing},
            {"seed-is-weights", "That runs of other seeds differ is due to their initial weights.",
             "ours, against Bouthillier et al. 2021",
             "at one rate; other samples to learn from come with other samples to be judged by",
             WeightsMakeTheSpread}},
       .figures = {PathFigure, LimitFigure, StabilityFigure, RangeFigure, PlateauFigure,
                   TrialsFigure, FinalsFigure, BatchFigure, StoppingFigure, SeedsFigure},
       .tables = {PlateauTable, SearchTable, BatchTable, StoppingTable}},
      argc, argv);
}
