// SPDX-License-Identifier: Apache-2.0
#include "experiments/descent/range_test.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "kernels/elementary.h"
#include "kernels/random.h"
#include "kernels/reduce.h"
#include "network/batch.h"
#include "network/initial_weights.h"
#include "network/network.h"
#include "network/resolved_settings.h"
#include "network/split.h"

namespace lanegrad {

std::vector<RangeStep> RangeTest(const Settings& settings, const Dataset& data, double low,
                                 double high, std::size_t steps) {
  constexpr double kKeep = 0.9, kTooFar = 4.0;
  const ResolvedSettings resolved = Resolve(settings, data);
  const std::vector<std::uint32_t> chosen = SplitSamples(resolved.settings, data).train;
  Network network(resolved.settings.layers, resolved.activations, resolved.output);
  SetInitialWeights(network, resolved, nullptr);
  const Optimizer descent = Optimizer::Named("sgd");
  network.Prepare(descent);
  Batch batch(resolved, data, chosen, network);
  Workspace space = network.MakeWorkspace(batch.rows());
  std::vector<double> losses(batch.rows());
  std::vector<std::uint32_t> order(chosen.size());
  std::vector<RangeStep> path;
  double mean = 0.0, weight = 0.0, least = HUGE_VAL;
  for (std::size_t step = 0, place = 0, epoch = 0; step < steps; ++step) {
    if (place == 0 || place + batch.rows() > order.size()) {
      Permutation(RandomStream(settings.seed, Stream::kShuffle, epoch++), order.data(),
                  order.size());
      for (std::uint32_t& each : order) each = chosen[each];
      place = 0;
    }
    const std::span<const std::uint32_t> samples(order.data() + place, batch.rows());
    place += batch.rows();
    const double share = steps > 1 ? static_cast<double>(step) / static_cast<double>(steps - 1) : 0;
    const double rate = low * Exponential(share * Logarithm(high / low));
    batch.Load(samples, {0, batch.rows()}, 0);
    network.Forward(batch.x(), batch.rows(), space);
    batch.Evaluate(network, resolved.loss, samples, {0, batch.rows()}, losses.data(), nullptr,
                   space);
    const double loss = Sum(losses) / static_cast<double>(losses.size());
    if (!std::isfinite(loss)) break;
    mean = kKeep * mean + (1.0 - kKeep) * loss;
    weight = kKeep * weight + (1.0 - kKeep);
    path.push_back({.rate = rate, .loss = loss, .smooth = mean / weight});
    if (path.back().smooth > kTooFar * least) break;
    least = std::min(least, path.back().smooth);
    network.Backward(batch.rows(), space);
    network.Update(descent, {.rate = static_cast<float>(rate)}, batch.x(), batch.rows(), space);
  }
  return path;
}

double SuggestedRate(const std::vector<RangeStep>& steps) {
  const auto smooth = [](const RangeStep& a, const RangeStep& b) { return a.smooth < b.smooth; };
  return std::min_element(steps.begin(), steps.end(), smooth)->rate / 10.0;
}

}  // namespace lanegrad
