// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/lesion.h"

#include <cmath>
#include <vector>

#include "kernels/random.h"

namespace lanegrad {

Network WithLesion(const Network& network, LesionKind kind, double share, std::uint64_t seed) {
  Network lesioned = network;
  for (std::size_t l = 0; l < lesioned.layers().size(); ++l) {
    if (kind == LesionKind::kUnits && l == 0) continue;  // the inputs are no units
    Matrix& weights = lesioned.layers()[l].weights;
    const std::size_t all =
        kind == LesionKind::kUnits ? weights.rows() : weights.rows() * weights.cols();
    std::vector<std::uint32_t> order(all);
    Permutation(RandomStream(seed, Stream::kDropout, l), order.data(), all);
    const std::size_t gone =
        static_cast<std::size_t>(std::floor(share * static_cast<double>(all) + 0.5));
    for (std::size_t k = 0; k < gone; ++k) {
      if (kind == LesionKind::kUnits) {
        for (std::size_t j = 0; j < weights.cols(); ++j) weights(order[k], j) = 0.0f;
      } else {
        weights(order[k] / weights.cols(), order[k] % weights.cols()) = 0.0f;
      }
    }
  }
  return lesioned;
}

}  // namespace lanegrad
