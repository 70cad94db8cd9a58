// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/losses/image_measures.h"
#include "experiments/losses/loss_claims.h"
#include "experiments/losses/loss_figures.h"
#include "experiments/records/numbered.h"

namespace lanegrad {
namespace {

std::string NameOf(const Measurement& row) {
  return fmt::format("{} ({})", row.settings.Text("loss"), row.settings.Text("output"));
}

std::vector<Measurement> Trainings(const Evidence& evidence, std::string_view noise) {
  std::vector<Measurement> rows = evidence.Series("training");
  std::erase_if(rows, [&](const auto& row) { return row.settings.Text("noise") != noise; });
  return rows;
}

// A row of dots a row of the records, best first.
void AddAccuracies(DotFigure& figure, const std::vector<Measurement>& rows) {
  for (const Measurement& row : rows) {
    const std::vector<double> accuracies = NumbersOf(row.values, "accuracy");
    const Interval interval = MeanInterval(accuracies);
    figure.rows.push_back({.label = NameOf(row),
                           .group = row.settings.Text("output"),
                           .value = Mean(accuracies),
                           .low = interval.low,
                           .high = interval.high,
                           .points = accuracies});
  }
  std::stable_sort(figure.rows.begin(), figure.rows.end(),
                   [](const DotRow& a, const DotRow& b) { return a.value > b.value; });
}

std::string Seeds(const std::vector<Measurement>& rows) {
  return fmt::format("{} seeds, a pale dot each, with 95 % intervals of the mean",
                     NumbersOf(rows.front().values, "accuracy").size());
}

Figure AccuracyFigure(const Evidence& evidence) {
  const std::vector<Measurement> rows = Trainings(evidence, "0");
  DotFigure figure = {
      .name = "03_4_losses_accuracy",
      .subtitle = fmt::format("each loss with its output, at its best rate; {}", Seeds(rows)),
      .x_label = "test accuracy (%)",
      .percent = true};
  AddAccuracies(figure, rows);
  const auto near = std::count_if(figure.rows.begin(), figure.rows.end(), [&](const DotRow& row) {
    return row.value >= figure.rows.front().value - 0.02;
  });
  figure.title = fmt::format(
      "{} of {} pairs of loss and output come within 2 points of the highest mean, "
      "{}",
      near, figure.rows.size(), figure.rows.front().label);
  return figure;
}

Figure RateFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "03_4_losses_rates",
                       .subtitle = "accuracy on held-out images, mean over the tuning seeds",
                       .x_label = "learning rate",
                       .y_label = "held-out accuracy (%)",
                       .x_log = true,
                       .y_percent = true,
                       .panels = {{.title = "the usual output"}, {.title = "softmax"}}};
  double least = INFINITY, most = 0.0;
  for (const Measurement& row : Trainings(evidence, "0")) {
    LineSeries series = {.name = row.settings.Text("loss")};
    const std::vector<double> rates = NumbersOf(row.values, "tried");
    const std::vector<double> tuned = NumbersOf(row.values, "tuned");
    for (std::size_t i = 0; i < tuned.size(); ++i) {
      series.points.push_back({.x = rates[i], .y = tuned[i]});
      if (rates[i] == row.values.Number("rate")) series.best = static_cast<int>(i);
    }
    if (Mean(NumbersOf(row.values, "accuracy")) > 0.5) {
      least = std::min(least, row.values.Number("rate"));
      most = std::max(most, row.values.Number("rate"));
    }
    figure.panels[row.settings.Text("output") == "softmax"].series.push_back(std::move(series));
  }
  figure.title =
      fmt::format("The best rates of losses that learn lie between {:.2g} and {:.2g}", least, most);
  return figure;
}

Figure NoiseFigure(const Evidence& evidence) {
  const std::vector<Measurement> rows = Trainings(evidence, "0.4");
  DotFigure figure = {
      .name = "03_4_losses_noise",
      .subtitle = fmt::format("{}; at the right, what the wrong labels cost", Seeds(rows)),
      .x_label = "test accuracy (%)",
      .percent = true};
  AddAccuracies(figure, rows);
  for (DotRow& dots : figure.rows) {
    for (const Measurement& row : Trainings(evidence, "0")) {
      if (NameOf(row) != dots.label) continue;
      const double right = Mean(NumbersOf(row.values, "accuracy"));
      dots.text =
          fmt::format("{:.1f} % ({:+.1f})", 100.0 * dots.value, 100.0 * (dots.value - right));
    }
  }
  figure.title = fmt::format("With 40 % of the labels wrong {} has the highest mean, {:.1f} %",
                             figure.rows.front().label, 100.0 * figure.rows.front().value);
  return figure;
}

