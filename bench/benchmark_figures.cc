// SPDX-License-Identifier: Apache-2.0
#include "bench/benchmark_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "bench/benchmark_record.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

constexpr const char* kLevels[] = {"L1", "L2", "L3", "DRAM"};

LineSeries& SeriesOf(LinePanel& panel, const std::string& name) {
  for (LineSeries& each : panel.series) {
    if (each.name == name) return each;
  }
  panel.series.push_back({.name = name, .points = {}});
  return panel.series.back();
}

}  // namespace

HeatMap TargetLadder(const Json& record) {
  const std::string best = BestTarget(record);
  // Of each operation the first shape, which is the smallest.
  std::vector<std::string> operations;
  std::map<std::string, std::string> shapes;
  std::map<std::string, std::map<std::string, const BenchmarkRow*>> cells;
  std::set<std::string> found;
  const std::vector<BenchmarkRow> rows = BenchmarkRows(record);
  for (const BenchmarkRow& row : rows) {
    if (row.target == "any" || row.suite == "trainer" || row.suite == "grid") continue;
    if (shapes.try_emplace(row.Operation(), row.shape).second)
      operations.push_back(row.Operation());
    if (shapes[row.Operation()] != row.shape) continue;
    cells[row.Operation()][row.target] = &row;
    found.insert(row.target);
  }
  HeatMap map = {
      .name = "ladder",
      .title = {},
      .subtitle = fmt::format(
          "pace as a share of that on {}, smallest shape of each; O3 and Ofast: the compiler's own "
          "vector code; empty: not measured; {}",
          best, RoundsOf(record)),
      .x_label = "instruction set",
      .value_label = fmt::format("share of the pace on {}", best),
      .percent = true,
      .log = true,
      .columns = {},
      .rows = {}};
  for (const char* target : {"SCALAR", "SSSE3", "SSE4", "NEON", "O3", "Ofast", "AVX2", "AVX3"}) {
    if (found.contains(target)) map.columns.emplace_back(target);
  }
  std::vector<double> scalar;
  std::string verb;
  for (const std::string& operation : operations) {
    const auto& of = cells[operation];
    if (of.size() < 2 || !of.contains(best)) continue;
    HeatRow heat = {.label = operation, .cells = {}};
    heat.gap_before = !verb.empty() && !operation.starts_with(verb);
    verb = operation.substr(0, operation.find('/') + 1);
    for (const std::string& target : map.columns) {
      const auto cell = of.find(target);
      const double share = cell == of.end() ? NAN : of.at(best)->ns / cell->second->ns;
      heat.cells.push_back(
          {.value = share,
           .note = fmt::format("{} on {}: {}", operation, target,
                               std::isnan(share) ? std::string("not measured")
                                                 : fmt::format("{:.0f} ns", cell->second->ns))});
      if (target == "SCALAR" && !std::isnan(share)) scalar.push_back(1.0 / share);
    }
    map.rows.push_back(std::move(heat));
  }
  if (!scalar.empty()) {
    map.title =
        fmt::format("In the median, {} is {:.0f} times as fast as one lane", best, Median(scalar));
  }
  return map;
}

LineFigure ThreadScaling(const Json& record) {
  LineFigure figure = {.name = "scaling",
                       .title = {},
                       .subtitle = RoundsOf(record),
                       .x_label = "threads",
                       .y_label = "samples a second over those of one thread",
                       .x_whole = true,
                       .all_coloured = true,
                       .y_low = 0.0,
                       .panels = {{.title = "", .series = {}}}};
  LinePanel& panel = figure.panels[0];
  std::map<std::string, std::map<double, double>> paces;
  for (const BenchmarkRow& row : BenchmarkRows(record)) {
    const std::size_t at = row.shape.find("threads:");
    if (at == row.shape.npos) continue;
    const double pace = row.At("samples/s") > 0.0 ? row.At("samples/s") : row.At("elements/s");
    const std::string rest = row.shape.substr(0, at == 0 ? 0 : at - 1);
    paces[row.verb == "grid" ? "a grid, runs side by side" : row.what + " " + rest]
         [std::stod(row.shape.substr(at + 8))] = pace;
  }
  double most = 1.0, least = INFINITY, greatest = 0.0;
  for (const auto& [name, by_threads] : paces) {
    if (by_threads.size() < 2) continue;
    LineSeries series = {.name = name, .points = {}};
    for (const auto& [threads, pace] : by_threads) {
      series.points.push_back({.x = threads, .y = pace / by_threads.begin()->second, .note = {}});
    }
    most = std::max(most, series.points.back().x);
    least = std::min(least, series.points.back().y);
    greatest = std::max(greatest, series.points.back().y);
    panel.series.push_back(std::move(series));
  }
  panel.series.push_back(
      {.name = "as many times as threads",
       .points = {{.x = 1.0, .y = 1.0, .note = {}}, {.x = most, .y = most, .note = {}}},
       .theory = true});
  figure.title = greatest > 0.0
                     ? fmt::format("{:.0f} threads do {:.2f} to {:.2f} times what one does", most,
                                   least, greatest)
                     : "One processor, so one thread";
  return figure;
}

