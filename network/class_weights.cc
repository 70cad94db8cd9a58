// SPDX-License-Identifier: Apache-2.0
#include "network/class_weights.h"

#include <fmt/format.h>

#include "network/dataset.h"
#include "network/settings.h"

namespace lanegrad {

std::vector<float> ClassWeights(std::string_view setting, std::span<const double> given,
                                std::span<const std::uint8_t> labels,
                                std::span<const std::uint32_t> chosen, std::size_t classes) {
  if (setting == "none") return {};
  const std::vector<std::size_t> counts = CountClasses(labels, chosen, classes);
  std::vector<double> raw(classes);
  double total = 0.0;
  for (std::size_t c = 0; c < classes; ++c) {
    const double count = static_cast<double>(counts[c]);
    if (setting != "balanced") {
      raw[c] = given[c];
    } else if (counts[c] > 0) {
      raw[c] = 1.0 / count;
    }
    total += raw[c] * count;
  }
  if (!(total > 0.0)) {
    throw UsageError(fmt::format(
        "class-weights must leave some of the training samples a weight, not '{}'", setting));
  }
  std::vector<float> weights;
  for (const double each : raw) {
    weights.push_back(static_cast<float>(each * static_cast<double>(chosen.size()) / total));
  }
  return weights;
}

void WeighSamples(std::span<const float> weights, const std::uint8_t* labels, Range rows,
                  double* losses, Panels delta) {
  for (std::size_t r = rows.begin; r < rows.end; ++r) {
    const float weight = weights[labels[r]];
    losses[r] *= static_cast<double>(weight);
    for (std::size_t panel = 0; panel < PanelCount(delta.cols); ++panel) {
      float* row = delta.Row(panel, r);
      for (std::size_t j = 0; j < kPanel; ++j) row[j] *= weight;
    }
  }
}

}  // namespace lanegrad
