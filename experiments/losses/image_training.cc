// SPDX-License-Identifier: Apache-2.0
#include "experiments/losses/image_training.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "network/evaluation.h"
#include "network/idx.h"
#include "network/parameters.h"
#include "network/resolved_settings.h"
#include "network/synthetic.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

std::vector<std::uint32_t> Numbered(std::size_t first, std::size_t count) {
  std::vector<std::uint32_t> chosen(count);
  std::iota(chosen.begin(), chosen.end(), static_cast<std::uint32_t>(first));
  return chosen;
}

std::vector<double> Run(Settings settings, const Dataset& data, const Trial& trial,
                        const InitialWeights* weights,
                        const std::function<void(const Network&, std::vector<double>&)>& examine) {
  settings.rate = trial.rate;
  settings.seed = trial.seed;
  RunOptions options;
  options.test = trial.final;
  options.health = false;
  options.weights = weights;
  const std::size_t none[] = {1, 1};
  Network network(none, Activation::Named("identity"), Activation::Named("identity"));
  const RunResult result = Train(settings, data, options, &network);
  const bool diverged = result.status == Status::kDiverged;
  const double chance = 1.0 / static_cast<double>(data.classes);
  if (!trial.final) {
    return {diverged ? chance : result.epochs.back().validation_accuracy.value_or(chance)};
  }
  std::vector<double> numbers = {diverged ? chance : result.test_accuracy};
  if (examine) examine(network, numbers);
  return numbers;
}

}  // namespace

Dataset FashionImages(std::size_t test) {
  Dataset data = LoadData(kFashionMnistDirectory);
  if (test > 0 && test < data.test.count) {
    data.test.count = test;
    data.test.bytes.resize(test * data.test.features);
    data.test.labels.resize(test);
    SetChecksum(data);
  }
  return data;
}

std::vector<double> TrainImages(
    Settings settings, const Dataset& data, const Trial& trial,
    const std::function<void(const Network&, std::vector<double>&)>& examine) {
  return Run(std::move(settings), data, trial, nullptr, examine);
}

InitialWeights BiasedStart(const Settings& settings, const Dataset& data, float bias) {
  const ResolvedSettings resolved = Resolve(settings, data);
  Network network(resolved.settings.layers, resolved.activations, resolved.output);
  network.Initialize(resolved.initializers, settings.seed);
  Layer& last = network.layers().back();
  for (std::size_t j = 0; j < last.out(); ++j) last.bias[j] = bias;
  return {.layers = resolved.settings.layers, .numbers = TakeNumbers(network, Numbers::kWeights)};
}

std::vector<double> TrainBiasedImages(Settings settings, const Dataset& data, float bias,
                                      const Trial& trial) {
  settings.rate = trial.rate;
  settings.seed = trial.seed;
  const InitialWeights weights = BiasedStart(settings, data, bias);
  settings.initializer = weights.Initializer();
  return Run(settings, data, trial, &weights, {});
}

std::vector<double> TrainUnchecked(const Settings& settings, const Dataset& data,
                                   const Trial& trial) {
  const Loss loss = Loss::Named(settings.loss);
  const Activation hidden = Activation::Named(settings.activation);
  Network network(settings.layers, hidden, Output::Named(settings.output));
  network.Initialize(Initializer::Named(hidden.info().initializer), trial.seed);
  const Optimizer sgd = Optimizer::Named("sgd");
  network.Prepare(sgd);
  StepScalars scalars;
  scalars.rate = trial.rate;
  const std::vector<std::uint32_t> all = Numbered(0, settings.samples);
  Workspace space = network.MakeWorkspace(settings.batch);
  Matrix x(settings.batch, network.inputs()), y(settings.batch, network.outputs());
  std::vector<double> losses(settings.batch);
  double sum = 0.0;
  for (std::size_t epoch = 0; epoch < settings.epochs; ++epoch) {
    std::vector<std::uint32_t> order(all.size());
    Permutation(RandomStream(trial.seed, Stream::kShuffle, epoch), order.data(), order.size());
    sum = 0.0;
    for (std::size_t first = 0; first < order.size(); first += settings.batch) {
      const std::size_t count = std::min(settings.batch, order.size() - first);
      const Range rows = {0, count};
      Gather(data.train, std::span(order).subspan(first, count), rows, x.view(), y.view());
      network.Forward(x.view(), count, space);
      network.Evaluate(loss, y.view(), rows, 1.0 / static_cast<double>(count), losses.data(),
                       space);
      for (std::size_t r = 0; r < count; ++r) sum += losses[r];
      network.Backward(count, space);
      network.Update(sgd, scalars, x.view(), count, space);
    }
  }
  const double mean = sum / static_cast<double>(all.size());
  const Samples& judged = trial.final ? data.test : data.train;
  const std::vector<std::uint32_t> chosen =
      trial.final ? Numbered(0, judged.count) : Numbered(settings.samples, settings.validation);
  const double accuracy = std::isfinite(mean) && network.Finite()
                              ? EvaluateNetwork(network, loss, judged, chosen).accuracy
                              : 1.0 / static_cast<double>(data.classes);
  return {accuracy, mean};
}

}  // namespace lanegrad
