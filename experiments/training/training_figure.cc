// SPDX-License-Identifier: Apache-2.0
#include "experiments/training/training_figure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>

#include "experiments/comparison/comparison_figure.h"
#include "experiments/records/score.h"
#include "experiments/training/training_answer.h"
#include "network/split.h"

namespace lanegrad {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Of Metrics(): what is drawn of held-out and of training samples.
struct Pair {
  std::size_t held_out, training;
};
constexpr Pair kAccuracies = {0, 3}, kLosses = {2, 1};

// What is drawn: losses, or a score.
struct Drawn {
  bool loss;
  Score score;
};

std::string Value(double value, const Drawn& drawn) {
  return !drawn.loss ? ScoreText(drawn.score, value) : std::isfinite(value) ? Short(value) : "∞";
}

// The middle of the runs at a place, with their range.
LinePoint PointOf(double x, std::vector<double> values, std::size_t lost, const Drawn& drawn) {
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  const double middle = drawn.loss ? Median(values) : Mean(values);
  LinePoint point = {.x = x, .y = middle, .diverged = lost == values.size(), .partly = lost > 0};
  point.note = fmt::format("epoch {}: {}", x, Value(middle, drawn));
  if (values.size() > 1) {
    point.low = *low;
    point.high = *high;
    point.note += fmt::format(" ({} to {})", Value(*low, drawn), Value(*high, drawn));
  }
  if (lost > 0) point.note += fmt::format(", {} of {} diverged", lost, values.size());
  return point;
}

LineSeries SeriesOf(const std::vector<ComparedRun>& runs, std::string name, std::size_t metric,
                    std::size_t epochs, const Drawn& drawn) {
  LineSeries series = {.name = std::move(name), .points = {}};
  for (std::size_t epoch = 0; epoch < epochs; ++epoch) {
    std::vector<double> values;
    std::size_t lost = 0;
    for (const ComparedRun& run : runs) {
      values.push_back(run.At(metric, epoch));
      lost += run.outcome == Outcome::kDiverged && epoch >= run.epochs.size();
    }
    series.points.push_back(
        PointOf(static_cast<double>(epoch + 1), std::move(values), lost, drawn));
  }
  return series;
}

// Test samples after the last epoch.
LinePoint TestPoint(const TrainedRuns& trained, std::size_t epochs, const Drawn& drawn) {
  const bool loss = drawn.loss;
  std::vector<double> values;
  std::size_t lost = 0;
  for (const RunRecord& run : trained.runs) {
    const bool diverged = run.status == Status::kDiverged;
    lost += diverged;
    const double failed = loss ? kInfinity : ChanceOf(run);
    const double own =
        loss ? run.test_loss.value_or(kInfinity) : run.test_accuracy.value_or(ChanceOf(run));
    values.push_back(diverged ? failed : own);
  }
  LinePoint point = PointOf(static_cast<double>(epochs), std::move(values), lost, drawn);
  point.note.insert(0, "after ");
  return point;
}

// Test samples after each epoch, where all runs know them: as a published figure has it. Nothing
// may be chosen by it, and its name says so.
std::optional<LineSeries> TestCurve(const TrainedRuns& trained, std::size_t epochs,
                                    const Drawn& drawn) {
  const bool loss = drawn.loss;
  LineSeries series = {.name = "test (not to choose by)", .points = {}};
  for (std::size_t epoch = 0; epoch < epochs; ++epoch) {
    std::vector<double> values;
    std::size_t lost = 0;
    for (const RunRecord& run : trained.runs) {
      if (run.epochs.empty() || !run.epochs.back().test_accuracy) return {};
      const bool diverged = run.status == Status::kDiverged && epoch >= run.epochs.size();
      lost += diverged;
      // A run that stopped keeps what it had.
      const EpochMetrics& metrics = run.epochs[std::min(epoch, run.epochs.size() - 1)];
      values.push_back(diverged ? (loss ? kInfinity : ChanceOf(run))
                       : loss   ? metrics.test_loss.value_or(kInfinity)
                                : metrics.test_accuracy.value_or(ChanceOf(run)));
    }
    series.points.push_back(
        PointOf(static_cast<double>(epoch + 1), std::move(values), lost, drawn));
  }
  return series;
}

// The finding of a curve: where it is best, and what came after.
std::string CurveTitle(const LineSeries& series, const Drawn& drawn) {
  const bool loss = drawn.loss;
  const std::string what = fmt::format("{} {}", series.name == "held out" ? "Held-out" : "Training",
                                       loss ? "loss" : ScoreName(drawn.score));
  const auto better = [loss](const LinePoint& a, const LinePoint& b) {
    return loss ? a.y < b.y : a.y > b.y;
  };
  const auto best = std::min_element(series.points.begin(), series.points.end(), better);
  const LinePoint &first = series.points.front(), &last = series.points.back();
  if (last.diverged) return "All runs diverged";
  if (series.points.size() == 1) {
    return fmt::format("{} is {} after one epoch", what, Value(last.y, drawn));
  }
  if (best->y == last.y) {
    return fmt::format("{} {} from {} to {} in {} epochs, and was never better", what,
                       loss ? "falls" : "rises", Value(first.y, drawn), Value(last.y, drawn),
                       series.points.size());
  }
  return fmt::format("{} is best in epoch {}, at {}; after the last it is {}", what, best->x,
                     Value(best->y, drawn), Value(last.y, drawn));
}

// Pixels of a sample, in [0, 1].
std::vector<double> PixelsOf(const Samples& samples, std::size_t sample) {
  std::vector<double> pixels;
  for (std::size_t j = 0; j < samples.features; ++j) {
    const std::size_t at = sample * samples.features + j;
    pixels.push_back(samples.values.empty() ? static_cast<double>(samples.bytes.at(at)) / 255.0
                                            : static_cast<double>(samples.values.at(at)));
  }
  return pixels;
}

std::string SeedsText(const TrainedRuns& trained) {
  return trained.runs.size() == 1 ? fmt::format("seed {}", trained.runs.front().settings.seed)
                                  : RunsText(trained);
}

}  // namespace

