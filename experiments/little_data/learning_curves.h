/// @file
/// Learning curves as chapter 5.3 records them, and what is read off them.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LITTLE_DATA_LEARNING_CURVES_H_
#define LANEGRAD_EXPERIMENTS_LITTLE_DATA_LEARNING_CURVES_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/statistics/power_law.h"
#include "experiments/statistics/statistics.h"
#include "experiments/trials/seed_pairs.h"

namespace lanegrad {

/// Test accuracies of one method over the number of samples.
struct LearningCurve {
  std::string name;                           ///< "dropout"; "neighbours".
  std::string label;                          ///< "dropout"; "k nearest neighbours".
  std::vector<double> n;                      ///< Labelled samples, growing.
  std::vector<std::vector<double>> accuracy;  ///< As many lists, a seed each.
};

/// That of a method, or of "neighbours".
LearningCurve CurveOf(const Evidence& evidence, std::string_view name);
/// Of all methods, in their order, then of the neighbours.
std::vector<LearningCurve> AllCurves(const Evidence& evidence);
/// The part of a curve for the sizes that `other` has as well.
LearningCurve CommonPart(const LearningCurve& curve, const LearningCurve& other);
/// "30", "1,000": a number of samples as it is said.
std::string CountText(double n);

/// Errors, 1 - accuracy, in the mean over some seeds (numbers from 0): one a size, for the sizes
/// that all of them have. None is less than a millionth.
std::vector<double> MeanErrors(const LearningCurve& curve, const std::vector<double>& seeds);
/// 0, 1, ...: all seeds that a curve has at every size.
std::vector<double> SeedsOf(const LearningCurve& curve);

/// The law of the mean errors of a curve, and how its exponent, its offset and what it foretells
/// would move with other subsets: bootstrap intervals over the seeds.
struct CurveLaw {
  PowerLaw law;              ///< Without offset, or with, whichever FitBetterPowerLaw() takes.
  bool with_offset = false;  ///< Which.
  Interval exponent{};       ///< Of law.exponent, a law of the same kind in every resample.
  Interval offset{};         ///< Of law.offset.
};
CurveLaw LawOf(const LearningCurve& curve);  ///< That of all sizes.
/// The bootstrap interval of the exponent of the law without offset.
Interval ExponentInterval(const LearningCurve& curve);

/// What a law of the same kind, fitted to all sizes but the two largest, says of the largest one.
struct Foretold {
  double n = 0.0;           ///< The largest size.
  double last = 0.0;        ///< The largest size that the law was fitted to.
  double error = 0.0;       ///< Measured mean error there.
  double plain = 0.0;       ///< Said by the law without offset.
  double offset = 0.0;      ///< Said by the law with offset; NaN where there are too few sizes.
  Interval plain_ratio{};   ///< Bootstrap interval of what is said over what was measured.
  Interval offset_ratio{};  ///< The same of the law with offset.
};
Foretold ForetoldOf(const LearningCurve& curve);  ///< Of at least four sizes, else n is 0.

/// The number of samples at which the means of two curves cross, interpolated over log n: a is
/// above b before and below after, or the other way round. The first such place; NaN: none.
double CrossingOf(const LearningCurve& a, const LearningCurve& b);

/// Every comparison by pairs that the chapter makes, judged together.
std::vector<SeedPairs> LittleDataPairs(const Evidence& evidence);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LITTLE_DATA_LEARNING_CURVES_H_
