// SPDX-License-Identifier: Apache-2.0
//
// What chapter 2.1 measures.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "experiments/approximation/curve_fit.h"
#include "experiments/concepts/concepts.h"
#include "experiments/plane/plane.h"
#include "network/evaluation.h"
#include "network/synthetic.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

PlaneBudget PlaneBudgetOf(const Scope& scope) {
  if (scope.profile == "quick") {
    return {.train = 500, .held_out = 200, .epochs = 60, .rates = {0.01f, 0.1f}, .tuning_seeds = 1};
  }
  return {.epochs = scope.profile == "full" ? 1000u : 300u,
          .rates = {0.001f, 0.003f, 0.01f, 0.03f, 0.1f},
          .tuning_seeds = 3};
}

void MeasurePlane(const PlaneSet& set, const PlaneNetwork& network, const PlaneBudget& budget,
                  std::size_t seeds, Measurement& row) {
  const TunedRate tuned = ChooseRate(set, network, budget);
  row.values.Set("rate", static_cast<double>(tuned.rate));
  row.values.Set("held_out", tuned.held_out);
  const bool foldable = network.activation == "identity" && !network.hidden.empty();
  double answers = 0.0, differ = 0.0;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const Dataset points = PlanePoints(set, budget, seed);
    const PlaneResult result = LearnPlane(points, network, budget, tuned.rate, seed);
    row.values.Set(fmt::format("accuracy_{}", seed), result.accuracy);
    if (foldable) {
      const std::vector<std::size_t> deep = Answers(result.network, points.test);
      const std::vector<std::size_t> flat = Answers(Folded(result.network), points.test);
      for (std::size_t s = 0; s < deep.size(); ++s) differ += deep[s] != flat[s];
      answers += static_cast<double>(deep.size());
    }
    if (seed == 1) {
      row.values.Set("picture",
                     LevelText(AnswerOverPlane(result.network, kConceptGrid), -1.0, 1.0));
    }
  }
  if (foldable) {
    row.values.Set("answers", answers);
    row.values.Set("differ_from_one_layer", differ);
  }
}

void MeasureLines(const PlaneSet& set, const PlaneBudget& budget, std::size_t seeds,
                  Measurement& row) {
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    row.values.Set(fmt::format("accuracy_{}", seed),
                   BestLine(PlanePoints(set, budget, seed).test, 360));
  }
}

// Weights and biases of a network as numbers of a row: `weight_1_0_1` is that of layer 1, from unit
// 0 to unit 1.
void SetWeights(std::string_view when, const Network& network, Measurement& row) {
  for (std::size_t l = 0; l < network.layers().size(); ++l) {
    const Layer& layer = network.layers()[l];
    for (std::size_t j = 0; j < layer.out(); ++j) {
      for (std::size_t i = 0; i < layer.in(); ++i) {
        row.values.Set(fmt::format("{}_weight_{}_{}_{}", when, l, i, j), layer.weights(i, j));
      }
      row.values.Set(fmt::format("{}_bias_{}_{}", when, l, j), layer.bias[j]);
    }
  }
}

// Two hidden units: the fewest with which xor can be told.
void MeasureLearning(const PlaneSet& set, std::size_t epochs, Measurement& row) {
  const Dataset points =
      LoadData(set.data, {.train = 500, .test = 1000, .seed = 1, .noise = set.noise});
  Settings settings;
  settings.layers = {2, 2, 1};
  settings.activation = "tanh";
  settings.loss = "binary_cross_entropy";
  settings.optimizer = "adam";
  settings.rate = 0.03f;
  settings.seed = row.seed;
  settings.epochs = epochs;
  const Activation tanh = Activation::Named("tanh");
  Network network(settings.layers, tanh, Activation::Named("sigmoid"));
  // The weights that training begins with: those of the same seed.
  network.Initialize(Initializer::Named(tanh.info().initializer), row.seed);
  std::vector<std::uint32_t> all(points.test.count);
  std::iota(all.begin(), all.end(), 0u);
  const Evaluation start = EvaluateNetwork(network, Loss::Named(settings.loss), points.test, all);
  row.values.Set("before_accuracy", start.accuracy);
  row.values.Set("before_loss", start.loss);
  SetWeights("before", network, row);
  const RunResult run = Train(settings, points, {.health = false}, &network);
  row.values.Set("after_accuracy", run.test_accuracy);
  row.values.Set("after_loss", run.test_loss);
  SetWeights("after", network, row);
}

void CountOperations(const std::vector<std::size_t>& sizes, Measurement& row) {
  const Network network(sizes, Activation::Named("tanh"), Activation::Named("tanh"));
  double products = 0.0, activations = 0.0;
  for (std::size_t l = 0; l < network.layers().size(); ++l) {
    const Layer& layer = network.layers()[l];
    const double weights = static_cast<double>(layer.in() * layer.out());
    row.values.Set(fmt::format("multiply_adds_{}", l + 1), weights);
    row.values.Set(fmt::format("activations_{}", l + 1), static_cast<double>(layer.out()));
    products += weights;
    activations += static_cast<double>(layer.out());
  }
  row.values.Set("multiply_adds", products);
  row.values.Set("activations", activations);
}

