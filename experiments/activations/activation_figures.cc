// SPDX-License-Identifier: Apache-2.0
//
// What chapter 3.3 draws and lists of its rows.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/activations/activation_tasks.h"
#include "experiments/experiment/row_table.h"

namespace lanegrad {
namespace {

// Which of the chosen activations has the highest mean at a depth, and which the lowest.
struct Ends {
  std::string best, worst;
  double high = -1.0, low = 2.0;
};
Ends EndsAt(const Evidence& evidence, double depth) {
  Ends ends;
  for (const std::string& activation : ActivationsAtDepth()) {
    const auto row = DepthRow(evidence, activation, depth);
    if (!row.has_value()) continue;
    const double mean = Mean(NumberedOf(*row, "accuracy"));
    if (mean > ends.high) ends.best = activation, ends.high = mean;
    if (mean < ends.low) ends.worst = activation, ends.low = mean;
  }
  return ends;
}

std::string Layers(double depth) { return fmt::format("{:.0f} hidden layers", depth); }

}  // namespace

Figure DepthFigure(const Evidence& evidence) {
  const std::vector<double> depths = DepthsIn(evidence);
  LineFigure figure = {.name = "03_3_activations_depth",
                       .title = "Accuracy at depth was not measured",
                       .subtitle =
                           "test accuracy at each one's best rate; mean of fresh seeds, "
                           "with its 95 % interval",
                       .x_label = "hidden layers",
                       .y_label = "test accuracy, %",
                       .y_percent = true,
                       .x_whole = true,
                       .panels = {{.title = "", .series = {}}}};
  if (depths.empty()) return figure;
  const Ends ends = EndsAt(evidence, depths.back());
  figure.title = fmt::format("With {}, {} reaches {:.1f} % and {} {:.1f} %", Layers(depths.back()),
                             ends.best, 100.0 * ends.high, ends.worst, 100.0 * ends.low);
  for (const std::string& activation : ActivationsAtDepth()) {
    LineSeries series = {.name = activation, .points = {}};
    for (const double depth : depths) {
      const auto row = DepthRow(evidence, activation, depth);
      if (!row.has_value()) continue;
      const std::vector<double> accuracy = NumberedOf(*row, "accuracy");
      const Interval interval = MeanInterval(accuracy);
      series.points.push_back(
          {.x = depth, .y = Mean(accuracy), .low = interval.low, .high = interval.high});
    }
    figure.panels[0].series.push_back(std::move(series));
  }
  return figure;
}

Figure DepthRateFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "03_3_activations_depth_rates",
                       .title = "Held-out accuracy by rate was not measured",
                       .subtitle =
                           "held-out accuracy, mean of the tuning seeds; the marked rate is "
                           "the chosen one",
                       .x_label = "learning rate",
                       .y_label = "held-out accuracy, %",
                       .x_log = true,
                       .y_percent = true,
                       .panels = {}};
  double least = HUGE_VAL, most = 0.0;
  for (const double depth : DepthsIn(evidence)) {
    LinePanel panel = {.title = Layers(depth), .series = {}};
    for (const std::string& activation : ActivationsAtDepth()) {
      const auto row = DepthRow(evidence, activation, depth);
      if (!row.has_value()) continue;
      LineSeries series = {.name = activation, .points = {}};
      const std::vector<double> rates = NumberedOf(*row, "tried");
      const std::vector<double> accuracy = NumberedOf(*row, "held_out");
      for (std::size_t i = 0; i < rates.size(); ++i) {
        series.points.push_back({.x = rates[i], .y = accuracy[i]});
        if (accuracy[i] > accuracy[static_cast<std::size_t>(std::max(series.best, 0))] ||
            series.best < 0) {
          series.best = static_cast<int>(i);
        }
      }
      least = std::min(least, row->values.Number("rate"));
      most = std::max(most, row->values.Number("rate"));
      panel.series.push_back(std::move(series));
    }
    figure.panels.push_back(std::move(panel));
  }
  if (figure.panels.empty()) {
    figure.panels.push_back({.title = "", .series = {}});
  } else {
    figure.title = fmt::format("The best rates lie between {:.2g} and {:.2g}", least, most);
  }
  return figure;
}

