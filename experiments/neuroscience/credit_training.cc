// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/credit_training.h"

#include <algorithm>

#include "kernels/random.h"
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

  StepScalars scalars;
  scalars.rate = settings.rate;
  scalars.l2 = settings.l2 + InfoOf(rule).l2;
  const Optimizer sgd = Optimizer::Named("sgd");
  const std::size_t batch = std::min(settings.batch, split.train.size());
  Matrix x(batch, network.inputs()), y(batch, network.outputs());
  Workspace space = network.MakeWorkspace(batch);
  std::vector<double> losses(batch);
  std::vector<std::uint32_t> order(split.train.size());

  probe = std::min(probe, split.train.size());
  Matrix probe_x(probe, network.inputs()), probe_y(probe, network.outputs());
  if (probe > 0) {
    Gather(data.train, std::span(split.train).first(probe), {0, probe}, probe_x.view(),
           probe_y.view());
  }
  std::size_t step = 0;
  const auto look = [&] {
    if (probe == 0) return;
    run.probes.push_back(Look(network, feedback, resolved.loss, probe_x, probe_y, step));
  };
  look();
  for (std::size_t epoch = 0; epoch < settings.epochs; ++epoch) {
    Permutation(RandomStream(settings.seed, Stream::kShuffle, epoch), order.data(), order.size());
    for (std::uint32_t& each : order) each = split.train[each];
    for (std::size_t first = 0; first < order.size(); first += batch, ++step) {
      const std::size_t count = std::min(batch, order.size() - first);
      scalars.CountSteps(step + 1);
      // [credit-step]
      Gather(data.train, std::span(order).subspan(first, count), {0, count}, x.view(), y.view());
      network.Forward(x.view(), count, space);
      network.Evaluate(resolved.loss, y.view(), {0, count}, 1.0 / static_cast<double>(count),
                       losses.data(), space);
      feedback.Backward(network, count, step, space);  // all that differs
      feedback.Learn(scalars, count, space);
      network.Update(sgd, scalars, x.view(), count, space);
      constraint.Apply(network);
      // [credit-step]
    }
    look();
  }
  return run;
}

}  // namespace lanegrad
