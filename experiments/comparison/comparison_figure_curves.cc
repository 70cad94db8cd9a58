// SPDX-License-Identifier: Apache-2.0
//
// How cells learn: by epoch, and by how much they are tuned.
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>

#include "experiments/comparison/comparison_figure.h"
#include "experiments/comparison/expected_best.h"

namespace lanegrad {

std::string Percent(double share) {
  return std::isfinite(share) ? fmt::format("{:.2f} %", 100.0 * share) : "-";
}

std::string Seeds(std::size_t count) {
  return fmt::format("{} seed{}", count, count == 1 ? "" : "s");
}

std::string RunsOf(const ComparisonFacts& facts, std::size_t seeds) {
  return facts.folds == 0 ? Seeds(seeds)
                          : fmt::format("{} folds with {} each", facts.folds, Seeds(seeds));
}

std::string SeriesName(const ComparisonCell& cell) {
  return cell.labels.empty() ? cell.Name() : cell.labels[0];
}

std::string PanelName(const ComparisonCell& cell) {
  if (cell.labels.size() < 2) return "";
  return fmt::format("{}", fmt::join(cell.labels.begin() + 1, cell.labels.end(), " · "));
}

LinePanel& PanelOf(LineFigure& figure, const std::string& title) {
  for (LinePanel& panel : figure.panels) {
    if (panel.title == title) return panel;
  }
  figure.panels.push_back({.title = title, .series = {}});
  return figure.panels.back();
}

namespace {

std::string Value(double value, const Metric& metric, Score score) {
  return metric.share ? ScoreText(score, value) : std::isfinite(value) ? Short(value) : "∞";
}

// The best series at the point number `i` (from the end where negative) of all curves.
std::string LeaderAt(const LineFigure& figure, bool large, int i, double* value = nullptr) {
  std::string leader;
  double best = -std::numeric_limits<double>::infinity();
  for (const LinePanel& panel : figure.panels) {
    for (const LineSeries& series : panel.series) {
      const int at = i < 0 ? static_cast<int>(series.points.size()) + i : i;
      if (at < 0 || at >= static_cast<int>(series.points.size())) continue;
      const LinePoint& point = series.points[static_cast<std::size_t>(at)];
      const double score = large ? point.y : -point.y;
      if (point.diverged || !std::isfinite(score) || score <= best) continue;
      best = score;
      leader = panel.title.empty() ? series.name : series.name + " · " + panel.title;
      if (value != nullptr) *value = point.y;
    }
  }
  return leader;
}

std::string CurveTitle(const LineFigure& figure, const Metric& metric, Score score) {
  const std::string first = LeaderAt(figure, metric.share, 0),
                    last = LeaderAt(figure, metric.share, -1);
  if (first.empty() || last.empty()) return "No run kept a finite loss";
  if (first == last) return fmt::format("{} leads from the first epoch to the last", last);
  return fmt::format("{}: {} leads after one epoch, {} at the end",
                     !metric.share    ? "Loss"
                     : IsShare(score) ? "Accuracy"
                                      : ScoreName(score),
                     first, last);
}

LineSeries CurveOf(const ComparisonCell& cell, std::size_t metric) {
  const Metric& what = Metrics(cell.score())[metric];
  std::size_t epochs = 0;
  for (const ComparedRun& run : cell.finals) epochs = std::max(epochs, run.epochs.size());
  LineSeries series = {.name = SeriesName(cell), .points = {}};
  for (std::size_t epoch = 0; epoch < epochs; ++epoch) {
    std::vector<double> values;
    std::size_t lost = 0;
    for (const ComparedRun& run : cell.finals) {
      values.push_back(run.At(metric, epoch));
      lost += run.broken_off() && epoch >= run.epochs.size();
    }
    const auto [low, high] = std::minmax_element(values.begin(), values.end());
    const double middle = what.share ? Mean(values) : Median(values);
    std::string note =
        fmt::format("epoch {}: {} ({} to {})", epoch + 1, Value(middle, what, cell.score()),
                    Value(*low, what, cell.score()), Value(*high, what, cell.score()));
    if (lost > 0) note.append(fmt::format(", {} of {} diverged", lost, values.size()));
    series.points.push_back({.x = static_cast<double>(epoch + 1),
                             .y = middle,
                             .low = *low,
                             .high = *high,
                             .diverged = lost == values.size(),
                             .partly = lost > 0,
                             .note = std::move(note)});
  }
  return series;
}

}  // namespace

LineFigure CurveFigure(const Cells& cells, const ComparisonFacts& facts, std::size_t metric) {
  const Metric& what = Metrics(facts.score)[metric];
  LineFigure figure = {
      .name = metric == 0 ? "compare_curves" : fmt::format("compare_curves_{}", what.key),
      .subtitle = fmt::format(
          "{}, {} at the best {}; {} of {}, band from the lowest to the highest{}", facts.data,
          what.name, Tuned(facts), what.share ? "mean" : "median", RunsOf(facts, facts.final_seeds),
          what.share ? "; a diverged run counts as guessing"
                     : "; a diverged run counts as infinite"),
      .x_label = "epoch",
      .y_label = std::string(what.share ? ScoreLabel(facts.score) : "loss"),
      .y_percent = what.share && IsShare(facts.score),
      .x_whole = true};
  for (const ComparisonCell& cell : cells) {
    if (cell.finals.empty()) continue;
    PanelOf(figure, PanelName(cell)).series.push_back(CurveOf(cell, metric));
  }
  figure.title = CurveTitle(figure, what, facts.score);
  return figure;
}

LineFigure ExpectedBestFigure(const Cells& cells, const ComparisonFacts& facts) {
  const std::string tried = facts.searched.empty() ? "rates" : "settings";
  LineFigure figure = {
      .name = "compare_best_of_k",
      .subtitle =
          fmt::format("{}, expected highest {} on held-out samples of k {} tried "
                      "at random; mean of {}, band from the lowest to the highest; a "
                      "diverged trial counts as guessing",
                      facts.data, ScoreName(facts.score), tried, RunsOf(facts, facts.tune_seeds)),
      .x_label = tried + " tried, k",
      .y_label = std::string(ScoreLabel(facts.score)),
      .y_percent = IsShare(facts.score),
      .x_whole = true};
  for (const ComparisonCell& cell : cells) {
    // A curve a seed (and fold); seeds that have not tried every rate wait until they have.
    std::map<std::pair<std::size_t, std::uint64_t>, std::vector<double>> by_seed;
    for (const RateTrials& trial : cell.trials) {
      for (const ComparedRun& run : trial.runs)
        by_seed[{run.fold, run.seed}].push_back(run.held_out);
    }
    std::vector<std::vector<double>> curves;
    for (const auto& [seed, accuracies] : by_seed) {
      if (accuracies.size() == cell.trials.size()) curves.push_back(ExpectedBest(accuracies));
    }
    if (curves.empty()) continue;
    LineSeries series = {.name = SeriesName(cell), .points = {}};
    for (std::size_t k = 0; k < cell.trials.size(); ++k) {
      std::vector<double> values;
      for (const std::vector<double>& curve : curves) values.push_back(curve[k]);
      const auto [low, high] = std::minmax_element(values.begin(), values.end());
      series.points.push_back(
          {.x = static_cast<double>(k + 1),
           .y = Mean(values),
           .low = *low,
           .high = *high,
           .note =
               fmt::format("best of {}: {} ({} to {})", k + 1, ScoreText(facts.score, Mean(values)),
                           ScoreText(facts.score, *low), ScoreText(facts.score, *high))});
    }
    PanelOf(figure, PanelName(cell)).series.push_back(std::move(series));
  }
  std::size_t most = 0;
  for (const ComparisonCell& cell : cells) most = std::max(most, cell.trials.size());
  const std::size_t few = std::min<std::size_t>(3, most);
  double with_few = NAN, with_all = NAN;
  const std::string early = LeaderAt(figure, true, static_cast<int>(few) - 1, &with_few);
  const std::string late = LeaderAt(figure, true, static_cast<int>(most) - 1, &with_all);
  const std::string few_text = ScoreText(facts.score, with_few);
  const std::string all_text = ScoreText(facts.score, with_all);
  figure.title =
      few == most
          ? fmt::format("{} is expected best with {} {} tried ({})", late, most, tried, all_text)
      : early == late ? fmt::format("{} is expected best with {} {} tried ({}) and with {} ({})",
                                    late, few, tried, few_text, most, all_text)
                      : fmt::format("With {} {} tried {} is expected best ({}), with {} {} ({})",
                                    few, tried, early, few_text, most, late, all_text);
  return figure;
}

}  // namespace lanegrad
