// SPDX-License-Identifier: Apache-2.0
#include "network/batch.h"

#include <algorithm>

#include "kernels/reduce.h"
#include "network/class_weights.h"
#include "network/evaluation.h"
#include "network/noise.h"

namespace lanegrad {

Batch::Batch(const ResolvedSettings& resolved, const Dataset& data,
             std::span<const std::uint32_t> chosen, const Network& network,
             const InputScaling* scaling)
    : settings_(resolved.settings),
      data_(data),
      x_(std::min(settings_.batch, settings_.samples), network.inputs()),
      y_(x_.rows(), network.outputs()),
      scaling_(FitScaling(settings_.scale, data.train, chosen, scaling)),
      labels_(TaughtLabels(data, chosen, settings_.label_noise,
                           SeedOr(settings_.noise_seed, settings_.seed))),
      row_labels_(x_.rows()),
      class_weights_(ClassWeights(settings_.class_weights, resolved.class_weights, labels_, chosen,
                                  data.classes)) {
  FitTargetScaling(settings_.target_scale, data.train, chosen, scaling_, scaling);
}

void Batch::Load(std::span<const std::uint32_t> chosen, Range rows, std::size_t epoch) {
  Gather(data_.train, chosen, rows, x_.view(), y_.view());
  scaling_.Apply(rows, x_.view());
  scaling_.ApplyToTargets(rows, y_.view());
  if (settings_.input_noise > 0.0f) {
    AddNoise(settings_.input_noise, SeedOr(settings_.noise_seed, settings_.seed), epoch, chosen,
             rows, x_.view());
  }
  if (settings_.label_noise > 0.0) Mislabel(data_.train, labels_, chosen, rows, y_.view());
}

std::size_t Batch::Evaluate(const Network& network, Loss loss,
                            std::span<const std::uint32_t> chosen, Range rows, double* losses,
                            double* squares, Workspace& space) {
  network.Evaluate(loss, y_.view(), rows, 1.0 / static_cast<double>(chosen.size()), losses, space);
  if (data_.regression()) {
    SquaredErrors(space.values.back().view(), data_.train, chosen, rows, scaling_, squares);
    return 0;
  }
  for (std::size_t r = rows.begin; r < rows.end; ++r) row_labels_[r] = labels_[chosen[r]];
  const std::size_t correct =
      CountCorrect(space.values.back().view(), row_labels_.data(), rows, loss.info().threshold);
  if (!class_weights_.empty()) {
    WeighSamples(class_weights_, row_labels_.data(), rows, losses, space.deltas.back().view());
  }
  return correct;
}

}  // namespace lanegrad