struct CurveBudget {
  std::size_t steps;
  std::vector<double> rates;
  std::uint64_t tuning_seeds;
};

CurveBudget CurveBudgetOf(const Scope& scope) {
  if (scope.profile == "quick") return {300, {0.01, 0.03}, 1};
  return {scope.profile == "full" ? 50000u : 5000u, {0.001, 0.003, 0.01, 0.03, 0.1}, 5};
}

std::string CurveText(const std::vector<double>& values) {
  std::string text;
  for (const double value : values) text += fmt::format("{:.3f} ", value);
  return text;
}

void MeasureCurve(std::size_t width, const CurveBudget& budget, std::size_t seeds,
                  Measurement& row) {
  const Curve learned = EvenCurve(ConceptCurve, 256), fresh = EvenCurve(ConceptCurve, 1001);
  const Curve held_out = EvenCurve(ConceptCurve, 150), drawn = EvenCurve(ConceptCurve, 81);
  const Network built = InterpolatingNetwork(ConceptCurve, width);
  row.values.Set("built", RootMeanSquareError(built, fresh));
  row.values.Set("built_curve", CurveText(OutputsOn(built, drawn)));
  double best = HUGE_VAL, rate = budget.rates.front();
  for (const double each : budget.rates) {
    double sum = 0.0;
    for (std::uint64_t k = 0; k < budget.tuning_seeds; ++k) {
      Network network = DrawnCurveNetwork(width, 1001 + k);
      TrainOnCurve(network, learned, each, budget.steps);
      sum += RootMeanSquareError(network, held_out);
    }
    if (sum < best) {
      best = sum;
      rate = each;
    }
  }
  row.values.Set("rate", rate);
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    Network network = DrawnCurveNetwork(width, seed);
    Network random = network;
    SolveOutputWeights(random, learned);
    row.values.Set(fmt::format("random_{}", seed), RootMeanSquareError(random, fresh));
    TrainOnCurve(network, learned, rate, budget.steps);
    row.values.Set(fmt::format("trained_{}", seed), RootMeanSquareError(network, fresh));
    if (seed == 1) row.values.Set("trained_curve", CurveText(OutputsOn(network, drawn)));
    SolveOutputWeights(network, learned);
    row.values.Set(fmt::format("solved_{}", seed), RootMeanSquareError(network, fresh));
  }
}

}  // namespace

std::vector<Task> ConceptTasks(const Scope& scope) {
  std::vector<Task> tasks;
  const PlaneBudget plane = PlaneBudgetOf(scope);
  const double epochs = static_cast<double>(plane.epochs),
               repeats = static_cast<double>(scope.seeds);
  for (const PlaneSet& set : kConceptSets) {
    const Fields data = {{"data", std::string(set.data)}, {"seeds", repeats}, {"epochs", epochs}};
    for (const ConceptNetwork& each : ConceptNetworks()) {
      Fields settings = data;
      settings.Set("network", each.name);
      tasks.push_back({.series = "plane",
                       .settings = settings,
                       .seed = 0,
                       .measure = [=, &each, seeds = scope.seeds](Measurement& row) {
                         MeasurePlane(set, each.network, plane, seeds, row);
                       }});
    }
    if (set.data == "blobs") continue;  // five classes: one line does not part them
    tasks.push_back({.series = "lines",
                     .settings = data,
                     .seed = 0,
                     .measure = [=, seeds = scope.seeds](Measurement& row) {
                       MeasureLines(set, plane, seeds, row);
                     }});
  }
  const std::size_t passes = scope.profile == "full" ? 1000 : 100;
  for (std::uint64_t seed = 1; seed <= scope.seeds; ++seed) {
    tasks.push_back(
        {.series = "learning",
         .settings = {{"data", "xor"}, {"epochs", static_cast<double>(passes)}},
         .seed = seed,
         .measure = [=](Measurement& row) { MeasureLearning(kConceptSets[2], passes, row); }});
  }
  for (const std::vector<std::size_t>& sizes :
       {std::vector<std::size_t>{3, 4, 2}, {2, 70, 2}, {2, 16, 16, 2}, {784, 128, 10}}) {
    tasks.push_back({.series = "count",
                     .settings = {{"network", fmt::format("{}", fmt::join(sizes, "-"))}},
                     .seed = 0,
                     .measure = [=](Measurement& row) { CountOperations(sizes, row); }});
  }
  const CurveBudget curve = CurveBudgetOf(scope);
  for (const std::size_t width : kCurveWidths) {
    tasks.push_back({.series = "curve",
                     .settings = {{"width", static_cast<double>(width)},
                                  {"steps", static_cast<double>(curve.steps)},
                                  {"seeds", repeats}},
                     .seed = 0,
                     .measure = [=, seeds = scope.seeds](Measurement& row) {
                       MeasureCurve(width, curve, seeds, row);
                     }});
  }
  return tasks;
}

}  // namespace lanegrad
