// SPDX-License-Identifier: Apache-2.0
#include "experiments/losses/output_measures.h"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/losses/cross_entropy_forms.h"
#include "experiments/losses/image_measures.h"
#include "experiments/losses/regression_fit.h"
#include "experiments/losses/single_output.h"
#include "experiments/records/numbered.h"
#include "kernels/elementary.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

// Two overlapping classes on a line: what one unit can and cannot tell apart.
constexpr float kUnitInputs[] = {-3.0f, -2.0f, -1.5f, -1.0f, -0.5f, 0.5f, 1.0f, 1.5f, 2.0f, 3.0f};
constexpr float kUnitTargets[] = {0.0f, 0.0f, 1.0f, 0.0f, 0.0f, 1.0f, 1.0f, 0.0f, 1.0f, 1.0f};

// Waiting times, long tailed, so that mean, median and quantiles lie apart.
std::vector<float> WaitingTimes() {
  RandomStream random(1, Stream::kData);
  std::vector<float> times;
  for (int i = 0; i < 101; ++i) {
    times.push_back(static_cast<float>(-Logarithm(1.0 - random.Uniform())));
  }
  return times;
}

}  // namespace

void MeasureUnit(double z, Measurement& row) {
  constexpr double kRate = 0.1;
  for (const bool entropy : {false, true}) {
    const char* name = entropy ? "binary_cross_entropy" : "mse";
    row.values.Set(fmt::format("{}_steps", name), StepsToTurn(entropy, z, kRate));
    row.values.Set(fmt::format("{}_time", name), TurningTime(entropy, z, kRate));
  }
}

void MeasureShape(std::string_view loss, Measurement& row) {
  std::vector<float> outputs;
  for (int i = -8; i <= 16; ++i) outputs.push_back(0.25f * static_cast<float>(i));
  const std::vector<float> ones(outputs.size(), 1.0f);
  const SampleLosses each = EvaluateEach(Loss::Named(loss), outputs, ones);
  SetNumbers(row.values, "loss", each.losses);
  SetNumbers(row.values, "slope", std::vector<double>(each.slopes.begin(), each.slopes.end()));
}

void MeasureConvexity(std::string_view loss, std::size_t chords, std::size_t side,
                      Measurement& row) {
  const Loss kernel = Loss::Named(loss);
  row.values.Set("broken", BrokenChords(kernel, kUnitInputs, kUnitTargets, 6.0, chords, 1));
  if (loss != "mse" && loss != "binary_cross_entropy") return;
  SetPictured(row.values, "plane",
              UnitPlane(kernel, kUnitInputs, kUnitTargets, Places(-6.0, 6.0, side)));
}

// What a constant output becomes that makes the loss of numbers least, and what it should be.
void MeasureMinimiser(std::string_view loss, Measurement& row) {
  const Loss kernel = Loss::Named(loss);
  std::vector<float> times = WaitingTimes();
  row.values.Set("found", LeastLossOutput(kernel, times, -20.0, 20.0));
  std::sort(times.begin(), times.end());
  double mean = 0.0;
  for (const float time : times) mean += static_cast<double>(time) / 101.0;
  const std::string name(kernel.info().name);
  row.values.Set("mean", mean);
  row.values.Set("median", times[50]);
  if (name == "mse") row.values.Set("oracle", mean);
  if (name == "mae") row.values.Set("oracle", times[50]);
  if (name == "poisson") row.values.Set("oracle", Logarithm(mean));
  if (name == "quantile") {
    row.values.Set("oracle", times[static_cast<std::size_t>(101.0f * kernel.parameter())]);
  }
}

// The same for answers of which 3 in 10 are yes. Is it the probability, or its logit?
void MeasureAnswer(std::string_view loss, Measurement& row) {
  const Loss kernel = Loss::Named(loss);
  const std::vector<float> answers = {1, 1, 1, 0, 0, 0, 0, 0, 0, 0};
  const double found = LeastLossOutput(kernel, answers, -20.0, 20.0);
  const bool logit = loss == "binary_cross_entropy", log = loss == "poisson";
  row.values.Set("found", found);
  row.values.Set("as_probability", logit ? 1.0 / (1.0 + Exponential(-found))
                                   : log ? Exponential(found)
                                         : found);
  row.values.Set("share", 0.3);
}

void MeasureWritten(Measurement& row) {
  row.values.Set("first_failure_float", FirstFailure(true));
  row.values.Set("first_failure_double", FirstFailure(false));
  row.values.Set("kernel_error", KernelErrorUpTo());
  for (const char* output : {"sigmoid", "tanh", "relu", "identity"}) {
    row.values.Set(fmt::format("computable_{}", output), ShareComputable(output));
  }
}

void MeasureTwo(std::size_t classes, Measurement& row) {
  const TwoCrossEntropies two = CompareCrossEntropies(classes, 1000, 1);
  row.values.Set("binary", two.binary);
  row.values.Set("softmax", two.softmax);
  row.values.Set("largest_difference", two.largest_difference);
}

void MeasureOutliers(std::string_view loss, double share, std::size_t seeds, Measurement& row) {
  std::vector<double> errors;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    const FitPoints points = NoisyLine(seed, 100, share);
    errors.push_back(DistanceOf(FitUnit(Loss::Named(loss), points, 1500, 0.5f), kTrueLine));
  }
  SetNumbers(row.values, "error", errors);
}

void MeasureCounts(bool squared, std::size_t seeds, Measurement& row) {
  std::vector<double> errors;
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    errors.push_back(DistanceOf(FitLogRate(CountedPoints(seed, 100), squared), kTrueLogRate));
  }
  SetNumbers(row.values, "error", errors);
}

}  // namespace lanegrad
