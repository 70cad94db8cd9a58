// SPDX-License-Identifier: Apache-2.0
#include "network/max_norm.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "kernels/reduce.h"
#include "kernels/tiny.h"

namespace lanegrad {
namespace {

// Those of the output panels `panels` of a layer.
void LimitLayer(Layer& layer, float most, Range panels) {
  const Panels w = layer.weights.view();
  std::vector<double> squares(kPanel * layer.in());
  for (std::size_t panel = panels.begin; panel < panels.end; ++panel) {
    const std::size_t first = panel * kPanel, units = std::min(kPanel, w.cols - first);
    for (std::size_t i = 0; i < w.rows; ++i) {
      const float* row = w.Row(panel, i);
      for (std::size_t u = 0; u < units; ++u) {
        // The square of a float is exact in double.
        const double weight = static_cast<double>(row[u]);
        squares[u * w.rows + i] = weight * weight;
      }
    }
    for (std::size_t u = 0; u < units; ++u) {
      const double norm = std::sqrt(Sum({squares.data() + u * w.rows, w.rows}));
      if (!(norm > static_cast<double>(most)) || !std::isfinite(norm)) continue;
      const float factor = static_cast<float>(static_cast<double>(most) / norm);
      for (std::size_t i = 0; i < w.rows; ++i) {
        float& weight = w.Row(panel, i)[u];
        weight = WithoutTiny(weight * factor);
      }
    }
  }
}

}  // namespace

void LimitNorms(Network& network, float most, const Member& member) {
  member.Wait();  // a unit's weights were dealt to all
  for (Layer& layer : network.layers().first(network.layers().size() - 1)) {
    LimitLayer(layer, most, member.Slice({0, PanelCount(layer.out())}));
  }
}

}  // namespace lanegrad
