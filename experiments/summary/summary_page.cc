// SPDX-License-Identifier: Apache-2.0
//
// What chapter 7 shows and claims of all others.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "experiments/summary/chapters.h"

namespace lanegrad {
namespace {

std::array<double, 4> Total(const Evidence& evidence, bool article_alone) {
  std::array<double, 4> total = {};
  for (const Measurement& row : evidence.rows) {
    const std::array<double, 4> counts = VerdictCounts(row, article_alone);
    for (std::size_t v = 0; v < total.size(); ++v) total[v] += counts[v];
  }
  return total;
}

std::string CountText(const std::array<double, 4>& counts) {
  return fmt::format("{} supported, {} qualified, {} not supported, {} not decided", counts[0],
                     counts[1], counts[2], counts[3]);
}

double Sum(const std::array<double, 4>& counts) {
  return std::accumulate(counts.begin(), counts.end(), 0.0);
}

}  // namespace

Figure VerdictMap(const Evidence& evidence) {
  const std::array<double, 4> total = Total(evidence, false);
  HeatMap map = {.name = "07_summary_verdicts",
                 .title = fmt::format("Of {} claims, {}", Sum(total), CountText(total)),
                 .subtitle = "claims of the article, of others and ours, by chapter",
                 .x_label = "verdict",
                 .value_label = "claims",
                 .large = true,
                 .columns = {kVerdictNames.begin(), kVerdictNames.end()},
                 .rows = {}};
  for (const Measurement& row : evidence.rows) {
    const std::array<double, 4> counts = VerdictCounts(row, false);
    const std::string name = row.settings.Text("experiment");
    const std::string number = NumberOf(name);
    const std::string title = row.values.Text("title");
    // An experiment without a number goes by its title alone.
    HeatRow heat = {.label = number == name ? title : number + " " + title, .cells = {}};
    for (const double count : counts) heat.cells.push_back({.value = count});
    map.rows.push_back(std::move(heat));
  }
  return map;
}

NamedTable AllClaims(const Evidence& evidence) {
  NamedTable named = {.name = "all_claims",
                      .table = {.caption = "Every claim, with its verdict",
                                .columns = {{"section", false, "of the article or the book"},
                                            {"claim", false, "what is claimed", true},
                                            {"source", false, "who claims it", true},
                                            {"verdict", false, "what the records say"},
                                            {"because", false,
                                             "the figure behind the verdict; * of times on this "
                                             "machine",
                                             true}},
                                .rows = {}},
                      .page_only = true};
  for (const Measurement& row : evidence.rows) {
    for (const SummaryClaim& each : ClaimsOf(row)) {
      named.table.rows.push_back({{each.number},
                                  {each.sentence},
                                  {each.source},
                                  {each.verdict, 0.0, true},
                                  {each.finding + (each.of_this_machine ? " *" : "")}});
    }
  }
  return named;
}

NamedTable ClaimsBySource(const Evidence& evidence) {
  struct Group {
    std::string name;
    std::array<double, 4> counts = {};
  };
  std::array<Group, 3> groups = {
      Group{.name = "the article"}, {.name = "papers and books"}, {.name = "this book"}};
  for (const Measurement& row : evidence.rows) {
    for (const SummaryClaim& each : ClaimsOf(row)) {
      Group& group = groups[each.OfTheArticle() ? 0 : each.source.starts_with("ours") ? 2 : 1];
      const auto* const verdict =
          std::find(kVerdictNames.begin(), kVerdictNames.end(), each.verdict);
      if (verdict == kVerdictNames.end()) continue;
      group.counts[static_cast<std::size_t>(verdict - kVerdictNames.begin())] += 1.0;
    }
  }
  NamedTable named = {
      .name = "sources",
      .table = {.caption = "Who claims it, and what came of it",
                .columns = {{"claimed by", false, "whose claims"}, {"claims", true, "how many"}},
                .rows = {}}};
  for (const std::string_view verdict : kVerdictNames) {
    named.table.columns.push_back({std::string(verdict), true, "claims, and their share"});
  }
  for (const Group& group : groups) {
    const double all = Sum(group.counts);
    std::vector<Cell> cells = {{group.name}, {fmt::format("{}", all), all}};
    for (const double count : group.counts) {
      const double share = all > 0.0 ? 100.0 * count / all : 0.0;
      cells.push_back({fmt::format("{} ({:.0f} %)", count, share), count});
    }
    named.table.rows.push_back(std::move(cells));
  }
  return named;
}

NamedTable ChapterDigests(const Evidence& evidence) {
  NamedTable named = {
      .name = "digests",
      .table = {.caption = "What was run, and whether the same came out as is stored",
                .columns = {{"section", false, "of the article or the book"},
                            {"experiment", false, "name of the program"},
                            {"claims", true, "how many"},
                            {"digest", false, "of all its records: the first 12 digits"},
                            {"stored", false, "in docs/records"},
                            {"seconds", true, "on this machine; what was recorded before is read"}},
                .rows = {}}};
  for (const Measurement& row : evidence.rows) {
    const double claims = Sum(VerdictCounts(row, false));
    const double seconds = row.machine.Number("seconds");
    const std::string name = row.settings.Text("experiment");
    named.table.rows.push_back({{NumberOf(name)},
                                {name},
                                {fmt::format("{}", claims), claims},
                                {row.values.Text("digest").substr(0, 12)},
                                {!(row.machine.Number("digest_stored") > 0.0) ? "none"
                                 : row.machine.Number("digest_differs") > 0.0 ? "ANOTHER"
                                                                              : "the same"},
                                {fmt::format("{:.1f}", seconds), seconds}});
  }
  return named;
}

// [summary-article]
Finding ArticleIsRight(const Evidence& evidence) {
  const std::array<double, 4> counts = Total(evidence, true);
  const double decided = counts[0] + counts[1] + counts[2];
  return {!(decided > 0.0)                       ? Verdict::kNotDecided
          : counts[0] == decided                 ? Verdict::kSupported
          : counts[0] == 0.0 && counts[1] == 0.0 ? Verdict::kNotSupported
                                                 : Verdict::kQualified,
          fmt::format("of {} claims of the article, {}", Sum(counts), CountText(counts))};
}
// [summary-article]

Finding VerdictsAsStored(const Evidence& evidence) {
  double unexpected = 0.0;
  std::string where;
  for (const Measurement& row : evidence.rows) {
    const double here = std::max(0.0, row.values.Number("unexpected")) +
                        std::max(0.0, row.machine.Number("unexpected"));
    unexpected += here;
    if (here > 0.0) where += (where.empty() ? ": " : ", ") + row.settings.Text("experiment");
  }
  return {unexpected > 0.0 ? Verdict::kNotSupported : Verdict::kSupported,
          fmt::format("{} of {} verdicts differ from the expected ones{}", unexpected,
                      Sum(Total(evidence, false)), where)};
}

Finding DigestsAsStored(const Evidence& evidence) {
  double stored = 0.0, differ = 0.0;
  std::string where;
  for (const Measurement& row : evidence.rows) {
    stored += row.machine.Number("digest_stored") > 0.0;
    if (!(row.machine.Number("digest_differs") > 0.0)) continue;
    differ += 1.0;
    where += (where.empty() ? ": " : ", ") + row.settings.Text("experiment");
  }
  return {differ > 0.0    ? Verdict::kNotSupported
          : stored == 0.0 ? Verdict::kNotDecided
                          : Verdict::kSupported,
          fmt::format("{} of {} digests differ from the stored ones{}", differ, stored, where)};
}

}  // namespace lanegrad
