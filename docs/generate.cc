/// @file
/// Makes the book's tables, figures and captured output from its records, so that
/// no number in it is typed.
///
///     book_generate SOURCE_DIRECTORY OUTPUT_DIRECTORY PROGRAM_DIRECTORY EXPERIMENT...
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>
#include <stdio.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <variant>
#include <vector>

#include "docs/article_sections.h"
#include "docs/benchmark_pages.h"
#include "docs/catalogue_tables.h"
#include "docs/choosing_answers.h"
#include "docs/figure_data.h"
#include "docs/figure_writer.h"
#include "docs/file_map.h"
#include "docs/front_page.h"
#include "docs/grid_scale.h"
#include "docs/held_out_table.h"
#include "docs/interactive_stills.h"
#include "docs/kernel_tables.h"
#include "docs/narrow_figures.h"
#include "docs/page_order.h"
#include "docs/record_schema.h"
#include "docs/training_tables.h"
#include "experiments/comparison/comparison_answer.h"
#include "experiments/comparison/comparison_report.h"
#include "experiments/experiment/claims_file.h"
#include "experiments/records/provenance.h"
#include "experiments/records/run_record.h"
#include "experiments/references/article_references.h"
#include "experiments/references/errata.h"
#include "experiments/report/svg.h"
#include "experiments/training/training_figure.h"
#include "kernels/activation.h"
#include "kernels/activation_family.h"
#include "network/synthetic.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

