// SPDX-License-Identifier: Apache-2.0
#include "experiments/report_diff/quality_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>

#include "experiments/report_diff/setting_difference.h"

namespace lanegrad {
namespace {

// Differences have a sign; of shares they are points.
std::string Signed(Score score, double difference) {
  if (!std::isfinite(difference)) return "-";
  return (difference < 0.0 ? "" : "+") + DifferenceText(score, difference, NAN);
}

// "0.5 points of accuracy", "0.005 of R²".
std::string AmountText(Score score, double threshold) {
  return IsShare(score) ? fmt::format("{:.3g} points of accuracy", 100.0 * threshold)
                        : fmt::format("{:.3g} of R²", threshold);
}

std::string Diverged(const QualityRow& row) {
  if (row.diverged_a + row.diverged_b == 0) return "-";
  return fmt::format("{} : {}", row.diverged_a, row.diverged_b);
}

std::string Seeds(const QualityRow& row) {
  std::string text = fmt::format("{}", row.pairs);
  if (row.only_a + row.only_b > 0) {
    text.append(fmt::format(" (A +{}, B +{})", row.only_a, row.only_b));
  }
  return text;
}

std::string NameOf(const QualityRow& row) {
  std::string name = row.phase;
  for (const std::string& label : row.labels) name.append(" · ").append(label);
  return name;
}

std::string RmseText(double rmse) {
  return std::isfinite(rmse) ? fmt::format("{:.4g}", rmse) : "-";
}

std::string IntervalText(Score score, const Interval& interval) {
  if (!std::isfinite(interval.low)) return "-";
  return fmt::format("{} to {}", Signed(score, interval.low), Signed(score, interval.high));
}

// A column of the table, and what a row has in it.
struct QualityColumn {
  Column column;
  std::function<Cell(const QualityRow&)> cell;
  bool shown = true;
};

std::vector<QualityColumn> QualityColumns(const QualityComparison& comparison, bool all) {
  const Score score = comparison.score;
  const bool share = IsShare(score);
  const bool rmse = !share && all;  // where there is room for it
  const bool diverged =
      std::any_of(comparison.rows.begin(), comparison.rows.end(),
                  [](const QualityRow& row) { return row.diverged_a + row.diverged_b > 0; });
  return {{{std::string(ScoreName(score)), false, "Of which samples"},
           [](const QualityRow& row) { return Cell{row.measure}; }},
          {{"A", true, "Mean over the seeds"},
           [=](const QualityRow& row) {
             return Cell{ScoreText(score, row.a), row.a};
           }},
          {{"B", true, "Mean over the seeds"},
           [=](const QualityRow& row) {
             return Cell{ScoreText(score, row.b), row.b};
           }},
          {{"RMSE of A", true, "Mean root of the mean squared error, in the target's units"},
           [](const QualityRow& row) {
             return Cell{RmseText(row.rmse_a), row.rmse_a};
           },
           rmse},
          {{"RMSE of B", true, "The same of B"},
           [](const QualityRow& row) {
             return Cell{RmseText(row.rmse_b), row.rmse_b};
           },
           rmse},
          {{share ? "B - A, points" : "B - A", true, "Mean difference, pair by pair"},
           [=](const QualityRow& row) {
             return Cell{Signed(score, row.difference), row.difference};
           }},
          {{"95 % interval", true,
            "Student's, for this cell alone; none where all differences are alike"},
           [=](const QualityRow& row) {
             return Cell{IntervalText(score, row.interval), row.interval.low};
           }},
          {{"seeds", true, "Pairs, and runs that one of the two lacks"},
           [](const QualityRow& row) {
             return Cell{Seeds(row), static_cast<double>(row.pairs)};
           }},
          // Runs of different settings never have them.
          {{"same bits", true, "Pairs with equal digests"},
           [](const QualityRow& row) {
             return Cell{fmt::format("{} of {}", row.identical, row.pairs),
                         static_cast<double>(row.identical)};
           },
           !comparison.along.has_value()},
          {{"diverged A : B", true, "Runs that diverged"},
           [](const QualityRow& row) {
             return Cell{Diverged(row), static_cast<double>(row.diverged_a + row.diverged_b)};
           },
           diverged},
          {{"p (Holm)", true, "Of no difference, adjusted for the number of cells"},
           [](const QualityRow& row) {
             return Cell{std::isfinite(row.adjusted) ? fmt::format("{:.2g}", row.adjusted) : "-",
                         row.adjusted};
           }},
          {{"verdict", false, {}, true}, [](const QualityRow& row) {
             const bool strong =
                 row.verdict == QualityVerdict::kWorse || row.verdict == QualityVerdict::kBetter;
             return Cell{std::string(VerdictName(row.verdict)), 0.0, strong};
           }}};
}

Table QualityTable(const QualityComparison& comparison, bool all) {
  Table table = {.caption = IsShare(comparison.score)
                                ? "Accuracy, paired by seed; a diverged run counts as chance"
                                : "R², paired by seed; a diverged run counts as 0",
                 .columns = {{"phase", false, {}}},
                 .rows = {}};
  std::vector<QualityColumn> columns = QualityColumns(comparison, all);
  std::erase_if(columns, [](const QualityColumn& each) { return !each.shown; });
  for (const std::string& name : comparison.varying) table.columns.push_back({name, false, {}});
  for (const QualityColumn& each : columns) table.columns.push_back(each.column);
  for (const QualityRow& row : comparison.rows) {
    if (!all && row.verdict == QualityVerdict::kIdentical && row.only_a + row.only_b == 0) continue;
    std::vector<Cell> cells = {{row.phase}};
    for (const std::string& label : row.labels) cells.push_back({label});
    for (const QualityColumn& each : columns) cells.push_back(each.cell(row));
    table.rows.push_back(std::move(cells));
  }
  return table;
}

std::string BitsSentence(const QualityComparison& comparison) {
  if (comparison.identical == comparison.pairs) {
    return fmt::format("Bit-identical: all {} runs that are in both have equal digests.",
                       comparison.pairs);
  }
  return fmt::format("Digests: {} of {} runs equal, {} differ.", comparison.identical,
                     comparison.pairs, comparison.pairs - comparison.identical);
}

std::string PairsSentence(const QualityComparison& comparison, const AlongFacts& along) {
  return fmt::format("{} pairs of runs that are equal but for {}{}.", comparison.pairs,
                     AndText(along.names),
                     along.follows.empty() ? "" : " and what is usual with it");
}

std::string RegressionSentence(const QualityComparison& comparison, double threshold) {
  const std::size_t worse = comparison.Count(QualityVerdict::kWorse);
  const std::string amount = AmountText(comparison.score, threshold);
  if (comparison.along) {
    return worse > 0 ? fmt::format("WORSE: B ({}) in {} of {} cells, by more than {}.",
                                   comparison.along->b, worse, comparison.rows.size(), amount)
                     : fmt::format("B ({}) is nowhere shown to be worse by more than {}.",
                                   comparison.along->b, amount);
  }
  return worse > 0 ? fmt::format("REGRESSION: {} of {} cells are worse, by more than {}.", worse,
                                 comparison.rows.size(), amount)
                   : fmt::format("No regression beyond {} is shown.", amount);
}

// What differs between A and B by intent, and what goes with it.
void AddAlong(VerdictPage& page, const AlongFacts& along) {
  const std::string names = AndText(along.names);
  page.title = fmt::format("Learning along {}: B ({}) against A ({})", names, along.b, along.a);
  page.facts.insert(page.facts.begin(),
                    {"along", fmt::format("{} (A: {}; B: {})", names, along.a, along.b)});
  if (along.left_out > 0) {
    page.facts.emplace_back("left out", fmt::format("{} runs of other values", along.left_out));
  }
  if (!along.follows.empty()) {
    page.warnings.push_back(fmt::format("not {} alone: with it goes what is usual with it, {}",
                                        names, AndText(along.follows)));
  }
  page.warnings.insert(page.warnings.end(), along.warnings.begin(), along.warnings.end());
}

std::string CountSentence(const QualityComparison& comparison) {
  std::string text;
  for (const QualityVerdict verdict :
       {QualityVerdict::kWorse, QualityVerdict::kBetter, QualityVerdict::kNoChange,
        QualityVerdict::kIdentical, QualityVerdict::kUnjudged, QualityVerdict::kOnlyA,
        QualityVerdict::kOnlyB}) {
    const std::size_t count = comparison.Count(verdict);
    if (count == 0) continue;
    text.append(fmt::format("{}{} {}", text.empty() ? "" : "; ", count, VerdictName(verdict)));
  }
  return fmt::format("Of {} cells: {}.", comparison.rows.size(), text);
}

// A list is read as far as it is short.
void AddMissing(VerdictPage& page, const std::vector<std::string>& runs, const char* here,
                const char* there, bool all) {
  if (runs.empty()) return;
  page.warnings.push_back(fmt::format("{} run{} only in {}: did not run in {}", runs.size(),
                                      runs.size() == 1 ? " is" : "s are", here, there));
  const std::size_t shown = all ? runs.size() : std::min<std::size_t>(runs.size(), 8);
  Table table = {.caption = fmt::format("Runs that are only in {}", here),
                 .columns = {{fmt::format("only in {}", here), false, {}}},
                 .rows = {}};
  for (std::size_t i = 0; i < shown; ++i) table.rows.push_back({{runs[i]}});
  if (shown < runs.size()) {
    table.rows.push_back({{fmt::format("... and {} more", runs.size() - shown)}});
  }
  page.tables.push_back(std::move(table));
}

std::string FigureTitle(const QualityComparison& comparison) {
  const std::size_t worse = comparison.Count(QualityVerdict::kWorse);
  if (comparison.along) {
    return fmt::format("{} against {}: of {} cells {} worse, {} better", comparison.along->b,
                       comparison.along->a, comparison.rows.size(), worse,
                       comparison.Count(QualityVerdict::kBetter));
  }
  return worse > 0 ? fmt::format("{} of {} cells are worse in B", worse, comparison.rows.size())
                   : "No cell is shown to be worse in B";
}

DotFigure DifferenceFigure(const QualityComparison& comparison) {
  const Score score = comparison.score;
  const bool share = IsShare(score);
  const double scale = share ? 100.0 : 1.0;
  DotFigure figure = {.name = "quality_differences",
                      .title = FigureTitle(comparison),
                      .subtitle = fmt::format("{0} in B minus {0} in A, paired by seed, with 95 % "
                                              "intervals (Student)",
                                              ScoreName(score)),
                      .x_label = share ? "B - A, percentage points" : "B - A, R²",
                      .percent = false,
                      .reference = 0.0,
                      .rows = {}};
  for (const QualityRow& row : comparison.rows) {
    if (row.pairs == 0 || row.verdict == QualityVerdict::kIdentical) continue;
    figure.rows.push_back(
        {.label = NameOf(row),
         .group = std::string(VerdictName(row.verdict)),
         .value = scale * row.difference,
         .low = scale * row.interval.low,
         .high = scale * row.interval.high,
         .text = Signed(score, row.difference),
         .note = fmt::format("{}: {}{}, {}", NameOf(row), Signed(score, row.difference),
                             share ? " points" : "", VerdictName(row.verdict))});
  }
  return figure;
}

std::string Describe(const ResultSet& set) {
  const auto text = [&](const char* key) {
    const auto found = set.origin.find(key);
    return found != set.origin.end() ? found->second : std::string("unknown");
  };
  return fmt::format("{}, {} runs, {}, source {}, {}, {}", set.name, set.runs.size(), set.data,
                     text("source"), text("target"), text("compiler"));
}

}  // namespace

VerdictPage QualityPage(const QualityComparison& comparison, const ResultSet& a, const ResultSet& b,
                        double threshold, bool all) {
  VerdictPage page;
  page.title = "Learning: B against A";
  page.facts = {{"A", Describe(a)}, {"B", Describe(b)}};
  page.tables = {QualityTable(comparison, all)};
  if (comparison.along) {
    AddAlong(page, *comparison.along);
  } else if (comparison.identical < comparison.pairs) {
    page.warnings.push_back(fmt::format(
        "{} runs have equal settings, seed, data and numeric specification, and other bits: the "
        "programs that made A and B do not compute the same",
        comparison.pairs - comparison.identical));
  }
  AddMissing(page, comparison.only_a, "A", "B", all);
  AddMissing(page, comparison.only_b, "B", "A", all);
  page.summary = {
      comparison.along ? PairsSentence(comparison, *comparison.along) : BitsSentence(comparison),
      CountSentence(comparison), RegressionSentence(comparison, threshold)};
  page.verdict = 2;
  const std::size_t unjudged = comparison.Count(QualityVerdict::kUnjudged);
  if (unjudged + comparison.only_a.size() > 0) {
    std::vector<std::string> parts;
    if (unjudged > 0) parts.push_back(fmt::format("{} cells cannot be judged", unjudged));
    if (!comparison.only_a.empty()) {
      parts.push_back(fmt::format("{} runs of A did not run in B", comparison.only_a.size()));
    }
    page.summary.push_back(fmt::format("{}: that is no all-clear.", fmt::join(parts, ", and ")));
  }
  page.notes = {fmt::format(
      "A verdict of better or worse takes a p value of at most 5 % (Student's t of the paired "
      "differences, Holm's adjustment for all cells that are not bit-identical) and a difference "
      "beyond {}.{}",
      AmountText(comparison.score, threshold),
      comparison.along ? ""
                       : " Equal digests are equal settings, metrics and weights, to the last "
                         "bit: such cells need no statistics.")};
  const DotFigure figure = DifferenceFigure(comparison);
  if (!figure.rows.empty() && figure.rows.size() <= 80) page.figures = {figure};
  return page;
}

Json QualityJson(const QualityComparison& comparison, const ResultSet& a, const ResultSet& b,
                 double threshold) {
  Json json = {{"kind", "quality"},
               {"score", IsShare(comparison.score) ? "accuracy" : "r2"},
               {"threshold", threshold},
               {"a", a.name},
               {"b", b.name},
               {"data", {{"name", a.data}, {"checksum", a.checksum}}},
               {"numeric_version", a.numeric_version},
               {"pairs", comparison.pairs},
               {"bit_identical", comparison.identical},
               {"regressions", comparison.Count(QualityVerdict::kWorse)},
               {"only_a", comparison.only_a},
               {"only_b", comparison.only_b},
               {"rows", Json::array()}};
  if (comparison.along) {
    json["along"] = {{"settings", comparison.along->names},
                     {"a", comparison.along->a},
                     {"b", comparison.along->b},
                     {"follows", comparison.along->follows},
                     {"warnings", comparison.along->warnings},
                     {"left_out", comparison.along->left_out}};
  }
  const auto known = [](double value) {
    return std::isfinite(value) ? Json(value) : Json(nullptr);
  };
  for (const QualityRow& row : comparison.rows) {
    Json labels = Json::object();
    for (std::size_t i = 0; i < comparison.varying.size(); ++i) {
      labels[comparison.varying[i]] = row.labels[i];
    }
    json["rows"].push_back({{"phase", row.phase},
                            {"settings", labels},
                            {"verdict", VerdictName(row.verdict)},
                            {"measure", row.measure},
                            {"a", ToJson(row.a)},
                            {"b", ToJson(row.b)},
                            {"rmse_a", known(row.rmse_a)},
                            {"rmse_b", known(row.rmse_b)},
                            {"difference", ToJson(row.difference)},
                            {"low", ToJson(row.interval.low)},
                            {"high", ToJson(row.interval.high)},
                            {"p", ToJson(row.p)},
                            {"p_holm", ToJson(row.adjusted)},
                            {"pairs", row.pairs},
                            {"bit_identical", row.identical},
                            {"only_a", row.only_a},
                            {"only_b", row.only_b},
                            {"diverged_a", row.diverged_a},
                            {"diverged_b", row.diverged_b}});
  }
  return json;
}

}  // namespace lanegrad
