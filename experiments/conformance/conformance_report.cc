// SPDX-License-Identifier: Apache-2.0
#include "experiments/conformance/conformance_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/conformance/iris_example.h"
#include "experiments/conformance/published_number.h"
#include "experiments/conformance/published_tables.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

constexpr const char* kAgreementHelp =
    "exact: the same digits; within spread: one more run of ours might be theirs; within "
    "tolerance: "
    "as near as its table allows; shape only: the order of its table agrees";

// The series of the records, in their order.
std::vector<std::string> TablesOf(const Evidence& evidence) {
  std::vector<std::string> names;
  for (const Measurement& row : evidence.rows) {
    if (names.empty() || names.back() != row.series) names.push_back(row.series);
  }
  return names;
}

bool IsTraining(std::string_view table) {
  const std::vector<PublishedTable>& tables = PublishedTables();
  return std::any_of(tables.begin(), tables.end(),
                     [&](const PublishedTable& each) { return each.name == table; });
}

// With one digit more than was printed, so that it can be seen how far off it is.
std::string WithDigitsOf(const std::string& printed, double value) {
  const std::size_t point = printed.find('.');
  const std::size_t places = point == printed.npos ? 0 : printed.size() - point - 1;
  return fmt::format("{:.{}f}", value, places + 1);
}

// Configuration, published, ours.
std::vector<Cell> CellsOf(const ComparedNumber& number) {
  const std::string& printed = number.published.printed;
  return {{.text = number.published.configuration},
          {printed, number.theirs(), false},
          {WithDigitsOf(printed, number.mean()), number.mean(), false}};
}

// The same of something that was trained: with interval, agreement, side and seeds.
std::vector<Cell> TrainedCells(const ComparedNumber& number) {
  const std::string& printed = number.published.printed;
  const Interval interval = MeanInterval(number.ours);
  std::vector<Cell> cells = CellsOf(number);
  cells.push_back({std::isfinite(interval.low)
                       ? fmt::format("{} to {}", WithDigitsOf(printed, interval.low),
                                     WithDigitsOf(printed, interval.high))
                       : "-",
                   interval.low, false});
  cells.push_back({.text = std::string(AgreementOf(number))});
  cells.push_back({.text = SideOf(number)});
  cells.push_back(
      {fmt::format("{}", number.ours.size()), static_cast<double>(number.ours.size()), false});
  return cells;
}

std::vector<Column> TrainedColumns() {
  return {
      {"configuration"},
      {"published", true, "as it was printed"},
      {"ours", true, "mean over the seeds, one digit more than was printed"},
      {"95 % interval", true, "Student's, of that mean"},
      {"agreement", false, kAgreementHelp},
      {"beyond the spread", false, "whether ours is higher or lower by more than seeds explain"},
      {"seeds", true}};
}

}  // namespace

NamedTable AccuracyTable(const Evidence& evidence) {
  NamedTable named = {.name = "accuracies",
                      .table = {.caption = "Test accuracies, published and ours",
                                .columns = TrainedColumns(),
                                .rows = {}}};
  for (const PublishedTable& table : PublishedTables()) {
    for (const ComparedNumber& each : NumbersOf(evidence, table.name)) {
      named.table.rows.push_back(TrainedCells(each));
    }
  }
  return named;
}

NamedTable ExampleTable(const Evidence& evidence) {
  NamedTable named = {.name = "example",
                      .table = {.caption = "Losses in the last pass over iris, published and ours",
                                .columns = TrainedColumns(),
                                .rows = {}}};
  for (const ComparedNumber& each : NumbersOf(evidence, kIrisExample)) {
    named.table.rows.push_back(TrainedCells(each));
  }
  return named;
}

NamedTable SourceTable(const Evidence& evidence) {
  NamedTable named = {.name = "sources",
                      .table = {.caption = "Where the accuracies were published, and what else may "
                                           "be behind a difference",
                                .columns = {{"table"},
                                            {"source", false, "", true},
                                            {"how ours differs", false, "", true}},
                                .rows = {}}};
  for (const PublishedTable& table : PublishedTables()) {
    const std::vector<ComparedNumber> numbers = NumbersOf(evidence, table.name);
    if (numbers.empty()) continue;
    const std::string& reduced = numbers.front().published.reduced;
    named.table.rows.push_back(
        {{.text = table.name},
         {.text = table.file.source},
         {.text = reduced.empty() ? table.file.caveat : "trained with " + reduced}});
  }
  return named;
}

NamedTable ArithmeticTable(const Evidence& evidence) {
  NamedTable named = {.name = "arithmetic",
                      .table = {.caption = "Numbers that need no training, published and ours",
                                .columns = {{"configuration"},
                                            {"published", true, "as it was printed"},
                                            {"ours", true, "one digit more than was printed"},
                                            {"agreement", false, kAgreementHelp},
                                            {"table"}},
                                .rows = {}}};
  for (const std::string& table : TablesOf(evidence)) {
    if (IsTraining(table) || table == kIrisExample) continue;
    for (const ComparedNumber& each : NumbersOf(evidence, table)) {
      std::vector<Cell> cells = CellsOf(each);
      cells.push_back({.text = std::string(AgreementOf(each))});
      cells.push_back({.text = table});
      named.table.rows.push_back(std::move(cells));
    }
  }
  return named;
}

Figure AccuracyFigure(const Evidence& evidence) {
  DotFigure figure = {.name = "conformance_accuracies",
                      .subtitle =
                          "a pale dot a seed, the mean with Student's 95 % interval, and "
                          "what was published",
                      .x_label = "test accuracy, %",
                      .percent = true,
                      .rows = {}};
  std::size_t count = 0, agree = 0, above = 0;
  bool reduced = false;
  for (const PublishedTable& table : PublishedTables()) {
    for (const ComparedNumber& each : NumbersOf(evidence, table.name)) {
      const Interval interval = MeanInterval(each.ours);
      figure.rows.push_back({.label = each.published.configuration,
                             .group = "ours",
                             .value = each.mean(),
                             .low = interval.low,
                             .high = interval.high,
                             .points = each.ours,
                             .note = table.name});
      figure.rows.push_back(
          {.label = "published",
           .group = "published",
           .value = each.theirs(),
           .text = fmt::format("{:.2f} · {}", 100.0 * each.theirs(), AgreementOf(each)),
           .note = table.file.source});
      ++count;
      agree += each.published.reduced.empty() && each.conformity < Conformity::kShapeOnly;
      reduced |= !each.published.reduced.empty();
      above += each.mean() > each.theirs();
    }
  }
  figure.title =
      reduced
          ? fmt::format("Trained too briefly to compare: {} of {} are above what was published",
                        above, count)
          : fmt::format(
                "{} of {} published accuracies come out again; our mean is the higher one in {}",
                agree, count, above);
  return figure;
}

}  // namespace lanegrad
