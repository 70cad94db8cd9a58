// SPDX-License-Identifier: Apache-2.0
#include "experiments/explanations/neighbours.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "kernels/gemm.h"

namespace lanegrad {

Matrix PixelValues(const Samples& samples, std::span<const std::uint32_t> chosen) {
  std::size_t classes = 1;
  for (const std::uint8_t label : samples.labels) {
    classes = std::max<std::size_t>(classes, label + std::size_t{1});
  }
  Matrix x(chosen.size(), samples.features), y(chosen.size(), classes);
  Gather(samples, chosen, {0, chosen.size()}, x.view(), y.view());
  return x;
}

Matrix HiddenValues(const Network& network, std::size_t layer, const Samples& samples,
                    std::span<const std::uint32_t> chosen) {
  const Matrix x = PixelValues(samples, chosen);
  Workspace space = network.MakeWorkspace(chosen.size(), false);
  network.Forward(x.view(), chosen.size(), space);
  return std::move(space.values[layer]);
}

// [nearest]
std::vector<std::vector<std::uint32_t>> Nearest(ConstPanels queries, ConstPanels examples,
                                                std::size_t count) {
  // |q - e|^2 = |q|^2 - 2 q e + |e|^2, and |q|^2 is the same for all examples.
  std::vector<double> squares(examples.rows);
  for (std::size_t e = 0; e < examples.rows; ++e) {
    for (std::size_t i = 0; i < examples.cols; ++i) {
      squares[e] += double(examples.At(e, i)) * double(examples.At(e, i));
    }
  }
  Matrix products(queries.rows, examples.rows);
  MultiplyByTransposed(queries, examples, {0, queries.rows}, {0, PanelCount(examples.rows)},
                       products.view());
  count = std::min(count, examples.rows);
  std::vector<std::vector<std::uint32_t>> nearest(queries.rows);
  std::vector<double> distance(examples.rows);
  std::vector<std::uint32_t> order(examples.rows);
  for (std::size_t q = 0; q < queries.rows; ++q) {
    for (std::size_t e = 0; e < examples.rows; ++e) {
      distance[e] = squares[e] - 2.0 * double(products(q, e));
    }
    std::iota(order.begin(), order.end(), 0u);
    const auto end = order.begin() + static_cast<std::ptrdiff_t>(count);
    std::partial_sort(order.begin(), end, order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return distance[a] != distance[b] ? distance[a] < distance[b] : a < b;
    });
    nearest[q].assign(order.begin(), end);
  }
  return nearest;
}
// [nearest]

}  // namespace lanegrad
