/// @file
/// Trainings on images: with the trainer, and without its refusals.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LOSSES_IMAGE_TRAINING_H_
#define LANEGRAD_EXPERIMENTS_LOSSES_IMAGE_TRAINING_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "experiments/trials/rate_search.h"
#include "network/dataset.h"
#include "network/initial_weights.h"
#include "network/network.h"
#include "network/settings.h"

namespace lanegrad {

/// Fashion-MNIST with the first `test` test images alone; 0: all. Throws DataError where it is not
/// installed.
Dataset FashionImages(std::size_t test);

/// Trains a network by `settings`, with rate and seed of the trial. While rates are chosen:
/// {accuracy on held-out samples}, test data unread. At the end: {test accuracy} and what
/// `examine` adds, if it is there. A training that diverges counts as chance, 1 / classes.
std::vector<double> TrainImages(
    Settings settings, const Dataset& data, const Trial& trial,
    const std::function<void(const Network&, std::vector<double>&)>& examine = {});

/// The weights with which a network of these settings begins at this seed, but for the biases of
/// its outputs, which are `bias`: so every output begins with the same answer, sure or not.
InitialWeights BiasedStart(const Settings& settings, const Dataset& data, float bias);

/// The same as TrainImages, beginning with BiasedStart().
std::vector<double> TrainBiasedImages(Settings settings, const Dataset& data, float bias,
                                      const Trial& trial);

/// The same by a plain loop of gradient descent that refuses no pair of output and loss. `output`
/// is an activation or a head, `loss` whatever it is put behind. Numbers: accuracy, and, at the
/// end, the mean training loss of the last epoch. Learns from the first `samples` of the training
/// data; those after them, `validation`, are held out.
std::vector<double> TrainUnchecked(const Settings& settings, const Dataset& data,
                                   const Trial& trial);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LOSSES_IMAGE_TRAINING_H_
