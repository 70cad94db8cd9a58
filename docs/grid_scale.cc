// SPDX-License-Identifier: Apache-2.0
#include "docs/grid_scale.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace lanegrad {
namespace {

// What the model of the page knows; its letters are those of the page.
struct Model {
  double c;      // seconds of processor that a run costs rank 0
  double s;      // seconds from the start of a job to its first run, and from its last to its end
  double sigma;  // deviation of the logarithm of run times

  // Efficiency of `runs` runs of `mean` seconds on `cores` cores.
  double Efficiency(double cores, double mean, double runs) const {
    const double even = runs * mean / cores;
    // The longest of those that are in hand when none waits any more, for a log-normal time.
    const double last =
        mean * std::exp(sigma * std::sqrt(2.0 * std::log(cores)) - sigma * sigma / 2.0);
    return even / (s + std::max(even + (1.0 - 1.0 / cores) * last, runs * c));
  }
};

double Number(const Json& json, const char* name) { return json.at(name).get<double>(); }

// Seconds of processor that rank 0 needs for each run: of all of its time, what is not the report.
double LeaderSeconds(const Json& record) {
  const Json& large = record.at("large");
  return (Number(large.at("leader"), "cpu_seconds") - Number(large.at("report"), "cpu_seconds")) /
         Number(large, "records");
}

Model ModelOf(const Json& record) {
  return {.c = LeaderSeconds(record),
          // The first of the smaller grids has next to nothing to do.
          .s = Number(record.at("points").at(0), "seconds"),
          .sigma = Number(record.at("times"), "deviation_log")};
}

std::string Seconds(double seconds) {
  return seconds < 10.0 ? fmt::format("{:.2g} s", seconds) : fmt::format("{:.0f} s", seconds);
}

// How many cores, at most some, are training for at least a share of the time: more cores make it
// smaller.
double CoresInUse(const Model& model, double mean, double runs, double share, double most) {
  if (model.Efficiency(most, mean, runs) >= share) return most;
  double enough = 1.0;
  while (most - enough > 0.5) {
    const double middle = 0.5 * (enough + most);
    (model.Efficiency(middle, mean, runs) >= share ? enough : most) = middle;
  }
  return enough;
}

}  // namespace

std::string GridScaleMachine(const Json& record) {
  return fmt::format(
      "Measured on {}, on {} cores of an {}, which had other work, too: the load average was "
      "{:.1f} "
      "when it began. Times are therefore upper bounds; seconds of processor are hardly touched by "
      "that.\n",
      record.at("date").get<std::string>(), record.at("cores").get<int>(),
      record.at("processor").get<std::string>(), Number(record, "load"));
}

std::string CoreHours(const Json& record) {
  const Json& times = record.at("times");
  const double mean = Number(times, "mean");
  return fmt::format(
      "The {} recorded runs of the default comparison took {:.2f} s each on average (half of them "
      "less than {:.2f} s), one on each core: {:.1f} runs a second and core. 100,000 like them are "
      "{:.0f} hours of one core.\n",
      times.at("runs").get<int>(), mean, Number(times, "median"), 1.0 / mean, 1e5 * mean / 3600.0);
}

std::string LargeGridTable(const Json& record) {
  const Json& large = record.at("large");
  std::string table =
      "| what | seconds | seconds of processor | memory |\n"
      "|:-----|--------:|-------------:|-------:|\n";
  const auto row = [&](std::string_view what, const Json& cost) {
    table += fmt::format("| {} | {:.0f} | {:.0f} | {:.2f} GB |\n", what, Number(cost, "seconds"),
                         Number(cost, "cpu_seconds"), Number(cost, "megabytes") / 1000.0);
  };
  const int records = large.at("records").get<int>();
  row(fmt::format("rank 0 of {}: plan, hand out, write and report {} runs",
                  large.at("ranks").get<int>(), records),
      large.at("leader"));
  row("another rank, which makes up its share of them", large.at("worker"));
  row("`--report-only`: read, rank, draw, write the report", large.at("report"));
  row("`--export`: `runs.csv` and `epochs.csv`", large.at("export"));
  return table +
         fmt::format(
             "\n`runs.jsonl` takes {:.0f} MB, {:.1f} KB a run of three epochs; `report.html` "
             "{:.1f} "
             "MB. Memory grows with the runs: a million would take about {:.0f} GB at rank 0, so a "
             "grid of that size is better several grids.\n",
             Number(large, "bytes") / 1e6, Number(large, "bytes") / 1e3 / records,
             Number(large, "report_bytes") / 1e6,
             Number(large.at("leader"), "megabytes") / 1e3 * 1e6 / records);
}