Figure PlateauFigure(const Evidence& evidence) {
  std::vector<CellPlateau> plateaus = PlateausIn(evidence);
  std::stable_sort(plateaus.begin(), plateaus.end(),
                   [](const auto& a, const auto& b) { return a.decades > b.decades; });
  DotFigure figure = {.name = "03_3_activations_plateau",
                      .title = "Rates were not measured",
                      .subtitle =
                          "width of the range of rates within one point of the best "
                          "held-out accuracy; > where the grid of rates ends first",
                      .x_label = "width, decades of the learning rate",
                      .keys = true,
                      .rows = {}};
  for (const CellPlateau& each : plateaus) {
    figure.rows.push_back({.label = each.activation,
                           .group = IsNamedByArticle(each.activation) ? "named by the article"
                                                                      : "not named by the article",
                           .value = each.decades,
                           .text = fmt::format("{}{:.2f}", each.open ? "> " : "", each.decades),
                           .note = {}});
  }
  if (!plateaus.empty()) {
    figure.title =
        fmt::format("The plateau of {} spans {:.1f} decades of the rate, that of {} {:.1f}",
                    plateaus.front().activation, plateaus.front().decades,
                    plateaus.back().activation, plateaus.back().decades);
  }
  return figure;
}

Figure UnitFigureOf33(const Evidence& evidence) {
  LineFigure figure = {.name = "03_3_activations_units",
                       .title = "Units were not watched",
                       .subtitle =
                           "share of hidden units, four hidden layers, mean of the seeds; "
                           "epoch 0 is before the first step",
                       .x_label = "epoch",
                       .y_label = "share of units, %",
                       .y_percent = true,
                       .x_whole = true,
                       .y_low = 0.0,
                       .panels = {}};
  const std::vector<double> rates = WatchedRates(evidence);
  std::string diverged;
  for (const Measurement& row : evidence.Series("units")) {
    const double count = row.values.Number("diverged");
    if (count == 0.0) continue;
    diverged += fmt::format("{} {:.0f} of {} of {} at rate {:g}", diverged.empty() ? ";" : ",",
                            count, NumberedOf(row, "end_dead").size(),
                            row.settings.Text("activation"), row.settings.Number("rate"));
  }
  if (!diverged.empty()) figure.subtitle += diverged + " diverged, and count as last seen";
  for (const char* what : {"dead", "saturated"}) {
    for (const double rate : rates) {
      LinePanel panel = {.title = fmt::format("{}, rate {:g}", what, rate), .series = {}};
      for (const Measurement& row : evidence.Series("units")) {
        if (row.settings.Number("rate") != rate) continue;
        LineSeries series = {.name = row.settings.Text("activation"), .points = {}};
        const std::vector<double> shares = NumberedOf(row, what);
        for (std::size_t epoch = 0; epoch < shares.size(); ++epoch) {
          series.points.push_back({.x = static_cast<double>(epoch), .y = shares[epoch]});
        }
        panel.series.push_back(std::move(series));
      }
      figure.panels.push_back(std::move(panel));
    }
  }
  if (rates.empty()) {
    figure.panels.push_back({.title = "", .series = {}});
    return figure;
  }
  if (const auto row = UnitRow(evidence, "relu", rates.back()); row.has_value()) {
    figure.title = fmt::format("At rate {:g}, {:.1f} % of the ReLU units end dead", rates.back(),
                               100.0 * Mean(NumberedOf(*row, "end_dead")));
  }
  return figure;
}

Figure ZeroFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "03_3_activations_zeros",
                       .title = "Zeros were not counted",
                       .subtitle =
                           "share of a hidden layer's outputs that are exactly 0, over 128 "
                           "training pictures, mean of the seeds",
                       .x_label = "hidden layer",
                       .y_label = "share of zeros, %",
                       .y_percent = true,
                       .x_whole = true,
                       .y_low = 0.0,
                       .y_high = 1.0,
                       .panels = {}};
  const std::vector<double> rates = WatchedRates(evidence);
  for (std::size_t k = 0; k <= rates.size() && !rates.empty(); ++k) {
    const double rate = rates[k == 0 ? 0 : k - 1];
    LinePanel panel = {
        .title = k == 0 ? "before training" : fmt::format("after training, rate {:g}", rate),
        .series = {}};
    for (const Measurement& row : evidence.Series("units")) {
      if (row.settings.Number("rate") != rate) continue;
      LineSeries series = {.name = row.settings.Text("activation"), .points = {}};
      const std::vector<double> zeros = NumberedOf(row, k == 0 ? "zeros_start" : "zeros_end");
      for (std::size_t l = 0; l < zeros.size(); ++l) {
        series.points.push_back({.x = static_cast<double>(l + 1), .y = zeros[l]});
      }
      panel.series.push_back(std::move(series));
    }
    figure.panels.push_back(std::move(panel));
  }
  if (rates.empty()) {
    figure.panels.push_back({.title = "", .series = {}});
  } else if (const auto row = UnitRow(evidence, "relu", rates.front()); row.has_value()) {
    figure.title = fmt::format(
        "{:.0f} % of ReLU's outputs are zero before training, {:.0f} % after",
        100.0 * Mean(NumberedOf(*row, "zeros_start")), 100.0 * Mean(NumberedOf(*row, "zeros_end")));
  }
  return figure;
}