Figure WrongStartFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "03_4_losses_wrong_start",
                       .subtitle =
                           "sigmoid outputs, each loss at its best rate for each bias; "
                           "95 % intervals",
                       .x_label = "bias with which all ten outputs begin",
                       .y_label = "test accuracy (%)",
                       .y_percent = true,
                       .y_low = 0.0,
                       .y_high = 1.0,
                       .panels = {{.title = ""}}};
  std::vector<double> last;
  double bias = 0.0;
  for (const char* loss : {"mse", "binary_cross_entropy"}) {
    LineSeries series = {.name = loss};
    for (const Measurement& row : evidence.Series("wrong_start")) {
      if (row.settings.Text("loss") != loss) continue;
      const std::vector<double> accuracies = NumbersOf(row.values, "accuracy");
      const Interval interval = MeanInterval(accuracies);
      bias = row.settings.Number("bias");
      series.points.push_back(
          {.x = bias, .y = Mean(accuracies), .low = interval.low, .high = interval.high});
    }
    last.push_back(series.points.back().y);
    figure.panels[0].series.push_back(std::move(series));
  }
  figure.title = fmt::format(
      "From a bias of {:g} cross-entropy reaches {:.0f} %, squared error "
      "{:.0f} %",
      bias, 100.0 * last[1], 100.0 * last[0]);
  return figure;
}

Figure CalibrationFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "03_4_losses_calibration",
                       .subtitle =
                           "mean over the seeds with 95 % intervals; each at the rate "
                           "that is best for its accuracy",
                       .x_label = "epochs of training",
                       .y_label = "calibration error (points)",
                       .x_log = true,
                       .y_low = 0.0,
                       .panels = {{.title = ""}}};
  for (const LossOutput& pair : kCalibratedPairs) {
    LineSeries series = {.name = std::string(pair.loss)};
    for (const Measurement& row : evidence.Series("calibration")) {
      if (row.settings.Text("loss") != pair.loss) continue;
      std::vector<double> errors = NumbersOf(row.values, "ece");
      for (double& error : errors) error *= 100.0;
      const Interval interval = MeanInterval(errors);
      series.points.push_back({.x = row.values.Number("passes"),
                               .y = Mean(errors),
                               .low = interval.low,
                               .high = interval.high});
    }
    figure.panels[0].series.push_back(std::move(series));
  }
  const std::vector<LineSeries>& all = figure.panels[0].series;
  const auto first = std::min_element(all.begin(), all.end(), [](const auto& x, const auto& y) {
    return x.points.front().y < y.points.front().y;
  });
  const auto last = std::min_element(all.begin(), all.end(), [](const auto& x, const auto& y) {
    return x.points.back().y < y.points.back().y;
  });
  figure.title = fmt::format(
      "After {:g} epochs the confidence of {} is nearest to the truth, after {:g} that of {}",
      first->points.front().x, first->name, last->points.back().x, last->name);
  return figure;
}

Figure ReliabilityFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "03_4_losses_reliability",
                       .subtitle =
                           "answers in ten bins of confidence, those with fewer than 1 % "
                           "of the answers left out; dashed: as right as sure",
                       .x_label = "mean confidence of the answers in a bin (%)",
                       .y_label = "share of them that is right (%)",
                       .y_percent = true};
  double over = 0.0, epochs = 0.0;
  for (const TrainingLength& length : kLengths) {
    LinePanel panel;
    LineSeries diagonal = {.name = "as right as sure", .theory = true};
    for (const double x : {20.0, 100.0}) diagonal.points.push_back({.x = x, .y = x / 100.0});
    for (const Measurement& row : evidence.Series("calibration")) {
      if (row.settings.Text("length") != length.name) continue;
      panel.title = fmt::format("{:g} epochs", row.values.Number("passes"));
      LineSeries series = {.name = row.settings.Text("loss")};
      const std::vector<double> count = NumbersOf(row.values, "count");
      const std::vector<double> confidence = NumbersOf(row.values, "confidence");
      const std::vector<double> right = NumbersOf(row.values, "right");
      double all = 0.0;
      for (const double each : count) all += each;
      for (std::size_t bin = 0; bin < count.size(); ++bin) {
        if (count[bin] < 0.01 * all) continue;
        series.points.push_back({.x = 100.0 * confidence[bin], .y = right[bin]});
      }
      if (series.name == "softmax_cross_entropy") {
        over = Mean(NumbersOf(row.values, "over"));
        epochs = row.values.Number("passes");
      }
      panel.series.push_back(std::move(series));
    }
    panel.series.push_back(std::move(diagonal));
    figure.panels.push_back(std::move(panel));
  }
  figure.title = fmt::format(
      "After {:g} epochs the confidence of cross-entropy {} its accuracy by {:.1f} points", epochs,
      over > 0.0 ? "exceeds" : "falls short of", 100.0 * std::fabs(over));
  return figure;
}

