// SPDX-License-Identifier: Apache-2.0
// Figures and tables of what was measured on networks that learn from batches.
#include "experiments/descent/pictures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "experiments/comparison/expected_best.h"
#include "experiments/descent/judgements.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"
#include "experiments/trials/trainings.h"
#include "experiments/verdicts/pair_verdicts.h"

namespace lanegrad {
namespace {

// Curves in as few panels as leave no more than seven in each, the best after three trials first:
// who has a dozen curves before him in one frame can follow none.
void AddInPanels(std::vector<LineSeries> all, const std::string& what, LineFigure& figure) {
  constexpr std::size_t kMost = 7;
  const auto third = [](const LineSeries& series) {
    return series.points.size() >= 3 ? series.points[2].y : 0.0;
  };
  std::ranges::stable_sort(all, std::ranges::greater(), third);
  const std::size_t panels = (all.size() + kMost - 1) / kMost;
  for (std::size_t p = 0; p < panels; ++p) {
    const std::size_t begin = p * all.size() / panels, end = (p + 1) * all.size() / panels;
    figure.panels.push_back(
        {.title = panels == 1 ? what : fmt::format("{}: place {} to {}", what, begin + 1, end),
         .series = {all.begin() + static_cast<std::ptrdiff_t>(begin),
                    all.begin() + static_cast<std::ptrdiff_t>(end)}});
  }
}

}  // namespace
Figure PlateauFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "03_5_learning_rates_plateaus",
                       .title = "",
                       .subtitle =
                           "held-out accuracy at each rate, mean of the seeds and 95 % "
                           "interval; 784-64-10, plain descent, batches of 32",
                       .x_label = "learning rate",
                       .y_label = "held-out accuracy (%)",
                       .x_log = true,
                       .y_percent = true,
                       .y_low = 0.0,
                       .y_high = 0.9,
                       .panels = {}};
  double least = HUGE_VAL, most = 0.0;
  for (const char* loss : {"mse", "softmax_cross_entropy"}) {
    LinePanel panel = {.title = loss, .series = {}, .marks = {{.x = 0.1, .label = "0.1"}}};
    for (const Measurement& row : evidence.Series("plateau")) {
      if (row.settings.Text("loss") != loss) continue;
      panel.series.push_back(PlateauCurve(row));
      const LineSeries& series = panel.series.back();
      const double best = series.points[static_cast<std::size_t>(series.best)].x;
      least = std::min(least, best);
      most = std::max(most, best);
    }
    figure.panels.push_back(std::move(panel));
  }
  figure.title = fmt::format(
      "The best rate of a network lies between {:.2g} and {:.2g}, by its "
      "activation and its loss",
      least, most);
  return figure;
}

Figure TrialsFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "03_5_learning_rates_trials",
                       .title = "",
                       .subtitle =
                           "expected held-out accuracy of the best of k random rates: 1e-5 to "
                           "10 for optimisers, 1e-3 to 10 for schedules; panels by what three "
                           "trials bring",
                       .x_label = "trials k",
                       .y_label = "expected best accuracy (%)",
                       .y_percent = true,
                       .x_whole = true,
                       .dots = false,
                       .all_coloured = true,
                       .y_low = 0.3,
                       .y_high = 0.9,
                       .panels = {}};
  std::pair<double, std::string> first;
  for (const auto& [kind, shown] :
       {std::pair{"optimizer", "optimisers"}, {"schedule", "schedules"}}) {
    std::vector<LineSeries> all;
    for (const Measurement& row : evidence.Series(kind)) {
      LineSeries series = {.name = row.settings.Text(kind), .points = {}};
      const std::vector<double> best = ExpectedBest(NumbersOf(row.values, "trial"));
      for (std::size_t k = 0; k < best.size(); ++k) {
        series.points.push_back({.x = static_cast<double>(k + 1), .y = best[k], .note = {}});
      }
      if (best.size() >= 3 && std::string_view(kind) == "optimizer") {
        first = std::max(first, std::pair(best[2], series.name));
      }
      all.push_back(std::move(series));
    }
    AddInPanels(std::move(all), shown, figure);
  }
  figure.title = fmt::format(
      "With three trials of the rate, {} is the optimiser to expect most of: "
      "{:.0f} %",
      first.second, 100.0 * first.first);
  return figure;
}

Figure FinalsFigure(const Evidence& evidence) {
  DotFigure figure = {.name = "03_5_learning_rates_finals",
                      .title = "",
                      .subtitle =
                          "test accuracy at the best rate of each one's trials; a pale dot a "
                          "fresh seed, mean and 95 % interval",
                      .x_label = "test accuracy (%)",
                      .percent = true,
                      .rows = {}};
  for (const auto& [kind, shown] : {std::pair{"schedule", "schedules"},
                                    {"optimizer", "optimisers"},
                                    {"warmup", "optimisers, with warm-up"}}) {
    std::vector<DotRow> rows;
    for (const Measurement& row : evidence.Series(kind)) {
      const bool warm = std::string_view(kind) == "warmup";
      rows.push_back(
          SeedDots(warm ? row.settings.Text("optimizer") + ", warm-up" : row.settings.Text(kind),
                   shown, NumbersOf(row.values, "final")));
    }
    std::sort(rows.begin(), rows.end(),
              [](const DotRow& a, const DotRow& b) { return a.value > b.value; });
    if (figure.title.empty()) {
      figure.title = fmt::format("Schedules end between {:.1f} and {:.1f} % of test accuracy",
                                 100.0 * rows.back().value, 100.0 * rows.front().value);
    } else if (std::string_view(kind) == "optimizer") {
      figure.title += fmt::format(", optimisers between {:.1f} and {:.1f} %",
                                  100.0 * rows.back().value, 100.0 * rows.front().value);
    }
    for (DotRow& row : rows) figure.rows.push_back(std::move(row));
  }
  return figure;
}

