/// @file
/// Article, section 3.4: losses. What each asks for, how it teaches, and where it fails.
// SPDX-License-Identifier: Apache-2.0
#include "experiments/experiment/experiment_program.h"
#include "experiments/losses/image_measures.h"
#include "experiments/losses/loss_claims.h"
#include "experiments/losses/loss_figures.h"
#include "experiments/losses/output_measures.h"
#include "kernels/loss.h"

namespace lanegrad {
namespace {

// What makes a row of one profile another one than that of the next.
Fields With(const Effort& effort, Fields fields) {
  fields.Set("samples", static_cast<double>(effort.samples));
  fields.Set("epochs", static_cast<double>(effort.epochs));
  fields.Set("seeds", static_cast<double>(effort.search.final_seeds));
  return fields;
}

std::vector<Task> Tasks(const Scope& scope) {
  std::vector<Task> tasks;
  const Effort effort = EffortOf(scope);
  const auto add = [&](const char* series, Fields settings,
                       std::function<void(Measurement&)> measure) {
    tasks.push_back({.series = series,
                     .settings = std::move(settings),
                     .seed = 0,
                     .measure = std::move(measure)});
  };
  const std::size_t side = scope.profile == "quick" ? 9 : 21;
  for (const LossInfo& info : Losses()) {
    const std::string loss(info.name);
    if (info.min_outputs > 1) continue;
    add("shape", {{"loss", loss}}, [=](Measurement& row) { MeasureShape(loss, row); });
    add("convexity", {{"loss", loss}, {"side", static_cast<double>(side)}},
        [=](Measurement& row) { MeasureConvexity(loss, 2000, side, row); });
    add("answer", {{"loss", loss}}, [=](Measurement& row) { MeasureAnswer(loss, row); });
  }
  for (const char* loss : {"mse", "mae", "quantile:0.9", "huber", "log_cosh", "poisson"}) {
    add("minimiser", {{"loss", loss}}, [=](Measurement& row) { MeasureMinimiser(loss, row); });
  }
  for (int z = 0; z <= 10; ++z) {
    add("unit", {{"z", static_cast<double>(z)}}, [=](Measurement& row) { MeasureUnit(z, row); });
  }
  add("written", {}, MeasureWritten);
  for (const std::size_t classes : {2u, 10u}) {
    add("two_entropies", {{"classes", static_cast<double>(classes)}},
        [=](Measurement& row) { MeasureTwo(classes, row); });
  }
  const std::size_t lines = 5 * scope.seeds, counts = 20 * scope.seeds;
  for (const LossInfo& info : Losses()) {
    if (info.outputs != Outputs::kAny) continue;
    for (const double share : {0.0, 0.05, 0.1, 0.2, 0.3}) {
      add("outliers",
          {{"loss", std::string(info.name)},
           {"share", share},
           {"lines", static_cast<double>(lines)}},
          [=, loss = info.name](Measurement& row) { MeasureOutliers(loss, share, lines, row); });
    }
  }
  for (const char* loss : {"poisson", "mse"}) {
    add("counts", {{"loss", loss}, {"sets", static_cast<double>(counts)}},
        [=](Measurement& row) { MeasureCounts(std::string_view(loss) == "mse", counts, row); });
  }
  for (const double noise : {0.0, 0.4}) {
    for (const LossOutput& pair : TrainedPairs()) {
      add("training",
          With(effort, {{"loss", std::string(pair.loss)},
                        {"output", std::string(pair.output)},
                        {"noise", noise}}),
          [=](Measurement& row) { MeasureTraining(effort, pair, noise, row); });
    }
  }
  for (const float bias : {0.0f, 2.0f, 4.0f, 6.0f, 8.0f}) {
    for (const char* loss : {"mse", "binary_cross_entropy"}) {
      add("wrong_start", With(effort, {{"loss", loss}, {"bias", static_cast<double>(bias)}}),
          [=](Measurement& row) { MeasureWrongStart(effort, loss, bias, row); });
    }
  }
  for (const TrainingLength& length : kLengths) {
    for (const LossOutput& pair : kCalibratedPairs) {
      add("calibration",
          With(effort, {{"loss", std::string(pair.loss)},
                        {"output", std::string(pair.output)},
                        {"length", length.name}}),
          [=](Measurement& row) { MeasureCalibration(effort, pair, length, row); });
    }
  }
  for (const LossOutput& pair : kWrongPairs) {
    add("wrong_pair",
        With(effort, {{"loss", std::string(pair.loss)}, {"output", std::string(pair.output)}}),
        [=](Measurement& row) { MeasureWrongPair(effort, pair, row); });
  }
  for (const FactorPair& pair : kFactorPairs) {
    add("factor",
        With(effort, {{"first", pair.first},
                      {"second", pair.second},
                      {"factor", static_cast<double>(pair.factor)},
                      {"optimizer", pair.optimizer}}),
        [=](Measurement& row) { MeasureFactor(effort, pair, row); });
  }
  for (const char* loss : {"mse", "binary_cross_entropy", "softmax_cross_entropy"}) {
    add("path", With(effort, {{"loss", loss}, {"side", static_cast<double>(side)}}),
        [=](Measurement& row) { MeasurePaths(effort, loss, side, row); });
  }
  return tasks;
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  using namespace lanegrad;
  return RunExperiment(
      {.name = "03_4_losses",
       .section = "3.4",
       .title = "Losses",
       .summary = "Section 3.4 of the article: losses, what each asks for and where it fails.",
       .question = "What does a loss ask of a network, and does it matter which one is used?",
       .task_profiles = {{"quick", 3}, {"default", 10}, {"full", 20}},
       .tasks = Tasks,
       .claims = LossClaims(),
       .figures = LossFigures(),
       .tables = LossTables()},
      argc, argv);
}
