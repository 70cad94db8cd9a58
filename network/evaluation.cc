// SPDX-License-Identifier: Apache-2.0
#include "network/evaluation.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <vector>

#include "kernels/reduce.h"

namespace lanegrad {
namespace {

// Runs the samples chosen[places] through the network in chunks, writes each one's loss to
// its place in `losses` and returns how many were right.
std::size_t EvaluateSlice(const Network& network, Loss loss, const Samples& samples,
                          std::span<const std::uint32_t> chosen, const InputScaling& scaling,
                          Range places, double* losses) {
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
    network.Forward(x.view(), rows.size(), space);
    network.Evaluate(loss, y.view(), rows, 1.0, losses + first, space);
    for (std::size_t r = 0; r < rows.end; ++r) labels[r] = samples.labels[chunk[r]];
    correct += CountCorrect(space.values.back().view(), labels.data(), rows, loss.info().threshold);
  }
  return correct;
}

}  // namespace

Evaluation EvaluateNetwork(const Network& network, Loss loss, const Samples& samples,
                           std::span<const std::uint32_t> chosen, Team& team, std::size_t parts,
                           const InputScaling& scaling) {
  if (chosen.empty()) return {};
  std::vector<double> losses(chosen.size());
  std::vector<std::size_t> correct(team.size());
  const std::size_t chunks = (chosen.size() + kEvaluationChunk - 1) / kEvaluationChunk;
  team.Dispatch(parts, [&](const Member& member) {
    const Range mine = member.Slice({0, chunks});
    const Range places = {mine.begin * kEvaluationChunk,
                          std::min(mine.end * kEvaluationChunk, chosen.size())};
    correct[member.part] =
        EvaluateSlice(network, loss, samples, chosen, scaling, places, losses.data());
  });
  const std::size_t right = std::accumulate(correct.begin(), correct.end(), std::size_t{0});
  const double count = static_cast<double>(chosen.size());
  return {Sum(losses) / count, static_cast<double>(right) / count};
}

Evaluation EvaluateNetwork(const Network& network, Loss loss, const Samples& samples,
                           std::span<const std::uint32_t> chosen, const InputScaling& scaling) {
  Team alone(1);
  return EvaluateNetwork(network, loss, samples, chosen, alone, 1, scaling);
}

}  // namespace lanegrad