std::optional<LineFigure> CurveFigure(const TrainedRuns& trained, bool loss) {
  const std::vector<ComparedRun> runs = Views(trained);
  std::size_t epochs = 0;
  for (const ComparedRun& run : runs) epochs = std::max(epochs, run.epochs.size());
  if (epochs == 0) return {};
  const Pair pair = loss ? kLosses : kAccuracies;
  const Drawn drawn = {.loss = loss, .score = ScoreOf(trained.data)};
  LineFigure figure = {
      .name = loss                   ? "train_loss"
              : IsShare(drawn.score) ? "train_accuracy"
                                     : "train_r2",
      .x_label = "epoch",
      .y_label = std::string(loss ? "mean loss of a sample" : ScoreLabel(drawn.score)),
      .y_percent = !loss && IsShare(drawn.score),
      .x_whole = true,
      .panels = {{.title = "", .series = {}}}};
  figure.subtitle = fmt::format("{}, {}", trained.data.name, SeedsText(trained));
  if (runs.size() > 1) {
    figure.subtitle +=
        fmt::format("; {}, band from the lowest to the highest", loss ? "median" : "mean");
  }
  figure.subtitle +=
      "; a training sample is judged before its step, held-out samples after the "
      "epoch";
  std::vector<LineSeries>& series = figure.panels.front().series;
  series.push_back(SeriesOf(runs, "training", pair.training, epochs, drawn));
  if (trained.runs.front().settings.validation > 0) {
    series.push_back(SeriesOf(runs, "held out", pair.held_out, epochs, drawn));
  }
  figure.title = CurveTitle(series.back(), drawn);
  if (std::optional<LineSeries> test = TestCurve(trained, epochs, drawn)) {
    series.push_back(*std::move(test));
  } else {
    series.push_back({.name = "test", .points = {TestPoint(trained, epochs, drawn)}});
  }
  return figure;
}

std::optional<HeatMap> ConfusionMap(const TrainedRuns& trained) {
  const std::optional<Confusion> joint = JointConfusion(trained);
  if (!joint || joint->classes > kMostClasses) return {};
  HeatMap map = {.name = "train_confusion",
                 .subtitle = fmt::format("{}, {}; a row is a class, a column what its test samples "
                                         "were taken for, in % of the class; outlined: right",
                                         trained.data.name, SeedsText(trained)),
                 .x_label = "taken for",
                 .value_label = "share of the class",
                 .percent = true};
  double most = 0.0;
  for (std::size_t label = 0; label < joint->classes; ++label) {
    map.columns.push_back(ClassName(trained.data, label));
    HeatRow row = {.label = ClassName(trained.data, label), .cells = {}};
    const double all = static_cast<double>(joint->OfClass(label));
    for (std::size_t named = 0; named < joint->classes; ++named) {
      const double share = static_cast<double>(joint->Count(label, named)) / all;
      row.cells.push_back(
          {.value = share,
           .best = named == label,
           .note = fmt::format("{} of {} samples of {} taken for {}", joint->Count(label, named),
                               joint->OfClass(label), ClassName(trained.data, label),
                               ClassName(trained.data, named))});
      if (named != label && share > most) {
        most = share;
        map.title =
            fmt::format("Most confused: {} of the samples of {} are taken for {}", Percent(share),
                        ClassName(trained.data, label), ClassName(trained.data, named));
      }
    }
    map.rows.push_back(std::move(row));
  }
  if (map.title.empty()) map.title = "No test sample was taken for another class";
  return map;
}

