// SPDX-License-Identifier: Apache-2.0
#include "experiments/comparison_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "experiments/report.h"
#include "network/hash.h"

namespace lanegrad {
namespace {

std::string Percent(double share) {
  return std::isfinite(share) ? fmt::format("{:.2f} %", 100.0 * share) : "-";
}

std::string Seeds(std::size_t count) {
  return fmt::format("{} seed{}", count, count == 1 ? "" : "s");
}

// "95 % interval" needs two seeds at least; of one, there is none to speak of.
std::string Spread(std::size_t seeds) {
  return seeds < 2 ? fmt::format("{}, so no interval", Seeds(seeds))
                   : fmt::format("mean of {}, 95 % interval (Student)", Seeds(seeds));
}

// The axes but rate.
std::vector<const Axis*> CellAxes(const ComparisonFacts& facts) {
  std::vector<const Axis*> axes;
  for (const Axis& axis : facts.grid) {
    if (axis.setting != "rate") axes.push_back(&axis);
  }
  return axes;
}

std::string TrialNote(const ComparisonCell& cell, const RateTrials& trial) {
  const Interval interval = MeanInterval(trial.accuracies);
  std::string note = fmt::format("{}, rate {}: {}", cell.Name(), trial.rate, Percent(trial.mean()));
  if (std::isfinite(interval.low)) {
    note.append(fmt::format(" ({} to {})", Percent(interval.low), Percent(interval.high)));
  }
  note.append(fmt::format(", {}", Seeds(trial.accuracies.size())));
  if (trial.diverged > 0) note.append(fmt::format(", {} diverged", trial.diverged));
  return note;
}

// The finding, from the data: which cell came first, and by how sure a margin.
std::string RankTitle(const std::vector<ComparisonCell>& ranked) {
  if (ranked.size() < 2) return "Test accuracy at the best rate";
  const auto tied = std::count_if(ranked.begin() + 1, ranked.end(), [](const ComparisonCell& cell) {
    return cell.verdict == "no difference shown";
  });
  if (tied == 0) return fmt::format("{} is first, and surely so", ranked[0].Name());
  return fmt::format("{} is first; from {} other{} no difference is shown", ranked[0].Name(), tied,
                     tied == 1 ? "" : "s");
}

// The finding of the rate curves: how far apart the best rates lie.
std::string RateTitle(const std::vector<ComparisonCell>& cells) {
  const ComparisonCell *low = nullptr, *high = nullptr;
  for (const ComparisonCell& cell : cells) {
    if (cell.trials.empty()) continue;
    if (low == nullptr || cell.settings.rate < low->settings.rate) low = &cell;
    if (high == nullptr || cell.settings.rate > high->settings.rate) high = &cell;
  }
  if (low == nullptr || low->settings.rate == high->settings.rate) {
    return "One learning rate is best for all";
  }
  return fmt::format("{} wants a rate {:.3g} times that of {}", high->Name(),
                     static_cast<double>(high->settings.rate / low->settings.rate), low->Name());
}

}  // namespace

LineFigure RateFigure(const std::vector<ComparisonCell>& cells, const ComparisonFacts& facts) {
  LineFigure figure = {.name = "compare_rates",
                       .title = RateTitle(cells),
                       .subtitle = fmt::format("{}, held-out samples; mean of {}, band from the "
                                               "lowest to the highest; × every run diverged",
                                               facts.data, Seeds(facts.tune_seeds)),
                       .x_label = "learning rate",
                       .y_label = "accuracy, %",
                       .x_log = true,
                       .y_percent = true,
                       .dots = true,
                       .y_low = NAN,
                       .y_high = NAN,
                       .panels = {}};
  for (const ComparisonCell& cell : cells) {
    const std::string title = cell.labels.size() > 1 ? cell.labels[1] : std::string();
    auto panel = std::find_if(figure.panels.begin(), figure.panels.end(),
                              [&](const LinePanel& each) { return each.title == title; });
    if (panel == figure.panels.end()) {
      figure.panels.push_back({.title = title, .series = {}});
      panel = std::prev(figure.panels.end());
    }
    std::string name = cell.labels.empty() ? "all" : cell.labels[0];
    for (std::size_t i = 2; i < cell.labels.size(); ++i) name.append(" · ").append(cell.labels[i]);
    LineSeries series = {.name = name, .points = {}, .best = static_cast<int>(cell.best)};
    for (const RateTrials& trial : cell.trials) {
      // Student's interval of three seeds is four deviations wide and would hide the
      // curves; what was seen is shown instead.
      const auto [low, high] =
          std::minmax_element(trial.accuracies.begin(), trial.accuracies.end());
      series.points.push_back({.x = static_cast<double>(trial.rate),
                               .y = trial.mean(),
                               .low = *low,
                               .high = *high,
                               .diverged = trial.diverged == trial.accuracies.size(),
                               .note = TrialNote(cell, trial)});
    }
    panel->series.push_back(std::move(series));
  }
  return figure;
}

HeatMap RateMap(const std::vector<ComparisonCell>& cells, const ComparisonFacts& facts) {
  HeatMap map = {.name = "compare_heatmap",
                 .title = "Every cell at every rate: accuracy on held-out samples, %",
                 .subtitle = fmt::format("mean of {}; outlined: the best rate of its row; × every "
                                         "run diverged",
                                         Seeds(facts.tune_seeds)),
                 .x_label = "learning rate",
                 .value_label = "accuracy",
                 .percent = true,
                 .columns = {},
                 .rows = {}};
  std::vector<float> rates;
  for (const ComparisonCell& cell : cells) {
    for (const RateTrials& trial : cell.trials) rates.push_back(trial.rate);
  }
  std::sort(rates.begin(), rates.end());
  rates.erase(std::unique(rates.begin(), rates.end()), rates.end());
  for (const float rate : rates) map.columns.push_back(fmt::format("{:.3g}", rate));
  for (const ComparisonCell& cell : cells) {
    HeatRow row = {.label = cell.Name(),
                   .cells = std::vector<HeatCell>(rates.size(), {.value = NAN, .note = {}}),
                   .gap_before = !map.rows.empty() && !cell.labels.empty() &&
                                 !map.rows.back().label.starts_with(cell.labels[0])};
    for (std::size_t i = 0; i < cell.trials.size(); ++i) {
      const RateTrials& trial = cell.trials[i];
      const auto column = std::find(rates.begin(), rates.end(), trial.rate) - rates.begin();
      row.cells[static_cast<std::size_t>(column)] = {
          .value = trial.mean(),
          .diverged = trial.diverged == trial.accuracies.size(),
          .best = i == cell.best,
          .note = TrialNote(cell, trial)};
    }
    map.rows.push_back(std::move(row));
  }
  return map;
}

DotFigure RankFigure(const std::vector<ComparisonCell>& ranked, const ComparisonFacts& facts) {
  DotFigure figure = {.name = "compare_ranking",
                      .title = RankTitle(ranked),
                      .subtitle = fmt::format("{}, test samples, each at its best rate; {}",
                                              facts.data, Spread(facts.final_seeds)),
                      .x_label = "test accuracy, %",
                      .percent = true,
                      .rows = {}};
  for (const ComparisonCell& cell : ranked) {
    const Interval interval = MeanInterval(cell.test);
    figure.rows.push_back(
        {.label = cell.Name(),
         .group = cell.labels.size() > 1 ? cell.labels[1] : std::string(),
         .value = Mean(cell.test),
         .low = interval.low,
         .high = interval.high,
         .note = fmt::format("{}: {} ({} to {}), rate {}, {}", cell.Name(),
                             Percent(Mean(cell.test)), Percent(interval.low),
                             Percent(interval.high), cell.settings.rate, cell.verdict)});
  }
  return figure;
}

Table RankTable(const std::vector<ComparisonCell>& ranked, const ComparisonFacts& facts) {
  Table table = {.caption = fmt::format(
                     "Test accuracy on {}, each cell at its best rate, best first", facts.data),
                 .columns = {{.name = "rank", .numeric = true, .help = {}}},
                 .rows = {}};
  for (const Axis* axis : CellAxes(facts)) {
    table.columns.push_back({.name = axis->setting, .numeric = false, .help = {}});
  }
  for (const Column& column :
       {Column{"best rate", true, "Highest mean accuracy on held-out samples"},
        Column{"test accuracy", true, "Mean over fresh seeds; the test set is read once a run"},
        Column{"95 % interval", true, "Student's interval of the mean over seeds"},
        Column{"seeds", true, "Fresh seeds: none of them chose the rate"},
        Column{"diverged", true, "Runs that diverged, while choosing the rate and after"},
        Column{"against the first", false,
               "Paired by seed, Student's t, Holm's adjustment, at 5 %"}}) {
    table.columns.push_back(column);
  }
  for (std::size_t i = 0; i < ranked.size(); ++i) {
    const ComparisonCell& cell = ranked[i];
    const Interval interval = MeanInterval(cell.test);
    std::size_t diverged = cell.test_diverged, runs = cell.test.size();
    for (const RateTrials& trial : cell.trials) {
      diverged += trial.diverged;
      runs += trial.accuracies.size();
    }
    std::vector<Cell> row = {{fmt::format("{}", i + 1), static_cast<double>(i + 1), false}};
    for (const std::string& label : cell.labels) row.push_back({label, 0.0, false});
    row.push_back(
        {fmt::format("{}", cell.settings.rate), static_cast<double>(cell.settings.rate), false});
    row.push_back({Percent(Mean(cell.test)), Mean(cell.test), true});
    row.push_back({std::isfinite(interval.low)
                       ? fmt::format("{} – {}", Percent(interval.low), Percent(interval.high))
                       : "-",
                   interval.low, false});
    row.push_back(
        {fmt::format("{}", cell.test.size()), static_cast<double>(cell.test.size()), false});
    row.push_back({fmt::format("{} of {}", diverged, runs), static_cast<double>(diverged), false});
    row.push_back({cell.verdict, 0.0, false});
    table.rows.push_back(std::move(row));
  }
  return table;
}

std::string JointDigest(std::span<const Json> records) {
  std::map<std::string, std::string> digests;
  for (const Json& record : records) {
    digests[record.at("key").get<std::string>()] = record.at("digest").get<std::string>();
  }
  Hasher hasher;
  for (const auto& [key, digest] : digests) {
    hasher.Add(std::string_view(key));
    hasher.Add(std::string_view(digest));
  }
  return hasher.Hex();
}

namespace {

template <class Figure>
void AddAndWrite(Report& report, const Figure& figure, const std::filesystem::path& directory) {
  report.AddFigure(figure);
  WriteFileAtomically(directory / "figures" / (figure.name + ".svg"), DrawSvg(figure));
  WriteFileAtomically(directory / "figures" / (figure.name + ".csv"), WriteCsv(figure));
  WriteFileAtomically(directory / "figures" / (figure.name + ".vl.json"), VegaLite(figure));
}

Table FailureTable(std::span<const Json> records) {
  Table table = {
      .caption = "Runs that diverged: the first step whose loss or weights were not finite",
      .columns = {{"activation", false, {}},
                  {"loss", false, {}},
                  {"rate", true, {}},
                  {"seed", true, {}},
                  {"first bad step", true, {}}},
      .rows = {}};
  for (const Json& record : records) {
    if (record.at("status") != "diverged") continue;
    const Json& settings = record.at("settings");
    const double rate = settings.at("rate").get<double>();
    table.rows.push_back(
        {{settings.at("activation").get<std::string>(), 0, false},
         {settings.at("loss").get<std::string>(), 0, false},
         {settings.at("rate").dump(), rate, false},
         {settings.at("seed").dump(), settings.at("seed").get<double>(), false},
         {record.at("bad_step").dump(), record.at("bad_step").get<double>(), false}});
  }
  return table;
}

std::vector<std::pair<std::string, std::string>> ProvenanceLines(const Json& provenance) {
  std::vector<std::pair<std::string, std::string>> lines;
  for (const auto& [name, value] : provenance.items()) {
    if (value.is_object()) {
      for (const auto& [inner, version] : value.items()) {
        lines.emplace_back(inner,
                           version.is_string() ? version.get<std::string>() : version.dump());
      }
    } else {
      lines.emplace_back(name, value.is_string() ? value.get<std::string>() : value.dump());
    }
  }
  return lines;
}

}  // namespace

void WriteComparisonReport(const std::filesystem::path& directory,
                           const std::vector<ComparisonCell>& cells,
                           const std::vector<ComparisonCell>& ranked, std::span<const Json> records,
                           const ComparisonFacts& facts) {
  Report report(
      fmt::format("Activations, losses and learning rates on {}", facts.data),
      "Every combination at every rate, judged on held-out samples; the best rate of each "
      "run again with fresh seeds, and only those runs read the test set.");
  report.Fact("runs", fmt::format("{}", records.size()));
  if (!facts.duration.empty()) report.Fact("time", facts.duration);
  report.Fact("seeds", fmt::format("{} to choose the rate, {} fresh ones after", facts.tune_seeds,
                                   facts.final_seeds));
  report.Fact("digest", JointDigest(records));
  report.Fact("data", fmt::format("{} ({})", facts.data, facts.checksum));
  for (const std::string& notice : facts.notices) report.Warning(notice);
  for (const ComparisonCell& cell : cells) {
    if (cell.trials.size() < 2 || (cell.best > 0 && cell.best + 1 < cell.trials.size())) continue;
    report.Warning(
        fmt::format("{} is best at {}, the {} of the rates tried: a better one may lie "
                    "beyond. Widen the axis with --vary rate=...",
                    cell.Name(), cell.settings.rate, cell.best == 0 ? "smallest" : "largest"));
  }

  const Table ranking = RankTable(ranked, facts);
  report.Heading("Ranking");
  AddAndWrite(report, RankFigure(ranked, facts), directory);
  report.AddTable(ranking);
  WriteFileAtomically(directory / "ranking.csv", CsvTable(ranking));
  report.Heading("Learning rates");
  AddAndWrite(report, RateFigure(cells, facts), directory);
  AddAndWrite(report, RateMap(cells, facts), directory);

  report.Heading("Failures");
  const Table failures = FailureTable(records);
  if (failures.rows.empty()) {
    report.Paragraph("No run diverged.");
  } else {
    report.Paragraph("A diverged run counts as chance in every mean; none is left out.");
    report.AddTable(failures);
  }
  report.Heading("Make it again");
  report.Code(facts.command);
  report.Paragraph(
      "The same digest comes out on every machine with any number of threads; compare --verify "
      "runs "
      "records again and compares their digests.");
  report.Details("Provenance of the newest run", ProvenanceLines(records.back().at("provenance")));
  WriteFileAtomically(directory / "report.html", report.Html());
}

}  // namespace lanegrad
