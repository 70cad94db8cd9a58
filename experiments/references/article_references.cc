// SPDX-License-Identifier: Apache-2.0
#include "experiments/references/article_references.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "experiments/references/reference_texts.h"
#include "experiments/report/text_table.h"
#include "experiments/runs/grid_entry.h"
#include "kernels/catalogue.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

Person PersonOf(const std::string& text) {
  const std::size_t comma = text.find(',');
  if (comma == text.npos) return {text, ""};
  return {text.substr(0, comma), text.substr(std::min(comma + 2, text.size()))};
}

// Whole numbers alone stand there.
std::size_t Whole(const GridEntry& entry, const std::string& text) {
  if (text.empty() || text.size() > 4 || !std::all_of(text.begin(), text.end(), ::isdigit)) {
    RefuseGrid(entry.place, fmt::format("{} must be whole numbers, not '{}'", entry.key, text));
  }
  return static_cast<std::size_t>(std::stoul(text));
}

Printing ReadPrinting(const std::vector<GridEntry>& entries) {
  Printing printing;
  const std::pair<std::string_view, std::string Printing::*> texts[] = {
      {"work", &Printing::work},   {"nearest", &Printing::nearest}, {"title", &Printing::title},
      {"venue", &Printing::venue}, {"year", &Printing::year},       {"volume", &Printing::volume},
      {"issue", &Printing::issue}, {"pages", &Printing::pages},     {"arxiv", &Printing::arxiv}};
  for (const GridEntry& entry : entries) {
    const auto text = std::find_if(std::begin(texts), std::end(texts),
                                   [&](const auto& each) { return each.first == entry.key; });
    if (text != std::end(texts)) {
      printing.*(text->second) = entry.values.at(0);
    } else if (entry.key == "numbers") {
      for (const std::string& each : entry.values) printing.numbers.push_back(Whole(entry, each));
    } else if (entry.key == "authors") {
      for (const std::string& each : entry.values) printing.authors.push_back(PersonOf(each));
    } else if (entry.key == "shortened") {
      printing.shortened = Whole(entry, entry.values.at(0)) != 0;
    } else if (entry.key == "cut") {
      printing.cut = Whole(entry, entry.values.at(0)) != 0;
    } else {
      std::vector<std::string_view> known = {"numbers", "authors", "shortened", "cut"};
      for (const auto& each : texts) known.push_back(each.first);
      RefuseGrid(entry.place, UnknownName("key", entry.key, known).what());
    }
  }
  if (!printing.work.empty()) ReferenceNamed(printing.work);
  return printing;
}

Origin ReadOrigin(const std::vector<GridEntry>& entries) {
  Origin origin;
  for (const GridEntry& entry : entries) {
    (entry.key == "section" ? origin.section
     : entry.key == "idea"  ? origin.idea
                            : origin.work) = entry.values.at(0);
  }
  ReferenceNamed(origin.work);
  return origin;
}

void ReadCitations(ArticleReferences& list, const GridEntry& entry) {
  const std::vector<GridEntry>& lists = entry.members;
  if (lists.size() != 2 || lists[0].values.size() != lists[1].values.size()) {
    RefuseGrid(entry.place, "citations must have sections and as many counts");
  }
  for (std::size_t i = 0; i < lists[0].values.size(); ++i) {
    list.citations.emplace_back(lists[0].values[i], Whole(lists[1], lists[1].values[i]));
  }
}

std::string InitialsOf(const Person& person) {
  std::string initials;
  for (const char c : person.given) {
    if (std::isalpha(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80) {
      initials += c;
    }
  }
  return initials;
}

bool SamePerson(const Person& a, const Person& b) {
  const std::string x = InitialsOf(a), y = InitialsOf(b);
  return Folded(a.family) == Folded(b.family) && (x.starts_with(y) || y.starts_with(x));
}

bool AuthorsAreRight(const Printing& printing, const Work& work) {
  const std::vector<Person>& printed = printing.authors;
  const std::vector<Person>& authors = work.authors;
  if (printing.shortened) {
    if (printed.size() > authors.size() || !SamePerson(printed.back(), authors.back())) {
      return false;
    }
    return std::equal(printed.begin(), printed.end() - 1, authors.begin(), SamePerson);
  }
  return printed.size() == authors.size() && !work.others &&
         std::equal(printed.begin(), printed.end(), authors.begin(), SamePerson);
}

}  // namespace

std::size_t ArticleReferences::entries() const {
  std::size_t count = 0;
  for (const Printing& printing : printings) count += printing.numbers.size();
  return count;
}

const Printing& ArticleReferences::Entry(std::size_t number) const {
  for (const Printing& printing : printings) {
    if (std::count(printing.numbers.begin(), printing.numbers.end(), number) > 0) return printing;
  }
  throw DataError(fmt::format("the article's list has no entry {}", number));
}

