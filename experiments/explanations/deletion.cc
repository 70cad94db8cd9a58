// SPDX-License-Identifier: Apache-2.0
#include "experiments/explanations/deletion.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "experiments/statistics/conformity.h"
#include "kernels/random.h"

namespace lanegrad {

std::vector<std::uint32_t> ByImportance(const PixelMap& map) {
  std::vector<std::uint32_t> order(map.size());
  std::iota(order.begin(), order.end(), 0u);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return map[a] > map[b]; });
  return order;
}

std::vector<std::uint32_t> RandomOrder(std::size_t pixels, std::uint64_t seed,
                                       std::size_t picture) {
  std::vector<std::uint32_t> order(pixels);
  Permutation(RandomStream(seed, Stream::kNoise, picture), order.data(), order.size());
  return order;
}

// [deletion]
std::vector<double> DecisionsKept(const Network& network, const Pictures& pictures,
                                  std::span<const std::uint8_t> decisions,
                                  std::span<const std::vector<std::uint32_t>> orders,
                                  std::span<const std::size_t> counts) {
  std::vector<double> kept;
  for (const std::size_t count : counts) {
    Matrix x = pictures.x;
    for (std::size_t p = 0; p < pictures.count(); ++p) {
      for (std::size_t k = 0; k < count; ++k) {
        const std::uint32_t pixel = orders[p][k];
        x(p, pixel) = pictures.reference[pixel];
      }
    }
    const std::vector<std::uint8_t> now = DecisionsOf(OutputsOf(network, x.view()).view());
    std::size_t same = 0;
    for (std::size_t p = 0; p < now.size(); ++p) same += now[p] == decisions[p];
    kept.push_back(static_cast<double>(same) / static_cast<double>(now.size()));
  }
  return kept;
}
// [deletion]

double SharedTop(const PixelMap& a, const PixelMap& b, std::size_t count) {
  std::vector<std::uint32_t> first = ByImportance(a), second = ByImportance(b);
  first.resize(count);
  second.resize(count);
  std::size_t shared = 0;
  for (const std::uint32_t each : first) {
    shared += std::find(second.begin(), second.end(), each) != second.end();
  }
  return static_cast<double>(shared) / static_cast<double>(count);
}

double Likeness(const PixelMap& a, const PixelMap& b) {
  const auto sizes = [](const PixelMap& map) {
    PixelMap absolute = map;
    for (double& each : absolute) each = std::fabs(each);
    return absolute;
  };
  const double correlation = RankCorrelation(sizes(a), sizes(b));
  return std::isnan(correlation) ? 0.0 : correlation;
}

}  // namespace lanegrad
