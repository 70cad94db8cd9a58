/// @file
/// The samples of a step, as they are taught, and their losses.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_BATCH_H_
#define LANEGRAD_NETWORK_BATCH_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "network/dataset.h"
#include "network/input_scaling.h"
#include "network/network.h"
#include "network/resolved_settings.h"

namespace lanegrad {

/// Room for the samples of a step. Several threads fill and evaluate slices of it.
class Batch {
 public:
  /// For steps of a run with such settings, taught the samples `chosen` of the training data.
  /// `scaling` is what an imported scale stands for; null: none.
  Batch(const ResolvedSettings& resolved, const Dataset& data,
        std::span<const std::uint32_t> chosen, const Network& network,
        const InputScaling* scaling = nullptr);
  std::size_t rows() const { return x_.rows(); }  ///< Samples of a whole step.
  ConstPanels x() const { return x_.view(); }     ///< Inputs, (rows, features).
  /// The labels of all training samples, as they are taught.
  std::span<const std::uint8_t> labels() const { return labels_; }

  /// How inputs are scaled, by the samples that are taught.
  const InputScaling& scaling() const { return scaling_; }

  /// Brings the samples numbered chosen[r] for the rows r of `rows`, scaled, with noise where
  /// the settings ask for it; that of the inputs differs from epoch to epoch.
  void Load(std::span<const std::uint32_t> chosen, Range rows, std::size_t epoch);

  /// Evaluates the outputs in `space` for the rows of `rows`, which have been loaded, and
  /// weighs them by class: losses[r], and the deltas of the last layer, which are
  /// divided by the number of samples of the step, chosen.size(). Returns how many were
  /// right; of a regression none, but writes squares[r] (evaluation.h).
  std::size_t Evaluate(const Network& network, Loss loss, std::span<const std::uint32_t> chosen,
                       Range rows, double* losses, double* squares, Workspace& space);

 private:
  const Settings& settings_;
  const Dataset& data_;
  Matrix x_, y_;
  InputScaling scaling_;
  std::vector<std::uint8_t> labels_;      // of the training samples
  std::vector<std::uint8_t> row_labels_;  // of the rows
  std::vector<float> class_weights_;      // empty: all alike
};

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_BATCH_H_
