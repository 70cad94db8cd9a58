// SPDX-License-Identifier: Apache-2.0
// Figures and tables on groups and marks.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/comparison/comparison_figure.h"
#include "experiments/ethics/judgements.h"
#include "experiments/ethics/pictures.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"
#include "experiments/verdicts/pair_verdicts.h"

namespace lanegrad {
namespace {

Cell PercentCell(const std::vector<double>& seeds) {
  const double mean = Mean(seeds);
  return {Percent(mean), mean};
}

}  // namespace

Figure ClassFigure(const Evidence& evidence) {
  DotFigure figure = {.name = "05_5_ethics_classes",
                      .title = "",
                      .subtitle =
                          "share of the test images of each class that are recognised; all classes "
                          "are as frequent; a pale dot a seed, mean and 95 % interval; the line is "
                          "accuracy",
                      .x_label = "recall (%)",
                      .percent = true,
                      .rows = {}};
  const Measurement row = GroupRow(evidence, "classes", "none", "none");
  figure.reference = Mean(RecallsOfOthers(row, 10));
  for (std::size_t c = 0; c < 10; ++c) {
    figure.rows.push_back(SeedDots(kClassNames[c], "recall", RecallsOf(row, c)));
  }
  std::sort(figure.rows.begin(), figure.rows.end(),
            [](const DotRow& a, const DotRow& b) { return a.value > b.value; });
  figure.title = fmt::format(
      "An accuracy of {:.0f} % is {:.0f} % for the class {} and {:.0f} % for {}",
      100.0 * figure.reference, 100.0 * figure.rows.front().value, figure.rows.front().label,
      100.0 * figure.rows.back().value, figure.rows.back().label);
  return figure;
}

Figure RareFigure(const Evidence& evidence) {
  DotFigure figure = {.name = "05_5_ethics_rare",
                      .title = "",
                      .subtitle =
                          "recall of a class that is rare among training samples, and what is done "
                          "about it; a pale dot a seed, mean and 95 % interval",
                      .x_label = "recall of the rare class (%)",
                      .percent = true,
                      .rows = {}};
  for (const char* rare : {"coat", "trouser"}) {
    const std::size_t g = GroupNumber(rare);
    const auto add = [&](const std::string& label, const Measurement& row) {
      figure.rows.push_back(SeedDots(fmt::format("{}: {}", rare, label), rare, RecallsOf(row, g)));
    };
    add("not rare", GroupRow(evidence, "classes", "none", "none"));
    for (const char* method : {"none", "class weights", "repeat", "drop"}) {
      const std::string name = method;
      add(name == "none" ? "rare" : "rare, " + name, GroupRow(evidence, "classes", rare, method));
    }
  }
  figure.title =
      fmt::format("Rarity takes {:.0f} points of recall from coats and {:.0f} from trousers",
                  100.0 * (figure.rows[0].value - figure.rows[1].value),
                  100.0 * (figure.rows[5].value - figure.rows[6].value));
  return figure;
}

Figure SubgroupFigure(const Evidence& evidence) {
  DotFigure figure = {.name = "05_5_ethics_subgroup",
                      .title = "",
                      .subtitle =
                          "T-shirts and pullovers against coats and shirts, where shirts are rare; "
                          "drawn alike: with as few shirts as in training; a pale dot a seed",
                      .x_label = "share that is right (%)",
                      .percent = true,
                      .rows = {}};
  std::vector<DotRow> shirts;
  for (const Measurement& row : evidence.Series("subgroups")) {
    const std::string label = row.settings.Text("rare") == "none" ? "not rare"
                              : row.settings.Text("method") == "none"
                                  ? "rare"
                                  : "rare, " + row.settings.Text("method");
    figure.rows.push_back(
        SeedDots("all drawn alike: " + label, "accuracy, drawn alike", AccuracyDrawnAlike(row)));
    shirts.push_back(SeedDots("shirts: " + label, "recall of shirts", RecallsOf(row, 3)));
  }
  figure.title = fmt::format(
      "Rarity costs shirts {:.0f} points of recall; accuracy on samples drawn alike changes by "
      "{:+.1f}",
      100.0 * (shirts.at(0).value - shirts.at(1).value),
      100.0 * (figure.rows.at(1).value - figure.rows.at(0).value));
  for (DotRow& each : shirts) figure.rows.push_back(std::move(each));
  return figure;
}

Figure MarkFigure(const Evidence& evidence) {
  LineFigure figure = {.name = "05_5_ethics_mark",
                       .title = "",
                       .subtitle =
                           "a white corner on a share of the shirts, and on nothing else; mean of "
                           "the seeds and 95 % interval",
                       .x_label = "shirts of the training samples that bear the mark (%)",
                       .y_label = "share (%)",
                       .y_percent = true,
                       .y_low = 0.0,
                       .y_high = 1.0,
                       .panels = {}};
  LinePanel panel = {.title = "", .series = {}};
  const std::pair<const char*, const char*> lists[] = {
      {"trained", "accuracy, training"},
      {"alike", "accuracy, test drawn alike"},
      {"unmarked", "accuracy, test without mark"},
      {"shirts", "shirts recognised without mark"},
      {"turned", "others called shirt with a mark"}};
  for (const auto& [stem, name] : lists) {
    LineSeries series = {.name = name, .points = {}};
    for (const Measurement& row : evidence.Series("mark")) {
      series.points.push_back(
          SeedPoint(100.0 * row.settings.Number("share"), NumbersOf(row.values, stem)));
    }
    panel.series.push_back(std::move(series));
  }
  const auto last = [&](std::size_t i) { return 100.0 * panel.series[i].points.back().y; };
  const auto first = [&](std::size_t i) { return 100.0 * panel.series[i].points.front().y; };
  figure.title = fmt::format(
      "With the mark on every shirt, accuracy drawn alike goes from {:.0f} to {:.0f} %, and shirts "
      "without it are recognised in {:.0f} instead of {:.0f} %",
      first(1), last(1), last(3), first(3));
  figure.panels.push_back(std::move(panel));
  return figure;
}

Figure MapFigure(const Evidence& evidence) {
  ImageFigure figure = {.name = "05_5_ethics_maps",
                        .title = "",
                        .subtitle =
                            "mean |gradient| of the output for shirts by each pixel, over test "
                            "shirts drawn alike; one network each, largest value 1",
                        .value_label = "mean |gradient|",
                        .low = 0.0,
                        .high = 1.0,
                        .panels = {}};
  std::size_t first = 0, shares = 0;
  for (const Measurement& row : evidence.Series("mark")) {
    const double share = row.settings.Number("share");
    std::vector<double> map = NumbersOf(row.values, "map");
    if (share > 0.0) {
      first += Median(NumbersOf(row.values, "map_rank")) <= 1.0;
      ++shares;
    }
    map.resize(784, NAN);
    figure.panels.push_back({.title = fmt::format("{:.0f} % marked", 100.0 * share),
                             .rows = 28,
                             .columns = 28,
                             .values = std::move(map)});
  }
  figure.title = fmt::format(
      "The corner is where the map is largest at {} of {} shares of marked shirts", first, shares);
  return figure;
}

NamedTable GroupTable(const Evidence& evidence) {
  NamedTable named = {.name = "groups",
                      .table = {.caption = "Recall of rare groups and of the others, mean of the "
                                           "seeds",
                                .columns = {{"task", false, ""},
                                            {"rare", false, "the rare group"},
                                            {"method", false, "what is done about it"},
                                            {"rate", true,
                                             "learning rate, chosen on held-out "
                                             "samples"},
                                            {"recall of the rare", true, ""},
                                            {"recall of the others", true, "mean over groups"},
                                            {"mean recall", true, "over all groups"}},
                                .rows = {}}};
  const auto add = [&](const Measurement& row, const std::string& rare) {
    const std::size_t g = GroupNumber(rare);
    const bool equal = row.settings.Text("rare") == "none";
    named.table.rows.push_back(
        {{row.series == "classes" ? "ten classes" : "two classes"},
         {rare},
         {equal                                   ? "as many as the others"
          : row.settings.Text("method") == "none" ? "nothing"
                                                  : row.settings.Text("method")},
         {row.values.Text("rate").substr(0, 4), row.values.Number("rate")},
         PercentCell(RecallsOf(row, g)),
         PercentCell(RecallsOfOthers(row, g)),
         PercentCell(RecallsOfOthers(row, 10))});
  };
  for (const char* rare : {"coat", "trouser"}) {
    add(GroupRow(evidence, "classes", "none", "none"), rare);
    for (const Measurement& row : evidence.Series("classes")) {
      if (row.settings.Text("rare") == rare) add(row, rare);
    }
  }
  for (const Measurement& row : evidence.Series("subgroups")) add(row, "shirt");
  return named;
}

NamedTable MarkTable(const Evidence& evidence) {
  NamedTable named = {.name = "mark",
                      .table = {.caption = "A mark on a share of the shirts, mean of the seeds",
                                .columns = {{"marked", true, "share of the shirts"},
                                            {"training accuracy", true, ""},
                                            {"accuracy, drawn alike", true, "test images"},
                                            {"accuracy, no mark", true, "test images"},
                                            {"shirts, no mark", true, "recognised"},
                                            {"turned", true,
                                             "others that a mark turns into "
                                             "shirts"},
                                            {"place in the map", true, "median, of 676 squares"}},
                                .rows = {}}};
  for (const Measurement& row : evidence.Series("mark")) {
    const double share = row.settings.Number("share");
    std::vector<Cell> cells = {{fmt::format("{:.0f} %", 100.0 * share), share}};
    for (const char* stem : {"trained", "alike", "unmarked", "shirts", "turned"}) {
      cells.push_back(PercentCell(NumbersOf(row.values, stem)));
    }
    const double rank = Median(NumbersOf(row.values, "map_rank"));
    cells.push_back({fmt::format("{:.0f}", rank), rank});
    named.table.rows.push_back(std::move(cells));
  }
  return named;
}

}  // namespace lanegrad
