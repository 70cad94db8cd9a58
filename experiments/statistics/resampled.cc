// SPDX-License-Identifier: Apache-2.0
#include "experiments/statistics/resampled.h"

#include <boost/math/distributions/students_t.hpp>
#include <cmath>

namespace lanegrad {
namespace {

double ErrorOfMean(std::span<const double> values, double test_over_train) {
  const double count = static_cast<double>(values.size());
  return SampleDeviation(values) * std::sqrt(1.0 / count + test_over_train);
}

}  // namespace

Interval CorrectedMeanInterval(std::span<const double> values, double test_over_train,
                               double level) {
  if (values.size() < 2 || test_over_train == 0.0) return MeanInterval(values, level);
  const boost::math::students_t distribution(static_cast<double>(values.size()) - 1.0);
  const double t = boost::math::quantile(distribution, 0.5 + 0.5 * level);
  const double half = t * ErrorOfMean(values, test_over_train);
  return {Mean(values) - half, Mean(values) + half};
}

double CorrectedZeroMeanP(std::span<const double> values, double test_over_train) {
  if (values.size() < 2 || test_over_train == 0.0) return ZeroMeanP(values);
  const double error = ErrorOfMean(values, test_over_train), mean = Mean(values);
  // What is left of equal values is rounding.
  if (error <= 1e-12 * std::fabs(mean)) return ZeroMeanP(values);
  const boost::math::students_t distribution(static_cast<double>(values.size()) - 1.0);
  return 2.0 * boost::math::cdf(boost::math::complement(distribution, std::fabs(mean) / error));
}

}  // namespace lanegrad
