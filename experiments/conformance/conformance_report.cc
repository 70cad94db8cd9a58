// SPDX-License-Identifier: Apache-2.0
#include "experiments/conformance/conformance_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/conformance/published_number.h"
#include "experiments/conformance/published_tables.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

// The series of the records, in their order.
std::vector<std::string> TablesOf(const Evidence& evidence) {
  std::vector<std::string> names;
  for (const Measurement& row : evidence.rows) {
    if (names.empty() || names.back() != row.series) names.push_back(row.series);
  }
  return names;
}

std::string CaveatOf(std::string_view table) {
  for (const PublishedTable& each : PublishedTables()) {
    if (each.name == table) return each.file.caveat;
  }
  return "";
}

// With one digit more than was printed, so that it can be seen how far off it is.
std::string WithDigitsOf(const std::string& printed, double value) {
  const std::size_t point = printed.find('.');
  const std::size_t places = point == printed.npos ? 0 : printed.size() - point - 1;
  return fmt::format("{:.{}f}", value, places + 1);
}

}  // namespace

NamedTable NumberTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "numbers",
      .table = {.caption = "Published numbers and ours",
                .columns = {{"table"},
                            {"configuration"},
                            {"published", true, "as it was printed"},
                            {"ours", true, "mean over the seeds, one digit more than was printed"},
                            {"95 % interval", true, "Student's, of that mean; none of one number"},
                            {"seeds", true},
                            {"agreement", false,
                             "exact: the same digits; within spread: one more run of ours might "
                             "be theirs; within tolerance: as near as its table allows; shape "
                             "only: the order of its table agrees"},
                            {"why not exact", false, "as far as is known", true}},
                .rows = {}}};
  for (const std::string& table : TablesOf(evidence)) {
    const std::string caveat = CaveatOf(table);
    for (const ComparedNumber& each : NumbersOf(evidence, table)) {
      const std::string& printed = each.published.printed;
      const Interval interval = MeanInterval(each.ours);
      named.table.rows.push_back(
          {{.text = table},
           {.text = each.published.configuration},
           {printed, each.theirs(), false},
           {WithDigitsOf(printed, each.mean()), each.mean(), false},
           {std::isfinite(interval.low)
                ? fmt::format("{} to {}", WithDigitsOf(printed, interval.low),
                              WithDigitsOf(printed, interval.high))
                : "-",
            interval.low, false},
           {fmt::format("{}", each.ours.size()), static_cast<double>(each.ours.size()), false},
           {.text = std::string(AgreementOf(each))},
           {.text = ReasonOf(each, caveat)}});
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
      reduced ? fmt::format("Trained too briefly to compare: {} of {} are above what was published",
                            above, count)
              : fmt::format("{} of {} published accuracies come out again; ours is higher in {}",
                            agree, count, above);
  return figure;
}

}  // namespace lanegrad
