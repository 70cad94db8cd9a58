/// @file
/// Article, section 6.3: forward and backward are repeated until the performance suffices. When is
/// that?
// SPDX-License-Identifier: Apache-2.0
#include <memory>

#include "experiments/experiment/experiment_program.h"
#include "experiments/stopping/judgements.h"
#include "experiments/stopping/measures.h"
#include "experiments/stopping/pictures.h"

namespace lanegrad {
namespace {

std::vector<Task> Tasks(const Scope& scope) {
  const StoppingScale scale = StoppingScaleOf(scope);
  const auto plan = std::make_shared<StoppingPlan>(scale);
  std::vector<Task> tasks;
  const auto add = [&](const std::string& series, const TrainingCell& cell,
                       std::string_view condition, auto measure) {
    Fields settings = {{"width", static_cast<double>(cell.width)},
                       {"label_noise", cell.noise},
                       {"samples", static_cast<double>(scale.train)},
                       {"epochs", static_cast<double>(scale.epochs)},
                       {"seeds", static_cast<double>(scale.seeds)}};
    if (!condition.empty()) settings.Set("condition", condition);
    tasks.push_back({.series = series,
                     .settings = std::move(settings),
                     .seed = 0,
                     .measure = std::move(measure)});
  };
  for (const TrainingCell& cell : TrainingCells()) {
    add("curves", cell, "", [=](Measurement& row) { plan->MeasureCurves(cell, row); });
    for (const Condition& condition : Conditions(scale.epochs)) {
      add("condition", cell, condition.name,
          [=](Measurement& row) { plan->MeasureCondition(cell, condition, row); });
      if (condition.name != "held-out loss, patience 10") continue;
      add("retrained", cell, condition.name,
          [=](Measurement& row) { plan->MeasureRetraining(cell, condition, row); });
    }
  }
  return tasks;
}

constexpr const char* kAll =
    "two networks, with and without wrong labels; fits: right in nine trainings of ten, where "
    "right is within two points of what more or less training brings";
constexpr const char* kFour = "two networks, with and without wrong labels";

std::vector<Claim> Claims() {
  return {{"one-error-fits-all", "There is an error at which every training should stop.",
           "article, section 6.3, by its wording", kAll, OneErrorFitsAll},
          {"one-change-fits-all", "Training is over when the error hardly changes any more.",
           "folklore", kAll, OneChangeFitsAll},
          {"one-budget-fits-all", "There is a number of epochs that suits every training.",
           "article, section 4.2, by its 1,000 iterations", kAll, OneBudgetFitsAll},
          {"patience-fits-all", "Patience on held-out samples suits every training.",
           "Prechelt 1998", kAll, PatienceFitsAll},
          {"impatience", "One epoch of patience stops too early more often than ten do.",
           "Prechelt 1998", "too early: more training would bring more than two points",
           ImpatienceStopsEarly},
          {"held-out-beats-training",
           "The same patience ends better on held-out than on training samples.",
           "Morgan and Bourlard 1990", kFour, HeldOutBeatsTraining},
          {"budget-costs-nothing", "To train on through the whole budget costs nothing.",
           "article, section 6.3, by what it leaves out", "nothing: less than a point",
           WholeBudgetCostsNothing},
          {"best-weights", "The weights of the best epoch are better than the last ones.",
           "Prechelt 1998", "ten epochs of patience on held-out loss", BestWeightsAreBetter},
          {"loss-or-accuracy",
           "It makes no difference whether held-out loss or accuracy is watched.", "folklore",
           "no difference: within a point, with ten epochs of patience", LossOrAccuracyIsTheSame},
          {"retraining", "Once the number of epochs is known, held-out samples are better learned.",
           "Goodfellow, Bengio and Courville 2016, section 7.8",
           "half as many held out as learned from; as many epochs, hence more steps",
           RetrainingIsBetter}};
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  using namespace lanegrad;
  return RunExperiment(
      {.name = "06_3_training",
       .section = "6.3",
       .title = "Training until it suffices",
       .summary = "Section 6.3 of the article: which condition should end a training.",
       .question = "When should a training end, and is there one condition for all trainings?",
       .task_profiles = {{"quick", 10}, {"default", 20}, {"full", 30}},
       .tasks = Tasks,
       .claims = Claims(),
       .figures = {LossCurveFigure, AccuracyCurveFigure, RightFigure, EffortFigure},
       .tables = {ConditionTable, CellTable}},
      argc, argv);
}
