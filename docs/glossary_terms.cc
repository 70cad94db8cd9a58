// SPDX-License-Identifier: Apache-2.0
#include "docs/glossary_terms.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <nlohmann/json.hpp>
#include <set>

#include "docs/page_order.h"
#include "experiments/records/disk.h"

namespace lanegrad {
namespace {

std::string Trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \n");
  if (begin == text.npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(" \n") - begin + 1));
}

std::vector<std::string> ListOf(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    if (std::string name = Trimmed(text.substr(at, end - at)); !name.empty()) {
      names.push_back(std::move(name));
    }
    at = end + 1;
  }
  return names;
}

std::vector<std::string> CellsOf(std::string_view row) {
  std::vector<std::string> cells;
  for (std::size_t at = 0; (at = row.find("<td", at)) != row.npos; ++at) {
    const std::size_t begin = row.find('>', at) + 1;
    cells.push_back(Trimmed(row.substr(begin, row.find("</td>", begin) - begin)));
  }
  return cells;
}

std::string AnchorOf(std::string_view name) {
  std::string id = "term-";
  for (const char c : name) id += std::isalnum(static_cast<unsigned char>(c)) ? c : '-';
  return id;
}

// Whether a byte belongs to a word: a letter, a digit, or a part of one beyond ASCII.
bool InWord(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalnum(byte) || byte >= 0x80 || c == '_' || c == '&' || c == '\\';
}

// How long the name is that begins at `at`, line breaks for blanks, an ending of the plural
// counted; 0 where it is another word.
std::size_t LengthAt(std::string_view text, std::size_t at, std::string_view name) {
  std::size_t i = at;
  for (std::size_t k = 0; k < name.size(); ++k, ++i) {
    if (i >= text.size()) return 0;
    const bool same = text[i] == name[k] || (name[k] == ' ' && text[i] == '\n') ||
                      (k == 0 && std::tolower(static_cast<unsigned char>(text[i])) == name[k]);
    if (!same) return 0;
  }
  for (const std::string_view ending : {"es", "s"}) {
    if (text.substr(i).starts_with(ending)) {
      i += ending.size();
      break;
    }
  }
  // "weight-sharing" and "weighted" are other words; "weight." is this one.
  return i < text.size() && (InWord(text[i]) || text[i] == '-') ? 0 : i - at;
}

// Whether a word is not one of networks: "in units of the threshold", "a unit in the last place",
// "unit tests".
bool Measures(std::string_view text, std::size_t at, std::size_t length) {
  const std::string_view word = text.substr(at, length);
  if (word != "unit" && word != "units") return false;
  const std::string_view before = text.substr(0, at), after = text.substr(at + length);
  const auto follows = [&](std::string_view phrase) { return LengthAt(after, 0, phrase) > 0; };
  return follows(" in the last place") || follows(" test") ||
         ((before.ends_with("in ") || before.ends_with("in\n")) && follows(" of"));
}

// The names of linked terms, the longest first, each with its term.
struct Named {
  std::string name;
  const GlossaryTerm* term;
};
std::vector<Named> LinkedNames(const std::vector<GlossaryTerm>& terms) {
  std::vector<Named> names;
  for (const GlossaryTerm& term : terms) {
    for (std::string name : term.linked) {
      // "held-out samples" is met as "held-out sample", too.
      if (name.ends_with("s") && name.find(' ') != name.npos) name.pop_back();
      names.push_back({std::move(name), &term});
    }
  }
  std::ranges::stable_sort(names, std::greater{}, [](const Named& n) { return n.name.size(); });
  return names;
}

// What is linked, from one heading of a section to the next.
class Linker {
 public:
  explicit Linker(const std::vector<GlossaryTerm>& terms) : names_(LinkedNames(terms)) {}

  // In a list of sources, titles of other people's works stay as they are.
  void BeginSection(std::string_view heading) {
    used_.clear();
    is_sources_ = heading.find(" Sources<") != heading.npos;
  }

