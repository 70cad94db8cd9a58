// SPDX-License-Identifier: Apache-2.0
#include "experiments/report_diff/overall_speed.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "experiments/statistics/shift.h"

namespace lanegrad {
namespace {

std::size_t CountJudged(std::span<const SpeedRow> rows) {
  return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), IsJudged));
}

// The mean logarithm of a process's times of the rows with a verdict; NaN: one is missing.
double MeanLogarithm(std::span<const SpeedRow> rows, const BenchmarkFile& file) {
  double sum = 0.0;
  for (const SpeedRow& row : rows) {
    if (IsJudged(row)) sum += std::log(ProcessTime(file, row.name));
  }
  return sum / static_cast<double>(CountJudged(rows));
}

OverallSpeed Of(double logarithm, const Interval& interval, std::size_t rows) {
  OverallSpeed overall;
  overall.rows = rows;
  if (!std::isfinite(interval.low) || !std::isfinite(interval.high)) return overall;
  overall.ratio = std::exp(logarithm);
  overall.interval = {std::exp(interval.low), std::exp(interval.high)};
  return overall;
}

}  // namespace

OverallSpeed OverallOfRows(std::span<const SpeedRow> rows) {
  double sum = 0.0, below = 0.0, above = 0.0;
  const double count = static_cast<double>(CountJudged(rows));
  for (const SpeedRow& row : rows) {
    if (!IsJudged(row)) continue;
    const double logarithm = std::log(row.ratio);
    sum += logarithm;
    below += std::pow(logarithm - std::log(row.interval.low), 2);
    above += std::pow(std::log(row.interval.high) - logarithm, 2);
  }
  const double mean = sum / count;
  return Of(mean, {mean - std::sqrt(below) / count, mean + std::sqrt(above) / count},
            CountJudged(rows));
}

OverallSpeed OverallOfProcesses(std::span<const SpeedRow> rows, std::span<const BenchmarkFile> a,
                                std::span<const BenchmarkFile> b, bool paired) {
  const auto all = [&](std::span<const BenchmarkFile> files) {
    std::vector<double> means;
    for (const BenchmarkFile& file : files) means.push_back(MeanLogarithm(rows, file));
    return means;
  };
  std::vector<double> of_a = all(a), of_b = all(b);
  Shift shift;
  if (paired) {
    std::vector<double> differences;
    for (std::size_t i = 0; i < std::min(of_a.size(), of_b.size()); ++i) {
      if (!std::isnan(of_b[i] - of_a[i])) differences.push_back(of_b[i] - of_a[i]);
    }
    shift = PairedShift(differences);
  } else {
    for (std::vector<double>* each : {&of_a, &of_b}) {
      std::erase_if(*each, [](double value) { return std::isnan(value); });
    }
    shift = SampleShift(of_a, of_b);
  }
  OverallSpeed overall = Of(shift.estimate, shift.interval, CountJudged(rows));
  overall.by_process = true;
  return overall;
}

}  // namespace lanegrad
