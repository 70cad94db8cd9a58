/// @file
/// Article, section 3.2: the backward pass. Whether the delta recursion is the gradient, for every
/// legal network of the catalogues; which check finds which mistake; what it costs; what becomes of
/// a gradient on its way; where momentum converges; and how long two legal orders of summation
/// agree.
///
/// What is measured is in experiments/back_propagation/; this file says of what, and what is
/// claimed.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "experiments/back_propagation/gradient_check.h"
#include "experiments/back_propagation/gradient_cost.h"
#include "experiments/back_propagation/gradient_figures.h"
#include "experiments/back_propagation/gradient_findings.h"
#include "experiments/back_propagation/ravine.h"
#include "experiments/back_propagation/signal_flow.h"
#include "experiments/back_propagation/training_figures.h"
#include "experiments/back_propagation/training_findings.h"
#include "experiments/back_propagation/twin_training.h"
#include "experiments/experiment/experiment_program.h"
#include "network/synthetic.h"

namespace lanegrad {
namespace {

std::string SizesText(std::span<const std::size_t> sizes) {
  return fmt::format("{}", fmt::join(sizes, "-"));
}

void AddGradients(const Scope& scope, std::vector<Task>& tasks) {
  const bool quick = scope.profile == "quick";
  for (const LossInfo& loss : Losses()) {
    const std::size_t stride = quick ? 7 : 1;
    tasks.push_back(
        {.series = "gradients",
         .settings = {{"loss", std::string(loss.name)}, {"stride", static_cast<double>(stride)}},
         .seed = 0,
         .measure = [=, &loss](Measurement& row) {
           MeasureGradients(Loss::Named(loss.name), stride, row);
         }});
  }
  for (const MistakeInfo& info : Mistakes()) {
    const std::size_t stride = quick ? 53 : scope.profile == "full" ? 1 : 5;
    tasks.push_back(
        {.series = "mistakes",
         .settings = {{"mistake", std::string(info.name)},
                      {"article", std::string(info.article)},
                      {"stride", static_cast<double>(stride)}},
         .seed = 0,
         .measure = [=, &info](Measurement& row) { MeasureMistake(info.mistake, stride, row); }});
  }
}

void AddCosts(const Scope& scope, std::vector<Task>& tasks) {
  const std::vector<std::vector<std::size_t>> networks = {
      {784, 30, 10}, {784, 128, 10}, {64, 64, 64, 64, 64}, {784, 512, 512, 10}};
  for (const std::vector<std::size_t>& sizes : networks) {
    tasks.push_back({.series = "passes",
                     .settings = {{"network", SizesText(sizes)}},
                     .seed = 0,
                     .measure = [=](Measurement& row) { MeasurePasses(sizes, row); }});
  }
  const std::size_t most = scope.profile == "quick" ? 16 : scope.profile == "full" ? 128 : 64;
  for (std::size_t n = 2; n <= most; n *= 2) {
    const std::size_t sizes[] = {n, n, n};
    tasks.push_back({.series = "cost",
                     .settings = {{"network", SizesText(sizes)}},
                     .seed = 0,
                     .measure = [=](Measurement& row) { MeasureCost(n, row); }});
  }
  for (int exponent = 0; exponent <= 12; ++exponent) {
    tasks.push_back({.series = "step",
                     .settings = {{"exponent", static_cast<double>(exponent)}},
                     .seed = 0,
                     .measure = [=](Measurement& row) { MeasureStep(exponent, row); }});
  }
}

void AddFlow(const Scope& scope, std::vector<Task>& tasks) {
  const bool quick = scope.profile == "quick";
  const std::size_t width = quick ? 40 : 100, depth = quick ? 10 : 20;
  const Fields size = {{"width", static_cast<double>(width)},
                       {"depth", static_cast<double>(depth)},
                       {"seeds", static_cast<double>(scope.seeds)}};
  for (const ActivationInfo& info : Activations()) {
    Fields settings = {{"activation", std::string(info.name)}};
    for (const auto& [name, value] : size.all()) settings.Set(name, std::get<double>(value));
    tasks.push_back({.series = "flow",
                     .settings = settings,
                     .seed = 0,
                     .measure = [=, &info, seeds = scope.seeds](Measurement& row) {
                       MeasureFlow(Activation::Named(info.name), width, depth, seeds, row);
                     }});
  }
  for (const FlowLine& line : FlowLines()) {
    Fields settings = {{"activation", std::string(line.activation)},
                       {"initializer", std::string(line.initializer)}};
    for (const auto& [name, value] : size.all()) settings.Set(name, std::get<double>(value));
    tasks.push_back({.series = "layers",
                     .settings = settings,
                     .seed = 0,
                     .measure = [=, seeds = scope.seeds](Measurement& row) {
                       MeasureLayers({Activation::Named(line.activation),
                                      Initializer::Named(line.initializer), width, depth},
                                     seeds, row);
                     }});
  }
}

void AddRavine(std::vector<Task>& tasks) {
  for (const double sign : {1.0, -1.0}) {
    tasks.push_back({.series = "plane",
                     .settings = {{"update", sign > 0.0 ? "added" : "subtracted"}},
                     .seed = 0,
                     .measure = [=](Measurement& row) {
                       MeasurePlane(Ravine(), BackwardPlane(), sign, 300, row);
                     }});
  }
  for (const NamedRule& each : BackwardRules()) {
    tasks.push_back(
        {.series = "paths",
         .settings = {{"rule", std::string(each.name)},
                      {"keep", each.rule.keep},
                      {"weight", each.rule.weight},
                      {"sign", each.rule.sign}},
         .seed = 0,
         .measure = [=](Measurement& row) { MeasurePath(Ravine(), each.rule, 250, row); }});
  }
}

void AddTwins(const Scope& scope, std::vector<Task>& tasks) {
  const bool quick = scope.profile == "quick";
  const std::size_t epochs = quick ? 14 : 96;
  // Fewer pairs than ten can hardly show anything (docs/statistics.md).
  const std::size_t seeds = std::max<std::size_t>(scope.seeds, 10);
  const std::vector<const char*> activations =
      quick ? std::vector<const char*>{"tanh", "relu"}
            : std::vector<const char*>{"sigmoid", "tanh", "relu", "elu", "silu", "gelu"};
  for (const char* name : activations) {
    for (const float rate : {0.1f, 0.2f, 0.4f}) {
      if (quick && rate == 0.2f) continue;
      tasks.push_back({.series = "twins",
                       .settings = {{"activation", name},
                                    {"rate", fmt::format("{}", rate)},
                                    {"epochs", static_cast<double>(epochs)},
                                    {"seeds", static_cast<double>(seeds)}},
                       .seed = 0,
                       .measure = [=](Measurement& row) {
                         const Activation f = Activation::Named(name);
                         MeasureTwins({.sizes = {2, 32, 32, 2},
                                       .activation = f,
                                       .initializer = Initializer::Named(f.info().initializer),
                                       .rate = rate,
                                       .epochs = epochs},
                                      LoadData("spirals"), seeds, row);
                       }});
    }
  }
}

std::vector<Task> Tasks(const Scope& scope) {
  std::vector<Task> tasks;
  AddGradients(scope, tasks);
  AddCosts(scope, tasks);
  AddFlow(scope, tasks);
  AddRavine(tasks);
  AddTwins(scope, tasks);
  return tasks;
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  using namespace lanegrad;
  return RunExperiment(
      {.name = "03_2_backward",
       .section = "3.2",
       .title = "Back-propagation",
       .summary = "Section 3.2 of the article: what the backward pass computes, what it costs, and "
                  "what becomes of a gradient.",
       .question =
           "How does a network find out which way to change each of its weights, and can one "
           "trust the answer?",
       .task_profiles = {{"quick", 3}, {"default", 10}, {"full", 30}},
       .tasks = Tasks,
       .claims =
           {{"recursion-is-the-gradient", "The delta recursion computes the gradient of the loss.",
             "Rumelhart, Hinton and Williams 1986",
             "networks 4-4-4-4, one draw of weights each; derivatives at kinks do not exist",
             RecursionIsTheGradient, Verdict::kSupported},
            {"kernels-agree", "The kernels compute the same gradient in single precision.",
             "ours, section 3.2.4", "the same networks", KernelsAgree, Verdict::kSupported},
            {"article-is-a-gradient",
             "The step that section 4.2 computes is the gradient that section 3.2 asks for.",
             "article, sections 3.2 and 4.2", "layers of equal size, where its shapes fit",
             ArticleIsAGradient, Verdict::kNotSupported},
            {"differences-catch-all",
             "Central differences find nearly every mistake in a gradient.", "ours, section 3.2.3",
             "mistakes that change the gradient; small networks, in double", DifferencesCatchAll,
             Verdict::kSupported},
            {"falling-loss-proves", "If the loss falls, the gradient is right.", "common belief",
             "one small step, not a training", FallingLossProves, Verdict::kNotSupported},
            {"backward-costs-two", "The backward pass costs one to two forward passes.",
             "ours, section 3.2.3; Baydin et al. 2018",
             "multiply-adds, counted; the times are one machine's", BackwardCostsTwo,
             Verdict::kSupported},
            {"recursion-is-cheap",
             "Back-propagation costs a few forward passes however many weights there are; "
             "differences "
             "and forward mode cost one or more a weight.",
             "Griewank and Walther 2008", "networks n-n-n", RecursionIsCheap, Verdict::kSupported},
            {"smaller-step-is-better",
             "The smaller the step of a difference, the smaller its error.",
             "the definition of a derivative", "one network of sigmoids", SmallerStepIsBetter,
             Verdict::kNotSupported},
            {"sigmoids-divide-by-four",
             "Each layer of sigmoids shrinks the error signal to a quarter or less.",
             "common belief, from the sigmoid's slope", "before training", SigmoidsDivideByFour,
             Verdict::kQualified},
            {"he-keeps-relu",
             "ReLUs with weights of variance 2/n neither shrink nor stretch the error signal.",
             "He et al. 2015", "before training; no bias", HeKeepsRelu},
            {"some-weights-suit",
             "For every activation some initial weights keep the error signal.", "ours",
             "weights of the catalogue, at their default parameters", SomeWeightsSuit,
             Verdict::kQualified},
            {"theory-predicts", "Mean-field theory predicts the factor of a layer.",
             "Poole et al. 2016; Schoenholz et al. 2017",
             "within 5 %; mean of the weights zero; layers of finite width", TheoryPredicts},
            {"article-rule-converges",
             "The formula of section 3.2, as it is named, finds a minimum.", "article, section 3.2",
             "a quadratic ravine, curvatures 10 and 0.2", ArticleRuleConverges,
             Verdict::kNotSupported},
            {"region-is-theory",
             "Momentum converges where 0 ≤ μ < 1 and 0 < η < 2 (1 + μ) / λ_max.", "Polyak 1964",
             "the same ravine, 300 steps", RegionIsTheory},
            {"momentum-pays", "On a ravine momentum needs far fewer steps.", "Polyak 1964",
             "the same ravine; the best settings are known here, as they never are in training",
             MomentumPays, Verdict::kSupported},
            {"order-is-forgotten",
             "In which order sums are added does not show in what a network answers.",
             "common belief", "spirals, 1,000 test samples, gradient descent in batches of 10",
             OrderIsForgotten},
            {"order-costs-nothing", "Another order of summation costs no accuracy.", "ours",
             "the same trainings; p adjusted by Holm over the chapter's tests", OrderCostsNothing},
            {"rate-shortens-the-horizon",
             "At a larger learning rate two orders of summation part sooner.", "ours",
             "the same trainings; horizons beyond the last epoch count as one more than that",
             RateShortensTheHorizon}},
       .figures = {MistakeFigure, CostFigure, StepFigure, LayerFigure, FlowFigure, PlaneFigure,
                   PathFigure, TwinFigure},
       .tables = {GradientTable, PassTable, CostTable, PathTable, TwinTable}},
      argc, argv);
}