  // A piece of text between two tags.
  void AddText(std::string_view text) {
    if (is_sources_) {
      out_ += text;
      return;
    }
    for (std::size_t at = 0; at < text.size();) {
      if (const std::size_t formula = FormulaAt(text, at); formula > 0) {
        out_ += text.substr(at, formula);
        at += formula;
        continue;
      }
      std::size_t length = 0;
      const GlossaryTerm* term = nullptr;
      if (at == 0 ? StartsWord() : !InWord(text[at - 1]) && text[at - 1] != '-') {
        for (const Named& each : names_) {
          length = LengthAt(text, at, each.name);
          if (length > 0 && !Measures(text, at, length)) {
            term = each.term;
            break;
          }
        }
      }
      if (term == nullptr) {
        out_ += text[at++];
        continue;
      }
      const std::string_view word = text.substr(at, length);
      out_ +=
          used_.insert(term).second
              ? fmt::format("<a class=\"term\" href=\"glossary.html#{}\">{}</a>", term->id, word)
              : std::string(word);
      at += length;
    }
  }

  void AddAsIs(std::string_view html) { out_ += html; }
  std::string Taken() { return std::move(out_); }

 private:
  // "<b>un</b>weighted" is one word, whatever tags stand in it.
  bool StartsWord() const {
    const std::size_t tag = out_.empty() || out_.back() != '>' ? out_.npos : out_.rfind('<');
    const char before = tag == out_.npos ? (out_.empty() ? ' ' : out_.back())
                        : tag == 0       ? ' '
                                         : out_[tag - 1];
    return !InWord(before) && before != '-';
  }

  // The length of a formula that begins at `at`; 0 where none does.
  static std::size_t FormulaAt(std::string_view text, std::size_t at) {
    const std::string_view rest = text.substr(at);
    constexpr std::array<std::array<std::string_view, 2>, 3> kMarks = {
        {{"\\(", "\\)"}, {"\\[", "\\]"}, {"\\begin{align*}", "\\end{align*}"}}};
    for (const auto& [begin, end] : kMarks) {
      if (!rest.starts_with(begin)) continue;
      const std::size_t close = rest.find(end);
      return close == rest.npos ? rest.size() : close + end.size();
    }
    return 0;
  }

  std::vector<Named> names_;
  std::set<const GlossaryTerm*> used_;
  bool is_sources_ = false;
  std::string out_;
};

// "div" of `<div class="fragment">` and of `</div>`.
std::string_view TagName(std::string_view tag) {
  const std::size_t begin = tag.size() > 1 && tag[1] == '/' ? 2 : 1;
  return tag.substr(begin, tag.find_first_of(" \n>/", begin) - begin);
}

// Whether nothing in an element is ever linked, by its first tag.
bool IsLeftAlone(std::string_view tag) {
  constexpr std::string_view kTags[] = {"a",      "h1",  "h2",   "h3",     "h4",    "h5",
                                        "h6",     "pre", "code", "svg",    "table", "script",
                                        "button", "nav", "dt",   "summary"};
  constexpr std::string_view kClasses[] = {"fragment",      "interactive",    "figure-wide",
                                           "figure-narrow", "figure-caption", "on-this-page",
                                           "records"};
  if (std::ranges::find(kTags, TagName(tag)) != std::end(kTags)) return true;
  const std::string_view classes = Between(tag, "class=\"", "\"");
  return std::ranges::any_of(kClasses, [&](std::string_view each) {
    return classes == each || classes.starts_with(std::string(each) + " ");
  });
}

