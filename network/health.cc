// SPDX-License-Identifier: Apache-2.0
#include "network/health.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "kernels/reduce.h"
#include "network/gradient_norm.h"
#include "network/noise.h"

namespace lanegrad {
namespace {

// The largest slope where |z| <= 4: beyond, an activation that grows without bound
// would make every other place look flat.
float LargestSlope(Activation f) {
  constexpr std::size_t kPoints = 513;
  std::vector<float> z(kPoints), a(kPoints), slope(kPoints);
  for (std::size_t i = 0; i < kPoints; ++i) z[i] = (static_cast<float>(i) - 256.0f) / 64.0f;
  Activate(f, z.data(), kPoints, a.data(), slope.data());
  float largest = 0.0f;
  for (const float each : slope) largest = std::max(largest, std::fabs(each));
  return largest;
}

void CountUnits(ConstPanels values, ConstPanels slopes, std::size_t rows, float flat_below,
                LayerHealth& health) {
  std::size_t dead = 0, saturated = 0;
  for (std::size_t j = 0; j < values.cols; ++j) {
    std::size_t flat = 0;
    bool moves = false;
    for (std::size_t r = 0; r < rows; ++r) {
      const float slope = std::fabs(slopes.At(r, j));
      if (slope < flat_below || slope == 0.0f) ++flat;
      moves = moves || slope != 0.0f || values.At(r, j) != values.At(0, j);
    }
    if (!moves) {
      ++dead;
    } else if (static_cast<double>(flat) >= kMostSamples * static_cast<double>(rows)) {
      ++saturated;
    }
  }
  health.dead = static_cast<double>(dead) / static_cast<double>(values.cols);
  health.saturated = static_cast<double>(saturated) / static_cast<double>(values.cols);
}

double WeightNorm(const Layer& layer) {
  std::vector<double> squares;
  squares.reserve(layer.in() * layer.out());
  for (std::size_t i = 0; i < layer.in(); ++i) {
    for (std::size_t j = 0; j < layer.out(); ++j) {
      const double weight = static_cast<double>(layer.weights(i, j));
      squares.push_back(weight * weight);
    }
  }
  return std::sqrt(Sum(squares));
}

std::vector<std::uint32_t> EvenlySpread(std::span<const std::uint32_t> chosen) {
  const std::size_t count = std::min(kHealthSamples, chosen.size());
  std::vector<std::uint32_t> sample(count);
  for (std::size_t i = 0; i < count; ++i) sample[i] = chosen[i * chosen.size() / count];
  return sample;
}

}  // namespace

Health Examine(const Network& network, Loss loss, const Samples& samples,
               std::span<const std::uint8_t> labels, std::span<const std::uint32_t> chosen) {
  const std::vector<std::uint32_t> sample = EvenlySpread(chosen);
  const Range rows = {0, sample.size()};
  Matrix x(sample.size(), network.inputs()), y(sample.size(), network.outputs());
  Gather(samples, sample, rows, x.view(), y.view());
  Mislabel(samples, labels, sample, rows, y.view());
  Workspace space = network.MakeWorkspace(sample.size());
  network.Forward(x.view(), sample.size(), space);

  Health health;
  health.layers.resize(network.layers().size());
  for (std::size_t l = 0; l + 1 < health.layers.size(); ++l) {
    const float flat = static_cast<float>(
        kFlatSlope * static_cast<double>(LargestSlope(network.layers()[l].activation)));
    CountUnits(space.values[l].view(), space.slopes[l].view(), sample.size(), flat,
               health.layers[l]);
  }
  std::vector<double> losses(sample.size());
  network.Evaluate(loss, y.view(), rows, 1.0 / static_cast<double>(sample.size()), losses.data(),
                   space);
  health.diverged =
      !std::all_of(losses.begin(), losses.end(), [](double each) { return std::isfinite(each); });
  network.Backward(sample.size(), space);
  GradientNorm gradient(network);
  gradient.Measure(network, x.view(), sample.size(), space);
  for (std::size_t l = 0; l < health.layers.size(); ++l) {
    health.layers[l].gradient_norm = gradient.OfLayer(l);
    health.layers[l].weight_norm = WeightNorm(network.layers()[l]);
  }
  return health;
}

void Conclude(Health& health, std::optional<std::size_t> bad_step,
              std::span<const double> accuracies, double chance, std::size_t samples) {
  health.diverged = bad_step.has_value();
  health.chance = chance;
  for (const double each : accuracies) health.best_accuracy = std::max(health.best_accuracy, each);
  const double margin = 3.0 * std::sqrt(chance * (1.0 - chance) / static_cast<double>(samples));
  // A single class is neither learned nor missed.
  health.stuck = !health.diverged && !accuracies.empty() && chance < 1.0 &&
                 health.best_accuracy <= chance + margin;
  if (health.diverged) {
    health.faults.push_back(*bad_step > 0 ? fmt::format("diverged in step {}", *bad_step)
                                          : "diverged: a loss is not finite before any step");
  }
  if (health.stuck) {
    health.faults.push_back(
        fmt::format("stuck at chance: training accuracy never above {:.3f}, where naming the "
                    "largest class gives {:.3f}",
                    health.best_accuracy, chance));
  }
  for (std::size_t l = 0; l < health.layers.size(); ++l) {
    const LayerHealth& layer = health.layers[l];
    if (layer.dead >= kIllShare) {
      health.faults.push_back(
          fmt::format("layer {}: {:.0f} % of its units dead", l, 100.0 * layer.dead));
    }
    if (layer.saturated >= kIllShare) {
      health.faults.push_back(
          fmt::format("layer {}: {:.0f} % of its units saturated", l, 100.0 * layer.saturated));
    }
  }
}

double LargestShare(std::span<const std::uint8_t> labels, std::span<const std::uint32_t> chosen,
                    std::size_t classes) {
  const std::vector<std::size_t> counts = CountClasses(labels, chosen, classes);
  return static_cast<double>(*std::max_element(counts.begin(), counts.end())) /
         static_cast<double>(chosen.size());
}

}  // namespace lanegrad
