// SPDX-License-Identifier: Apache-2.0
//
// Who is first, and how surely.
#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>

#include "experiments/comparison/comparison_figure.h"
#include "experiments/comparison/time_to_target.h"
#include "experiments/statistics/friedman.h"

namespace lanegrad {
namespace {

// "95 % interval" needs two seeds at least; of one, there is none to speak of.
std::string Spread(const ComparisonFacts& facts) {
  const std::size_t seeds = facts.final_seeds;
  if (facts.folds > 0) {
    return fmt::format(
        "mean of {} folds with {} each, 95 % interval (Nadeau and Bengio), pale: each run",
        facts.folds, Seeds(seeds));
  }
  return seeds < 2
             ? fmt::format("{}, so no interval", Seeds(seeds))
             : fmt::format("mean of {}, 95 % interval (Student), pale: each run", Seeds(seeds));
}

// The finding, from the data: which cell came first, and by how sure a margin.
std::string RankTitle(const Cells& ranked) {
  if (ranked.size() < 2) {
    return fmt::format("Test {} at the best rate", ScoreName(ranked[0].score()));
  }
  const auto tied = std::count_if(ranked.begin() + 1, ranked.end(), [](const ComparisonCell& cell) {
    return cell.verdict == kNoDifference;
  });
  if (tied == 0) return fmt::format("{} is first, and surely so", ranked[0].Name());
  return fmt::format("{} is first; from {} other{} no difference is shown", ranked[0].Name(), tied,
                     tied == 1 ? "" : "s");
}

// "1 epoch", "2.5 epochs".
std::string Count(double value, std::string_view unit) {
  return fmt::format("{:.3g} {}{}", value, unit, value == 1.0 ? "" : "s");
}

// "84 %", "R² 0.45".
std::string TargetText(const ComparisonFacts& facts) {
  return IsShare(facts.score) ? fmt::format("{:.0f} %", 100.0 * facts.target)
                              : fmt::format("{} {:.2f}", ScoreName(facts.score), facts.target);
}

std::string TargetTitle(const DotFigure& figure, const ComparisonFacts& facts,
                        std::string_view unit) {
  const auto missed = std::count_if(figure.rows.begin(), figure.rows.end(),
                                    [](const DotRow& row) { return !std::isfinite(row.value); });
  const std::string target = TargetText(facts);
  if (missed == static_cast<std::ptrdiff_t>(figure.rows.size())) {
    return fmt::format("No cell reaches {} in most of its runs", target);
  }
  const double soonest = figure.rows.front().value;
  const auto tied = std::count_if(figure.rows.begin(), figure.rows.end(),
                                  [&](const DotRow& row) { return row.value == soonest; });
  const auto all = static_cast<std::ptrdiff_t>(figure.rows.size());
  const std::string after = Count(soonest, unit);
  if (tied == all && all > 1)
    return fmt::format("All {} cells reach {} after {}", all, target, after);
  const std::string who = tied == 1 ? fmt::format("{} reaches", figure.rows.front().label)
                                    : fmt::format("{} of {} cells reach", tied, all);
  return fmt::format("{} {} first, after {}{}", who, target, after,
                     missed == 0 ? std::string() : fmt::format("; {} of {} do not", missed, all));
}

// The diagram of named rows of values, a column a block.
RankDiagram Diagram(RankDiagram figure, const std::vector<std::string>& names,
                    const std::vector<std::vector<double>>& blocks, std::string_view what) {
  if (names.size() < 2 || blocks[0].size() < 2) return figure;
  const FriedmanTest test = Friedman(blocks);
  const bool differ = test.p <= 0.05;
  figure.critical = CriticalDifference(test.settings, test.blocks);
  std::vector<std::size_t> order(names.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return test.ranks[a] < test.ranks[b]; });
  std::vector<double> sorted;
  for (const std::size_t i : order) {
    sorted.push_back(test.ranks[i]);
    figure.entries.push_back({.label = names[i],
                              .rank = test.ranks[i],
                              .note = fmt::format("{}: mean rank {:.2f} of {}", names[i],
                                                  test.ranks[i], test.settings)});
  }
  // Pairs are judged only where Friedman's test says that there is anything to find.
  figure.groups =
      RankGroups(sorted, differ ? figure.critical : std::numeric_limits<double>::infinity());
  const auto with_first = static_cast<std::size_t>(
      !figure.groups.empty() && figure.groups[0].first == 0 ? figure.groups[0].second : 0);
  if (!differ) {
    figure.title =
        fmt::format("By rank, no difference is shown between the {} {}", names.size(), what);
  } else if (with_first + 1 == names.size()) {
    figure.title = fmt::format("By rank some of the {} {} differ, but no pair can be told apart",
                               names.size(), what);
  } else if (with_first == 0) {
    figure.title =
        fmt::format("By rank {} is first, apart from all others", figure.entries[0].label);
  } else {
    figure.title = fmt::format("Ranks differ; {} and the {} behind it are not told apart",
                               figure.entries[0].label, with_first);
  }
  figure.subtitle = fmt::format(
      "mean rank over {} as blocks; bars join what is not shown to differ (Nemenyi, 5 %); "
      "Friedman: p {} (Iman and Davenport)",
      Seeds(test.blocks),
      test.p < 0.001 ? std::string("< 0.001") : fmt::format("= {:.2g}", test.p));
  return figure;
}

}  // namespace

