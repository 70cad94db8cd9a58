// SPDX-License-Identifier: Apache-2.0
#include "experiments/references/bibliography.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "experiments/references/reference_texts.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

[[noreturn]] void Refuse(std::string_view name, std::size_t line, std::string_view what) {
  throw DataError(fmt::format("{}:{}: {}", name, line, what));
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.front()))) {
    text.remove_prefix(1);
  }
  while (!text.empty() && std::isspace(static_cast<unsigned char>(text.back()))) {
    text.remove_suffix(1);
  }
  return text;
}

// What stands between occurrences of `mark`.
std::vector<std::string_view> Split(std::string_view text, std::string_view mark) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t at = text.find(mark);
    parts.push_back(Trimmed(text.substr(0, at)));
    if (at == text.npos) return parts;
    text.remove_prefix(at + mark.size());
  }
}

void ReadAuthors(Work& work, std::string_view names) {
  for (std::string_view each : Split(names, " and ")) {
    if (each == "others") {
      work.others = true;
      continue;
    }
    if (each.starts_with('{') && each.ends_with('}')) {
      each.remove_prefix(1);
      each.remove_suffix(1);
      work.authors.push_back({std::string(each), ""});
      continue;
    }
    const std::vector<std::string_view> parts = Split(each, ",");
    work.authors.push_back(
        {std::string(parts[0]), parts.size() > 1 ? std::string(parts[1]) : std::string()});
  }
}

void Finish(const Work& work, std::string_view name, std::size_t line) {
  for (const char* field : {"title", "year"}) {
    if (work.Field(field).empty()) {
      Refuse(name, line, fmt::format("{} has no {}; every work has one", work.key, field));
    }
  }
  if (work.authors.empty()) {
    Refuse(name, line, fmt::format("{} has no author; write author = {{Family, I.}}", work.key));
  }
}

}  // namespace

std::string Work::Field(std::string_view name) const {
  for (const auto& [field, text] : fields) {
    if (field == name) return text;
  }
  return "";
}

std::string Work::Venue() const {
  for (const char* name : {"journal", "booktitle", "publisher", "school", "howpublished"}) {
    if (!Field(name).empty()) return Field(name);
  }
  return Field("eprint").empty() ? "" : "arXiv";
}

std::vector<Work> ParseBibTex(std::string_view text, std::string_view name) {
  std::vector<Work> works;
  bool inside = false;
  std::size_t number = 0;
  for (const std::string_view line : Split(text, "\n")) {
    ++number;
    if (line.empty() || line.starts_with('%')) continue;
    if (!inside) {
      const std::size_t brace = line.find('{');
      if (!line.starts_with('@') || brace == line.npos || !line.ends_with(',')) {
        Refuse(name, number, fmt::format("'{}' begins no entry; write @article{{key,", line));
      }
      works.push_back({.key = std::string(line.substr(brace + 1, line.size() - brace - 2)),
                       .type = std::string(line.substr(1, brace - 1)),
                       .authors = {},
                       .fields = {}});
      for (std::size_t i = 0; i + 1 < works.size(); ++i) {
        if (works[i].key == works.back().key) {
          Refuse(name, number, fmt::format("two entries have the key {}", works.back().key));
        }
      }
      inside = true;
    } else if (line == "}") {
      Finish(works.back(), name, number);
      inside = false;
    } else {
      const std::size_t equals = line.find(" = {");
      if (equals == line.npos || !line.ends_with("},")) {
        Refuse(name, number, fmt::format("'{}' is no field; write year = {{1986}},", line));
      }
      const std::string_view field = line.substr(0, equals);
      const std::string_view value = line.substr(equals + 4, line.size() - equals - 6);
      if (field == "author") {
        ReadAuthors(works.back(), value);
      } else {
        works.back().fields.emplace_back(field, value);
      }
    }
  }
  if (inside) Refuse(name, number, fmt::format("{} is not closed by }}", works.back().key));
  return works;
}