std::optional<DotFigure> RecallFigure(const TrainedRuns& trained) {
  const std::optional<Confusion> joint = JointConfusion(trained);
  if (!joint || joint->classes > kMostClasses) return {};
  DotFigure figure = {
      .name = "train_recall",
      .subtitle = fmt::format(
          "{}, {}; share of the test samples of a class that are named rightly; "
          "the line is the 95 % interval {}",
          trained.data.name, SeedsText(trained),
          trained.runs.size() > 1 ? "of the mean over seeds" : "of a share of so many samples"),
      .x_label = "recall, %",
      .percent = true};
  for (std::size_t label = 0; label < joint->classes; ++label) {
    const SharedMean recall = TestRecall(trained, label);
    if (!std::isfinite(recall.mean)) continue;
    const std::string name = ClassName(trained.data, label);
    figure.rows.push_back(
        {.label = name,
         .value = recall.mean,
         .low = std::max(0.0, recall.interval.low),
         .high = std::min(1.0, recall.interval.high),
         .points = recall.by_seed.size() > 1 ? recall.by_seed : std::vector<double>(),
         .note = fmt::format("{}: {}", name, Percent(recall.mean))});
  }
  if (figure.rows.empty()) return {};
  std::stable_sort(figure.rows.begin(), figure.rows.end(),
                   [](const DotRow& a, const DotRow& b) { return a.value < b.value; });
  const DotRow &least = figure.rows.front(), &most = figure.rows.back();
  figure.title = least.value == most.value
                     ? fmt::format("All classes are recognised alike: {}", Percent(least.value))
                     : fmt::format("Recognised least: {}, {}; best: {}, {}", least.label,
                                   Percent(least.value), most.label, Percent(most.value));
  return figure;
}

std::optional<ImageFigure> MistakeFigure(const TrainedRuns& trained, std::size_t most) {
  const Dataset& data = trained.data;
  const RunRecord& run = trained.runs.front();
  if (!run.confusion || run.confusion->mistakes.empty() || data.width * data.height == 0) return {};
  const bool probabilities = run.confusion->probabilities;
  ImageFigure figure = {
      .name = "train_mistakes",
      .subtitle =
          fmt::format("{}, seed {}; what it is, then what it was taken for and {}", data.name,
                      run.settings.seed,
                      probabilities ? "how sure the network was of that" : "the output for that"),
      .value_label = "brightness",
      .low = 0.0,
      .high = 1.0};
  std::size_t sure = 0;
  const std::size_t shown = std::min(most, run.confusion->mistakes.size());
  const Mistake& worst = run.confusion->mistakes.front();
  for (std::size_t i = 0; i < shown; ++i) {
    const Mistake& mistake = run.confusion->mistakes[i];
    sure += mistake.named_output > 0.99f;
    const double output = static_cast<double>(mistake.named_output);
    const std::string says =
        probabilities ? fmt::format("{:.1f}\u00a0%", 100.0 * output) : Short(output);
    figure.panels.push_back({.title = fmt::format("{} → {}, {}", ClassName(data, mistake.label),
                                                  ClassName(data, mistake.named), says),
                             .rows = data.height,
                             .columns = data.width,
                             .values = PixelsOf(TestSamples(run.settings, data), mistake.sample),
                             .note = fmt::format("test sample {}: {}, taken for {} ({})",
                                                 mistake.sample, ClassName(data, mistake.label),
                                                 ClassName(data, mistake.named), says)});
  }
  figure.title =
      probabilities
          ? fmt::format("Of the {} worst mistakes the network was more than 99 % sure of {}", shown,
                        sure)
          : fmt::format("The worst mistake takes {} for {}", ClassName(data, worst.label),
                        ClassName(data, worst.named));
  return figure;
}

}  // namespace lanegrad
