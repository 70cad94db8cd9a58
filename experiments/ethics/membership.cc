// SPDX-License-Identifier: Apache-2.0
#include "experiments/ethics/membership.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "experiments/statistics/roc.h"
#include "network/evaluation.h"

namespace lanegrad {
namespace {

double Share(std::size_t count, std::size_t all) {
  return all == 0 ? 0.0 : static_cast<double>(count) / static_cast<double>(all);
}

}  // namespace

std::vector<double> SampleLosses(const Network& network, Loss loss, const Samples& samples,
                                 std::span<const std::uint32_t> chosen) {
  std::vector<double> losses(chosen.size());
  Matrix x(kEvaluationChunk, network.inputs());
  Matrix y(kEvaluationChunk, network.outputs());
  Workspace space = network.MakeWorkspace(kEvaluationChunk, false);
  for (std::size_t first = 0; first < chosen.size(); first += kEvaluationChunk) {
    const Range rows = {0, std::min(kEvaluationChunk, chosen.size() - first)};
    Gather(samples, chosen.subspan(first, rows.size()), rows, x.view(), y.view());
    network.Forward(x.view(), rows.size(), space);
    network.Evaluate(loss, y.view(), rows, 1.0, losses.data() + first, space);
  }
  return losses;
}

double AreaUnderCurve(const std::vector<double>& members, const std::vector<double>& others) {
  return ProbabilityLarger(others, members);
}

// [advantage]
double Advantage(std::span<const double> members, std::span<const double> others,
                 double threshold) {
  const auto named = [&](std::span<const double> losses) {
    const auto count =
        std::count_if(losses.begin(), losses.end(), [&](double loss) { return loss <= threshold; });
    return Share(static_cast<std::size_t>(count), losses.size());
  };
  return named(members) - named(others);
}
// [advantage]

double TruePositives(std::span<const double> members, std::vector<double> others, double share) {
  std::sort(others.begin(), others.end());
  const auto allowed =
      static_cast<std::size_t>(std::floor(share * static_cast<double>(others.size())));
  // So many others may be named; the next one may not.
  const double limit = allowed < others.size() ? others[allowed] : HUGE_VAL;
  const auto count =
      std::count_if(members.begin(), members.end(), [&](double loss) { return loss < limit; });
  return Share(static_cast<std::size_t>(count), members.size());
}

}  // namespace lanegrad