const std::vector<Work>& References() {
  static const std::vector<Work> works = ParseBibTex(kReferencesBib, "docs/references.bib");
  return works;
}

const Work& ReferenceNamed(std::string_view key) {
  for (const Work& work : References()) {
    if (work.key == key) return work;
  }
  throw DataError(fmt::format("docs/references.bib has no entry '{}'", key));
}

std::string ReferenceMarkdown(const Work& work) {
  std::string text;
  for (std::size_t i = 0; i < work.authors.size(); ++i) {
    const Person& person = work.authors[i];
    const bool last = i + 1 == work.authors.size() && !work.others;
    text += fmt::format("{}{}{}{}", i == 0 ? "" : (last ? " and " : ", "), person.given,
                        person.given.empty() ? "" : " ", person.family);
  }
  if (work.others) text += " and others";
  const std::string title = work.Field("title"), edition = work.Field("edition");
  const std::string volume = work.Field("volume"), series = work.Field("series");
  const bool whole =
      work.type == "book" || work.type == "phdthesis" || work.type == "mastersthesis";
  text += text.ends_with('.') ? " " : ". ";
  text += whole ? fmt::format("*{}*", title) : title;
  if (!edition.empty()) text += fmt::format(", {} edition", edition);
  text += title.ends_with('?') ? " " : ". ";
  if (whole) {
    const std::string kind = work.type == "phdthesis" ? "PhD thesis" : work.Field("type");
    if (!kind.empty()) text += kind + ", ";
    text += work.Venue();
    if (!volume.empty()) text += ", volume " + volume;
  } else if (work.Venue() == "arXiv") {
    text += "arXiv:" + work.Field("eprint");
  } else if (work.type == "misc") {
    text += work.Venue();
  } else {
    text += fmt::format("{}*{}*", work.type == "incollection" ? "In " : "", work.Venue());
    const std::string number = work.Field("number");
    if (work.type == "incollection") {
      if (!volume.empty()) text += ", volume " + volume;
      if (!work.Field("publisher").empty()) text += ", " + work.Field("publisher");
    } else if (!volume.empty()) {
      text += series.empty() ? " " : fmt::format(", {} ", series);
      text += volume + (number.empty() ? "" : fmt::format("({})", number));
    }
  }
  text += ", " + work.Field("year");
  std::string pages = work.Field("pages");
  for (std::size_t at = pages.find("--"); at != pages.npos; at = pages.find("--")) {
    pages.replace(at, 2, "–");
  }
  if (!pages.empty()) text += ", " + pages;
  if (!work.Field("eprint").empty() && work.Venue() != "arXiv") {
    text += ", arXiv:" + work.Field("eprint");
  }
  if (!work.Field("doi").empty()) text += ", doi:" + work.Field("doi");
  return text + ".";
}

std::string BibliographyMarkdown(const std::vector<Work>& works) {
  std::vector<const Work*> ordered;
  for (const Work& work : works) ordered.push_back(&work);
  std::sort(ordered.begin(), ordered.end(), [](const Work* a, const Work* b) {
    return std::pair(Folded(a->authors[0].family), a->key) <
           std::pair(Folded(b->authors[0].family), b->key);
  });
  std::size_t checked = 0;
  // Doxygen knows no anchors in a text that it includes.
  std::string list;
  for (const Work* work : ordered) {
    const bool seen = !work->Field("checked").empty();
    checked += seen;
    list += fmt::format("* \\htmlonly<a id=\"bib_{}\"></a>\\endhtmlonly{}{}\n", work->key,
                        ReferenceMarkdown(*work), seen ? " ✓" : "");
  }
  return fmt::format(
      "{} works; {} of them, marked ✓, were compared with a bibliography of "
      "somebody else's.\n\n{}",
      works.size(), checked, list);
}

}  // namespace lanegrad
