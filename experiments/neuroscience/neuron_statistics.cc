// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/neuron_statistics.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/neuroscience/neuron_tasks.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"
#include "network/dataset.h"

namespace lanegrad {

double OrderOf(const Evidence& evidence, std::string_view name) {
  const std::vector<double> steps = evidence.Numbers("order", "step_ms");
  const std::vector<double> errors = evidence.Numbers("order", name);
  const double count = static_cast<double>(steps.size());
  double x_mean = 0.0, y_mean = 0.0, xy = 0.0, xx = 0.0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    x_mean += std::log(steps[i]) / count;
    y_mean += std::log(errors[i]) / count;
  }
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const double x = std::log(steps[i]) - x_mean;
    xy += x * (std::log(errors[i]) - y_mean);
    xx += x * x;
  }
  const double slope = xy / xx;
  return std::isfinite(slope) ? slope : NAN;
}

Measurement NoiseRow(const Evidence& evidence, double input, double deviation) {
  for (Measurement& row : evidence.Series("noise")) {
    if (row.settings.Number("input") == input && row.settings.Number("deviation") == deviation) {
      return std::move(row);
    }
  }
  throw DataError(fmt::format("no row of noise with input {}, deviation {}", input, deviation));
}

Measurement RegulationRow(const Evidence& evidence, std::string_view input,
                          std::string_view regulation) {
  for (Measurement& row : evidence.Series("regulation")) {
    if (row.settings.Text("input") == input && row.settings.Text("regulation") == regulation) {
      return std::move(row);
    }
  }
  throw DataError(fmt::format("no row of regulation with {}, {}", input, regulation));
}

std::vector<Measurement> LargestNetworks(const Evidence& evidence) {
  std::vector<Measurement> rows = evidence.Series("chaos");
  double largest = 0.0;
  for (const Measurement& row : rows) largest = std::max(largest, row.settings.Number("units"));
  std::erase_if(rows,
                [&](const Measurement& row) { return row.settings.Number("units") != largest; });
  return rows;
}

Verdict Within(std::span<const double> values, double low, double high) {
  const Interval interval = MeanInterval(values);
  return interval.low >= low && interval.high <= high ? Verdict::kSupported
         : interval.low > high || interval.high < low ? Verdict::kNotSupported
                                                      : Verdict::kNotDecided;
}

std::string WithInterval(std::span<const double> values, std::string_view format, double scale) {
  const Interval interval = MeanInterval(values);
  const auto text = [&](double value) { return fmt::format(fmt::runtime(format), scale * value); };
  return fmt::format("{} [{}, {}]", text(Mean(values)), text(interval.low), text(interval.high));
}

std::map<std::string, double> AdjustedP(const Evidence& evidence) {
  const auto left = [&](std::string_view input, std::string_view regulation) {
    return NumbersOf(RegulationRow(evidence, input, regulation).values, "left");
  };
  std::vector<std::string> names = {"noise", "loop", "threshold"};
  std::vector<double> p = {
      ZeroMeanP(NumbersOf(NoiseRow(evidence, 0.8, 0.2).values, "rate")),
      ComparePairs(left(kAddedInput, kUnregulated), left(kAddedInput, kLoop)).p,
      ComparePairs(left(kDoubledInput, kUnregulated), left(kDoubledInput, kAdaptive)).p};
  double silent = 0.0;
  for (const Measurement& row : LargestNetworks(evidence)) {
    const std::vector<double> exponents = NumbersOf(row.values, "lyapunov");
    const double gain = row.settings.Number("gain"), each = ZeroMeanP(exponents);
    if (gain > 1.0) {
      names.push_back(fmt::format("gain {}", gain));
      p.push_back(each);
    } else {
      // All must hold; and an exponent above 0 shows nothing of silence.
      silent = std::max(silent, Mean(exponents) < 0.0 ? each : 1.0);
    }
  }
  names.push_back("silent");
  p.push_back(silent);
  const std::vector<double> adjusted = HolmAdjust(p);
  std::map<std::string, double> all;
  for (std::size_t i = 0; i < names.size(); ++i) all[names[i]] = adjusted[i];
  return all;
}

LoopCount CountLoops(const Measurement& row) {
  const bool radius = row.settings.Number("radius") > 1.0;
  const std::vector<double> real_parts = NumbersOf(row.values, "real_part");
  const std::vector<double> per_step = NumbersOf(row.values, "per_step");
  const std::vector<double> per_tau = NumbersOf(row.values, "per_tau");
  LoopCount count = {.loops = real_parts.size()};
  for (std::size_t i = 0; i < count.loops; ++i) {
    count.step_by_radius += (per_step[i] > 0.0) == radius;
    count.flow_by_radius += (per_tau[i] > 0.0) == radius;
    count.flow_by_real_part += (per_tau[i] > 0.0) == (real_parts[i] > 1.0);
    count.largest_difference =
        std::max(count.largest_difference, std::fabs(per_tau[i] - (real_parts[i] - 1.0)));
  }
  return count;
}

LoopCount CountLoops(const Evidence& evidence) {
  LoopCount all;
  for (const Measurement& row : evidence.Series("loop")) {
    const LoopCount each = CountLoops(row);
    all.loops += each.loops;
    all.step_by_radius += each.step_by_radius;
    all.flow_by_radius += each.flow_by_radius;
    all.flow_by_real_part += each.flow_by_real_part;
    all.largest_difference = std::max(all.largest_difference, each.largest_difference);
  }
  return all;
}

}  // namespace lanegrad