Figure BatchFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "03_5_learning_rates_batches",
                       .title = "",
                       .subtitle =
                           "test accuracy after as many passes, mean of the seeds and 95 % "
                           "interval, by how the rate was found",
                       .x_label = "samples a step",
                       .y_label = "test accuracy (%)",
                       .x_log = true,
                       .y_percent = true,
                       .y_low = 0.0,
                       .y_high = 0.9,
                       .panels = {{.title = "", .series = {}}}};
  for (const auto& [stem, name] : {std::pair{"final", "search for each size"},
                                   {"linear", "linear rule from 16"},
                                   {"root", "square-root rule from 16"}}) {
    LineSeries series = {.name = name, .points = {}};
    for (const Measurement& row : evidence.Series("batch")) {
      const std::vector<double> values = NumbersOf(row.values, stem);
      const Interval interval = MeanInterval(values);
      series.points.push_back({.x = row.settings.Number("batch"),
                               .y = Mean(values),
                               .low = interval.low,
                               .high = interval.high});
    }
    figure.panels[0].series.push_back(std::move(series));
  }
  const std::vector<LinePoint>& tuned = figure.panels[0].series[0].points;
  figure.title = fmt::format(
      "At equal passes, one sample a step ends at {:.0f} % and all of them at "
      "{:.0f} %, each at its best rate",
      100.0 * tuned.front().y, 100.0 * tuned.back().y);
  return figure;
}

Figure StoppingFigure(const Evidence& evidence) {
  DotFigure figure = {.name = "03_5_learning_rates_stopping",
                      .title = "",
                      .subtitle =
                          "test accuracy where the condition ends the training, or where its "
                          "epochs end; a pale dot a seed, mean and 95 % interval",
                      .x_label = "test accuracy (%)",
                      .percent = true,
                      .rows = {}};
  std::vector<std::pair<double, double>> patience;  // epochs, accuracy
  for (const Measurement& row : evidence.Series("stopping")) {
    const std::string condition = row.settings.Text("condition");
    const double noise = row.settings.Number("label_noise");
    figure.rows.push_back(
        SeedDots((condition == "none"              ? std::string("no condition")
                  : condition.starts_with("loss ") ? "loss below " + condition.substr(5)
                                                   : condition) +
                     (noise > 0.0 ? fmt::format(", {:.0f} % wrong", 100.0 * noise) : ""),
                 noise > 0.0 ? fmt::format("{:.0f} % of the labels are wrong", 100.0 * noise)
                             : "all labels right",
                 NumbersOf(row.values, "final")));
    if (condition.starts_with("patience") || condition == "none") {
      patience.emplace_back(Mean(NumbersOf(row.values, "epochs")), figure.rows.back().value);
    }
  }
  figure.title = fmt::format(
      "With wrong labels, patience ends after {:.0f} epochs at {:.0f} %, no "
      "condition after {:.0f} at {:.0f} %",
      patience[3].first, 100.0 * patience[3].second, patience[2].first, 100.0 * patience[2].second);
  return figure;
}

Figure SeedsFigure(const Evidence& evidence) {
  DotFigure figure = {.name = "03_5_learning_rates_seeds",
                      .title = "",
                      .subtitle =
                          "standard deviation of accuracy, in points, by what alone is drawn "
                          "again; every combination was trained",
                      .x_label = "standard deviation (points of accuracy)",
                      .rows = {}};
  constexpr const char* kCauses[] = {"initial weights", "order of samples", "which samples",
                                     "what they do together"};
  constexpr const char* kSpreads[] = {"The initial weights spread accuracy",
                                      "The order of samples spreads accuracy",
                                      "Which samples are drawn spreads accuracy"};
  for (const auto& [stem, group] : {std::pair{"held_out", "judged by own held-out samples"},
                                    {"test", "judged by the same test samples"}}) {
    const std::vector<double> deviations = SeedDeviations(evidence, stem);
    for (std::size_t i = 0; i < deviations.size(); ++i) {
      figure.rows.push_back(
          {.label = kCauses[i] + std::string(stem[0] == 't' ? ", test" : ", held out"),
           .group = group,
           .value = 100.0 * deviations[i],
           .text = fmt::format("{:.2f}", 100.0 * deviations[i]),
           .note = {}});
    }
    if (!figure.title.empty()) continue;
    const auto largest = std::max_element(deviations.begin(), deviations.begin() + 3);
    figure.title = fmt::format("{} most, {:.2f} points on held-out samples",
                               kSpreads[largest - deviations.begin()], 100.0 * *largest);
  }
  return figure;
}

}  // namespace lanegrad
