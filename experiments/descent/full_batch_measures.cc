// SPDX-License-Identifier: Apache-2.0
// What is measured on bowls, and on networks by whole batches.
#include <algorithm>
#include <cmath>
#include <vector>

#include "experiments/descent/curvature.h"
#include "experiments/descent/measures.h"
#include "experiments/descent/quadratic.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"
#include "experiments/trials/side_by_side.h"
#include "experiments/trials/trainings.h"
#include "kernels/elementary.h"

namespace lanegrad {
namespace {

constexpr std::size_t kCoordinates = 10;
constexpr double kCondition = 10.0;
constexpr std::size_t kIterations = 40;     // of the power iteration, from a random direction
constexpr std::size_t kFewIterations = 10;  // from the direction of a few steps ago

// A small network and few samples, because every step takes them all. Not of rectifiers: a gradient
// jumps where one begins, differences of gradients see such jumps, and no curvature comes of it.
Settings WholeSettings(std::size_t samples, std::uint64_t seed) {
  Settings settings;
  settings.layers = {784, 32, 10};
  settings.activation = "tanh";
  settings.samples = samples;
  settings.validation = 0;
  settings.seed = seed;
  return settings;
}

Dataset WholeData(const DescentScale& scale) { return Draw(FashionMnist(), scale.whole, 1, 1); }

}  // namespace

void MeasureBowlLimit(const DescentScale& scale, double momentum, Measurement& row) {
  std::vector<double> multiples(scale.seeds);
  SideBySide(scale.seeds, scale.threads, [&](std::size_t s) {
    const QuadraticBowl bowl(kCoordinates, 1.0, kCondition, s + 1);
    multiples[s] = MeasuredLimit(bowl, momentum, 2000, s + 1) / StabilityLimit(1.0, momentum);
  });
  SetNumbers(row.values, "multiple", multiples);
}

void MeasureBowlPath(double multiple, Measurement& row) {
  const QuadraticBowl bowl(kCoordinates, 1.0, kCondition, 1);
  const double rate = multiple * StabilityLimit(1.0, 0.0);
  std::vector<double> losses = Descend(bowl, rate, 0.0, 60, 1);
  for (std::size_t t = losses.size(); t-- > 0;) losses[t] /= losses[0];
  SetNumbers(row.values, "loss", losses);
  // The slower of the two ends of the spectrum.
  const double factor = std::max(std::fabs(1.0 - rate), std::fabs(1.0 - rate / kCondition));
  std::vector<double> bound = {1.0};
  while (bound.size() < losses.size()) bound.push_back(bound.back() * factor * factor);
  SetNumbers(row.values, "bound", bound);
}

void MeasureNetworkPath(const DescentScale& scale, double multiple, Measurement& row) {
  const Dataset data = WholeData(scale);
  constexpr std::size_t kSteps = 60;
  std::vector<std::vector<double>> paths(kSteps + 1, std::vector<double>(scale.seeds, HUGE_VAL));
  SideBySide(scale.seeds, scale.threads, [&](std::size_t s) {
    WholeBatch batch(WholeSettings(scale.whole, s + 1), data);
    std::vector<double> direction;
    const double rate =
        multiple * StabilityLimit(batch.LargestCurvature(kIterations, direction), 0.0);
    const double first = batch.Loss();
    std::vector<float> velocity;
    for (std::size_t t = 0; t <= kSteps; ++t) {
      const double loss = DescendWhole(batch, rate, 0.0, 1, velocity);
      if (!std::isfinite(loss)) break;
      paths[t][s] = loss / first;
    }
  });
  std::vector<double> medians;
  for (const std::vector<double>& each : paths) medians.push_back(Median(each));
  SetNumbers(row.values, "loss", medians);
}

void MeasureNetworkLimit(const DescentScale& scale, double momentum, Measurement& row) {
  const Dataset data = WholeData(scale);
  std::vector<double> curvatures(scale.seeds), largest(scale.seeds), best(scale.seeds),
      rise(scale.seeds);
  SideBySide(scale.seeds, scale.threads, [&](std::size_t s) {
    WholeBatch batch(WholeSettings(scale.whole, s + 1), data);
    const std::vector<float> start = batch.weights();
    std::vector<double> direction;
    curvatures[s] = batch.LargestCurvature(kIterations, direction);
    const double first = batch.Loss();
    double least = HUGE_VAL;
    for (double multiple = 1.0 / 8.0; multiple <= 32.0; multiple *= std::sqrt(2.0)) {
      const double rate = multiple * StabilityLimit(curvatures[s], momentum);
      batch.Place(start);
      std::vector<float> velocity;
      double before = first;
      for (std::size_t step = 0; step < scale.steps / 8; ++step) {
        const double loss = DescendWhole(batch, rate, momentum, 1, velocity);
        if (!std::isfinite(loss)) break;
        if (loss > before && rise[s] == 0.0) rise[s] = multiple;
        before = loss;
      }
      const double last = batch.Loss();
      if (last < 0.5 * first) largest[s] = multiple;
      if (last < least) {
        least = last;
        best[s] = multiple;
      }
    }
    if (rise[s] == 0.0) rise[s] = 32.0 * std::sqrt(2.0);
  });
  SetNumbers(row.values, "curvature", curvatures);
  SetNumbers(row.values, "rise", rise);
  SetNumbers(row.values, "best", best);
  SetNumbers(row.values, "largest", largest);
}

void MeasureStability(const DescentScale& scale, double rate, Measurement& row) {
  const Dataset data = Draw(FashionMnist(), 3 * scale.whole, 1, 1);
  constexpr std::size_t kPoints = 20, kLate = kPoints / 2;
  std::vector<std::vector<double>> curvatures(kPoints + 1, std::vector<double>(scale.seeds));
  std::vector<double> late(scale.seeds), first(scale.seeds), last(scale.seeds);
  SideBySide(scale.seeds, scale.threads, [&](std::size_t s) {
    Settings settings = WholeSettings(3 * scale.whole, s + 1);
    settings.loss = "mse";
    WholeBatch batch(settings, data);
    std::vector<double> direction;
    std::vector<float> velocity;
    first[s] = batch.Loss();
    curvatures[0][s] = batch.LargestCurvature(kIterations, direction);
    for (std::size_t k = 1; k <= kPoints; ++k) {
      DescendWhole(batch, rate, 0.0, scale.steps / kPoints, velocity);
      curvatures[k][s] = batch.LargestCurvature(kFewIterations, direction);
      if (k > kLate) late[s] += curvatures[k][s] * rate / 2.0 / static_cast<double>(kLate);
    }
    last[s] = batch.Loss();
  });
  std::vector<double> mean, low, high;
  for (const std::vector<double>& each : curvatures) {
    mean.push_back(Mean(each));
    const double half = 2.0 * SampleDeviation(each) / std::sqrt(static_cast<double>(each.size()));
    low.push_back(mean.back() - half);
    high.push_back(mean.back() + half);
  }
  SetNumbers(row.values, "mean", mean);
  SetNumbers(row.values, "low", low);
  SetNumbers(row.values, "high", high);
  SetNumbers(row.values, "late", late);
  row.values.Set("first_loss", Mean(first));
  row.values.Set("last_loss", Mean(last));
}

}  // namespace lanegrad