ArticleReferences ParseArticleReferences(std::string_view text, std::string_view name) {
  ArticleReferences list;
  for (const GridEntry& entry : ParseGridEntries(text, name)) {
    if (entry.key == "citations") {
      ReadCitations(list, entry);
    } else if (entry.key == "origin") {
      for (const auto& each : entry.tables) list.origins.push_back(ReadOrigin(each));
    } else if (entry.key == "printing") {
      for (const auto& each : entry.tables) list.printings.push_back(ReadPrinting(each));
    } else {
      constexpr std::string_view kKnown[] = {"citations", "origin", "printing"};
      RefuseGrid(entry.place, UnknownName("key", entry.key, kKnown).what());
    }
  }
  std::vector<bool> seen(list.entries() + 1);
  for (const Printing& printing : list.printings) {
    for (const std::size_t number : printing.numbers) {
      if (number == 0 || number >= seen.size()) {
        throw DataError(
            fmt::format("{}: entry {} of {}: one is left out", name, number, list.entries()));
      }
      if (seen[number]) {
        throw DataError(fmt::format("{}: entry {} is there twice", name, number));
      }
      seen[number] = true;
    }
  }
  return list;
}

const ArticleReferences& ListOfTheArticle() {
  static const ArticleReferences list =
      ParseArticleReferences(kArticleReferences, "experiments/references/article_references.toml");
  return list;
}

std::optional<bool> FieldIsRight(const Printing& printing, const Work& work,
                                 std::string_view field) {
  const bool preprint = printing.venue == "arXiv" && !work.Field("eprint").empty();
  if (field == "authors") {
    if (printing.authors.empty()) return std::nullopt;
    return AuthorsAreRight(printing, work);
  }
  if (field == "title") {
    if (printing.title.empty()) return std::nullopt;
    return Folded(printing.title) == Folded(work.Field("title"));
  }
  if (field == "venue") {
    if (printing.venue.empty()) return std::nullopt;
    return preprint || Folded(printing.venue) == Folded(work.Venue());
  }
  if (field == "year") {
    if (printing.year.empty()) return std::nullopt;
    return printing.year == work.Field("year") ||
           (preprint && printing.year == "20" + work.Field("eprint").substr(0, 2));
  }
  if (field == "volume") {
    if (printing.volume.empty()) return std::nullopt;
    return printing.volume == work.Field("volume") && printing.issue == work.Field("number");
  }
  if (field == "pages") {
    if (printing.pages.empty()) return std::nullopt;
    std::string pages = work.Field("pages");
    const std::size_t dash = pages.find("--");
    if (dash != pages.npos) pages.replace(dash, 2, "-");
    return printing.pages == pages;
  }
  if (printing.arxiv.empty()) return std::nullopt;
  return printing.arxiv == work.Field("eprint");
}

bool EntryIsRight(const Printing& printing) {
  if (printing.work.empty() || printing.cut || printing.authors.empty() || printing.title.empty() ||
      printing.venue.empty() || printing.year.empty()) {
    return false;
  }
  const Work& work = ReferenceNamed(printing.work);
  return std::all_of(
      std::begin(kComparedFields), std::end(kComparedFields),
      [&](std::string_view field) { return FieldIsRight(printing, work, field).value_or(true); });
}

std::string CorrectedMarkdown(const ArticleReferences& list) {
  // Works in the order of their first entries.
  std::vector<std::pair<std::string, std::vector<std::size_t>>> works;
  for (std::size_t number = 1; number <= list.entries(); ++number) {
    const Printing& printing = list.Entry(number);
    // What is no work is told apart by the one that is nearest.
    const std::string nearest = printing.nearest.substr(0, printing.nearest.find(':'));
    const std::string key = printing.work.empty() ? "(" + nearest : printing.work;
    const auto known = std::find_if(works.begin(), works.end(),
                                    [&](const auto& each) { return each.first == key; });
    if (known == works.end()) {
      works.push_back({key, {number}});
    } else {
      known->second.push_back(number);
    }
  }
  Table table = {.caption = {},
                 .columns = {{"entries", false, ""}, {"the work, set right", false, "", true}},
                 .rows = {}};
  for (const auto& [key, numbers] : works) {
    const bool none = key.starts_with('(');
    const std::string reference = ReferenceMarkdown(ReferenceNamed(none ? key.substr(1) : key));
    table.rows.push_back({{fmt::format("{}", fmt::join(numbers, ", "))},
                          {none ? "No such work. Nearest: " + reference : reference}});
  }
  return MarkdownTable(table);
}

}  // namespace lanegrad
