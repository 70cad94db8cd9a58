/// @file
/// What the rows of the experiment on section 2.2 say together: orders of convergence, counts,
/// and p values adjusted for each other.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_NEUROSCIENCE_NEURON_STATISTICS_H_
#define LANEGRAD_EXPERIMENTS_NEUROSCIENCE_NEURON_STATISTICS_H_

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"

namespace lanegrad {

/// The slope of ln(error) over ln(step), by least squares over the rows of `order`; NaN where an
/// error is not positive. The order of convergence of the error `name`.
double OrderOf(const Evidence& evidence, std::string_view name);

/// The row of `noise` with this input and deviation. Throws DataError where there is none.
Measurement NoiseRow(const Evidence& evidence, double input, double deviation);

/// The row of `regulation`. Throws DataError where there is none.
Measurement RegulationRow(const Evidence& evidence, std::string_view input,
                          std::string_view regulation);

/// The rows of `chaos` of the largest size.
std::vector<Measurement> LargestNetworks(const Evidence& evidence);

/// Whether the mean lies between two bounds: supported where its 95% interval lies inside,
/// not supported where it lies outside, else not decided. Of several such claims that must all
/// hold, none needs an adjustment. [Schuirmann 1987; Berger 1982]
Verdict Within(std::span<const double> values, double low, double high);

/// The mean with its 95% interval, times `scale`: "1.02 [0.99, 1.05]".
std::string WithInterval(std::span<const double> values, std::string_view format,
                         double scale = 1.0);

/// The p values of the differences that the chapter claims, by name, adjusted for each other by
/// Holm: "noise", "loop", "threshold", "silent" (the largest of its gains), and "gain 1.5" and so
/// on.
std::map<std::string, double> AdjustedP(const Evidence& evidence);

/// Of how many loops a rule tells whether they grow.
struct LoopCount {
  std::size_t loops = 0;              ///< All.
  std::size_t step_by_radius = 0;     ///< In steps, by the spectral radius.
  std::size_t flow_by_radius = 0;     ///< In time, by the spectral radius.
  std::size_t flow_by_real_part = 0;  ///< In time, by the largest real part.
  double largest_difference = 0.0;    ///< Of growth in time and largest real part less 1, per tau.
};

/// Counts the loops of all rows of `loop`.
LoopCount CountLoops(const Evidence& evidence);

/// The same of one row.
LoopCount CountLoops(const Measurement& row);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_NEUROSCIENCE_NEURON_STATISTICS_H_
