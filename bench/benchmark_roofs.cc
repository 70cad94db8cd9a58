// SPDX-License-Identifier: Apache-2.0
//
// The two rooflines: products under the peak of multiply-adds, everything else under the
// bandwidth of memory.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <optional>

#include "bench/benchmark_figures.h"
#include "bench/benchmark_record.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

constexpr const char* kLevels[] = {"L1", "L2", "L3", "DRAM"};

// Rows, columns and terms of a product; none of another shape.
std::optional<std::array<double, 3>> ProductShape(const BenchmarkRow& row) {
  std::array<double, 3> size = {};
  int end = 0;
  if (row.verb != "multiply" ||
      std::sscanf(row.shape.c_str(), "%lfx%lfx%lf%n", &size[0], &size[1], &size[2], &end) != 3) {
    return std::nullopt;
  }
  return size;
}

double Roof(const Json& record, const char* level, const char* how) {
  return record.at("roofs").at("memory").at(level).at(how).get<double>();
}

// A line y = bandwidth * x, up to `top`.
LineSeries Slope(std::string name, double bandwidth, double left, double right, double top) {
  LineSeries line = {.name = std::move(name), .points = {}, .theory = true};
  const double knee = std::min(right, top / bandwidth);
  line.points.push_back({.x = left, .y = bandwidth * left, .note = {}});
  line.points.push_back({.x = knee, .y = bandwidth * knee, .note = {}});
  return line;
}

LineSeries& SeriesOf(LinePanel& panel, const std::string& name) {
  for (LineSeries& each : panel.series) {
    if (each.name == name) return each;
  }
  panel.series.push_back({.name = name, .points = {}});
  return panel.series.back();
}

void SortPoints(LinePanel& panel) {
  for (LineSeries& each : panel.series) {
    std::sort(each.points.begin(), each.points.end(),
              [](const LinePoint& a, const LinePoint& b) { return a.x < b.x; });
  }
}

double PeakOf(const Json& record, const std::string& target) {
  return record.at("roofs").at("peak_gflops").value(target, 0.0);
}

}  // namespace

LineFigure ProductRoofline(const Json& record) {
  const std::string best = BestTarget(record);
  const double peak = PeakOf(record, best), left = 0.5, right = 500.0;
  LineFigure figure = {
      .name = "roofline",
      .title = {},
      .subtitle = fmt::format("one thread, {}; each dot a shape; {}", best, RoundsOf(record)),
      .x_label = "operations a byte of operands and result",
      .y_label = "GFLOP/s",
      .x_log = true,
      .y_log = true,
      .joined = false,
      .all_coloured = true,
      .y_high = peak,
      .panels = {{.title = "", .series = {}}}};
  LinePanel& panel = figure.panels[0];
  std::vector<double> shares;
  for (const BenchmarkRow& row : BenchmarkRows(record)) {
    const auto shape = ProductShape(row);
    if (!shape || row.target != best) continue;
    const auto [m, n, k] = *shape;
    // The gradient that is handed to an optimizer is not written; weights are read and written.
    const double result = row.what == "gradient_and_sgd" ? 2.0 * m * n : m * n;
    const double intensity = 2.0 * m * n * k / (4.0 * (m * k + k * n + result));
    shares.push_back(row.At("GFLOP/s") / peak);
    SeriesOf(panel, row.what)
        .points.push_back(
            {.x = intensity,
             .y = row.At("GFLOP/s"),
             .note = fmt::format("{} {}: {:.0f} GFLOP/s, {:.0f} % of the peak", row.what, row.shape,
                                 row.At("GFLOP/s"), 100.0 * shares.back())});
  }
  SortPoints(panel);
  for (const char* level : kLevels) {
    panel.series.push_back(Slope(fmt::format("reading from {}", level), Roof(record, level, "read"),
                                 left, right, peak));
  }
  std::sort(shares.begin(), shares.end());
  if (!shares.empty()) {
    figure.title = fmt::format(
        "Products reach {:.0f} to {:.0f} % of the peak, half of them more than {:.0f} %",
        100.0 * shares.front(), 100.0 * shares.back(), 100.0 * Median(shares));
  }
  return figure;
}

LineFigure MemoryRoofline(const Json& record) {
  const std::string best = BestTarget(record);
  LineFigure figure = {.name = "memory_roofline",
                       .title = {},
                       .subtitle = fmt::format("one thread, {}; each dot a kernel and a size; {}",
                                               best, RoundsOf(record)),
                       .x_label = "elements a byte moved",
                       .y_label = "elements a nanosecond",
                       .x_log = true,
                       .y_log = true,
                       .joined = false,
                       .all_coloured = true,
                       .panels = {{.title = "", .series = {}}}};
  LinePanel& panel = figure.panels[0];
  double left = INFINITY, right = 0.0;
  int near = 0, all = 0;
  for (const BenchmarkRow& row : BenchmarkRows(record)) {
    const double bytes = row.BytesPerNs(), elements = row.ElementsPerNs();
    if (ProductShape(row)) continue;  // it has a figure of its own
    if ((row.target != best && row.target != "any") || bytes <= 0.0 || elements <= 0.0) continue;
    double share = 0.0;
    for (const char* level : kLevels) share = std::max(share, row.At(fmt::format("of_{}", level)));
    ++all;
    if (share >= 0.5) ++near;
    left = std::min(left, elements / bytes);
    right = std::max(right, elements / bytes);
    SeriesOf(panel, row.suite)
        .points.push_back({.x = elements / bytes,
                           .y = elements,
                           .note = fmt::format("{} {}: {:.2f} elements/ns, {:.1f} GB/s",
                                               row.Operation(), row.shape, elements, bytes)});
  }
  SortPoints(panel);
  for (const char* level : kLevels) {
    panel.series.push_back(Slope(fmt::format("copying in {}", level), Roof(record, level, "copy"),
                                 0.8 * left, 1.25 * right, INFINITY));
  }
  figure.title = fmt::format(
      "{} of {} kernels move half of what their level of memory can, or more", near, all);
  return figure;
}

}  // namespace lanegrad
