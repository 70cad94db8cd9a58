/// @file
/// Published numbers against ours.
///
/// Whoever measures should first measure what is known. Networks that others have trained, the
/// principal components of Fashion-MNIST, the firing rates of a neuron and the largest stable
/// learning rates of a quadratic are computed again, and each number is held against the printed.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "experiments/conformance/centred_scatter.h"
#include "experiments/conformance/conformance_report.h"
#include "experiments/conformance/iris_example.h"
#include "experiments/conformance/published_number.h"
#include "experiments/conformance/published_tables.h"
#include "experiments/conformance/stable_rate.h"
#include "experiments/experiment/experiment_program.h"
#include "experiments/neuroscience/integrate_and_fire.h"
#include "network/idx.h"
#include "network/synthetic.h"

namespace lanegrad {
namespace {

constexpr const char* kComponents = "principal_components";
constexpr const char* kRates = "firing_rate";
constexpr const char* kLimits = "stable_rate";

// Of the training images of Fashion-MNIST, bytes over 255, centred.
constexpr const char* kFractions[] = {"0.29039", "0.17755", "0.06019", "0.04957", "0.03848"};

// Currents in units of the smallest that makes the neuron fire, and its rates in Hz.
constexpr std::pair<double, const char*> kFiringRates[] = {
    {1.01, "10.60"}, {1.1, "20.02"},  {1.5, "41.71"},   {2.0, "63.04"},
    {3.0, "98.92"},  {5.0, "154.73"}, {10.0, "243.47"},
};

struct Quadratic {
  double curvature;
  double momentum;
};
// 53.13 is the largest curvature of DeepOBS's quadratic problem.
constexpr Quadratic kQuadratics[] = {{1.0, 0.0},   {1.0, 0.5},   {1.0, 0.9},   {1.0, 0.99},
                                     {53.13, 0.0}, {53.13, 0.9}, {53.13, 0.99}};

// The five of them are computed together, and the first that is asked for does it.
void AddComponents(std::vector<Task>& tasks) {
  for (std::size_t k = 0; k < std::size(kFractions); ++k) {
    const PublishedNumber number = {.table = kComponents,
                                    .configuration = fmt::format("component {}", k + 1),
                                    .printed = kFractions[k],
                                    .settings = "Fashion-MNIST, training images"};
    tasks.push_back(TaskOf(number, 0, [k](Measurement& /*row*/) {
      static const std::vector<double> fractions =
          ExplainedFractions(LoadData(kFashionMnistDirectory).train, std::size(kFractions));
      return fractions[k];
    }));
  }
}

void AddFiringRates(std::vector<Task>& tasks) {
  for (const auto& [current, printed] : kFiringRates) {
    const PublishedNumber number = {.table = kRates,
                                    .configuration = fmt::format("current {}", current),
                                    .printed = printed,
                                    .settings = "tau 20 ms, silent for 2 ms, steps of 0.1 ms"};
    tasks.push_back(TaskOf(number, 0, [current = current](Measurement& /*row*/) {
      return SimulatedRate({}, Integration::kExact, 0.1, current, 20);
    }));
  }
}

// What is published is a formula: six of its digits.
void AddLimits(std::vector<Task>& tasks) {
  for (const Quadratic& each : kQuadratics) {
    const PublishedNumber number = {
        .table = kLimits,
        .configuration = each.momentum == 0.0 ? fmt::format("curvature {}, descent", each.curvature)
                                              : fmt::format("curvature {}, momentum {}",
                                                            each.curvature, each.momentum),
        .printed = fmt::format("{:#.5g}", HeavyBallLimit(each.curvature, each.momentum)),
        .settings = "4096 steps, in float"};
    tasks.push_back(TaskOf(number, 0, [each](Measurement& /*row*/) {
      return LargestStableRate(Optimizer::Named(each.momentum == 0.0 ? "sgd" : "momentum"),
                               each.curvature, each.momentum);
    }));
  }
}

std::vector<Task> Tasks(const Scope& scope) {
  std::vector<Task> tasks = TrainingTasks(scope);
  AddIrisExample(scope, tasks);
  AddComponents(tasks);
  AddFiringRates(tasks);
  AddLimits(tasks);
  return tasks;
}

std::vector<Claim> Claims() {
  std::vector<Claim> claims = TableClaims();
  claims.push_back({"iris-example",
                    "The last losses of scikit-learn's example on iris come out again.",
                    "documentation of scikit-learn, Compare stochastic learning strategies for "
                    "MLPClassifier, of version 0.20 and later",
                    "as many passes as the example made; it may be a run of any seed",
                    [](const Evidence& e) { return JudgeNumbers(NumbersOf(e, kIrisExample)); },
                    Verdict::kSupported});
  claims.push_back({"principal-components",
                    "The first five principal components of Fashion-MNIST explain what they are "
                    "known to explain.",
                    "PCA of scikit-learn, as others print it", "five digits",
                    [](const Evidence& e) { return JudgeNumbers(NumbersOf(e, kComponents)); },
                    Verdict::kSupported});
  claims.push_back(
      {"firing-rates", "A simulated integrate-and-fire neuron fires at the rates of the formula.",
       "Gerstner, Kistler, Naud and Paninski 2014, section 1.3", "one neuron, constant currents",
       [](const Evidence& e) { return JudgeNumbers(NumbersOf(e, kRates)); }, Verdict::kSupported});
  claims.push_back({"stable-rates",
                    "On a quadratic, descent diverges where the rate is above 2 (1 + momentum) / "
                    "curvature, and not below.",
                    "Polyak 1964; Goh 2017", "one dimension, heavy-ball momentum, five digits",
                    [](const Evidence& e) { return JudgeNumbers(NumbersOf(e, kLimits)); },
                    Verdict::kSupported});
  return claims;
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  using namespace lanegrad;
  return RunExperiment({.name = "conformance",
                        .section = "",
                        .title = "Published numbers and ours",
                        .summary = "Numbers that others have published, computed again.",
                        .question = "Do numbers that others have published come out again?",
                        .task_profiles = {{"quick", 2}, {"default", 5}, {"full", 10}},
                        .tasks = Tasks,
                        .claims = Claims(),
                        .figures = {AccuracyFigure},
                        .tables = {AccuracyTable, SourceTable, ExampleTable, ArithmeticTable}},
                       argc, argv);
}
