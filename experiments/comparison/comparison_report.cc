// SPDX-License-Identifier: Apache-2.0
#include "experiments/comparison/comparison_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "experiments/comparison/comparison_answer.h"
#include "experiments/comparison/equal_cells.h"
#include "experiments/records/joint_digest.h"
#include "experiments/runs/search.h"

namespace lanegrad {
namespace {

// The settings that were searched for and are best near an end of their range, with value.
std::vector<std::string> OutermostOf(const ComparisonCell& cell) {
  std::vector<std::string> names;
  for (const std::string& name : cell.searched) {
    const SettingsField& field = FieldNamed(name);
    if (!WhyIdle(field, cell.settings).empty()) continue;
    const std::string value = field.get(cell.settings);
    const double place = PlaceOf(field.search(cell.settings), std::stod(value));
    if (place < 0.05 || place > 0.95) names.push_back(fmt::format("{} {}", name, value));
  }
  return names;
}

// What must not be overlooked.
std::vector<std::string> Warnings(const Comparison& comparison, const ComparisonFacts& facts) {
  std::vector<std::string> warnings = facts.notices;
  const std::string equal = EqualCells(comparison.cells);
  if (!equal.empty()) warnings.push_back(equal);
  OutcomeCounts outcomes;
  for (const ComparisonCell& cell : comparison.cells) outcomes.Add(CountOutcomes(cell));
  if (outcomes.out_of_time > 0) {
    warnings.push_back(fmt::format(
        "{} of {} runs ran out of time and count as guessing. Which do depends on the machine and "
        "on what else it did, so there is no digest to compare.",
        outcomes.out_of_time, outcomes.all()));
  }
  std::size_t untested = 0;
  for (const ComparisonCell& cell : comparison.cells) {
    untested += cell.test.size() < facts.final_seeds * std::max<std::size_t>(1, facts.folds) ||
                cell.test.empty();
  }
  if (untested > 0) {
    warnings.push_back(fmt::format(
        "The grid is not finished: {} of {} cells lack runs on test samples. The same command "
        "goes on.",
        untested, comparison.cells.size()));
  }
  if (const std::string edge = BestAtAnEnd(comparison, comparison.cells.size()); !edge.empty()) {
    warnings.push_back(edge);
  }
  if (facts.folds > 0) {
    warnings.push_back(fmt::format(
        "{} folds are no independent experiments: any two of them learn from mostly the same "
        "samples. Intervals and p values are those of the corrected resampled t test (Nadeau and "
        "Bengio 2003), which allows for it, with a value a fold; ranks of folds are not tested.",
        facts.folds));
  }
  if (facts.folds == 0 && facts.final_seeds < 5) {
    warnings.push_back(
        fmt::format("{} say little: intervals are wide and differences seldom shown. "
                    "Give more with --final-seeds.",
                    Seeds(facts.final_seeds)));
  }
  return warnings;
}

// The first so many metrics, for a reader to choose from: losses also on a logarithmic axis.
template <class Make>
std::vector<Drawing> OfMetrics(Score score, std::size_t count, Make&& make) {
  std::vector<Drawing> drawings;
  for (std::size_t metric = 0; metric < count; ++metric) {
    const Metric& what = Metrics(score)[metric];
    drawings.push_back(MakeDrawing(make(metric), what.name, !what.share));
  }
  return drawings;
}

constexpr const char* kHowToRead =
    "How to read this page: a line through a dot, and ± in a table, are always Student's 95 % "
    "interval of one mean over seeds. A band around a curve always reaches from the lowest to the "
    "highest seed. Verdicts are adjusted for all pairs of cells, since the best was picked by its "
    "results: an interval may leave zero out where no difference is shown.";

constexpr const char* kHowToReadFolds =
    "How to read this page: each cell was cross-validated. In every fold its rate was chosen on "
    "held-out samples of the other folds, and it was tested by the fold. A line through a dot, and "
    "± in a table, are always the 95 % interval of one mean over folds, with the variance that "
    "Nadeau and Bengio correct for folds that share what they learn from. A band around a curve "
    "always reaches from the lowest to the highest run. Verdicts are adjusted for all pairs of "
    "cells, since the best was picked by its results: an interval may leave zero out where no "
    "difference is shown.";

void AddRanking(Report& report, ReportFigures& figures, const Comparison& comparison,
                const ComparisonFacts& facts) {
  report.Heading("Ranking");
  if (!facts.grid.empty()) report.Paragraph(facts.folds == 0 ? kHowToRead : kHowToReadFolds);
  const Cells& ranked = comparison.ranked;
  if (ranked.size() > 1 && !ranked[1].test.empty()) {
    std::vector<Drawing> differences = {MakeDrawing(DifferenceFigure(ranked, facts), "all cells")};
    DotFigure near = DifferenceFigure(ranked, facts, true);
    if (near.rows.size() > 1 && near.rows.size() < ranked.size()) {
      differences.push_back(MakeDrawing(near, "those not shown to be worse"));
    }
    figures.Add(differences);
  }
  report.AddTable(RankTable(ranked, facts));
  report.DetailTable("More of each cell: median, bootstrap, p, failures",
                     RankDetailTable(ranked, facts));
  figures.Add({MakeDrawing(RankFigure(ranked, facts))});
  const std::vector<Axis> axes = AxesButRate(facts.grid);
  if (axes.size() > 1) figures.Add({MakeDrawing(CellMap(comparison.cells, facts))});
  std::vector<Drawing> ranks;
  const auto add = [&](const RankDiagram& diagram, std::string_view label) {
    if (!diagram.entries.empty()) ranks.push_back(MakeDrawing(diagram, label));
  };
  add(CriticalFigure(comparison.ranked), "ranks of cells");
  for (std::size_t axis = 0; axes.size() > 1 && axis < axes.size(); ++axis) {
    add(CriticalFigureOfAxis(comparison.cells, facts, axis),
        fmt::format("ranks of {}", axes[axis].setting));
  }
  figures.Add(ranks);
}

void AddRates(Report& report, ReportFigures& figures, const Comparison& comparison,
              const ComparisonFacts& facts) {
  const bool rates = std::any_of(comparison.cells.begin(), comparison.cells.end(),
                                 [](const ComparisonCell& c) { return c.trials.size() > 1; });
  if (!rates) return;
  if (!facts.searched.empty()) {
    report.Heading("Search");
    report.Paragraph(
        "Each cell had the same number of trials, at the points of one scrambled Halton sequence, "
        "each in the cell's own ranges. How much of a lead is luck in the search, the last figure "
        "says: what is expected of the best of k trials.");
    std::vector<Drawing> searches;
    for (const std::string& name : facts.searched) {
      searches.push_back(MakeDrawing(SearchFigure(comparison.cells, facts, name), name));
    }
    figures.Add(searches);
    figures.Add({MakeDrawing(ExpectedBestFigure(comparison.cells, facts))});
    return;
  }
  report.Heading("Learning rates");
  figures.Add(OfMetrics(facts.score, 2,
                        [&](std::size_t m) { return RateFigure(comparison.cells, facts, m); }));
  figures.Add({MakeDrawing(RateMap(comparison.cells, facts), Metrics(facts.score)[0].name),
               MakeDrawing(RateMap(comparison.cells, facts, 1), "training loss"),
               MakeDrawing(FailureMap(comparison.cells, facts), "trials that learned nothing")});
  figures.Add({MakeDrawing(ExpectedBestFigure(comparison.cells, facts))});
}

void AddCurves(Report& report, ReportFigures& figures, const Comparison& comparison,
               const ComparisonFacts& facts) {
  std::size_t epochs = 0;
  for (const ComparisonCell& cell : comparison.cells) {
    for (const ComparedRun& run : cell.finals) epochs = std::max(epochs, run.epochs.size());
  }
  if (epochs == 0) return;
  report.Heading("Learning");
  if (epochs > 1) {
    figures.Add(OfMetrics(facts.score, kMetrics,
                          [&](std::size_t m) { return CurveFigure(comparison.cells, facts, m); }));
  }
  figures.Add({MakeDrawing(TargetFigure(comparison.ranked, facts, false), "epochs to the target"),
               MakeDrawing(TargetFigure(comparison.ranked, facts, true), "seconds to the target")});
}

void AddFailures(Report& report, const Comparison& comparison, const ComparisonFacts& facts) {
  report.Heading("Failures");
  const Table failures = FailureTable(comparison.cells, facts);
  if (failures.rows.empty()) {
    report.Paragraph("No run diverged, and none stayed at chance or ran out of time.");
    return;
  }
  report.Paragraph(
      "None is left out of any number: a run that diverged or ran out of time counts as guessing "
      "in "
      "accuracies and as infinite in losses, a stuck one as what it reached.");
  report.AddTable(failures);
}

// What is known of the runs as a whole, names and values.
std::vector<std::pair<std::string, std::string>> FactsOf(const Comparison& comparison,
                                                         const ComparisonFacts& facts,
                                                         std::span<const RunRecord> records) {
  OutcomeCounts outcomes;
  for (const ComparisonCell& cell : comparison.cells) outcomes.Add(CountOutcomes(cell));
  std::vector<std::pair<std::string, std::string>> lines = {
      {"runs",
       fmt::format(
           "{}: {} learned, {} stuck, {} diverged{}", outcomes.all(), outcomes.ok, outcomes.stuck,
           outcomes.diverged,
           outcomes.out_of_time == 0 ? "" : fmt::format(", {} out of time", outcomes.out_of_time))},
      {"seeds",
       fmt::format("{} to choose the {}, {} fresh ones after{}", facts.tune_seeds,
                   facts.searched.empty() ? "rate" : "settings", facts.final_seeds,
                   facts.folds == 0 ? "" : fmt::format(", in each of {} folds", facts.folds))},
      {"guessing", IsShare(facts.score)
                       ? fmt::format("{} right", Percent(facts.chance))
                       : fmt::format("{} 0, which naming the mean of the targets gives",
                                     ScoreName(facts.score))},
      {"digest", JointDigest(records)},
      {"data", fmt::format("{} ({})", facts.data, facts.checksum)}};
  if (!facts.duration.empty()) lines.insert(lines.begin() + 1, {"time", facts.duration});
  return lines;
}

// The answer, the ranking behind it, and what tells these runs from others.
std::string ComparisonMarkdown(const Comparison& comparison, const ComparisonFacts& facts,
                               std::span<const RunRecord> records) {
  std::string text;
  for (const std::string& sentence : AnswerSentences(comparison.ranked)) {
    text.append(sentence).append("\n\n");
  }
  text.append(CaptionedMarkdown(RankTable(comparison.ranked, facts))).append("\n");
  for (const auto& [name, value] : FactsOf(comparison, facts, records)) {
    text.append(fmt::format("* {}: {}\n", name, value));
  }
  for (const std::string& warning : Warnings(comparison, facts)) {
    text.append(fmt::format("* {}\n", warning));
  }
  return text;
}

}  // namespace

std::string BestAtAnEnd(const Comparison& comparison, std::size_t most) {
  std::vector<std::string> cells;
  bool searched = false;
  for (const ComparisonCell& cell : comparison.cells) {
    searched = searched || !cell.searched.empty();
    if (!cell.searched.empty()) {
      for (const std::string& name : OutermostOf(cell)) {
        cells.push_back(fmt::format("{} ({})", cell.Name(), name));
      }
      continue;
    }
    if (cell.trials.size() < 2 || (cell.best > 0 && cell.best + 1 < cell.trials.size())) continue;
    cells.push_back(fmt::format("{} ({}, the {})", cell.Name(), cell.settings.rate,
                                cell.best == 0 ? "smallest" : "largest"));
  }
  if (cells.empty()) return {};
  std::string list = fmt::format(
      "{}",
      fmt::join(cells.begin(),
                cells.begin() + static_cast<std::ptrdiff_t>(std::min(most, cells.size())), ", "));
  if (cells.size() > most) list += fmt::format(" and {} more", cells.size() - most);
  return searched ? fmt::format(
                        "Best within a twentieth of an end of what was searched, so that "
                        "better settings may lie beyond: {}.",
                        list)
                  : fmt::format(
                        "Best at an end of the rates tried, so that a better one may lie "
                        "beyond: {}. Widen the axis with --vary rate=...",
                        list);
}

std::string JointDigest(std::span<const RunRecord> records) {
  std::map<std::string, std::string> digests;
  for (const RunRecord& record : records) digests[record.key] = record.digest;
  return JointDigest(digests);
}

void WriteComparisonReport(const std::filesystem::path& directory,
                           std::span<const RunRecord> records, ComparisonFacts facts,
                           const std::function<void(Report&, ReportFigures&)>& first) {
  const Comparison comparison = MakeComparison(records, facts);
  std::vector<std::string> axes;
  for (const Axis& axis : facts.grid) axes.push_back(axis.setting);
  Report report(
      axes.empty() ? fmt::format("One setting on {}", facts.data)
                   : fmt::format("{} on {}", fmt::join(axes, " × "), facts.data),
      facts.searched.empty()
          ? "Every combination at every rate, judged on held-out samples; the best rate of each "
            "run again with fresh seeds, and only those runs read the test set."
          : fmt::format("Every combination with the same number of trials of {}, judged on "
                        "held-out samples; the best of each run again with fresh seeds, and only "
                        "those runs read the test set.",
                        fmt::join(facts.searched, ", ")));
  report.Answer(AnswerSentences(comparison.ranked));
  ReportFigures figures(report, directory);
  if (first) first(report, figures);
  AddRanking(report, figures, comparison, facts);
  WriteFileAtomically(directory / "ranking.csv", RankCsv(comparison.ranked, facts));
  WriteFileAtomically(directory / "ranking.md", ComparisonMarkdown(comparison, facts, records));
  AddRates(report, figures, comparison, facts);
  AddCurves(report, figures, comparison, facts);
  AddFailures(report, comparison, facts);
  const std::vector<std::string> warnings = Warnings(comparison, facts);
  if (!warnings.empty()) report.Heading("Be warned");
  for (const std::string& warning : warnings) report.Warning(warning);
  report.Heading("Make it again");
  report.Facts(FactsOf(comparison, facts, records));
  if (!facts.command.empty()) report.Code(facts.command);
  report.Paragraph(
      "The same digest comes out on every machine with any number of threads; compare --verify "
      "runs records again and compares their digests. What each number says, and what it cannot "
      "say, is in the book's page \"What the statistics say\".");
  std::vector<std::string> provenances;
  for (const RunRecord& record : records) provenances.push_back(record.provenance);
  report.Details("Provenance of the runs", ProvenanceLines(provenances));
  WriteFileAtomically(directory / "report.html", report.Html());
}

}  // namespace lanegrad
