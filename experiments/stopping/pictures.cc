// SPDX-License-Identifier: Apache-2.0
#include "experiments/stopping/pictures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "experiments/comparison/comparison_figure.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"
#include "experiments/stopping/condition.h"
#include "experiments/stopping/judgements.h"
#include "experiments/stopping/measures.h"

namespace lanegrad {
namespace {

std::string CellName(const Measurement& row) {
  return TrainingCell{static_cast<std::size_t>(row.settings.Number("width")),
                      row.settings.Number("label_noise")}
      .Name();
}

LineSeries CurveOf(const Measurement& row, const char* stem, std::string name) {
  LineSeries series = {.name = std::move(name), .points = {}};
  const std::vector<double> values = NumbersOf(row.values, stem);
  for (std::size_t e = 0; e < values.size(); ++e) {
    series.points.push_back({.x = static_cast<double>(e + 1), .y = values[e], .note = {}});
  }
  return series;
}

// The epochs that a condition keeps, or ends at, in the trainings of the kind of `cell`.
std::vector<double> EpochsOf(const Evidence& evidence, const Measurement& cell,
                             std::string_view condition, const char* stem) {
  for (const Measurement& row : evidence.Series("condition")) {
    if (row.settings.Text("condition") == condition && CellName(row) == CellName(cell)) {
      return NumbersOf(row.values, stem);
    }
  }
  return {};
}

// The kind of a condition, for colours.
std::string KindOf(const std::string& name) {
  if (name.find("at most") != name.npos || name.find("at least") != name.npos) return "threshold";
  if (name.find("changes") != name.npos) return "change";
  if (name.find("above its least") != name.npos) return "rise";
  if (name.find("patience") != name.npos) return "patience";
  return "budget";
}

}  // namespace

Figure LossCurveFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "06_3_training_losses",
                       .title = "",
                       .subtitle =
                           "mean of the seeds; the line marks the epoch that patience of 10 on "
                           "held-out loss keeps, in the median",
                       .x_label = "epoch",
                       .y_label = "loss",
                       .x_whole = true,
                       .dots = false,
                       .y_low = 0.0,
                       .panels = {}};
  double least = HUGE_VAL, most = 0.0;
  for (const Measurement& row : evidence.Series("curves")) {
    LinePanel panel = {.title = CellName(row),
                       .series = {CurveOf(row, "training_loss", "training"),
                                  CurveOf(row, "held_out_loss", "held out")}};
    const std::vector<double> kept = EpochsOf(evidence, row, "held-out loss, patience 10", "kept");
    if (!kept.empty()) {
      panel.marks.push_back(
          {.x = Median(kept), .label = fmt::format("epoch {:.0f}", Median(kept))});
      least = std::min(least, Median(kept));
      most = std::max(most, Median(kept));
    }
    figure.panels.push_back(std::move(panel));
  }
  figure.title = fmt::format(
      "Training loss falls on and on; held-out loss is least after {:.0f} to {:.0f} epochs", least,
      most);
  return figure;
}

Figure AccuracyCurveFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "06_3_training_accuracy",
                       .title = "",
                       .subtitle = "test accuracy after each epoch, mean of the seeds",
                       .x_label = "epoch",
                       .y_label = "test accuracy (%)",
                       .y_percent = true,
                       .x_whole = true,
                       .dots = false,
                       .panels = {}};
  LinePanel panel = {.title = "", .series = {}};
  double largest = -HUGE_VAL;
  std::string where;
  for (const Measurement& row : evidence.Series("curves")) {
    LineSeries series = CurveOf(row, "test_accuracy", CellName(row));
    double best = -HUGE_VAL;
    for (const LinePoint& point : series.points) best = std::max(best, point.y);
    const double lost = series.points.empty() ? 0.0 : best - series.points.back().y;
    if (lost > largest) {
      largest = lost;
      where = series.name;
    }
    panel.series.push_back(std::move(series));
  }
  figure.panels.push_back(std::move(panel));
  figure.title =
      fmt::format("To train through the budget costs up to {:.1f} points of test accuracy ({})",
                  100.0 * largest, where);
  return figure;
}

Figure RightFigure(const Evidence& evidence) {
  HeatMap figure = {.name = "06_3_training_right",
                    .title = "",
                    .subtitle =
                        "% of the trainings in which a condition was met, and neither more nor "
                        "less training would have been better by more than two points",
                    .x_label = "hidden units, wrong labels",
                    .value_label = "right (%)",
                    .percent = true,
                    .columns = {},
                    .rows = {}};
  for (const Measurement& row : evidence.Series("curves")) {
    figure.columns.push_back(fmt::format("{}, {:.0f} %", row.settings.Number("width"),
                                         100.0 * row.settings.Number("label_noise")));
  }
  std::string kind, best_name = "none";
  std::size_t best = 0, runs = 0;
  for (const std::string& name : ConditionNames(evidence)) {
    HeatRow heat = {
        .label = name, .cells = {}, .gap_before = !kind.empty() && KindOf(name) != kind};
    kind = KindOf(name);
    for (const Measurement& row : evidence.Series("condition")) {
      if (row.settings.Text("condition") != name) continue;
      const StopCounts counts = CountStops(row);
      heat.cells.push_back({.value = counts.runs == 0 ? NAN
                                                      : static_cast<double>(counts.right) /
                                                            static_cast<double>(counts.runs),
                            .note = fmt::format("too early {}, too late {}, never {}", counts.early,
                                                counts.late, counts.never)});
    }
    const StopCounts all = CountStops(evidence, name);
    if (all.right > best) {
      best = all.right;
      runs = all.runs;
      best_name = name;
    }
    figure.rows.push_back(std::move(heat));
  }
  figure.title = fmt::format("Right most often: {}, in {} of {} trainings", best_name, best, runs);
  return figure;
}