DotFigure RankFigure(const Cells& ranked, const ComparisonFacts& facts) {
  DotFigure figure = {.name = "compare_ranking",
                      .title = RankTitle(ranked),
                      .subtitle = fmt::format("{}, test samples, each at its best {}; {}",
                                              facts.data, Tuned(facts), Spread(facts)),
                      .x_label = fmt::format("test {}", ScoreLabel(facts.score)),
                      .percent = IsShare(facts.score),
                      .rows = {}};
  for (const ComparisonCell& cell : ranked) {
    const Interval interval = cell.TestInterval();
    std::string note =
        fmt::format("{}: {} ({} to {}), {}, {}", cell.Name(),
                    ScoreText(facts.score, Mean(cell.test)), ScoreText(facts.score, interval.low),
                    ScoreText(facts.score, interval.high), cell.BestText(), cell.verdict);
    if (cell.test_outcomes.failed() > 0) {
      note.append(fmt::format("; {} diverged, {} stuck", cell.test_outcomes.diverged,
                              cell.test_outcomes.stuck));
    }
    DotRow row = {.label = cell.Name(),
                  .group = PanelName(cell),
                  .value = Mean(cell.test),
                  .low = interval.low,
                  .high = interval.high,
                  .points = cell.test,
                  .text = cell.test.empty() ? "not tested" : "",
                  .note = std::move(note)};
    // A share cannot leave 0 to 1, as an interval of few seeds does; R² has no least value.
    if (IsShare(facts.score)) row.low = std::max(row.low, 0.0);
    row.high = std::min(row.high, 1.0);
    if (!std::isfinite(interval.low)) row.low = row.high = NAN;
    figure.rows.push_back(std::move(row));
  }
  return figure;
}

std::string PointsText(Score score, double difference, double half) {
  return std::isnan(difference) ? "no seed in common" : DifferenceText(score, difference, half);
}

DotFigure DifferenceFigure(const Cells& ranked, const ComparisonFacts& facts, bool near) {
  const auto worse = std::count_if(ranked.begin(), ranked.end(), [](const ComparisonCell& cell) {
    return cell.verdict == "worse";
  });
  DotFigure figure = {
      .name = near ? "compare_difference_near" : "compare_difference",
      .title = worse == 0
                   ? fmt::format("No cell is shown to be worse than {}", ranked[0].Name())
                   : fmt::format("{} of {} cells {} shown to be worse than {}", worse,
                                 ranked.size() - 1, worse == 1 ? "is" : "are", ranked[0].Name()),
      .subtitle = fmt::format("{}, difference to the best in test {}, paired by {}; {}{}",
                              facts.data, ScoreName(facts.score), PairedBy(facts.folds),
                              Spread(facts), near ? "; without the cells shown to be worse" : ""),
      .x_label = fmt::format("difference to the best, {}", DifferenceUnit(facts.score)),
      .reference = 0.0,
      .rows = {}};
  const double scale = IsShare(facts.score) ? 100.0 : 1.0;
  for (const ComparisonCell& cell : ranked) {
    const bool best = &cell == &ranked[0];
    if (cell.test.empty() || (near && cell.verdict == "worse")) continue;
    const auto [mean, half] = best ? PairedDifference{0.0, NAN} : DifferenceToFirst(cell);
    DotRow row = {
        .label = cell.Name(),
        .group = PanelName(cell),
        .value = scale * mean,
        .low = scale * (mean - half),
        .high = scale * (mean + half),
        .text = best ? "best" : PointsText(facts.score, mean, half),
        .note = best ? fmt::format("{}: the best", cell.Name())
                     : fmt::format("{}: {}{}, {}", cell.Name(), PointsText(facts.score, mean, half),
                                   IsShare(facts.score) ? " points" : "", cell.verdict)};
    for (const double difference : cell.from_first) row.points.push_back(scale * difference);
    figure.rows.push_back(std::move(row));
  }
  return figure;
}

