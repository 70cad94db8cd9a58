// SPDX-License-Identifier: Apache-2.0
#include "experiments/references/errata.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "experiments/references/reference_texts.h"
#include "experiments/report/text_table.h"
#include "experiments/runs/grid_entry.h"
#include "kernels/catalogue.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

constexpr std::pair<std::string_view, std::string_view> kKinds[] = {
    {"E", "error"}, {"I", "imprecise"}, {"O", "left out"}};

std::string_view KindName(std::string_view kind) {
  for (const auto& [letter, name] : kKinds) {
    if (letter == kind) return name;
  }
  return "";
}

Erratum ReadErratum(const std::vector<GridEntry>& entries, std::string_view name) {
  Erratum erratum;
  constexpr std::pair<std::string_view, std::string Erratum::*> kFields[] = {
      {"section", &Erratum::section}, {"kind", &Erratum::kind},       {"says", &Erratum::says},
      {"right", &Erratum::right},     {"chapter", &Erratum::chapter}, {"claim", &Erratum::claim}};
  for (const GridEntry& entry : entries) {
    const auto field = std::find_if(std::begin(kFields), std::end(kFields),
                                    [&](const auto& each) { return each.first == entry.key; });
    if (field == std::end(kFields) || entry.values.size() != 1) {
      std::vector<std::string_view> known;
      for (const auto& each : kFields) known.push_back(each.first);
      RefuseGrid(entry.place, UnknownName("key", entry.key, known).what());
    }
    erratum.*(field->second) = entry.values[0];
  }
  for (const auto& [field, member] : kFields) {
    const bool needed = field != "chapter" && field != "claim";
    if (needed && (erratum.*member).empty()) {
      throw DataError(
          fmt::format("{}: an erratum of section '{}' has no {}", name, erratum.section, field));
    }
  }
  if (KindName(erratum.kind).empty()) {
    throw DataError(fmt::format("{}: kind must be E, I or O, not '{}'", name, erratum.kind));
  }
  return erratum;
}

}  // namespace

std::vector<Erratum> ParseErrata(std::string_view text, std::string_view name) {
  std::vector<Erratum> errata;
  for (const GridEntry& entry : ParseGridEntries(text, name)) {
    if (entry.key != "erratum" || entry.tables.empty()) {
      RefuseGrid(entry.place, "errata must be a list of tables, each begun by [[erratum]]");
    }
    for (const auto& each : entry.tables) errata.push_back(ReadErratum(each, name));
  }
  return errata;
}

const std::vector<Erratum>& Errata() {
  static const std::vector<Erratum> errata = ParseErrata(kErrata, "docs/errata.toml");
  return errata;
}

std::string ErrataMarkdown(const std::vector<Erratum>& errata) {
  std::map<std::string, std::size_t> kinds;
  std::size_t by_numbers = 0;
  Table table = {.caption = {},
                 .columns = {{"no.", true, ""},
                             {"section", false, ""},
                             {"kind", false, ""},
                             {"what the article says", false, "", true},
                             {"what is right", false, "", true},
                             {"shown in", false, ""}},
                 .rows = {}};
  for (const Erratum& each : errata) {
    ++kinds[each.kind];
    by_numbers += !each.claim.empty();
    const double number = static_cast<double>(table.rows.size() + 1);
    std::string where = each.chapter.empty() ? "" : fmt::format("\\ref ch_{}", each.chapter);
    if (!each.claim.empty()) where += fmt::format(" (`{}`)", each.claim);
    table.rows.push_back({{fmt::format("{}", number), number},
                          {each.section},
                          {std::string(KindName(each.kind))},
                          {each.says},
                          {each.right},
                          {where}});
  }
  return fmt::format(
      "{} points: {} errors, {} imprecise statements, {} things that a reader needs "
      "and that are left out. {} of them are shown by a claim that a program judges; "
      "its name stands in brackets.\n\n{}",
      errata.size(), kinds["E"], kinds["I"], kinds["O"], by_numbers, MarkdownTable(table));
}

}  // namespace lanegrad
