// SPDX-License-Identifier: Apache-2.0
//
// What the learning rate does to each cell.
#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "experiments/comparison/comparison_figure.h"

namespace lanegrad {
namespace {

// A metric after the last epoch over the seeds of one rate.
struct Summary {
  double middle, low, high;
};

// What one metric says of trials: mean of accuracies, median of losses, lowest and highest.
Summary Summarize(const RateTrials& trial, std::size_t metric) {
  std::vector<double> values;
  for (const ComparedRun& run : trial.runs) {
    values.push_back(metric == 0          ? run.held_out
                     : run.epochs.empty() ? run.At(metric, 0)
                     : run.broken_off()   ? run.At(metric, run.epochs.size())
                                          : run.At(metric, run.epochs.size() - 1));
  }
  const auto [low, high] = std::minmax_element(values.begin(), values.end());
  return {Metrics()[metric].share ? Mean(values) : Median(values), *low, *high};
}

bool AllDiverged(const RateTrials& trial) {
  return trial.outcomes.diverged == trial.outcomes.all();
}

std::string Value(double value, std::size_t metric, Score score) {
  return Metrics()[metric].share ? ScoreText(score, value)
         : std::isfinite(value)  ? Short(value)
                                 : "∞";
}

std::string TrialNote(const RateTrials& trial, std::size_t metric) {
  const Summary summary = Summarize(trial, metric);
  const Score score = trial.runs.front().score;
  std::string note = fmt::format("rate {}: {}", trial.rate, Value(summary.middle, metric, score));
  if (summary.low < summary.high) {
    note.append(fmt::format(" ({} to {})", Value(summary.low, metric, score),
                            Value(summary.high, metric, score)));
  }
  if (trial.outcomes.failed() > 0) {
    note.append(trial.runs.front().fold == 0 ? "; of " + Seeds(trial.runs.size())
                                             : fmt::format("; of {} runs", trial.runs.size()));
  }
  if (trial.outcomes.diverged > 0) {
    note.append(fmt::format(", {} diverged", trial.outcomes.diverged));
  }
  if (trial.outcomes.out_of_time > 0) {
    note.append(fmt::format(", {} out of time", trial.outcomes.out_of_time));
  }
  if (trial.outcomes.stuck > 0) note.append(fmt::format(", {} stuck", trial.outcomes.stuck));
  return note;
}

// Which trial is best by a metric; -1 where none is finite.
int BestTrial(const ComparisonCell& cell, std::size_t metric) {
  if (metric == 0) return static_cast<int>(cell.best);
  int best = -1;
  double value = -std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < cell.trials.size(); ++i) {
    const double middle = Summarize(cell.trials[i], metric).middle;
    const double score = Metrics()[metric].share ? middle : -middle;
    if (std::isfinite(score) && score > value) {
      value = score;
      best = static_cast<int>(i);
    }
  }
  return best;
}

// The finding of the curves: how far apart the best rates lie, or who is best where.
std::string RateTitle(const Cells& cells, std::size_t metric, bool value_first) {
  const ComparisonCell *low = nullptr, *high = nullptr, *best = nullptr;
  double best_value = 0.0;
  float best_rate = 0.0f;
  for (const ComparisonCell& cell : cells) {
    if (cell.trials.empty()) continue;
    if (low == nullptr || cell.settings.rate < low->settings.rate) low = &cell;
    if (high == nullptr || cell.settings.rate > high->settings.rate) high = &cell;
    const int trial = BestTrial(cell, metric);
    if (trial < 0) continue;
    const RateTrials& trials = cell.trials[static_cast<std::size_t>(trial)];
    const double value = Summarize(trials, metric).middle;
    if (best != nullptr && (Metrics()[metric].share ? value <= best_value : value >= best_value)) {
      continue;
    }
    best = &cell, best_value = value, best_rate = trials.rate;
  }
  if (best == nullptr) return "No run ended with a finite loss";
  if (value_first || cells.size() == 1) {
    return fmt::format("{} {}: {}{} at rate {}", Metrics()[metric].share ? "Highest" : "Lowest",
                       Metrics(cells.front().score())[metric].name,
                       Value(best_value, metric, cells.front().score()),
                       cells.size() == 1 ? std::string() : ", " + best->Name(), best_rate);
  }
  if (low->settings.rate == high->settings.rate) {
    return fmt::format("One learning rate is best for all: {}", low->settings.rate);
  }
  // Where one of the two is best at an end of what was tried, they may lie farther apart.
  const bool open = low->best == 0 || high->best + 1 == high->trials.size();
  return fmt::format("{} needs a rate {}{:.3g} times that of {}", high->Name(),
                     open ? "at least " : "",
                     static_cast<double>(high->settings.rate / low->settings.rate), low->Name());
}

std::string Middle(std::size_t metric, const ComparisonFacts& facts) {
  return fmt::format("{} of {}", Metrics()[metric].share ? "mean" : "median",
                     RunsOf(facts, facts.tune_seeds));
}

std::string Stem(std::string_view stem, const ComparisonFacts& facts, std::size_t metric) {
  return metric == 0 ? std::string(stem)
                     : fmt::format("{}_{}", stem, Metrics(facts.score)[metric].key);
}

// A losing loss can be any number, and would flatten all others on a linear axis: it ends at
// three times what three quarters of the points stay below.
double LossCeiling(const LineFigure& figure) {
  std::vector<double> values;
  for (const LinePanel& panel : figure.panels) {
    for (const LineSeries& series : panel.series) {
      for (const LinePoint& point : series.points) {
        if (std::isfinite(point.y)) values.push_back(point.y);
      }
    }
  }
  if (values.empty()) return NAN;
  std::sort(values.begin(), values.end());
  const double ceiling = 3.0 * values[3 * (values.size() - 1) / 4];
  return ceiling < values.back() ? ceiling : NAN;
}

std::vector<float> AllRates(const Cells& cells) {
  std::vector<float> rates;
  for (const ComparisonCell& cell : cells) {
    for (const RateTrials& trial : cell.trials) rates.push_back(trial.rate);
  }
  std::sort(rates.begin(), rates.end());
  rates.erase(std::unique(rates.begin(), rates.end()), rates.end());
  return rates;
}

// A heat map with a row a cell and a column a rate; `cell_of` makes each of its cells.
template <class CellOf>
HeatMap MapOverRates(const Cells& cells, HeatMap map, CellOf&& cell_of) {
  const std::vector<float> rates = AllRates(cells);
  for (const float rate : rates) map.columns.push_back(fmt::format("{:.3g}", rate));
  std::string group;
  for (const ComparisonCell& cell : cells) {
    HeatRow row = {
        .label = cell.Name(),
        .cells = std::vector<HeatCell>(rates.size(), {.value = NAN, .note = {}}),
        .gap_before = !map.rows.empty() && cell.labels.size() > 1 && cell.labels[0] != group};
    if (!cell.labels.empty()) group = cell.labels[0];
    for (std::size_t i = 0; i < cell.trials.size(); ++i) {
      const auto column = std::find(rates.begin(), rates.end(), cell.trials[i].rate);
      row.cells[static_cast<std::size_t>(column - rates.begin())] = cell_of(cell, i);
    }
    map.rows.push_back(std::move(row));
  }
  return map;
}

}  // namespace

