// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "docs/descent_path.h"
#include "docs/still_curves.h"
#include "experiments/descent/quadratic.h"
#include "experiments/stopping/condition.h"
#include "kernels/random.h"
#include "network/run_result.h"

namespace lanegrad {

LineFigure BowlStill() {
  const QuadraticBowl bowl(2, 1.0, 10.0, 1);
  LinePanel panel = {.title = "", .series = {}};
  const double limit = StabilityLimit(1.0, 0.0);
  for (const double share : {0.25, 0.95, 1.05}) {
    LineSeries series = {.name = fmt::format("rate {:g}", share * limit), .points = {}};
    for (const double loss : Descend(bowl, share * limit, 0.0, 60, 1)) {
      series.points.push_back(PlainPoint(static_cast<double>(series.points.size()), loss));
    }
    panel.series.push_back(std::move(series));
  }
  return {.name = "still_bowl",
          .title = fmt::format("On this bowl descent is stable up to a rate of {:g}", limit),
          .subtitle = "two directions, one ten times as sharp as the other",
          .x_label = "step",
          .y_label = "loss",
          .y_log = true,
          .dots = false,
          .panels = {panel}};
}

LineFigure PatienceStill() {
  LineSeries loss = {.name = "held-out loss", .points = {}};
  std::vector<EpochMetrics> history(60);
  RandomStream random(1, Stream::kNoise);
  for (std::size_t e = 0; e < history.size(); ++e) {
    const double epoch = static_cast<double>(e);
    const double value =
        0.5 + 0.7 * std::exp(-epoch / 7.0) + 0.004 * epoch + 0.1 * (random.Uniform() - 0.5);
    history[e].validation_loss = value;
    loss.points.push_back(PlainPoint(epoch + 1.0, value));
  }
  LinePanel panel = {.title = "", .series = {loss}};
  std::string ends;
  for (const double patience : {1.0, 10.0}) {
    const Stop stop = Replay({.name = "",
                              .rule = Rule::kPatience,
                              .watched = Watched::kHeldOutLoss,
                              .number = patience,
                              .keep_best = true},
                             history);
    panel.marks.push_back(
        {.x = static_cast<double>(stop.epoch), .label = fmt::format("patience {:g}", patience)});
    ends += fmt::format("{}{} with a patience of {:g}", ends.empty() ? "" : ", and in ", stop.epoch,
                        patience);
  }
  return {
      .name = "still_patience",
      .title = fmt::format("The training ends in epoch {}", ends),
      .subtitle = "a loss that is made up: it falls, rises again, and jumps from epoch to epoch",
      .x_label = "epoch",
      .y_label = "held-out loss",
      .x_whole = true,
      .dots = false,
      .panels = {panel}};
}

LineFigure RavineStill() {
  LinePanel panel = {.title = "", .series = {}};
  std::string best = "none";
  double least = HUGE_VAL;
  for (const auto& [name, rate] :
       {std::pair("sgd", 1.0), std::pair("momentum", 0.1), std::pair("adam", 0.1)}) {
    const PlainDescent descent = {.optimizer = name, .rate = rate, .curvatures = {0.05, 1.0}};
    LineSeries series = {.name = fmt::format("{}, rate {:g}", name, rate), .points = {}};
    for (const std::array<double, 2>& w : DescentPath(descent, 100)) {
      series.points.push_back(
          PlainPoint(static_cast<double>(series.points.size()), BowlLoss(descent, w)));
    }
    if (series.points.back().y < least) {
      least = series.points.back().y;
      best = name;
    }
    panel.series.push_back(std::move(series));
  }
  return {.name = "still_optimizers",
          .title = fmt::format("After 100 steps on a ravine, {} is lowest of these three", best),
          .subtitle = "one direction twenty times as steep as the other",
          .x_label = "step",
          .y_label = "loss",
          .y_log = true,
          .dots = false,
          .panels = {panel}};
}

}  // namespace lanegrad
