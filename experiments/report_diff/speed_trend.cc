// SPDX-License-Identifier: Apache-2.0
#include "experiments/report_diff/speed_trend.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "experiments/report_diff/benchmark_comparison.h"
#include "experiments/statistics/change_point.h"
#include "experiments/statistics/shift.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

// All names, in the order in which they come up.
std::vector<std::string> AllNames(std::span<const BenchmarkFile> files) {
  std::vector<std::string> names;
  std::set<std::string> seen;
  for (const BenchmarkFile& file : files) {
    for (const std::string& name : file.order) {
      if (seen.insert(name).second) names.push_back(name);
    }
  }
  return names;
}

std::vector<double> Logarithms(std::span<const double> times) {
  std::vector<double> logarithms;
  for (const double time : times) logarithms.push_back(std::log(time));
  return logarithms;
}

// Fills in `changes`, leaving out those below the threshold, and `levels`.
void TakeChanges(TrendRow& row, std::span<const LevelChange> found, double threshold) {
  const std::span<const double> times(row.times);
  const auto after = [&](std::size_t i) {
    return i + 1 < found.size() ? found[i + 1].begin : times.size();
  };
  std::size_t begin = 0;  // of the old level
  std::vector<std::size_t> places = {0};
  for (std::size_t i = 0; i < found.size(); ++i) {
    const std::size_t place = found[i].begin;
    const double shift = SampleShift(Logarithms(times.subspan(begin, place - begin)),
                                     Logarithms(times.subspan(place, after(i) - place)))
                             .estimate;
    if (std::fabs(shift) <= std::log1p(threshold)) continue;
    row.changes.push_back({place, std::exp(shift), found[i].p});
    places.push_back(place);
    begin = place;
  }
  places.push_back(times.size());
  for (std::size_t i = 0; i + 1 < places.size(); ++i) {
    const auto level = times.subspan(places[i], places[i + 1] - places[i]);
    row.levels.insert(row.levels.end(), level.size(), Median({level.begin(), level.end()}));
  }
}

}  // namespace

std::vector<TrendRow> FindTrend(std::span<const BenchmarkFile> files, double threshold) {
  std::vector<TrendRow> rows;
  for (const std::string& name : AllNames(files)) {
    TrendRow& row = rows.emplace_back();
    row.name = name;
    for (std::size_t i = 0; i < files.size(); ++i) {
      const double time = ProcessTime(files[i], name);
      if (!std::isfinite(time)) continue;
      row.files.push_back(i);
      row.times.push_back(time);
    }
  }
  const double level =
      kTrendFalseAlarms / static_cast<double>(std::max<std::size_t>(1, rows.size()));
  // Enough to reach the level, and half of it three times over.
  const auto orders = static_cast<std::size_t>(std::clamp(16.0 / level, 2000.0, 40000.0));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    rows[i].judged = LeastChangeLevel(rows[i].times.size()) <= level;
    TakeChanges(rows[i], FindLevelChanges(Logarithms(rows[i].times), level, orders, i), threshold);
  }
  return rows;
}

}  // namespace lanegrad
