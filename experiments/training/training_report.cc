// SPDX-License-Identifier: Apache-2.0
#include "experiments/training/training_report.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "experiments/comparison/comparison_figure.h"
#include "experiments/comparison/report_files.h"
#include "experiments/records/disk.h"
#include "experiments/records/record_table.h"
#include "experiments/records/score.h"
#include "experiments/report/report.h"
#include "experiments/training/training_answer.h"
#include "experiments/training/training_figure.h"
#include "experiments/training/training_table.h"

namespace lanegrad {
namespace {

std::string Joined(const std::vector<std::size_t>& layers) {
  return fmt::format("{}", fmt::join(layers, "-"));
}

std::vector<std::string> Warnings(const TrainedRuns& trained) {
  std::vector<std::string> warnings;
  const RunRecord& first = trained.runs.front();
  if (trained.runs.size() < 5) {
    warnings.push_back(fmt::format(
        "{} of settings that other seeds would train otherwise: how much is luck, nobody can see "
        "here. Give several with --seeds 5.",
        trained.runs.size() == 1 ? "One run" : RunsText(trained)));
  }
  if (FoldsOf(trained) > 1) {
    warnings.push_back(fmt::format(
        "The {} folds are no independent experiments, since any two learn from mostly the same "
        "samples: the interval is that of Nadeau and Bengio, which allows for it.",
        FoldsOf(trained)));
  }
  if (first.settings.validation == 0) {
    warnings.push_back(
        fmt::format("Nothing was held out. To choose settings by the test {} is to learn from "
                    "the test samples; --validation N holds some of the training samples out "
                    "for that.",
                    ScoreName(ScoreOf(trained.data))));
  }
  for (const RunRecord& run : trained.runs) {
    if (run.confusion || run.status == Status::kDiverged || run.status == Status::kOutOfTime ||
        trained.data.regression()) {
      continue;
    }
    warnings.push_back(
        fmt::format("The record of seed {} does not say what its test samples were taken for; "
                    "--force trains it again, and records that.",
                    run.settings.seed));
  }
  return warnings;
}

// A table that is there, for the page and beside it.
void AddTable(Report& report, const std::filesystem::path& directory, const std::string& name,
              const Table& table) {
  if (table.rows.empty()) return;
  report.AddTable(table);
  WriteFileAtomically(directory / (name + ".csv"), CsvTable(table));
}

void AddCurves(Report& report, ReportFigures& figures, const TrainedRuns& trained) {
  const std::optional<LineFigure> accuracy = CurveFigure(trained, false);
  const std::optional<LineFigure> loss = CurveFigure(trained, true);
  if (!accuracy || !loss) return;
  report.Heading("Learning");
  figures.Add({MakeDrawing(*accuracy)});
  figures.Add({MakeDrawing(*loss, "", true)});
}

void AddClasses(Report& report, ReportFigures& figures, const std::filesystem::path& directory,
                const TrainedRuns& trained) {
  const Table classes = ClassTable(trained);
  if (classes.rows.empty()) return;
  report.Heading("Classes");
  if (const std::optional<HeatMap> map = ConfusionMap(trained)) figures.Add({MakeDrawing(*map)});
  if (const std::optional<DotFigure> recall = RecallFigure(trained)) {
    figures.Add({MakeDrawing(*recall)});
  }
  AddTable(report, directory, "classes", classes);
}

void AddMistakes(Report& report, ReportFigures& figures, const std::filesystem::path& directory,
                 const TrainedRuns& trained) {
  const Table mistakes = MistakeTable(trained);
  if (mistakes.rows.empty()) return;
  report.Heading("The worst mistakes");
  report.Paragraph(
      "Wrong test samples, those first whose right class is farthest behind the one that was "
      "named. Some are labelled wrongly, or could not be told apart by anybody; others show what "
      "the network looks at.");
  const std::optional<ImageFigure> pictures = MistakeFigure(trained);
  if (pictures) figures.Add({MakeDrawing(*pictures)});
  WriteFileAtomically(directory / "mistakes.csv", CsvTable(mistakes));
  if (pictures) {
    report.DetailTable("The same as a table", mistakes);
  } else {
    report.AddTable(mistakes);
  }
}

void AddHealth(Report& report, const std::filesystem::path& directory, const TrainedRuns& trained) {
  report.Heading("Health");
  const Table faults = FaultTable(trained);
  if (faults.rows.empty()) {
    report.Paragraph(
        trained.data.regression()
            ? "No fault was found: no layer of which half is dead or saturated, an R² of training "
              "samples above 0, finite losses."
            : "No fault was found: no layer of which half is dead or saturated, no class that is "
              "never recognised, a training accuracy above chance, finite losses.");
  }
  AddTable(report, directory, "faults", faults);
  AddTable(report, directory, "layers", LayerTable(trained));
}

std::vector<std::pair<std::string, std::string>> FactsOf(const TrainedRuns& trained) {
  const RunRecord& first = trained.runs.front();
  std::vector<std::pair<std::string, std::string>> facts = {
      {"digest", DigestOf(trained)},
      {"data", fmt::format("{} ({})", first.data, first.checksum)},
      {"samples",
       fmt::format("{} to learn from, {} held out, {} to test", Thousands(first.settings.samples),
                   Thousands(first.settings.validation), Thousands(TestCount(trained)))}};
  if (trained.data.regression()) facts.insert(facts.begin() + 2, {"learned", first.target});
  if (first.steps > 0) {
    facts.emplace_back(
        "pace",
        fmt::format("{} samples a second (seed {})",
                    Thousands(static_cast<std::size_t>(std::max(0.0, first.samples_per_second))),
                    first.settings.seed));
  }
  return facts;
}

}  // namespace

void RemoveEarlierReport(const std::filesystem::path& directory) {
  std::error_code ignored;
  for (const char* file : {"seeds.csv", "classes.csv", "mistakes.csv", "faults.csv", "layers.csv",
                           "settings.csv", "epochs.csv", "seed_variance.csv", "seed_variance.md",
                           "seed_variance_shares.csv", "seed_variance_held_out.csv",
                           "seed_variance_held_out.md", "seed_variance_held_out_shares.csv"}) {
    std::filesystem::remove(directory / file, ignored);
  }
  for (const char* figure :
       {"train_accuracy", "train_r2", "train_loss", "train_confusion", "train_recall",
        "train_mistakes", "seed_variance", "seed_variance_held_out"}) {
    for (const char* ending : {".svg", "_plain.svg", "_plain.pdf", ".csv", ".vl.json"}) {
      std::filesystem::remove(directory / "figures" / fmt::format("{}{}", figure, ending), ignored);
    }
  }
}

void WriteTrainingReport(const std::filesystem::path& directory, const TrainedRuns& trained,
                         const std::string& command) {
  RemoveEarlierReport(directory);
  const RunRecord& first = trained.runs.front();
  Report report(fmt::format("{} on {}", Joined(first.settings.layers), first.data),
                fmt::format("{}; {}.", SettingsLine(first.settings), RunsText(trained)));
  report.Answer(AnswerSentences(trained));
  ReportFigures figures(report, directory);
  if (trained.runs.size() > 1) {
    report.Heading("Runs");
    AddTable(report, directory, "seeds", SeedTable(trained));
  }
  AddCurves(report, figures, trained);
  AddClasses(report, figures, directory, trained);
  AddMistakes(report, figures, directory, trained);
  AddHealth(report, directory, trained);
  const std::vector<std::string> warnings = Warnings(trained);
  if (!warnings.empty()) report.Heading("Be warned");
  for (const std::string& warning : warnings) report.Warning(warning);
  report.Heading("Make it again");
  report.Facts(FactsOf(trained));
  if (!command.empty()) report.Code(command);
  report.Paragraph(
      "The same digest comes out on every machine with any number of threads. Runs that are "
      "recorded are not run again, unless with --force.");
  AddTable(report, directory, "settings", SettingsTable(trained));
  std::vector<std::string> provenances;
  std::vector<Json> records;
  for (const RunRecord& run : trained.runs) {
    provenances.push_back(run.provenance);
    records.push_back(ToJson(run));
  }
  report.Details("Provenance of the runs", ProvenanceLines(provenances));
  std::vector<const Json*> lines;
  for (const Json& record : records) lines.push_back(&record);
  WriteFileAtomically(directory / "epochs.csv", EpochsCsv(lines));
  WriteFileAtomically(directory / "runs.csv", RunsCsv(lines));
  WriteFileAtomically(directory / "report.html", report.Html());
}

}  // namespace lanegrad
