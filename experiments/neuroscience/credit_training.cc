// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/credit_training.h"

#include <algorithm>

#include "kernels/random.h"
#include "network/epoch_history.h"
#include "network/resolved_settings.h"
#include "network/split.h"

namespace lanegrad {
namespace {

CreditProbe Look(const Network& network, Feedback& feedback, Loss loss, const Matrix& x,
                 const Matrix& y, std::size_t step) {
  const std::size_t count = x.rows();
  std::vector<double> losses(count);
  Workspace truth = network.MakeWorkspace(count);
  network.Forward(x.view(), count, truth);
  network.Evaluate(loss, y.view(), {0, count}, 1.0 / static_cast<double>(count), losses.data(),
                   truth);
  Workspace other = truth;
  network.Backward(count, truth);
  feedback.Backward(network, count, step, other);
  CreditProbe probe;
  for (std::size_t l = 0; l + 1 < network.layers().size(); ++l) {
    probe.signal.push_back(SignalCosine(truth, other, count, l));
    probe.weight.push_back(feedback.AlignmentWith(network, l));
  }
  return probe;
}

// What a step is made with.
struct CreditStep {
  Optimizer sgd = Optimizer::Named("sgd");
  Loss loss;
  StepScalars scalars = {};
  Matrix x, y;
  Workspace space;
  std::vector<double> losses;
};

// [credit-step]
void Take(CreditStep& step, std::size_t number, std::size_t count, Feedback& feedback,
          const WiringConstraint& constraint, Network& network) {
  network.Forward(step.x.view(), count, step.space);
  network.Evaluate(step.loss, step.y.view(), {0, count}, 1.0 / static_cast<double>(count),
                   step.losses.data(), step.space);
  feedback.Backward(network, count, number, step.space);  // all that differs
  feedback.Learn(step.scalars, count, step.space);
  network.Update(step.sgd, step.scalars, step.x.view(), count, step.space);
  constraint.Apply(network);
  feedback.Mirror(network, count, number);
}
// [credit-step]

}  // namespace

CreditRun TrainWithCredit(const Settings& given, const Dataset& data, CreditRule rule,
                          const Wiring& wiring, std::size_t probe) {
  const ResolvedSettings resolved = Resolve(given, data);
  const Settings& settings = resolved.settings;
  const Split split = SplitSamples(settings, data);
  CreditRun run = {.network = Network(settings.layers, resolved.activations, resolved.output),
                   .probes = {},
                   .connections = 0};
  Network& network = run.network;
  network.Initialize(resolved.initializers, settings.seed);
  const WiringConstraint constraint(wiring, network, settings.seed);
  run.connections = constraint.Connections();
  Feedback feedback(rule, network, resolved.initializers.front(), settings.seed);

  const std::size_t batch = std::min(settings.batch, split.train.size());
  CreditStep step = {.loss = resolved.loss,
                     .x = Matrix(batch, network.inputs()),
                     .y = Matrix(batch, network.outputs()),
                     .space = network.MakeWorkspace(batch),
                     .losses = std::vector<double>(batch)};
  const EpochHistory history(settings, resolved.schedule);
  std::vector<std::uint32_t> order(split.train.size());

  probe = std::min(probe, split.train.size());
  Matrix probe_x(probe, network.inputs()), probe_y(probe, network.outputs());
  if (probe > 0) {
    Gather(data.train, std::span(split.train).first(probe), {0, probe}, probe_x.view(),
           probe_y.view());
  }
  std::size_t number = 0;
  const auto look = [&] {
    if (probe == 0) return;
    run.probes.push_back(Look(network, feedback, resolved.loss, probe_x, probe_y, number));
  };
  look();
  for (std::size_t epoch = 0; epoch < settings.epochs; ++epoch) {
    Permutation(RandomStream(settings.seed, Stream::kShuffle, epoch), order.data(), order.size());
    for (std::uint32_t& each : order) each = split.train[each];
    for (std::size_t first = 0; first < order.size(); first += batch, ++number) {
      const std::size_t count = std::min(batch, order.size() - first);
      Gather(data.train, std::span(order).subspan(first, count), {0, count}, step.x.view(),
             step.y.view());
      step.scalars = history.Scalars(number + 1,
                                     {.epoch = epoch,
                                      .sample = first,
                                      .samples = order.size(),
                                      .epochs = settings.epochs,
                                      .losses = {}},
                                     batch);
      step.scalars.l2 += InfoOf(rule).l2;
      Take(step, number, count, feedback, constraint, network);
    }
    look();
  }
  return run;
}

}  // namespace lanegrad