Figure CostFigure(const Evidence& evidence) {
  std::vector<Measurement> rows = evidence.Series("cost");
  const auto time = [](const Measurement& row) { return row.machine.Number("nanoseconds"); };
  std::stable_sort(rows.begin(), rows.end(),
                   [&](const auto& a, const auto& b) { return time(a) < time(b); });
  DotFigure figure = {.name = "03_3_activations_cost",
                      .title = "Times were not measured",
                      .subtitle =
                          "value and slope together, 4096 normal inputs in the cache, one "
                          "core; median of five, on the machine of the records",
                      .x_label = "nanoseconds an element",
                      .keys = true,
                      .rows = {}};
  for (const Measurement& row : rows) {
    figure.rows.push_back({.label = row.settings.Text("activation"),
                           .group = row.settings.Text("family"),
                           .value = time(row),
                           .text = fmt::format("{:.2f}", time(row)),
                           .note = {}});
  }
  if (!rows.empty()) {
    figure.title =
        fmt::format("The most expensive, {}, takes {:.0f} times as long as {}",
                    rows.back().settings.Text("activation"), time(rows.back()) / time(rows.front()),
                    rows.front().settings.Text("activation"));
  }
  return figure;
}

NamedTable FormulaTable(const Evidence& evidence) {
  return RowTable(
      "formulas", "Where formulas give up in single precision", evidence.Series("formula"),
      {{"activation", "of"},
       {"kind", "what"},
       {"written", "computed as"},
       {"breaks_at", "gives up at z", "{:.7g}", 1.0, "the answer is 0 or no number from here on"},
       {"plain_there", "its answer", "{:.4g}"},
       {"kernel_there", "the nearest float", "{:.8g}"},
       {"kernel_breaks_at", "our kernel: 0 from z", "{:.7g}", 1.0,
        "where the nearest float itself is 0; infinity, or 0 towards 0: never"},
       {"largest_error", "largest error before", "{:.4g} ULP"},
       {"largest_error_at", "at z", "{:.4g}"}});
}

NamedTable DepthTable(const Evidence& evidence) {
  NamedTable named = {.name = "depth",
                      .table = {.caption = "Each activation at each depth, at its best rate",
                                .columns = {{"hidden layers", true, {}},
                                            {"activation", false, {}},
                                            {"rate", true, {}},
                                            {"test accuracy", true, {}},
                                            {"minus ReLU, points", true, {}},
                                            {"95 % interval", false, {}},
                                            {"diverged", true, {}}},
                                .rows = {}}};
  for (const double depth : DepthsIn(evidence)) {
    const auto relu = DepthRow(evidence, "relu", depth);
    if (!relu.has_value()) continue;
    const std::vector<double> base = NumberedOf(*relu, "accuracy");
    for (const std::string& activation : ActivationsAtDepth()) {
      const auto row = DepthRow(evidence, activation, depth);
      if (!row.has_value()) continue;
      const std::vector<double> accuracy = NumberedOf(*row, "accuracy");
      const double rate = row->values.Number("rate");
      const double diverged = row->values.Number("diverged");
      std::vector<Cell> cells = {
          {fmt::format("{:.0f}", depth), depth, false},
          {activation, 0.0, false},
          {fmt::format("{:.3g}", rate), rate, false},
          {fmt::format("{:.2f} %", 100.0 * Mean(accuracy)), Mean(accuracy), false}};
      if (activation == "relu") {
        cells.push_back({"", 0.0, false});
        cells.push_back({"", 0.0, false});
      } else {
        const PairedComparison pairs = ComparePairs(accuracy, base);
        cells.push_back(
            {fmt::format("{:+.2f}", 100.0 * pairs.difference), pairs.difference, false});
        cells.push_back({fmt::format("{:+.2f} to {:+.2f}", 100.0 * pairs.interval.low,
                                     100.0 * pairs.interval.high),
                         0.0, false});
      }
      cells.push_back({fmt::format("{:.0f}", diverged), diverged, false});
      named.table.rows.push_back(std::move(cells));
    }
  }
  return named;
}

}  // namespace lanegrad