Figure PathFigure(const Evidence& evidence) {
  LineFigure figure = {
      .name = "03_4_losses_paths",
      .subtitle =
          "training loss on straight lines through the weights, as a "
          "share of what it was at the start; mean over pairs of seeds",
      .x_label = "place on the line (0: from, 1: to)",
      .y_label = "share of the first loss (%)",
      .y_percent = true,
      .dots = false,
      .y_low = 0.0,
      .panels = {{.title = "from a start to its end"}, {.title = "from one end to another"}}};
  double least = INFINITY;
  for (const Measurement& row : evidence.Series("path")) {
    const double first = row.values.Number("start_1");
    for (const std::size_t panel : {0u, 1u}) {
      const std::vector<double> losses = NumbersOf(row.values, panel == 0 ? "start" : "between");
      LineSeries series = {.name = row.settings.Text("loss")};
      for (std::size_t i = 0; i < losses.size(); ++i) {
        series.points.push_back(
            {.x = static_cast<double>(i) / static_cast<double>(losses.size() - 1),
             .y = losses[i] / first});
      }
      figure.panels[panel].series.push_back(std::move(series));
    }
    least = std::min(least, Mean(NumbersOf(row.values, "barrier")) / first);
  }
  figure.title = fmt::format(
      "Between two solutions every loss rises, by {:.0f} % of its first "
      "value or more",
      100.0 * least);
  if (least <= 0.0) figure.title = "Between two solutions not every loss rises";
  return figure;
}

Figure PlaneFigure(const Evidence& evidence) {
  ImageFigure figure = {.name = "03_4_losses_plane",
                        .subtitle =
                            "training loss on a plane of two random directions; at 1 every "
                            "unit has moved by its own length; each panel its own scale",
                        .value_label = "loss",
                        .x_label = "first direction",
                        .y_label = "second direction",
                        .own_scale = true,
                        .x_ends = {-1.0, 1.0},
                        .y_ends = {-1.0, 1.0},
                        .in_row = 3};
  std::vector<std::string> spans;
  for (const Measurement& row : evidence.Series("path")) {
    const auto side = static_cast<std::size_t>(row.settings.Number("side"));
    const std::vector<double> values = NumbersOf(row.values, "plane");
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    spans.push_back(fmt::format("{:.2g} to {:.2g} ({})", *low, *high, row.settings.Text("loss")));
    figure.panels.push_back(
        {.title = row.settings.Text("loss"), .rows = side, .columns = side, .values = values});
  }
  figure.title = fmt::format("Round a solution losses run from {}", fmt::join(spans, ", from "));
  return figure;
}

Figure PairFigure(const Evidence& evidence) {
  const std::vector<Measurement> rows = evidence.Series("wrong_pair");
  DotFigure figure = {.name = "03_4_losses_pairs",
                      .subtitle = fmt::format("cross-entropies behind logits (identity) and behind "
                                              "what is an answer already; {}",
                                              Seeds(rows)),
                      .x_label = "test accuracy (%)",
                      .percent = true};
  AddAccuracies(figure, rows);
  std::vector<double> right, wrong;
  for (const Measurement& row : rows) {
    (row.values.Number("accepted") == 1.0 ? right : wrong)
        .push_back(Mean(NumbersOf(row.values, "accuracy")));
  }
  figure.title = wrong.empty() || right.empty()
                     ? "Pairs of loss and output"
                     : fmt::format(
                           "Right pairs reach {:.0f} % at least, wrong ones {:.0f} % at "
                           "most",
                           100.0 * *std::min_element(right.begin(), right.end()),
                           100.0 * *std::max_element(wrong.begin(), wrong.end()));
  return figure;
}

}  // namespace

std::vector<Figure (*)(const Evidence&)> ImageFigures() {
  return {AccuracyFigure,    RateFigure, NoiseFigure, WrongStartFigure, CalibrationFigure,
          ReliabilityFigure, PathFigure, PlaneFigure, PairFigure};
}

}  // namespace lanegrad
