// SPDX-License-Identifier: Apache-2.0
#include "experiments/conformance/iris_example.h"

#include <algorithm>

#include "experiments/cli/interrupt.h"
#include "experiments/comparison/plan.h"
#include "experiments/conformance/iris_text.h"
#include "experiments/conformance/published_number.h"
#include "network/data_table.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

// How the example trains, what it printed, and the pass that its rule to stop ended at. Version
// 1.2.1 prints these numbers, too, and says how many passes there were.
struct ExampleRow {
  const char *name, *printed, *optimizer;
  float rate, momentum;
  std::size_t epochs;
};
constexpr ExampleRow kExample[] = {
    {"constant rate", "0.096950", "sgd", 0.2f, 0.0f, 400},
    {"with momentum", "0.049530", "momentum", 0.2f, 0.9f, 139},
    {"with Nesterov's momentum", "0.049540", "nesterov", 0.2f, 0.9f, 143},
};

}  // namespace

Dataset IrisFromZeroToOne() {
  const DataTable table = ParseTable(kIrisText, {}, "experiments/tables/iris.csv");
  Dataset data;
  data.name = "iris";
  data.source = "experiments/tables/iris.csv, from 0 to 1";
  data.classes = table.classes;
  data.class_names = table.class_names;
  data.train = table.samples;
  std::vector<float>& values = data.train.values;
  for (std::size_t j = 0; j < data.train.features; ++j) {
    double least = values[j], largest = values[j];
    for (std::size_t i = j; i < values.size(); i += data.train.features) {
      least = std::min(least, static_cast<double>(values[i]));
      largest = std::max(largest, static_cast<double>(values[i]));
    }
    for (std::size_t i = j; i < values.size(); i += data.train.features) {
      values[i] = static_cast<float>((values[i] - least) / (largest - least));
    }
  }
  SetChecksum(data);
  return data;
}

// [iris-example]
void AddIrisExample(const Scope& scope, std::vector<Task>& tasks) {
  for (const ExampleRow& each : kExample) {
    Settings settings;
    settings.layers = {4, 100, 3};
    settings.activation = "relu";
    settings.loss = "softmax_cross_entropy";
    settings.optimizer = each.optimizer;
    settings.rate = each.rate;
    if (each.momentum > 0.0f) settings.momentum = each.momentum;
    settings.batch = 150;
    settings.epochs = each.epochs;
    settings.l2 = 1e-4f / 150.0f;
    settings.initializer = "glorot_uniform";
    settings.bias_initializer = "glorot_uniform";
    settings.validation = 0;
    const PublishedNumber number = {
        .table = kIrisExample,
        .configuration = each.name,
        .printed = each.printed,
        .tolerance = 0.002,
        .settings = "iris from 0 to 1, 4-100-3, relu, full batches, loss of the last pass"};
    for (std::uint64_t seed = kFreshSeeds; seed < kFreshSeeds + scope.seeds; ++seed) {
      settings.seed = seed;
      tasks.push_back(TaskOf(number, seed, [settings](Measurement& row) {
        const RunResult run = Train(settings, IrisFromZeroToOne(),
                                    {.threads = 1, .test = false, .stop = &InterruptRequested()});
        row.values.Set("run", run.digest);
        return run.epochs.empty() ? 0.0 : run.epochs.back().train_loss;
      }));
    }
  }
}
// [iris-example]

}  // namespace lanegrad