LineFigure PeersBySize(const Json& peers) {
  double peak = 0.0;
  for (const auto& [target, each] : peers.at("peak_gflops").items())
    peak = std::max(peak, each.get<double>());
  LineFigure figure = {
      .name = "peers_by_size",
      .title = {},
      .subtitle = fmt::format(
          "one thread, in turn, medians; the top of the axis is the peak of multiply-adds; {}",
          peers.at("provenance").at("processor").get<std::string>()),
      .x_label = "size (log)",
      .y_label = "GFLOP/s",
      .x_log = true,
      .all_coloured = true,
      .y_low = 0.0,
      .y_high = peak,
      .panels = {}};
  int ahead = 0, all = 0;
  for (const Json& sweep : peers.at("sweeps")) {
    LinePanel panel = {.title = sweep.at("what").get<std::string>(), .series = {}};
    for (const Json& row : sweep.at("rows")) {
      double ours = 0.0, theirs = 0.0;
      for (const auto& [name, value] : row.at("gflops").items()) {
        const double pace = value.get<double>();
        SeriesOf(panel, name)
            .points.push_back({.x = row.at("size").get<double>(),
                               .y = pace,
                               .note = fmt::format("{:.0f} GFLOP/s", pace)});
        if (name == "lanegrad")
          ours = pace;
        else if (!name.starts_with("lanegrad"))
          theirs = std::max(theirs, pace);
      }
      ++all;
      if (ours > theirs) ++ahead;
    }
    figure.panels.push_back(std::move(panel));
  }
  figure.title =
      fmt::format("lanegrad is ahead of every other library at {} of {} sizes", ahead, all);
  return figure;
}

Table BenchmarkTable(const Json& record) {
  Table table = {.caption = {},
                 .columns = {{"operation", false, {}},
                             {"shape", false, {}},
                             {"ns", true, "median"},
                             {"spread", true, "greatest less least, per cent of the median"},
                             {"per ns", true, "elements a nanosecond"},
                             {"GFLOP/s", true, {}},
                             {"GB/s", true, {}},
                             {"of its roof", true, "peak of multiply-adds, or bandwidth"}},
                 .rows = {}};
  const auto number = [](double value, int digits) {
    return Cell{value > 0.0 ? fmt::format("{:.{}f}", value, digits) : "", value, false};
  };
  for (const BenchmarkRow& row : BenchmarkRows(record)) {
    if (row.target != BestTarget(record) && row.target != "any") continue;
    double share = row.At("of_peak");
    std::string roof = share > 0.0 ? fmt::format("{:.0f} % FMA", 100.0 * share) : "";
    for (const char* each : kLevels) {
      const double of_level = row.At(fmt::format("of_{}", each));
      if (of_level <= share) continue;
      share = of_level;
      roof = fmt::format("{:.0f} % {}", 100.0 * share, each);
    }
    table.rows.push_back({{row.Operation(), 0, false},
                          {row.shape, 0, false},
                          number(row.ns, 0),
                          {fmt::format("{:.0f}", 100.0 * (row.ns_high - row.ns_low) / row.ns),
                           row.ns_high - row.ns_low, false},
                          number(row.ElementsPerNs(), 3),
                          number(row.At("GFLOP/s"), 1),
                          number(row.BytesPerNs(), 1),
                          {roof, share, false}});
  }
  return table;
}

std::string BenchmarkMachine(const Json& record) {
  const Json& origin = record.at("provenance");
  const Json& roofs = record.at("roofs");
  std::string peaks, memory, loads;
  for (const auto& [target, peak] : roofs.at("peak_gflops").items()) {
    peaks += fmt::format("{}{:.0f} on {}", peaks.empty() ? "" : ", ", peak.get<double>(), target);
  }
  for (const char* level : kLevels) {
    memory += fmt::format("{}{} {:.0f}, {:.0f} and {:.0f}", memory.empty() ? "" : "; ", level,
                          roofs.at("memory").at(level).at("read").get<double>(),
                          roofs.at("memory").at(level).at("copy").get<double>(),
                          roofs.at("memory").at(level).at("fill").get<double>());
  }
  for (const Json& load : record.at("loads"))
    loads += fmt::format("{}{:.1f}", loads.empty() ? "" : ", ", load.get<double>());
  return fmt::format(
      "{}, {} processors; clock {:.2f} GHz, measured; peak of one core in GFLOP/s: {}, and {:.0f} "
      "fed from the first cache. "
      "Bandwidth of one core in GB/s, read, copied and filled: {}. {}, {}; source {}. "
      "{} rounds, {} s of each benchmark in each; load of the machine when they began: {}.\n",
      origin.at("processor").get<std::string>(), origin.at("cpus").get<int>(),
      roofs.at("clock_ghz").get<double>(), peaks, roofs.at("fed_gflops").get<double>(), memory,
      origin.at("compiler").get<std::string>(), origin.at("flags").get<std::string>(),
      origin.at("source").get<std::string>(), record.at("rounds").get<int>(),
      record.at("seconds").get<double>(), loads);
}

}  // namespace lanegrad
