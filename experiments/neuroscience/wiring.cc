// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/wiring.h"

#include <cmath>

#include "kernels/random.h"

namespace lanegrad {
namespace {

// Beside those of a network's weights (one a layer) and of feedback.
constexpr std::uint64_t kFirstSubstream = 500;

}  // namespace

float SignOfUnit(std::size_t i) {
  return i % kInhibitoryEvery == kInhibitoryEvery - 1 ? -1.f : 1.f;
}

WiringConstraint::WiringConstraint(const Wiring& wiring, Network& network, std::uint64_t seed)
    : wiring_(wiring) {
  const std::size_t layers = network.layers().size();
  for (std::size_t l = 0; l < layers; ++l) {
    Matrix& weights = network.layers()[l].weights;
    const bool sparse = wiring.connectivity < 1.0 && l + 1 < layers;
    if (!sparse) connections_ += weights.rows() * weights.cols();
    if (wiring.dale && l > 0) {
      for (std::size_t i = 0; i < weights.rows(); ++i) {
        const float sign = SignOfUnit(i);
        const float size = sign > 0.0f ? 0.5f : 0.5f * static_cast<float>(kInhibitoryEvery - 1);
        for (std::size_t j = 0; j < weights.cols(); ++j) {
          weights(i, j) = sign * size * std::fabs(weights(i, j));
        }
      }
    }
    if (!sparse) continue;
    RandomStream random(seed, Stream::kWeights, kFirstSubstream + l);
    const float enlarged = static_cast<float>(1.0 / std::sqrt(wiring.connectivity));
    Matrix& mask = masks_.emplace_back(weights.rows(), weights.cols());
    for (std::size_t i = 0; i < weights.rows(); ++i) {
      for (std::size_t j = 0; j < weights.cols(); ++j) {
        const bool exists = random.Uniform() < static_cast<float>(wiring.connectivity);
        connections_ += exists;
        mask(i, j) = exists ? 1.0f : 0.0f;
        weights(i, j) *= enlarged;
      }
    }
  }
  Apply(network);
}

// [wiring]
void WiringConstraint::Apply(Network& network) const {
  for (std::size_t l = 0; l < network.layers().size(); ++l) {
    const Panels weights = network.layers()[l].weights.view();
    if (l < masks_.size()) {
      const float* mask = masks_[l].view().data;
      for (std::size_t k = 0; k < weights.size(); ++k) weights.data[k] *= mask[k];
    }
    if (!wiring_.dale || l == 0) continue;
    for (std::size_t panel = 0; panel < PanelCount(weights.cols); ++panel) {
      for (std::size_t i = 0; i < weights.rows; ++i) {
        const float sign = SignOfUnit(i);
        float* w = weights.Row(panel, i);
        for (std::size_t j = 0; j < kPanel; ++j) w[j] = sign * w[j] > 0.0f ? w[j] : 0.0f;
      }
    }
  }
}
// [wiring]

}  // namespace lanegrad
