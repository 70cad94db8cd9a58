// SPDX-License-Identifier: Apache-2.0
#include "network/evaluation.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>
#include <vector>

#include "kernels/reduce.h"

namespace lanegrad {
namespace {

// Runs the samples chosen[places] through the network in chunks, writes each one's loss to
// its place in `losses` and returns how many were right.
std::size_t EvaluateSlice(const Network& network, Loss loss, const Samples& samples,
                          std::span<const std::uint32_t> chosen, const InputScaling& scaling,
                          Range places, double* losses, double* squares) {
  Matrix x(kEvaluationChunk, network.inputs());
  Matrix y(kEvaluationChunk, network.outputs());
  Workspace space = network.MakeWorkspace(kEvaluationChunk, false);
  std::array<std::uint8_t, kEvaluationChunk> labels;
  std::size_t correct = 0;
  for (std::size_t first = places.begin; first < places.end; first += kEvaluationChunk) {
    const Range rows = {0, std::min(kEvaluationChunk, places.end - first)};
    const auto chunk = chosen.subspan(first, rows.size());
    Gather(samples, chunk, rows, x.view(), y.view());
    scaling.Apply(rows, x.view());
    scaling.ApplyToTargets(rows, y.view());
    network.Forward(x.view(), rows.size(), space);
    network.Evaluate(loss, y.view(), rows, 1.0, losses + first, space);
    if (squares != nullptr) {
      SquaredErrors(space.values.back().view(), samples, chunk, rows, scaling, squares + first);
      continue;
    }
    for (std::size_t r = 0; r < rows.end; ++r) labels[r] = samples.labels[chunk[r]];
    correct += CountCorrect(space.values.back().view(), labels.data(), rows, loss.info().threshold);
  }
  return correct;
}

}  // namespace

void SquaredErrors(ConstPanels outputs, const Samples& samples,
                   std::span<const std::uint32_t> chosen, Range rows, const InputScaling& scaling,
                   double* squares) {
  for (std::size_t r = rows.begin; r < rows.end; ++r) {
    const double target = static_cast<double>(samples.targets[chosen[r]]);
    const double error = scaling.Unscaled(outputs.At(r, 0)) - target;
    squares[r] = error * error;
  }
}

double RSquared(std::span<const double> squares, const Samples& samples,
                std::span<const std::uint32_t> chosen) {
  std::vector<double> terms;
  for (const std::uint32_t i : chosen) terms.push_back(static_cast<double>(samples.targets[i]));
  const double mean = Sum(terms) / static_cast<double>(terms.size());
  for (double& term : terms) term = (term - mean) * (term - mean);
  const double errors = Sum(squares), spread = Sum(terms);
  if (spread > 0.0) return 1.0 - errors / spread;
  return errors > 0.0 ? 0.0 : 1.0;
}

Evaluation EvaluateNetwork(const Network& network, Loss loss, const Samples& samples,
                           std::span<const std::uint32_t> chosen, Team& team, std::size_t parts,
                           const InputScaling& scaling) {
  if (chosen.empty()) return {};
  std::vector<double> losses(chosen.size());
  std::vector<double> squares(samples.targets.empty() ? 0 : chosen.size());
  std::vector<std::size_t> correct(team.size());
  const std::size_t chunks = (chosen.size() + kEvaluationChunk - 1) / kEvaluationChunk;
  team.Dispatch(parts, [&](const Member& member) {
    const Range mine = member.Slice({0, chunks});
    const Range places = {mine.begin * kEvaluationChunk,
                          std::min(mine.end * kEvaluationChunk, chosen.size())};
    correct[member.part] = EvaluateSlice(network, loss, samples, chosen, scaling, places,
                                         losses.data(), squares.empty() ? nullptr : squares.data());
  });
  const std::size_t right = std::accumulate(correct.begin(), correct.end(), std::size_t{0});
  const double count = static_cast<double>(chosen.size());
  if (!squares.empty()) {
    return {.loss = Sum(losses) / count,
            .accuracy = RSquared(squares, samples, chosen),
            .rmse = std::sqrt(Sum(squares) / count)};
  }
  return {.loss = Sum(losses) / count, .accuracy = static_cast<double>(right) / count};
}

Evaluation EvaluateNetwork(const Network& network, Loss loss, const Samples& samples,
                           std::span<const std::uint32_t> chosen, const InputScaling& scaling) {
  Team alone(1);
  return EvaluateNetwork(network, loss, samples, chosen, alone, 1, scaling);
}

}  // namespace lanegrad