DotFigure TargetFigure(const Cells& ranked, const ComparisonFacts& facts, bool seconds) {
  const std::string_view unit = seconds ? "second" : "epoch";
  DotFigure figure = {
      .name = seconds ? "compare_target_seconds" : "compare_target",
      .subtitle = fmt::format(
          "{}, {} until {}{}, at the best {}; median of {}, "
          "pale: each run; × did not get there{}",
          facts.data, seconds ? "seconds of training" : "epochs", TargetText(facts),
          IsShare(facts.score) ? " of held-out samples are right" : " on held-out samples",
          Tuned(facts), RunsOf(facts, facts.final_seeds),
          seconds ? "; time depends on the machine, and is part of no digest" : ""),
      .x_label = seconds ? "seconds" : "epochs",
      .whole = !seconds,
      .rows = {}};
  for (const ComparisonCell& cell : ranked) {
    if (cell.finals.empty()) continue;
    std::vector<double> times, reached;
    for (const ComparedRun& run : cell.finals) {
      const TimeToTarget time = ReachTarget(run, facts.target);
      times.push_back(seconds ? time.seconds : time.epochs);
      if (std::isfinite(times.back())) reached.push_back(times.back());
    }
    const double median = Median(times);
    DotRow row = {.label = cell.Name(), .group = PanelName(cell), .value = median, .points = times};
    row.text = std::isfinite(median) ? Short(median) : "×";
    if (reached.size() < times.size()) {
      row.text.append(fmt::format(" ({} of {})", reached.size(), times.size()));
    }
    row.note =
        fmt::format("{}: reached by {} of {} runs", cell.Name(), reached.size(), times.size());
    if (std::isfinite(median)) row.note.append(", median ").append(Count(median, unit));
    figure.rows.push_back(std::move(row));
  }
  std::stable_sort(figure.rows.begin(), figure.rows.end(),
                   [](const DotRow& a, const DotRow& b) { return a.value < b.value; });
  if (!figure.rows.empty()) figure.title = TargetTitle(figure, facts, unit);
  return figure;
}

RankDiagram CriticalFigure(const Cells& ranked) {
  Cells tested;
  for (const ComparisonCell& cell : ranked) {
    if (!cell.test.empty()) tested.push_back(cell);
  }
  std::vector<std::string> names;
  for (const ComparisonCell& cell : tested) names.push_back(cell.Name());
  return Diagram({.name = "compare_critical"}, names, TestBlocks(tested), "cells");
}

RankDiagram CriticalFigureOfAxis(const Cells& cells, const ComparisonFacts& facts,
                                 std::size_t axis) {
  const std::string setting = AxesButRate(facts.grid)[axis].setting;
  Cells tested;
  for (const ComparisonCell& cell : cells) {
    if (!cell.test.empty()) tested.push_back(cell);
  }
  const std::vector<std::vector<double>> blocks = TestBlocks(tested);
  std::vector<std::string> names;
  std::map<std::string, std::vector<std::size_t>> members;
  for (std::size_t i = 0; i < tested.size(); ++i) {
    const std::string& value = tested[i].labels[axis];
    if (members[value].empty()) names.push_back(value);
    members[value].push_back(i);
  }
  std::vector<std::vector<double>> means;
  for (const std::string& name : names) {
    std::vector<double> mean(blocks.empty() ? 0 : blocks[0].size(), 0.0);
    for (const std::size_t i : members[name]) {
      for (std::size_t j = 0; j < mean.size(); ++j) {
        mean[j] += blocks[i][j] / static_cast<double>(members[name].size());
      }
    }
    means.push_back(std::move(mean));
  }
  return Diagram({.name = "compare_critical_" + setting}, names, means,
                 fmt::format("values of {}", setting));
}

}  // namespace lanegrad