std::string LeaderPace(const Json& record) {
  const Json& large = record.at("large");
  const double pace = Number(large, "records") / Number(large, "writing_seconds");
  const double cost = LeaderSeconds(record);
  return fmt::format(
      "Where runs take no time at all, four ranks on this machine handed out and wrote {:.0f} runs "
      "a second. Rank 0 needed {:.2f} ms of processor time a run, its own share of the records "
      "among it: with a core to itself it serves {:.0f} a second, which is as many cores as it "
      "keeps busy "
      "where runs take a second each.\n",
      pace, 1e3 * cost, 1.0 / cost);
}

std::string EfficiencyTable(const Json& record) {
  const Model model = ModelOf(record);
  std::string table =
      "| ranks | cores | mean run | runs | took | efficiency | by the model |\n"
      "|------:|------:|---------:|-----:|-----:|-----------:|-------------:|\n";
  for (const Json& point : record.at("points")) {
    if (&point == &record.at("points").at(0)) continue;
    const double cores = Number(point, "cores"), runs = Number(point, "runs");
    const double sum = Number(point, "run_seconds"), seconds = Number(point, "seconds");
    table += fmt::format("| {} | {} | {} | {} | {} | {:.0f} % | {:.0f} % |\n",
                         point.at("ranks").get<int>(), cores, Seconds(sum / runs), runs,
                         Seconds(seconds), 100.0 * sum / (cores * seconds),
                         100.0 * model.Efficiency(cores, sum / runs, runs));
  }
  return table;
}

LineFigure EfficiencyFigure(const Json& record) {
  const Model model = ModelOf(record);
  constexpr double kRuns = 1e5, kUseful = 0.8, kMost = 4096.0;
  LineFigure figure = {.name = "grid_efficiency",
                       .title = {},
                       .subtitle =
                           "share of the cores' time that is training, by the model of "
                           "this page; a line for each mean length of a run",
                       .x_label = "cores (log)",
                       .y_label = "efficiency",
                       .x_log = true,
                       .y_percent = true,
                       .dots = false,
                       .all_coloured = true,
                       .y_low = 0.0,
                       .y_high = 1.0,
                       .panels = {{.title = "", .series = {}}}};
  std::string useful;
  for (const double mean : {0.01, 0.1, 1.0, 10.0}) {
    LineSeries series = {.name = Seconds(mean), .points = {}};
    for (int half_octaves = 0; half_octaves <= 24; ++half_octaves) {
      const double cores = half_octaves == 24 ? kMost : std::exp2(0.5 * half_octaves);
      const double efficiency = model.Efficiency(cores, mean, kRuns);
      series.points.push_back({.x = cores,
                               .y = efficiency,
                               .note = fmt::format("{:.0f} cores, runs of {}: {:.0f} %", cores,
                                                   Seconds(mean), 100.0 * efficiency)});
    }
    if (mean < 10.0) {
      const double most = CoresInUse(model, mean, kRuns, kUseful, kMost);
      useful += fmt::format("{}{:.0f}{} with runs of {}", useful.empty() ? "" : ", ", most,
                            most < kMost ? "" : " or more", Seconds(mean));
    }
    figure.panels[0].series.push_back(std::move(series));
  }
  figure.title = fmt::format("So many cores are busy four fifths of the time: {}", useful);
  return figure;
}

}  // namespace lanegrad