// f and f' of a family of activations, as the kernels compute them; the identity beside them.
LineFigure FamilyFigure(const ActivationFamily& family) {
  LineFigure figure = {
      .name = fmt::format("activation_{}", family.name),
      .title =
          fmt::format("{} functions of the {} family, and their slopes", family.count, family.name),
      .subtitle = "in float, value and slope from the same call; finely dashed: f(z) = z",
      .x_label = "z",
      .y_label = "f(z) and f'(z)",
      .x_log = false,
      .y_percent = false,
      .dots = false,
      .all_coloured = true,
      .y_low = -1.25,
      .y_high = 2.0,
      .panels = {}};
  for (const bool slope : {false, true}) {
    LinePanel panel = {.title = slope ? "the slope f'(z)" : "the value f(z)", .series = {}};
    const auto add = [&](std::string_view name, bool theory) {
      LineSeries series = {.name = std::string(name), .points = {}, .theory = theory};
      for (int i = -200; i <= 200; ++i) {
        const float z = 0.025f * static_cast<float>(i);
        float value, derivative;
        Activate(Activation::Named(name), &z, 1, &value, &derivative);
        const double y = static_cast<double>(slope ? derivative : value);
        series.points.push_back({.x = static_cast<double>(z), .y = y, .note = {}});
      }
      panel.series.push_back(std::move(series));
    };
    for (const ActivationInfo& info : family.members()) add(info.name, false);
    add("identity", true);
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}

// The comparison of the book: its records tell the grid that made them.
struct BookComparison {
  std::vector<RunRecord> records;
  ComparisonFacts facts;
  Comparison made;
};

BookComparison LoadComparison(const fs::path& directory) {
  BookComparison book;
  book.records = ReadRuns(directory / "runs.jsonl");
  book.facts = FactsOfRecords(book.records);
  book.made = MakeComparison(book.records, book.facts);
  return book;
}

std::string Headline(const BookComparison& book) {
  std::vector<double> paces;
  for (const RunRecord& record : book.records) {
    if (record.status == Status::kOk) paces.push_back(record.samples_per_second);
  }
  const auto number = [](std::string_view value, std::string_view what) {
    return fmt::format("<div><b>{}</b><span>{}</span></div>", value, what);
  };
  return fmt::format(
      "<div class=\"numbers\">{}{}{}</div>\n",
      number(fmt::format("{}", book.records.size()),
             fmt::format("networks trained for the figure, whose digests make one: {}",
                         JointDigest(book.records).substr(0, 12))),
      number(fmt::format("{:.0f} 000", std::floor(Median(paces) / 1000.0)),
             "pictures a second go forward and back through 784-128-10 on one core, two such runs "
             "side by side (median)"),
      number(
          fmt::format("{} of {}",
                      std::count_if(
                          book.made.ranked.begin() + 1, book.made.ranked.end(),
                          [](const ComparisonCell& cell) { return cell.verdict == kNoDifference; }),
                      book.made.ranked.size() - 1),
          "rivals of the best pair, each at its own best rate, for which no difference is shown"));
}

// Two hyphens before a flag, which Doxygen would make a dash of.
std::string WithFlags(std::string text) {
  for (std::size_t at = 0; (at = text.find("--", at)) != text.npos; at += 4) {
    text.replace(at, 2, R"(\-\-)");
  }
  return text;
}

std::string ComparisonTable(const BookComparison& book) {
  return fmt::format(
      "{}\n\n{}\n{} runs; digest of all of them: `{}`. Command: `build/release/bin/compare`\n",
      WithFlags(fmt::format("{}", fmt::join(AnswerSentences(book.made.ranked), " "))),
      CaptionedMarkdown(RankTable(book.made.ranked, book.facts)), book.records.size(),
      JointDigest(book.records));
}

// What a record keeps of its origin, as a table.
std::string MachineTable(const std::string& provenance) {
  const auto entries = OriginOf(provenance);
  const std::map<std::string, std::string> origin(entries.begin(), entries.end());
  Table table = {
      .caption = {}, .columns = {{"recorded with", false, {}}, {"", false, {}}}, .rows = {}};
  for (const char* name : {"processor", "cpus", "target", "compiler", "flags", "source", "time"}) {
    table.rows.push_back({{name, 0, false}, {origin.at(name), 0, false}});
  }
  return MarkdownTable(table);
}

// Where the last of an experiment's records comes from.
std::string LastOrigin(const fs::path& records) {
  std::ifstream file(records);
  std::string line, last;
  while (std::getline(file, line)) last = line;
  return JsonText(Json::parse(last).at("provenance"));
}

// What a program prints, as a reader would see it.
std::string Captured(const fs::path& program, std::string_view arguments,
                     bool must_succeed = true) {
  const std::string command = fmt::format("'{}' {}", program.string(), arguments);
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) throw WriteError(fmt::format("{}: cannot be run", command));
  std::string output;
  char buffer[4096];
  while (::fgets(buffer, sizeof(buffer), pipe) != nullptr) output += buffer;
  if (::pclose(pipe) != 0 && must_succeed) {
    throw WriteError(fmt::format("{}: failed; it said:\n{}", command, output));
  }
  if (output.empty()) throw WriteError(fmt::format("{}: printed nothing", command));
  return output;
}

// The still picture of an interactive figure, in its element.
template <class Figure>
void AddInteractive(const Figure& still, const fs::path& output, FigureWriter& figures) {
  figures.Add(still);
  const std::string name = still.name.substr(std::string_view("still_").size());
  Write(output / fmt::format("interactive_{}.html", name),
        InteractiveElement(name, ReadText(output / (still.name + ".svg"))));
}

// Each claim of an experiment by itself, for answers to questions that rest on it. The verdict is
// in the name of the file: where another one comes out, the answer that names it fails the build.
void WriteEachClaim(const fs::path& results) {
  fs::create_directories(results / "claims");
  for (const RecordedClaim& claim : ReadClaims(results).claims) {
    std::string verdict = claim.verdict;
    std::ranges::replace(verdict, ' ', '-');
    Write(results / fmt::format("claims/{}.{}.html", claim.name, verdict),
          fmt::format("<span class=\"records\">“{}” The records: <b>{}</b>; {}.</span>\n",
                      EscapeText(claim.sentence), claim.verdict, EscapeText(claim.finding)));
  }
}