Figure EffortFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "06_3_training_effort",
                       .title = "",
                       .subtitle =
                           "each point a condition, mean of the seeds; where it is never met the "
                           "whole budget is spent",
                       .x_label = "epochs spent",
                       .y_label = "test accuracy (%)",
                       .y_percent = true,
                       .joined = false,
                       .panels = {}};
  double least = HUGE_VAL, most = -HUGE_VAL;
  for (const Measurement& cell : evidence.Series("curves")) {
    LinePanel panel = {.title = CellName(cell), .series = {}};
    std::map<std::string, LineSeries> kinds;
    for (const Measurement& row : evidence.Series("condition")) {
      if (CellName(row) != CellName(cell)) continue;
      std::vector<double> epochs = NumbersOf(row.values, "epoch");
      for (double& each : epochs) {
        if (each == 0.0) each = row.settings.Number("epochs");
      }
      const std::string kind = KindOf(row.settings.Text("condition"));
      const double y = Mean(NumbersOf(row.values, "accuracy"));
      least = std::min(least, y);
      most = std::max(most, y);
      kinds[kind].name = kind;
      kinds[kind].points.push_back(
          {.x = Mean(epochs), .y = y, .note = row.settings.Text("condition")});
    }
    for (auto& [kind, series] : kinds) {
      std::sort(series.points.begin(), series.points.end(),
                [](const LinePoint& a, const LinePoint& b) { return a.x < b.x; });
      panel.series.push_back(std::move(series));
    }
    figure.panels.push_back(std::move(panel));
  }
  figure.title = fmt::format(
      "By kind of training and condition, test accuracy ends between {:.0f} and {:.0f} %",
      100.0 * least, 100.0 * most);
  return figure;
}

NamedTable ConditionTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "conditions",
      .table = {.caption = "What comes of a condition, over all kinds of trainings",
                .columns = {{"condition", false, ""},
                            {"right", true,
                             "trainings in which it stops within two points of the "
                             "best"},
                            {"too early", true, "more training would have brought more"},
                            {"too late", true, "less training would have brought more"},
                            {"never", true, "not met within the budget"},
                            {"epochs", true, "mean, where it is met"},
                            {"test accuracy", true, "mean over all, met or not"}},
                .rows = {}}};
  for (const std::string& name : ConditionNames(evidence)) {
    const StopCounts counts = CountStops(evidence, name);
    std::vector<double> epochs, accuracy;
    for (const Measurement& row : evidence.Series("condition")) {
      if (row.settings.Text("condition") != name) continue;
      for (const double each : NumbersOf(row.values, "epoch")) {
        if (each > 0.0) epochs.push_back(each);
      }
      const std::vector<double> here = NumbersOf(row.values, "accuracy");
      accuracy.insert(accuracy.end(), here.begin(), here.end());
    }
    const auto count = [](std::size_t n) -> Cell {
      return {fmt::format("{}", n), static_cast<double>(n)};
    };
    const double mean = epochs.empty() ? 0.0 : Mean(epochs);
    named.table.rows.push_back({{name},
                                count(counts.right),
                                count(counts.early),
                                count(counts.late),
                                count(counts.never),
                                {epochs.empty() ? "" : fmt::format("{:.1f}", mean), mean},
                                {Percent(Mean(accuracy)), Mean(accuracy)}});
  }
  return named;
}

NamedTable CellTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "kinds",
      .table = {.caption = "The kinds of training, and ten epochs of patience on held-out loss",
                .columns = {{"training", false, "hidden units, share of wrong labels"},
                            {"rate", true, "learning rate, chosen on held-out samples"},
                            {"best epoch", true, "kept, median of the seeds"},
                            {"test accuracy", true, "with its weights, mean"},
                            {"trained again", true,
                             "test accuracy, for as many epochs on all "
                             "samples, held-out ones included"}},
                .rows = {}}};
  const std::vector<Measurement> retrained = evidence.Series("retrained");
  for (const Measurement& row : evidence.Series("curves")) {
    const char* condition = "held-out loss, patience 10";
    const double kept = Median(EpochsOf(evidence, row, condition, "kept"));
    const double accuracy = Mean(EpochsOf(evidence, row, condition, "accuracy"));
    double again = NAN;
    for (const Measurement& each : retrained) {
      if (CellName(each) == CellName(row)) again = Mean(NumbersOf(each.values, "accuracy"));
    }
    const double rate = row.values.Number("rate");
    named.table.rows.push_back({{CellName(row)},
                                {fmt::format("{:.2g}", rate), rate},
                                {fmt::format("{:.0f}", kept), kept},
                                {Percent(accuracy), accuracy},
                                {Percent(again), again}});
  }
  return named;
}

}  // namespace lanegrad
