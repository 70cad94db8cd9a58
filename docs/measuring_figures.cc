// SPDX-License-Identifier: Apache-2.0
#include "docs/measuring_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "experiments/report/text_table.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

// The members `x` and `y` of each row, as a curve.
LineSeries Curve(const Json& rows, std::string name, const char* x, const char* y) {
  LineSeries series = {.name = std::move(name), .points = {}};
  for (const Json& row : rows) {
    series.points.push_back(
        {.x = row.at(x).get<double>(), .y = row.at(y).get<double>(), .note = {}});
  }
  return series;
}

// A row of a dot figure: the median of values, all of them behind it.
DotRow Spread(const std::string& label, const std::vector<double>& values) {
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  return {.label = label,
          .group = label,
          .value = Median(values),
          .points = values,
          .text = fmt::format("{:.1f} to {:.1f}", *low, *high),
          .note = ""};
}

// In picoseconds, which leaves whole numbers.
std::vector<double> Picoseconds(const Json& values) {
  std::vector<double> all;
  for (const Json& each : values) all.push_back(1e3 * each.get<double>());
  return all;
}

std::string Processor(const Json& record) {
  return record.at("provenance").at("processor").get<std::string>();
}

}  // namespace

LineFigure CachesFigure(const Json& record) {
  const Json& rows = record.at("caches");
  const Json& least = rows.front();
  return {.name = "measuring_caches",
          .title = fmt::format("The smallest step takes {:.0f} times as long on cold caches",
                               least.at("cold").get<double>() / least.at("warm").get<double>()),
          .subtitle = "one step of gradient descent; medians of 31, " + Processor(record),
          .x_label = "bytes of weights and gradients (log)",
          .y_label = "nanoseconds a weight",
          .x_log = true,
          .y_log = true,
          .panels = {
              {.title = "",
               .series = {Curve(rows, "again and again", "bytes", "warm"),
                          Curve(rows, "lines sent out of all caches before", "bytes", "cold")}}}};
}

LineFigure BranchesFigure(const Json& record) {
  const Json& rows = record.at("branches");
  const double few = rows.front().at("random").get<double>(),
               many = rows.back().at("random").get<double>();
  return {.name = "measuring_branches",
          .title = fmt::format(
              "Few random numbers, again and again: {:.1f} ns each; many: {:.1f} ns", few, many),
          .subtitle =
              "a sum of those that are positive, by a branch; medians of 15, " + Processor(record),
          .x_label = "numbers before they repeat (log)",
          .y_label = "nanoseconds a number",
          .x_log = true,
          .y_low = 0.0,
          .panels = {{.title = "",
                      .series = {Curve(rows, "signs at random", "numbers", "random"),
                                 Curve(rows, "all positive", "numbers", "steady")}}}};
}

LineFigure LayoutFigure(const Json& record, bool pages) {
  const Json& rows = record.at("layout").at(pages ? "pages" : "lines");
  double least = INFINITY, most = 0.0;
  for (const Json& row : rows) {
    least = std::min(least, row.at("ns").get<double>());
    most = std::max(most, row.at("ns").get<double>());
  }
  const double longer = 100.0 * (most / least - 1.0);
  return {.name = pages ? "measuring_pages" : "measuring_lines",
          .title = pages
                       ? fmt::format(
                             "Within a page, the place of the results changes the time by {:.0f} %",
                             longer)
                       : fmt::format("Across lines, the same code takes {:.0f} % longer", longer),
          .subtitle =
              fmt::format("relu and its slope, {} numbers in the first cache; medians of 31, {}",
                          record.at("layout").at("elements").get<int>(), Processor(record)),
          .x_label = pages ? "bytes, results behind the inputs of another page"
                           : "bytes, all arrays behind the beginning of a line",
          .y_label = "nanoseconds an element",
          .y_low = 0.0,
          .panels = {{.title = "", .series = {Curve(rows, "relu", "bytes", "ns")}}}};
}

DotFigure LicencesFigure(const Json& record) {
  DotFigure figure = {.name = "measuring_licences",
                      .title = {},
                      .subtitle = "measured right after two milliseconds of it, median of forty; " +
                                  Processor(record),
                      .x_label = "clock, GHz",
                      .rows = {}};
  double least = INFINITY, plain = 0.0;
  std::string slowest;
  for (const Json& row : record.at("licences")) {
    const double clock = row.at("ghz").get<double>();
    const std::string after = row.at("after").get<std::string>();
    if (plain == 0.0) plain = clock;
    if (clock < least) {
      least = clock;
      slowest = after;
    }
    figure.rows.push_back(
        {.label = (plain == clock && after == "integers" ? "" : "multiply-adds, ") + after,
         .group = after.substr(0, after.find(',')),
         .value = clock,
         .text = fmt::format("{:.2f}", clock),
         .note = ""});
  }
  figure.title =
      fmt::format("After multiply-adds on {}, the clock is {:.0f} % lower than after integers",
                  slowest.substr(0, slowest.find(',')), 100.0 * (1.0 - least / plain));
  return figure;
}

