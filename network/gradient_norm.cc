// SPDX-License-Identifier: Apache-2.0
#include "network/gradient_norm.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "kernels/gemm.h"
#include "kernels/reduce.h"
#include "kernels/tiny.h"
#include "network/parallel.h"

namespace lanegrad {
namespace {

// The squares of row i, panel beside panel: column j into sum j % 16.
double RowSquares(ConstPanels g, std::size_t i) {
  std::array<double, kPanel> sums = {};
  for (std::size_t panel = 0; panel < PanelCount(g.cols); ++panel) {
    const float* row = g.Row(panel, i);
    for (std::size_t j = 0; j < std::min(kPanel, g.cols - panel * kPanel); ++j) {
      sums[j] += static_cast<double>(row[j]) * static_cast<double>(row[j]);
    }
  }
  return Sum(sums);
}

// Multiplies the error signals of samples `rows` in all layers by `factor`, and with
// them their gradient, which is linear in them.
void ScaleDeltas(Range rows, float factor, Workspace& space) {
  for (Matrix& deltas : space.deltas) {
    const Panels view = deltas.view();
    for (std::size_t panel = 0; panel < PanelCount(view.cols); ++panel) {
      float* row = view.Row(panel, rows.begin);
      for (std::size_t j = 0; j < rows.size() * kPanel; ++j) row[j] = WithoutTiny(row[j] * factor);
    }
  }
}

}  // namespace

GradientNorm::GradientNorm(const Network& network) {
  for (const Layer& layer : network.layers()) {
    gradients_.emplace_back(layer.in(), layer.out());
    squares_.emplace_back(layer.in() + layer.out());
  }
}

void GradientNorm::Measure(const Network& network, ConstPanels x, std::size_t count,
                           const Workspace& space, const Member& member) {
  for (std::size_t l = 0; l < network.layers().size(); ++l) {
    const Layer& layer = network.layers()[l];
    const ConstPanels delta = space.deltas[l].view();
    const Range inputs = member.Slice({0, PanelCount(layer.in())});
    MultiplyTransposed(x, delta, count, inputs, gradients_[l].view());
    for (std::size_t i = inputs.begin * kPanel; i < std::min(inputs.end * kPanel, layer.in());
         ++i) {
      squares_[l][i] = RowSquares(gradients_[l].view(), i);
    }
    const Range outputs = member.Slice({0, PanelCount(layer.out())});
    for (std::size_t panel = outputs.begin; panel < outputs.end; ++panel) {
      alignas(64) float sums[kPanel];
      ColumnSums({delta.Row(panel, 0), delta.rows, kPanel}, count, {0, 1}, sums);
      for (std::size_t j = panel * kPanel; j < std::min((panel + 1) * kPanel, layer.out()); ++j) {
        const double sum = static_cast<double>(sums[j % kPanel]);
        squares_[l][layer.in() + j] = sum * sum;
      }
    }
    x = space.values[l].view();
  }
}

void GradientNorm::Clip(float most, const Network& network, ConstPanels x, std::size_t count,
                        Workspace& space, const Member& member) {
  Measure(network, x, count, space, member);
  member.Wait();
  // All members reckon the norm from the same numbers in the same order.
  const double norm = OfAll(), limit = static_cast<double>(most);
  if (norm > limit && std::isfinite(norm)) {
    ScaleDeltas(member.Slice({0, count}), static_cast<float>(limit / norm), space);
  }
  member.Wait();
}

double GradientNorm::OfLayer(std::size_t layer) const { return std::sqrt(Sum(squares_[layer])); }

double GradientNorm::OfAll() const {
  std::vector<double> sums;
  for (const std::vector<double>& squares : squares_) sums.push_back(Sum(squares));
  return std::sqrt(Sum(sums));
}

}  // namespace lanegrad