// The end of the element that begins at `at`, elements of the same name within it counted.
std::size_t ElementEnd(std::string_view html, std::size_t at) {
  const std::string name(TagName(html.substr(at, html.find('>', at) + 1 - at)));
  std::size_t depth = 0;
  for (; (at = html.find('<', at)) != html.npos; ++at) {
    const std::size_t end = html.find('>', at);
    if (end == html.npos) break;
    const std::string_view tag = html.substr(at, end + 1 - at);
    if (TagName(tag) != name || tag.ends_with("/>")) continue;
    depth += tag[1] == '/' ? std::size_t(-1) : 1;
    if (depth == 0) return end + 1;
  }
  return html.size();
}

}  // namespace

std::vector<GlossaryTerm> ReadGlossary(std::string_view page) {
  std::vector<GlossaryTerm> terms;
  // With or without the anchors of WithTermAnchors().
  for (std::size_t row = 0; (row = page.find("class=\"markdownTableRow", row)) != page.npos;
       ++row) {
    const std::vector<std::string> cells = CellsOf(page.substr(row, page.find("</tr>", row) - row));
    if (cells.size() != 3 && cells.size() != 4) continue;
    GlossaryTerm term = {
        .id = {}, .names = ListOf(cells[0]), .chinese = {}, .meaning = {}, .linked = {}};
    term.id = AnchorOf(term.names.at(0));
    if (cells.size() == 4) term.chinese = cells[1];
    term.meaning = cells[cells.size() - 2];
    term.linked = term.names;
    terms.push_back(std::move(term));
  }
  if (terms.empty()) throw WriteError("glossary.html: has no table of terms");
  for (const std::string& name : ListOf(Between(page, "<span class=\"not-linked\">", "</span>"))) {
    const auto named = std::ranges::find_if(terms, [&](const GlossaryTerm& term) {
      return std::ranges::find(term.names, name) != term.names.end();
    });
    if (named == terms.end()) {
      throw WriteError(
          fmt::format("glossary.html: '{}' is not to be linked, and is no term", name));
    }
    std::erase(named->linked, name);
  }
  return terms;
}

std::string WithTermAnchors(std::string_view page, const std::vector<GlossaryTerm>& terms) {
  std::string out(page);
  std::size_t at = 0;
  for (const GlossaryTerm& term : terms) {
    constexpr std::string_view kRow = "<tr class=\"markdownTableRow";
    at = out.find(kRow, at);
    if (at == out.npos) break;
    out.insert(at + 3, fmt::format(" id=\"{}\"", term.id));
    at += kRow.size();
  }
  return out;
}

std::string WithTermLinks(std::string_view page, const std::vector<GlossaryTerm>& terms) {
  constexpr std::string_view kBegin = "<div class=\"contents\">", kEnd = "</div><!-- contents -->";
  const std::size_t begin = page.find(kBegin), end = page.find(kEnd);
  if (begin == page.npos || end == page.npos) return std::string(page);
  Linker linker(terms);
  linker.AddAsIs(page.substr(0, begin));
  for (std::size_t at = begin; at < end;) {
    if (page[at] != '<') {
      const std::size_t tag = std::min(page.find('<', at), end);
      linker.AddText(page.substr(at, tag - at));
      at = tag;
      continue;
    }
    const std::size_t close = page.find('>', at) + 1;
    const std::string_view tag = page.substr(at, close - at);
    const std::size_t next = tag[1] != '/' && IsLeftAlone(tag) ? ElementEnd(page, at) : close;
    if (tag.starts_with("<h1")) linker.BeginSection(page.substr(at, next - at));
    linker.AddAsIs(page.substr(at, next - at));
    at = next;
  }
  linker.AddAsIs(page.substr(end));
  return linker.Taken();
}

std::string GlossaryScript(const std::vector<GlossaryTerm>& terms) {
  nlohmann::ordered_json all;
  for (const GlossaryTerm& term : terms) {
    all[term.id] = {fmt::format("{}", fmt::join(term.names, ", ")), term.chinese, term.meaning};
  }
  return fmt::format("window.bookGlossary = {};\n", all.dump());
}

}  // namespace lanegrad
