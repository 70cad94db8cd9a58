// SPDX-License-Identifier: Apache-2.0
#include "experiments/references/reference_tasks.h"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/references/article_references.h"

namespace lanegrad {
namespace {

// What tells works apart: the key, or of what is no work its title.
std::string IdentityOf(const Printing& printing) {
  if (!printing.work.empty()) return printing.work;
  // The last entry breaks off in the middle of a title.
  return fmt::format("({} ...)", printing.title.substr(0, 20));
}

bool IsRepeat(std::size_t number) {
  const ArticleReferences& list = ListOfTheArticle();
  const std::string identity = IdentityOf(list.Entry(number));
  for (std::size_t earlier = 1; earlier < number; ++earlier) {
    if (IdentityOf(list.Entry(earlier)) == identity) return true;
  }
  return false;
}

// [reference-audit]
void MeasureEntry(Measurement& row) {
  const std::size_t number = static_cast<std::size_t>(row.settings.Number("entry"));
  const Printing& printing = ListOfTheArticle().Entry(number);
  row.values.Set("work", IdentityOf(printing));
  row.values.Set("exists", !printing.work.empty());
  row.values.Set("cut", printing.cut);
  row.values.Set("repeat", IsRepeat(number));
  row.values.Set("right", EntryIsRight(printing));
  if (printing.work.empty()) return;
  const Work& work = ReferenceNamed(printing.work);
  for (const std::string_view field : kComparedFields) {
    const std::optional<bool> right = FieldIsRight(printing, work, field);
    if (right.has_value()) row.values.Set(field, *right);
  }
}
// [reference-audit]

void MeasureOrigin(Measurement& row) {
  const std::string work = row.settings.Text("work");
  const std::vector<Printing>& printings = ListOfTheArticle().printings;
  row.values.Set("listed",
                 std::any_of(printings.begin(), printings.end(),
                             [&](const Printing& printing) { return printing.work == work; }));
}

// Works in the order of their first entries.
std::vector<std::string> WorksOf(const std::vector<Measurement>& rows) {
  std::vector<std::string> works;
  for (const Measurement& row : rows) {
    const std::string work = row.values.Text("work");
    if (std::find(works.begin(), works.end(), work) == works.end()) works.push_back(work);
  }
  return works;
}

bool IsOne(const Measurement& row, std::string_view value) {
  return row.values.Has(value) && row.values.Number(value) == 1.0;
}

// "Hinton and Salakhutdinov 2006" of the key "hinton2006"; of what is no work as it is.
std::string WorkText(const std::string& identity) {
  const std::vector<Work>& works = References();
  const auto work = std::find_if(works.begin(), works.end(),
                                 [&](const Work& each) { return each.key == identity; });
  if (work == works.end()) return identity;
  std::string names = work->authors[0].family;
  const std::size_t authors = work->authors.size();
  if (authors > 3 || work->others) {
    names += " et al.";
  } else {
    for (std::size_t i = 1; i < authors; ++i) {
      names += (i + 1 == authors ? " and " : ", ") + work->authors[i].family;
    }
  }
  return names + " " + work->Field("year");
}

// "authors, venue" of an entry.
std::string WrongIn(const Measurement& row) {
  if (!IsOne(row, "exists")) return IsOne(row, "cut") ? "cut off" : "no such work";
  std::string wrong;
  const auto add = [&](std::string_view what) {
    wrong += fmt::format("{}{}", wrong.empty() ? "" : ", ", what);
  };
  for (const std::string_view field : kComparedFields) {
    if (row.values.Has(field) && !IsOne(row, field)) add(FieldText(field));
  }
  for (const char* field : {"authors", "year"}) {
    if (!row.values.Has(field)) add(fmt::format("no {}", field));
  }
  return wrong;
}

}  // namespace

std::string FieldText(std::string_view field) {
  return field == "arxiv" ? "arXiv" : std::string(field);
}

std::vector<Task> ReferenceTasks(const Scope& /*scope*/) {
  std::vector<Task> tasks;
  const ArticleReferences& list = ListOfTheArticle();
  for (std::size_t number = 1; number <= list.entries(); ++number) {
    tasks.push_back({.series = "entry",
                     .settings = {{"entry", static_cast<double>(number)}},
                     .measure = MeasureEntry});
  }
  for (const Origin& origin : list.origins) {
    tasks.push_back(
        {.series = "origin",
         .settings = {{"section", origin.section}, {"idea", origin.idea}, {"work", origin.work}},
         .measure = MeasureOrigin});
  }
  for (const auto& [section, count] : list.citations) {
    tasks.push_back({.series = "citations",
                     .settings = {{"section", section}},
                     .measure = [number = count](Measurement& row) {
                       row.values.Set("citations", static_cast<double>(number));
                     }});
  }
  return tasks;
}

FieldCount CountOf(const Evidence& evidence, std::string_view field) {
  FieldCount count;
  for (const Measurement& row : evidence.Series("entry")) {
    count.printed += row.values.Has(field);
    count.right += IsOne(row, field);
  }
  return count;
}

std::size_t EntriesWith(const Evidence& evidence, std::string_view value) {
  std::size_t count = 0;
  for (const Measurement& row : evidence.Series("entry")) count += IsOne(row, value);
  return count;
}

Figure EntriesFigure(const Evidence& evidence) {
  const std::vector<Measurement> rows = evidence.Series("entry");
  const std::vector<std::string> works = WorksOf(rows);
  LineFigure figure = {
      .name = "08_references_entries",
      .title = fmt::format("{} entries name {} works; {} entries are right", rows.size(),
                           rows.size() - EntriesWith(evidence, "repeat"),
                           EntriesWith(evidence, "right")),
      .subtitle = "a dot an entry; entries of one work stand at one height, repeats to the right",
      .x_label = "number of the entry in the article's list",
      .y_label = "work, by its first entry",
      .x_whole = true,
      .joined = false,
      .all_coloured = true,
      .panels = {{.title = "", .series = {}}}};
  LineSeries right = {.name = "right in all it prints", .points = {}};
  LineSeries wrong = {.name = "wrong or missing in something", .points = {}};
  LineSeries none = {.name = "no such work", .points = {}};
  for (const Measurement& row : rows) {
    const auto work = std::find(works.begin(), works.end(), row.values.Text("work"));
    const LinePoint point = {.x = row.settings.Number("entry"),
                             .y = static_cast<double>(work - works.begin() + 1),
                             .note = WrongIn(row)};
    LineSeries& series = IsOne(row, "right") ? right : IsOne(row, "exists") ? wrong : none;
    series.points.push_back(point);
  }
  for (LineSeries* series : {&right, &wrong, &none}) {
    if (!series->points.empty()) figure.panels[0].series.push_back(std::move(*series));
  }
  return figure;
}

Figure FieldsFigure(const Evidence& evidence) {
  DotFigure figure = {.name = "08_references_fields",
                      .title = "",
                      .subtitle = "of the entries that print the field and stand for a work",
                      .x_label = "share of entries in which it is right, %",
                      .percent = true,
                      .rows = {}};
  std::string worst;
  double least = 2.0;
  for (const std::string_view field : kComparedFields) {
    const FieldCount count = CountOf(evidence, field);
    if (count.printed == 0) continue;
    const double share = static_cast<double>(count.right) / static_cast<double>(count.printed);
    if (share < least) {
      least = share;
      worst = FieldText(field);
    }
    figure.rows.push_back({.label = FieldText(field),
                           .group = FieldText(field),
                           .value = share,
                           .text = fmt::format("{} of {}", count.right, count.printed)});
  }
  figure.title = fmt::format("Least often right: {}, in {:.0f} % of the entries that print it",
                             worst, 100.0 * std::min(least, 1.0));
  return figure;
}

NamedTable WorksTable(const Evidence& evidence) {
  const std::vector<Measurement> rows = evidence.Series("entry");
  NamedTable named = {.name = "works",
                      .table = {.caption = "Each work of the list once, and what is wrong with it",
                                .columns = {{"work", false, ""},
                                            {"entries", false, ""},
                                            {"wrong or missing", false, "", true}},
                                .rows = {}}};
  for (const std::string& work : WorksOf(rows)) {
    std::string entries, wrong;
    for (const Measurement& row : rows) {
      if (row.values.Text("work") != work) continue;
      entries += fmt::format("{}{}", entries.empty() ? "" : ", ", row.settings.Number("entry"));
      const std::string said = WrongIn(row);
      if (!said.empty() && wrong.find(said) == wrong.npos) {
        wrong += fmt::format("{}{}", wrong.empty() ? "" : "; or ", said);
      }
    }
    named.table.rows.push_back({{WorkText(work)}, {entries}, {wrong.empty() ? "nothing" : wrong}});
  }
  return named;
}

NamedTable FieldsTable(const Evidence& evidence) {
  NamedTable named = {.name = "fields",
                      .table = {.caption = "What the entries print, field by field",
                                .columns = {{"field", false, ""},
                                            {"printed", true, "entries that stand for a work"},
                                            {"right", true, ""},
                                            {"wrong", true, ""}},
                                .rows = {}}};
  for (const std::string_view field : kComparedFields) {
    const FieldCount count = CountOf(evidence, field);
    std::vector<Cell> cells = {{FieldText(field)}};
    for (const std::size_t number : {count.printed, count.right, count.printed - count.right}) {
      cells.push_back({fmt::format("{}", number), static_cast<double>(number)});
    }
    named.table.rows.push_back(cells);
  }
  return named;
}

NamedTable OriginsTable(const Evidence& evidence) {
  NamedTable named = {.name = "origins",
                      .table = {.caption = "Where the article's ideas come from",
                                .columns = {{"section", false, ""},
                                            {"idea", false, ""},
                                            {"work", false, ""},
                                            {"in its list", false, ""}},
                                .rows = {}}};
  for (const Measurement& row : evidence.Series("origin")) {
    named.table.rows.push_back({{row.settings.Text("section")},
                                {row.settings.Text("idea")},
                                {WorkText(row.settings.Text("work"))},
                                {IsOne(row, "listed") ? "yes" : "no"}});
  }
  return named;
}

}  // namespace lanegrad
