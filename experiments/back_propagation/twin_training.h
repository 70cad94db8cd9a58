/// @file
/// The same training, several times, with its sums added in other orders that are just as legal:
/// how long until anyone can tell?
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_TWIN_TRAINING_H_
#define LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_TWIN_TRAINING_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "experiments/records/measurement.h"
#include "network/dataset.h"
#include "network/network.h"

namespace lanegrad {

/// What a twin does differently. In exact arithmetic none of it changes anything.
enum class SumOrder {
  kSame,     ///< Nothing: the control.
  kUnits,    ///< Its hidden units are numbered in another order, so that each layer adds their
             ///< activations up in that order.
  kSamples,  ///< The samples of a batch come in another order, so that gradients are added up so.
};

/// Its name in a table: "same", "units", "samples".
std::string_view SumOrderName(SumOrder order);

/// What is trained.
struct TwinSettings {
  std::vector<std::size_t> sizes;  ///< Inputs, hidden ..., classes.
  Activation activation;           ///< Of the hidden layers.
  Initializer initializer;         ///< Of all weights.
  float rate = 0.1f;               ///< Of plain gradient descent.
  std::size_t batch = 10;          ///< Samples a step.
  std::size_t epochs = 100;        ///< Passes over the training data.
  std::uint64_t seed = 1;          ///< Of weights and shuffles, and of the other order.
};

/// What became of a twin, epoch by epoch; number 0 is after the first.
struct TwinHistory {
  std::vector<double> differing;  ///< Test samples that it labels otherwise than the first network.
  std::vector<double> distance;   ///< Of its weights from the first network's, as a share of them.
  double accuracy = 0.0;          ///< Of the twin on the test samples, at the end.
  double first_accuracy = 0.0;    ///< Of the first network.
  /// The first epoch, from 1, after which a label differs; one more than there are, if never.
  std::size_t Horizon() const;
};

/// The number of a layer's units in a twin: unit k of the twin is unit order[k] of the first
/// network.
using UnitOrder = std::vector<std::uint32_t>;

/// Renumbers the hidden units of a network: orders[l] of layer l; the last layer's outputs stay.
Network Renumbered(const Network& network, std::span<const UnitOrder> orders);

/// Trains a network with softmax and cross-entropy by gradient descent, and beside it its twins,
/// one for each of `orders`, from the same weights on the same batches. By the kernels, in float:
/// the same bits everywhere. A network that is not finite any more labels everything 0. Cost: 1 +
/// |orders| trainings.
std::vector<TwinHistory> TrainTwins(const TwinSettings& settings, const Dataset& data,
                                    std::span<const SumOrder> orders);

/// Twins of every order for seeds 1 .. `seeds` of such settings. Sets in `row.values`
///
/// * `ORDER_distance_01`, ..., one a seed: at the end; and, but for the control,
/// `ORDER_horizon_01`, ...:
///   Horizon(), and `ORDER_accuracy_01`, ...; `accuracy_01`, ... of the first network;
/// * `ORDER_after_001`, ...: the median distance over seeds after some of the epochs.
void MeasureTwins(TwinSettings settings, const Dataset& data, std::size_t seeds, Measurement& row);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_TWIN_TRAINING_H_
