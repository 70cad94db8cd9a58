// SPDX-License-Identifier: Apache-2.0
#include "experiments/report_diff/trend_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "experiments/report/report.h"
#include "experiments/report_diff/benchmark_comparison.h"

namespace lanegrad {
namespace {

std::string FileText(const BenchmarkFile& file) {
  return file.source.empty() ? file.name : fmt::format("{} ({})", file.name, file.source);
}

std::string ChangesText(const TrendRow& row, std::span<const BenchmarkFile> files) {
  if (!row.judged) return fmt::format("cannot be judged ({} files are too few)", row.times.size());
  if (row.changes.empty()) return "no change shown";
  std::string text;
  for (const TrendChange& change : row.changes) {
    text.append(fmt::format("{}{} from {} on (p {:.2g})", text.empty() ? "" : "; then ",
                            RatioWords(change.ratio), FileText(files[row.files[change.place]]),
                            change.p));
  }
  return text;
}

// Changed ones first, the larger the earlier.
std::vector<const TrendRow*> ByImportance(std::span<const TrendRow> rows) {
  std::vector<const TrendRow*> order;
  for (const TrendRow& row : rows) order.push_back(&row);
  const auto weight = [](const TrendRow* row) {
    double largest = 0.0;
    for (const TrendChange& change : row->changes) {
      largest = std::max(largest, std::fabs(std::log(change.ratio)));
    }
    return largest;
  };
  std::stable_sort(order.begin(), order.end(),
                   [&](const TrendRow* x, const TrendRow* y) { return weight(x) > weight(y); });
  return order;
}

Table TrendTable(std::span<const TrendRow> rows, std::span<const BenchmarkFile> files) {
  Table table = {.caption = "Changes of level, the largest first; a file is one measurement",
                 .columns = {{"benchmark", false, {}},
                             {"files", true, "How many have it"},
                             {"first level", true, "Median time"},
                             {"last level", true, "Median time"},
                             {"last / first", true, "Ratio of the two levels shown"},
                             {"changes", false, {}, true}},
                 .rows = {}};
  for (const TrendRow* row : ByImportance(rows)) {
    const bool any = !row->times.empty();
    const double first = any ? row->levels.front() : NAN, last = any ? row->levels.back() : NAN;
    table.rows.push_back(
        {{row->name},
         {fmt::format("{}", row->times.size()), static_cast<double>(row->times.size())},
         {TimeText(first), first},
         {TimeText(last), last},
         {any ? fmt::format("{:.3f}", last / first) : "-", last / first},
         {ChangesText(*row, files), 0.0, !row->changes.empty()}});
  }
  return table;
}

LinePanel PanelOf(const TrendRow& row, std::span<const BenchmarkFile> files) {
  LineSeries measured = {.name = "a file"}, level = {.name = "level"};
  for (std::size_t i = 0; i < row.times.size(); ++i) {
    const double x = static_cast<double>(row.files[i] + 1), unit = row.levels.front();
    measured.points.push_back(
        {.x = x,
         .y = row.times[i] / unit,
         .note = fmt::format("{}: {}", FileText(files[row.files[i]]), TimeText(row.times[i]))});
    level.points.push_back({.x = x,
                            .y = row.levels[i] / unit,
                            .note = fmt::format("level {}", TimeText(row.levels[i]))});
  }
  return {.title = row.name.size() > 40 ? row.name.substr(0, 39) + "…" : row.name,
          .series = {std::move(measured), std::move(level)}};
}

std::size_t CountChanged(std::span<const TrendRow> rows) {
  return static_cast<std::size_t>(std::count_if(
      rows.begin(), rows.end(), [](const TrendRow& row) { return !row.changes.empty(); }));
}

std::string Finding(std::span<const TrendRow> rows) {
  const std::size_t changed = CountChanged(rows);
  if (changed == 0) return "No benchmark is shown to have changed its level.";
  return fmt::format("{} of {} benchmarks changed {} level.", changed, rows.size(),
                     changed == 1 ? "its" : "their");
}

LineFigure TrendFigure(std::span<const TrendRow> rows, std::span<const BenchmarkFile> files) {
  LineFigure figure = {.name = "trend",
                       .title = Finding(rows),
                       .subtitle = "time over its first level; a step is a change of level",
                       .x_label = "file, in the order given",
                       .y_label = "time / first level",
                       .x_whole = true};
  const std::size_t changed = CountChanged(rows);
  constexpr std::size_t kUnchanged = 12, kMost = 60;
  for (const TrendRow* row : ByImportance(rows)) {
    if (figure.panels.size() == (changed == 0 ? kUnchanged : std::min(changed, kMost))) break;
    if (!row->times.empty()) figure.panels.push_back(PanelOf(*row, files));
  }
  return figure;
}

}  // namespace

VerdictPage TrendPage(std::span<const TrendRow> rows, std::span<const BenchmarkFile> files,
                      double threshold) {
  VerdictPage page;
  page.title = "Speed: trend";
  page.facts = {{"from", FileText(files.front())},
                {"to", FileText(files.back())},
                {"files", fmt::format("{}", files.size())}};
  for (std::size_t i = 0; i < files.size(); ++i) {
    for (const std::string& warning : files[i].warnings) {
      page.warnings.push_back(fmt::format("{}: {}", files[i].name, warning));
    }
    if (i == 0) continue;
    // From its predecessor: where the machine changed, once.
    const std::vector<std::string> differences =
        IdentityDifferences(files[i - 1], files[i], files[i - 1].name, files[i].name);
    page.warnings.insert(page.warnings.end(), differences.begin(), differences.end());
  }
  page.tables = {TrendTable(rows, files)};
  page.summary = {Finding(rows)};
  const auto slower =
      std::count_if(rows.begin(), rows.end(), [](const TrendRow& row) { return row.IsSlower(); });
  if (slower > 0) {
    page.verdict = page.summary.size();
    page.summary.push_back(
        fmt::format("REGRESSION: the last change of {} benchmark{} was for the worse.", slower,
                    slower == 1 ? "" : "s"));
  }
  const auto unjudged =
      std::count_if(rows.begin(), rows.end(), [](const TrendRow& row) { return !row.judged; });
  if (unjudged > 0) {
    page.summary.push_back(
        fmt::format("{} of {} benchmarks cannot be judged, by so few files: that is no all-clear.",
                    unjudged, rows.size()));
  }
  page.notes = {
      fmt::format("Where nothing changes at all, a page like this has a change on it in at most "
                  "{:.0f} of 100 cases: each benchmark is tested at that level divided by their "
                  "number; p is of a benchmark alone. Changes of less than {:.3g} % are left out.",
                  100.0 * kTrendFalseAlarms, 100.0 * threshold),
      "Each file counts once, with the median of its repetitions. The largest difference of mean "
      "ranks is tested against random orders of the files, and what it divides is searched again "
      "at half the level. The test knows nothing of causes: another machine, another compiler or "
      "a room that grew warm change levels, too, often of all benchmarks at once. The place of a "
      "change may be off by a file or two."};
  return page;
}

std::string TrendHtml(std::span<const TrendRow> rows, std::span<const BenchmarkFile> files,
                      double threshold) {
  const VerdictPage page = TrendPage(rows, files, threshold);
  Report report(page.title, "");
  report.Answer(AnswerOf(page));
  report.Heading("What was compared");
  report.Facts(page.facts);
  for (const std::string& warning : page.warnings) report.Warning(warning);
  const LineFigure figure = TrendFigure(rows, files);
  if (!figure.panels.empty()) report.AddFigures({MakeDrawing(figure)});
  report.AddTable(page.tables.front());
  for (const std::string& note : page.notes) report.Paragraph(note);
  return report.Html();
}

Json TrendJson(std::span<const TrendRow> rows, std::span<const BenchmarkFile> files,
               double threshold) {
  Json json = {{"kind", "trend"},
               {"threshold", threshold},
               {"false_alarms", kTrendFalseAlarms},
               {"files", Json::array()},
               {"rows", Json::array()}};
  for (const BenchmarkFile& file : files) {
    json["files"].push_back({{"name", file.name}, {"source", file.source}});
  }
  for (const TrendRow& row : rows) {
    Json changes = Json::array();
    for (const TrendChange& change : row.changes) {
      changes.push_back({{"file", row.files[change.place]},
                         {"ratio", ToJson(change.ratio)},
                         {"p", ToJson(change.p)}});
    }
    json["rows"].push_back({{"name", row.name},
                            {"judged", row.judged},
                            {"files", row.files},
                            {"times_ns", row.times},
                            {"levels_ns", row.levels},
                            {"changes", std::move(changes)}});
  }
  return json;
}

}  // namespace lanegrad