// What `train` says of five seeds, and its figures. It takes a moment and has the same bits
// everywhere, so nothing of it is stored.
void GenerateTraining(const fs::path& output, const fs::path& programs) {
  const fs::path results = output / "train";
  fs::remove_all(results);
  std::string said = Captured(
      programs / "train", fmt::format("--data moons --layers 2-16-2 --epochs 30 --validation 200 "
                                      "--seeds 5 --quiet --output '{}'",
                                      results.string()));
  said.erase(std::min(said.rfind("\nreport: "), said.size()));
  Write(output / "train.txt", said);
  const Dataset data = LoadData("moons");
  const TrainedRuns trained = {.data = data, .runs = ReadRuns(results / "runs.jsonl")};
  Write(output / "train_accuracy.svg", DrawSvg(CurveFigure(trained, false).value()));
  Write(output / "train_recall.svg", DrawSvg(RecallFigure(trained).value()));
}

// What the comparison of docs/getting_started.md prints: its own command, read off the page.
void GenerateFirstComparison(const fs::path& source, const fs::path& output,
                             const fs::path& programs) {
  const std::string page = ReadText(source / "docs/getting_started.md");
  const std::string arguments(Between(page, "build/release/bin/compare ", "--output results/mine"));
  const fs::path results = output / "first_comparison";
  fs::remove_all(results);
  std::string said = Captured(programs / "compare",
                              fmt::format("{} --quiet --output '{}'", arguments, results.string()));
  said.erase(std::min(said.rfind("report: "), said.size()));
  Write(output / "getting_started.txt", said);
}

// The records of every experiment, each in a folder of its name inside `results`.
void CopyRecords(const fs::path& stored, const std::vector<std::string>& experiments,
                 const fs::path& results) {
  for (const std::string& name : experiments) {
    const fs::path records = stored / name / "runs.jsonl";
    if (!fs::exists(records)) continue;
    fs::create_directories(results / name);
    fs::copy(records, results / name);
  }
}

