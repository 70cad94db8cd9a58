/// @file
/// What experiment 3.4 measures on images: a row of values each.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LOSSES_IMAGE_MEASURES_H_
#define LANEGRAD_EXPERIMENTS_LOSSES_IMAGE_MEASURES_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/records/measurement.h"
#include "experiments/trials/rate_search.h"

namespace lanegrad {

/// How much a training does in a profile: the same for everything that is compared.
struct Effort {
  std::size_t samples;     ///< To learn from.
  std::size_t validation;  ///< Held out, to choose a rate by.
  std::size_t epochs;      ///< Passes.
  std::size_t test;        ///< Test images; 0: all.
  RateSearch search;       ///< Rates and seeds.
};

/// What a profile does.
Effort EffortOf(const Scope& scope);

/// A loss and the output in front of it.
struct LossOutput {
  std::string_view loss;    ///< As Loss::Named() reads it.
  std::string_view output;  ///< As Output::Named() reads it.
};

/// Every loss with the output that is usual with it; those that take any output also with softmax.
std::vector<LossOutput> TrainedPairs();

/// How long a network is trained before its confidence is measured.
struct TrainingLength {
  const char* name;  ///< "short", ...
  double factor;     ///< Of the epochs.
};
/// Shortest first.
inline constexpr TrainingLength kLengths[] = {{"short", 0.25}, {"middle", 1.0}, {"long", 4.0}};

/// Whose confidence is measured: probabilities come out of each.
inline constexpr LossOutput kCalibratedPairs[] = {{"softmax_cross_entropy", "identity"},
                                                  {"softmax_cross_entropy:0.1", "identity"},
                                                  {"focal", "identity"},
                                                  {"mse", "softmax"}};

/// Cross-entropies behind what they expect, and behind what is already an answer: the activation
/// counts twice.
inline constexpr LossOutput kWrongPairs[] = {{"softmax_cross_entropy", "identity"},
                                             {"softmax_cross_entropy", "softmax"},
                                             {"binary_cross_entropy", "identity"},
                                             {"binary_cross_entropy", "sigmoid"},
                                             {"binary_cross_entropy", "tanh"}};

/// Two losses, of which the second is run at `factor` times the rate of the first.
struct FactorPair {
  const char* first;      ///< Loss.
  const char* second;     ///< Loss: the first, or the first times a number.
  float factor;           ///< Of the rates.
  const char* optimizer;  ///< Of both.
};

/// Within an error of 1 Huber's loss is half the squared error, and the quantile's at 1/2 is half
/// the absolute error.
inline constexpr FactorPair kFactorPairs[] = {{"mse", "huber", 2.0f, "sgd"},
                                              {"mae", "quantile", 2.0f, "sgd"},
                                              {"mse", "huber", 1.0f, "sgd"},
                                              {"mse", "huber", 1.0f, "adam"}};

/// A loss with an output, at its best rate: `rate`, `tuned_*` (held-out accuracy at the
/// rates `tried_*`), `accuracy_*` (of the test images, a fresh seed each). `noise` is the share of
/// training labels that are wrong; held-out and test labels are right.
void MeasureTraining(const Effort& effort, const LossOutput& pair, double noise, Measurement& row);
/// The same after a quarter of the epochs, where the biases of all outputs begin at `bias`.
void MeasureWrongStart(const Effort& effort, std::string_view loss, float bias, Measurement& row);
/// The same without the trainer's refusal, with `last_loss_*`, the mean training loss of the last
/// epoch, and whether the trainer would have `accepted` the pair.
void MeasureWrongPair(const Effort& effort, const LossOutput& pair, Measurement& row);
/// The same after that length, with calibration: `ece_*`, `brier_*`, `surprise_*` (mean -ln p)
/// and `over_*` (confidence minus accuracy), a seed each; `count_*`, `confidence_*` and `right_*`,
/// a bin each, over all seeds.
void MeasureCalibration(const Effort& effort, const LossOutput& pair, const TrainingLength& length,
                        Measurement& row);
/// Two trainings that differ by a factor: share of `equal` weights, `largest_difference`, and both
/// accuracies.
void MeasureFactor(const Effort& effort, const FactorPair& pair, Measurement& row);
/// Losses at `side` places on straight lines, mean over pairs of seeds: `start_*` from the start of
/// a training to its end, `between_*` from one end to another; `rise_*` and `barrier_*` a pair
/// each; and `plane_*`, side x side, round one end.
void MeasurePaths(const Effort& effort, std::string_view loss, std::size_t side, Measurement& row);

/// `count` places from `low` to `high` at equal distances.
std::vector<double> Places(double low, double high, std::size_t count);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LOSSES_IMAGE_MEASURES_H_
