/// @file
/// Evaluation: how well a network does on samples that it does not learn from.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_EVALUATION_H_
#define LANEGRAD_NETWORK_EVALUATION_H_

#include <cstddef>
#include <cstdint>
#include <span>

#include "network/dataset.h"
#include "network/input_scaling.h"
#include "network/network.h"
#include "network/parallel.h"

namespace lanegrad {

/// Samples a chunk when evaluating. Any number gives the same bits.
inline constexpr std::size_t kEvaluationChunk = 128;

/// Loss (mean) and accuracy of a network on chosen samples.
struct Evaluation {
  double loss = 0.0;      ///< Mean over the samples.
  double accuracy = 0.0;  ///< Share of the samples that were right; of a regression R2: RSquared().
  double rmse = 0.0;  ///< Of a regression: root of the mean squared error, in the target's units.
};

/// How far each output of a regression is from its target, squared, in the target's own units:
/// squares[r] for the rows r of `rows`, which are the samples chosen[r].
void SquaredErrors(ConstPanels outputs, const Samples& samples,
                   std::span<const std::uint32_t> chosen, Range rows, const InputScaling& scaling,
                   double* squares);

/// The coefficient of determination, 1 - sum of squared errors / sum of squared distances of the
/// targets of `chosen` from their mean: 1 is without error, 0 no better than naming that mean,
/// and there is no least value. Where all targets are equal, 1 without error and else 0, as
/// scikit-learn's r2_score has it. `squares` are of these samples, in any order.
double RSquared(std::span<const double> squares, const Samples& samples,
                std::span<const std::uint32_t> chosen);

/// Evaluates `network` on the samples `chosen`, scaled by `scaling`; of none, both are 0. `parts`
/// members of `team`, one or all, take whole chunks each; the losses are then added in the order of
/// the samples. To be called by the leader.
Evaluation EvaluateNetwork(const Network& network, Loss loss, const Samples& samples,
                           std::span<const std::uint32_t> chosen, Team& team, std::size_t parts,
                           const InputScaling& scaling = {});

/// The same on one thread.
Evaluation EvaluateNetwork(const Network& network, Loss loss, const Samples& samples,
                           std::span<const std::uint32_t> chosen, const InputScaling& scaling = {});

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_EVALUATION_H_
