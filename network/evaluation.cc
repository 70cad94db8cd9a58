// SPDX-License-Identifier: Apache-2.0
#include "network/evaluation.h"

#include <algorithm>
#include <array>
#include <vector>

#include "kernels/reduce.h"

namespace lanegrad {

std::size_t EvaluateSlice(const Network& network, Loss loss, const Samples& samples,
                          std::span<const std::uint32_t> chosen, Range places, double* losses) {
  Matrix x(kEvaluationChunk, network.inputs());
  Matrix y(kEvaluationChunk, network.outputs());
  Workspace space = network.MakeWorkspace(kEvaluationChunk, false);
  std::array<std::uint8_t, kEvaluationChunk> labels;
  std::size_t correct = 0;
  for (std::size_t first = places.begin; first < places.end; first += kEvaluationChunk) {
    const Range rows = {0, std::min(kEvaluationChunk, places.end - first)};
    const auto chunk = chosen.subspan(first, rows.size());
    Gather(samples, chunk, rows, x.view(), y.view());
    network.Forward(x.view(), rows.size(), space);
    network.Evaluate(loss, y.view(), rows, 1.0, losses + first, space);
    for (std::size_t r = 0; r < rows.end; ++r) labels[r] = samples.labels[chunk[r]];
    correct += CountCorrect(space.values.back().view(), labels.data(), rows, loss.info().threshold);
  }
  return correct;
}

Evaluation EvaluateNetwork(const Network& network, Loss loss, const Samples& samples,
                           std::span<const std::uint32_t> chosen) {
  if (chosen.empty()) return {};
  std::vector<double> losses(chosen.size());
  const std::size_t correct =
      EvaluateSlice(network, loss, samples, chosen, {0, chosen.size()}, losses.data());
  const double count = static_cast<double>(chosen.size());
  return {Sum(losses) / count, static_cast<double>(correct) / count};
}

}  // namespace lanegrad