void Generate(const fs::path& source, const fs::path& output, const fs::path& programs,
              const std::vector<std::string>& experiments) {
  const BookComparison book = LoadComparison(source / "docs/records/compare");
  const LineFigure rates = RateFigure(book.made.cells, book.facts);
  const HeatMap heat = RateMap(book.made.cells, book.facts);
  FigureWriter figures(output);
  for (const ActivationFamily& family : ActivationFamilies().subspan(1)) {
    figures.Add(FamilyFigure(family));
  }
  Write(output / "activation_table.html", ActivationTable());
  Write(output / "head_table.html", HeadTable());
  Write(output / "loss_table.html", LossTable());
  Write(output / "optimizer_table.html", OptimizerTable());
  Write(output / "schedule_table.html", ScheduleTable());
  Write(output / "initializer_table.html", InitializerTable());
  Write(output / "search_table.html", SearchTable());
  Write(output / "synthetic_table.html", SyntheticTable());
  figures.Add(rates);
  figures.Add(heat);
  const Cells& cells = book.made.cells;
  figures.Add(RankFigure(book.made.ranked, book.facts));
  figures.Add(CriticalFigure(book.made.ranked));
  figures.Add(ExpectedBestFigure(cells, book.facts));
  Write(output / "compare_table.md", ComparisonTable(book));
  Write(output / "headline.html", Headline(book));
  Write(output / "machine.md", MachineTable(book.records.back().provenance));
  Write(output / "held_out_table.md",
        HeldOutTable(ReadRuns(source / "docs/records/held_out/official.jsonl"),
                     ReadRuns(source / "docs/records/held_out/swapped.jsonl")));
  const Json exhaustive = ReadRecord(source / "docs/records/activation_error.json");
  Write(output / "error_table.md", ErrorTable(exhaustive));
  const Json scale = ReadRecord(source / "docs/records/grid_scale.json");
  Write(output / "grid_scale_machine.md", GridScaleMachine(scale));
  Write(output / "core_hours.md", CoreHours(scale));
  Write(output / "large_grid_table.md", LargeGridTable(scale));
  Write(output / "leader_pace.md", LeaderPace(scale));
  Write(output / "efficiency_table.md", EfficiencyTable(scale));
  figures.Add(EfficiencyFigure(scale));
  Write(output / "slurm_proof.txt", ReadText(source / "docs/records/slurm_proof.txt"));
  const Json cost = ReadRecord(source / "docs/records/reproducibility_cost.json");
  Write(output / "cost_table.md", CostTable(cost));
  Write(output / "cost_total.md", CostTotal(cost));
  GenerateBenchmarkPages(source / "docs/records", output, figures);
  for (const StillFigure& still : InteractiveStills(source / "docs/records")) {
    std::visit([&](const auto& figure) { AddInteractive(figure, output, figures); }, still);
  }
  Write(output / "figure_data.js", FigureData(source / "docs/records"));
  figures.Finish();
  Write(output / "doctor.txt", Captured(programs / "doctor", "--data moons", false));
  for (const char* name : {"compare", "train", "doctor", "compare-reports", "04_3_xor"}) {
    Write(output / fmt::format("help_{}.txt", name), Captured(programs / name, "--help"));
  }
  GenerateFirstComparison(source, output, programs);
  Write(output / "record_run.md", RecordSchema(source / "docs/records/compare/runs.jsonl"));
  Write(output / "record_row.md", RecordSchema(source / "docs/records/04_3_xor/runs.jsonl"));
  GenerateTraining(output, programs);
  Write(output / "file_map.md", FileMap(source));
  Write(output / "bibliography.md", BibliographyMarkdown(References()));
  Write(output / "errata.md", ErrataMarkdown(Errata()));
  Write(output / "corrected_references.md", CorrectedMarkdown(ListOfTheArticle()));
  for (const std::string& name : experiments) {
    const fs::path results = output / name;
    fs::remove_all(results);
    fs::create_directories(results);
    const fs::path records = source / "docs/records" / name / "runs.jsonl";
    const bool summary = !fs::exists(records);  // it is made of the records of all others
    if (summary) {
      CopyRecords(source / "docs/records", experiments, results);
    } else {
      fs::copy(records, results);
    }
    std::string said = Captured(
        programs / name,
        fmt::format("{}--quiet --output '{}'", summary ? "" : "--report-only ", results.string()));
    // Where the report went is of no use to a reader.
    said.erase(std::min(said.rfind("report: "), said.size()));
    Write(output / (name + ".txt"), said);
    WriteEachClaim(results);
    if (!summary) Write(results / "machine.md", MachineTable(LastOrigin(records)));
    // What the experiment wrote, as a page can include it. Listed first: writing makes files.
    std::vector<fs::path> written;
    for (const fs::directory_entry& entry : fs::directory_iterator(results)) {
      if (entry.path().extension() == ".md") written.push_back(entry.path());
    }
    for (const fs::path& path : written) Write(path, ReadText(path));
  }
  Write(output / "claim_count.md", ClaimCount(output, experiments));
  Write(output / "coverage.md", Coverage(source / "docs/chapters"));
  for (const char* name : {"03_3_activations", "03_4_losses", "03_5_learning_rates"}) {
    Write(output / fmt::format("choosing_{}.md", name), ClaimList(output, name));
  }
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  if (argc < 4) {
    fmt::print(stderr,
               "usage: book_generate SOURCE_DIRECTORY OUTPUT_DIRECTORY PROGRAM_DIRECTORY "
               "EXPERIMENT...\n");
    return 2;
  }
  try {
    lanegrad::Generate(argv[1], argv[2], argv[3], {argv + 4, argv + argc});
  } catch (const std::exception& error) {
    fmt::print(stderr, "book_generate: {}\n", error.what());
    return 3;
  }
  return 0;
}
