// SPDX-License-Identifier: Apache-2.0
#include "docs/small_lessons.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "kernels/random.h"

namespace lanegrad {
namespace {

// `count` points of `names` clouds in turn, around places that lie evenly on a circle.
std::vector<NamedPoint> Clouds(std::size_t names, std::size_t count, double deviation,
                               std::uint64_t part) {
  RandomStream random(1, Stream::kData, part);
  std::vector<NamedPoint> points;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t name = i % names;
    const double angle =
        std::numbers::pi * (0.25 + 2.0 * static_cast<double>(name) / static_cast<double>(names));
    const double x = 0.95 * std::cos(angle) + deviation * static_cast<double>(random.Normal());
    const double y = 0.95 * std::sin(angle) + deviation * static_cast<double>(random.Normal());
    points.push_back({.x = {x, y}, .name = name});
  }
  return points;
}

PlainNetwork SmallNetwork(std::size_t hidden, std::size_t names) {
  const std::array<std::size_t, 3> sizes = {2, hidden, names};
  const std::array<Curve, 2> curves = {CurveOf(Activation::Named("tanh")),
                                       CurveOf(Activation::Named("identity"))};
  PlainNetwork network(sizes, curves, Loss::Named("softmax_cross_entropy"));
  RandomStream random(1, Stream::kWeights, 1);
  for (PlainLayer& layer : network.layers()) {
    const double deviation = 1.0 / std::sqrt(static_cast<double>(layer.in));
    for (double& weight : layer.w) weight = deviation * static_cast<double>(random.Normal());
  }
  return network;
}

PlainBatch BatchOf(const PlainNetwork& network, const NamedPoint& point) {
  PlainBatch batch = {.count = 1, .x = {point.x[0], point.x[1]}, .y = {}};
  batch.y.assign(network.layers().back().out, 0.0);
  batch.y[point.name] = 1.0;
  return batch;
}

}  // namespace

SmallLesson PointsToLearn() {
  SmallLesson lesson = {.train = Clouds(3, 30, 0.55, 0),
                        .fresh = Clouds(3, 300, 0.55, 1),
                        .lots = {},
                        .network = SmallNetwork(24, 3),
                        .rate = 0.2};
  // Each name as often as before, so that only the places of the names are lost.
  std::vector<std::uint32_t> order(lesson.train.size());
  Permutation(RandomStream(1, Stream::kNoise), order.data(), order.size());
  for (const std::uint32_t i : order) lesson.lots.push_back(lesson.train[i].name);
  return lesson;
}

SmallLesson TwoLessons() {
  return {.train = Clouds(4, 80, 0.35, 2),
          .fresh = Clouds(4, 400, 0.35, 3),
          .lots = {},
          .network = SmallNetwork(16, 4),
          .rate = 0.2};
}

std::vector<NamedPoint> WithNames(std::span<const NamedPoint> points, std::size_t low,
                                  std::size_t high) {
  std::vector<NamedPoint> chosen;
  std::ranges::copy_if(points, std::back_inserter(chosen), [=](const NamedPoint& point) {
    return point.name >= low && point.name < high;
  });
  return chosen;
}

void StepOn(PlainNetwork& network, const NamedPoint& point, double rate) {
  const PlainBatch batch = BatchOf(network, point);
  const std::vector<double> gradient = network.BackPropagate(batch, network.Forward(batch));
  const std::vector<double*> parameters = network.Parameters();
  for (std::size_t i = 0; i < parameters.size(); ++i) *parameters[i] -= rate * gradient[i];
}

void LearnInTurn(PlainNetwork& network, std::span<const NamedPoint> points, std::size_t steps,
                 double rate) {
  for (std::size_t t = 0; t < steps; ++t) StepOn(network, points[t % points.size()], rate);
}

std::size_t NameAt(const PlainNetwork& network, std::array<double, 2> x) {
  const std::vector<double> outputs =
      network.Forward({.count = 1, .x = {x[0], x[1]}, .y = {}}).a.back();
  return static_cast<std::size_t>(std::ranges::max_element(outputs) - outputs.begin());
}

double ShareNamed(const PlainNetwork& network, std::span<const NamedPoint> points) {
  const auto right = std::ranges::count_if(
      points, [&](const NamedPoint& point) { return NameAt(network, point.x) == point.name; });
  return static_cast<double>(right) / static_cast<double>(points.size());
}

}  // namespace lanegrad