LineFigure TraceFigure(const Json& record) {
  const std::vector<double> trace = Picoseconds(record.at("noise").at("trace"));
  LineSeries series = {.name = "a slice", .points = {}};
  for (std::size_t i = 0; i < trace.size(); ++i) {
    series.points.push_back({.x = static_cast<double>(i), .y = trace[i], .note = {}});
  }
  const double limit = 1.1 * Median(trace);
  std::size_t slow = 0, waves = 0;  // a wave: slow slices with none that is not between them
  for (std::size_t i = 0; i < trace.size(); ++i) {
    if (!(trace[i] > limit)) continue;
    ++slow;
    waves += i == 0 || !(trace[i - 1] > limit);
  }
  return {
      .name = "measuring_trace",
      .title =
          fmt::format("{} of {} slices, in {} places, take over a tenth longer than the median",
                      slow, trace.size(), waves),
      .subtitle = "relu, a slice of some twenty microseconds after the other; " + Processor(record),
      .x_label = "slice",
      .y_label = "picoseconds an element (log)",
      .y_log = true,
      .dots = false,
      .panels = {{.title = "", .series = {std::move(series)}}}};
}

DotFigure ProcessesFigure(const Json& record) {
  const Json& processes = record.at("processes");
  DotFigure figure = {
      .name = "measuring_processes",
      .title = {},
      .subtitle = "relu; each pale dot a median; " + Processor(record),
      .x_label = "picoseconds an element",
      .rows = {Spread("one process, thirty times", Picoseconds(processes.at("one"))),
               Spread("thirty processes", Picoseconds(processes.at("many"))),
               Spread("forty allocations of a program", Picoseconds(record.at("allocations")))}};
  const DotRow& last = figure.rows.back();
  const auto [low, high] = std::minmax_element(last.points.begin(), last.points.end());
  figure.title =
      fmt::format("Where its arrays happen to lie changes a kernel's time by up to {:.0f} %",
                  100.0 * (*high / *low - 1.0));
  return figure;
}

std::string NoiseTable(const Json& record) {
  const Json& noise = record.at("noise");
  const auto all = noise.at("comparisons").get<int>();
  Table table = {.caption = {},
                 .columns = {{"slices of the one and the other", false, {}},
                             {"a difference", true, {}},
                             {"one of 1 % or more", true, {}}},
                 .rows = {}};
  const auto add = [&](std::string_view shown, const char* name) {
    std::vector<Cell> cells = {{std::string(shown), 0, false}};
    for (const char* which : {"any", "of_a_hundredth"}) {
      const int found = noise.at(name).at(which).get<int>();
      cells.push_back({fmt::format("{} ({:.0f} %)", found, 100.0 * found / all),
                       static_cast<double>(found), false});
    }
    table.rows.push_back(std::move(cells));
  };
  add("one after the other, same arrays", "one_after_the_other");
  add("in turn, same arrays", "in_turn");
  add("in turn, other arrays", "other_arrays");
  const int slices = noise.at("slices").get<int>();
  return fmt::format(
      "Of {} comparisons of {} slices with {} of the same kernel, by a test of ranks at 5 %, so "
      "many "
      "find\n\n{}\n",
      all, slices, slices, MarkdownTable(table));
}

std::string MeasuringMachine(const Json& record) {
  const Json& origin = record.at("provenance");
  return fmt::format("Recorded on {}, {} processors, {}; source {}, {}.\n", Processor(record),
                     origin.at("cpus").get<int>(), origin.at("compiler").get<std::string>(),
                     origin.at("source").get<std::string>(), origin.at("time").get<std::string>());
}

std::string TrainingLibraries(const Json& record) {
  Table table = {.caption = {}, .columns = {{"network · batch", false, {}}}, .rows = {}};
  std::vector<std::string> names;
  for (const auto& [name, pace] : record.at("rows").front().at("samples_per_second").items()) {
    names.push_back(name);
  }
  std::sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) {
    return (a == "lanegrad") != (b == "lanegrad") ? a == "lanegrad" : a < b;
  });
  for (const std::string& name : names) table.columns.push_back({name, true, {}});
  table.columns.push_back({"over the best", true, {}});
  double most = 0.0;
  for (const Json& row : record.at("rows")) {
    std::vector<Cell> cells = {
        {fmt::format("{} · {}", row.at("layers").get<std::string>(), row.at("batch").get<int>()), 0,
         false}};
    double best = 0.0, ours = 0.0;
    for (const std::string& name : names) {
      const double pace = row.at("samples_per_second").at(name).get<double>();
      (name == "lanegrad" ? ours : best) = std::max(name == "lanegrad" ? ours : best, pace);
      cells.push_back({fmt::format("{:.1f}", pace / 1e3), pace, false});
    }
    cells.push_back({fmt::format("{:.1f}", ours / best), ours / best, false});
    table.rows.push_back(std::move(cells));
    for (const auto& [name, difference] : row.at("loss_difference").items()) {
      most = std::max(most, difference.get<double>());
    }
  }
  return fmt::format(
      "{}\nThousands of samples a second of one thread's processor time, medians of {} rounds in "
      "turn on {}. Losses "
      "of single steps differ from ours by at most {:.1e} of themselves.\n",
      MarkdownTable(table), record.at("rounds").get<int>(), Processor(record), most);
}

}  // namespace lanegrad