LineFigure RateFigure(const Cells& cells, const ComparisonFacts& facts, std::size_t metric) {
  const Metric& what = Metrics(facts.score)[metric];
  LineFigure figure = {
      .name = Stem("compare_rates", facts, metric),
      .title = RateTitle(cells, metric, metric > 0),
      .subtitle = fmt::format("{}, {} after the last epoch; {}, band from the lowest to the "
                              "highest; × diverged (small: some of the seeds, large: all)",
                              facts.data, what.name, Middle(metric, facts)),
      .x_label = "learning rate",
      .y_label = std::string(what.share ? ScoreLabel(facts.score) : "loss"),
      .x_log = true,
      .y_percent = what.share && IsShare(facts.score)};
  for (const ComparisonCell& cell : cells) {
    LineSeries series = {.name = SeriesName(cell), .points = {}, .best = BestTrial(cell, metric)};
    for (const RateTrials& trial : cell.trials) {
      // Student's interval of three seeds is four deviations wide and would hide the
      // curves; what was seen is shown instead.
      const Summary summary = Summarize(trial, metric);
      series.points.push_back({.x = static_cast<double>(trial.rate),
                               .y = summary.middle,
                               .low = summary.low,
                               .high = summary.high,
                               .diverged = AllDiverged(trial),
                               .partly = trial.outcomes.diverged > 0,
                               .note = TrialNote(trial, metric)});
    }
    PanelOf(figure, PanelName(cell)).series.push_back(std::move(series));
  }
  if (!what.share) figure.y_high = LossCeiling(figure);
  return figure;
}

HeatMap RateMap(const Cells& cells, const ComparisonFacts& facts, std::size_t metric) {
  const Metric& what = Metrics(facts.score)[metric];
  HeatMap map = {
      .name = Stem("compare_heatmap", facts, metric),
      .title = RateTitle(cells, metric, true),
      .subtitle = fmt::format("{}{}, {} after the last epoch; outlined: the best of its row; × "
                              "every run diverged",
                              what.name, what.share && IsShare(facts.score) ? ", %" : "",
                              Middle(metric, facts)),
      .x_label = "learning rate",
      .value_label = std::string(what.name),
      .percent = what.share && IsShare(facts.score),
      .large = what.share,
      .log = !what.share};
  return MapOverRates(cells, std::move(map), [&](const ComparisonCell& cell, std::size_t i) {
    const RateTrials& trial = cell.trials[i];
    const double middle = Summarize(trial, metric).middle;
    return HeatCell{.value = middle,
                    .diverged = AllDiverged(trial) || !std::isfinite(middle),
                    .best = static_cast<int>(i) == BestTrial(cell, metric),
                    .note = cell.Name() + ", " + TrialNote(trial, metric)};
  });
}

HeatMap FailureMap(const Cells& cells, const ComparisonFacts& facts) {
  OutcomeCounts all;
  for (const ComparisonCell& cell : cells) {
    for (const RateTrials& trial : cell.trials) all.Add(trial.outcomes);
  }
  HeatMap map = {
      .name = "compare_failures",
      .title = all.failed() == 0 ? fmt::format("All {} trials learned something", all.all())
                                 : fmt::format("Of {} trials {} diverged and {} stayed at chance",
                                               all.all(), all.diverged, all.stuck),
      .subtitle = fmt::format(
          "trials of {} that learned nothing, %; stuck: {}", RunsOf(facts, facts.tune_seeds),
          IsShare(facts.score) ? "accuracy not to be told from guessing (binomial tail above "
                                 "0.001)"
                               : "R² of training samples never above 0"),
      .x_label = "learning rate",
      .value_label = "share of trials that learned nothing",
      .percent = true};
  return MapOverRates(cells, std::move(map), [&](const ComparisonCell& cell, std::size_t i) {
    const RateTrials& trial = cell.trials[i];
    return HeatCell{.value = static_cast<double>(trial.outcomes.failed()) /
                             static_cast<double>(trial.outcomes.all()),
                    .note = cell.Name() + ", " + TrialNote(trial, 0)};
  });
}

}  // namespace lanegrad
