/// @file
/// Reads the pages of the book as Doxygen wrote them and writes search-index.js,
/// the full text by section, for the search of docs/site/site.js, and the terms of the
/// glossary in Chinese and in English.
///
/// Not a parser of HTML: it knows the form of Doxygen's pages and no other.
// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "docs/formula_text.h"

namespace {

namespace fs = std::filesystem;

struct Section {
  std::string anchor;
  std::string heading;
  std::string text;
};

std::string Read(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// What lies between two marks; empty where the marks are not there.
std::string_view Between(std::string_view text, std::string_view from, std::string_view to) {
  const std::size_t begin = text.find(from);
  if (begin == std::string_view::npos) return {};
  const std::size_t start = begin + from.size();
  const std::size_t end = text.find(to, start);
  return end == std::string_view::npos ? std::string_view{} : text.substr(start, end - start);
}

std::string Joined(std::initializer_list<std::string_view> parts) {
  std::string whole;
  for (const std::string_view part : parts) whole += part;
  return whole;
}

std::string_view Attribute(std::string_view tag, std::string_view name) {
  return Between(tag, Joined({" ", name, "=\""}), "\"");
}

// The name of a tag: "h2" of `<h2 class="x">`, "/h2" of `</h2>`.
std::string_view TagName(std::string_view tag) {
  return tag.substr(1, tag.find_first_of(" >\n\t", 1) - 1);
}

bool IsHeading(std::string_view name) {
  return name.size() == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6';
}

bool IsInline(std::string_view name) {
  if (name.starts_with('/')) name.remove_prefix(1);
  const std::string_view inlines[] = {"a", "b", "em", "code", "span", "strong", "i", "small"};
  return std::ranges::find(inlines, name) != std::end(inlines);
}

void AppendCollapsed(std::string& to, char c) {
  const bool space = c == ' ' || c == '\n' || c == '\t' || c == '\r';
  if (!space) {
    to += c;
  } else if (!to.empty() && to.back() != ' ') {
    to += ' ';
  }
}

// The text of a page, cut at its headings. Pictures, scripts and the table of
// contents are left out.
std::vector<Section> Sections(std::string_view html) {
  std::vector<Section> sections(1);
  std::string anchor;
  bool in_heading = false;
  for (std::size_t i = 0; i < html.size();) {
    if (html[i] != '<') {
      AppendCollapsed(in_heading ? sections.back().heading : sections.back().text, html[i++]);
      continue;
    }
    const std::size_t end = html.find('>', i);
    if (end == std::string_view::npos) break;
    const std::string_view tag = html.substr(i, end + 1 - i);
    const std::string_view name = TagName(tag);
    i = end + 1;
    const auto skip_to = [&](std::string_view mark) {
      const std::size_t at = html.find(mark, i);
      i = at == std::string_view::npos ? html.size() : at + mark.size();
    };
    if (name == "svg" || name == "script" || name == "style") {
      skip_to(Joined({"</", name, ">"}));
    } else if (tag.starts_with("<details class=\"on-this-page")) {
      skip_to("</details>");
    } else if (tag.starts_with("<span class=\"permalink\"")) {
      skip_to("</span>");
    } else if (IsHeading(name)) {
      const std::string_view id = Attribute(tag, "id");
      sections.push_back({id.empty() ? anchor : std::string(id), "", ""});
      in_heading = true;
    } else if (in_heading && name.starts_with("/h")) {
      in_heading = false;
    } else {
      if (name == "a" && !Attribute(tag, "id").empty()) {
        anchor = Attribute(tag, "id");
        if (in_heading) sections.back().anchor = anchor;
      }
      if (!IsInline(name)) AppendCollapsed(sections.back().text, ' ');
    }
  }
  return sections;
}

std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out + '"';
}

// Lists of names add nothing to the pages they point to.
bool IsIndex(std::string_view name) {
  const std::string_view stems[] = {
      "annotated", "classes",    "functions", "files", "globals", "namespacemembers",
      "hierarchy", "namespaces", "pages",     "dir_",  "modules", "topics"};
  return name.ends_with("_source.html") || name.ends_with("-members.html") ||
         std::ranges::any_of(stems, [&](std::string_view stem) { return name.starts_with(stem); });
}

// How near to a reader a page is: 2 for a chapter, 1 for another page of the book, 0 for the
// reference.
int RankOf(std::string_view name) {
  if (name.starts_with("ch_")) return 2;
  const bool reference = name.starts_with("class") || name.starts_with("struct") ||
                         name.starts_with("union") || name.starts_with("namespace") ||
                         name.ends_with("_8h.html");
  return reference ? 0 : 1;
}

// The first two columns of the first table of the glossary: a term, and its names in Chinese.
std::string Terms(std::string_view glossary) {
  std::string out = "window.bookTerms = [\n";
  const std::string_view table = Between(glossary, "<table", "</table>");
  for (std::size_t row = 0; (row = table.find("<tr", row)) != table.npos; ++row) {
    std::vector<std::string> cells;
    const std::string_view cut = table.substr(row, table.find("</tr>", row) - row);
    for (std::size_t at = 0; (at = cut.find("<td", at)) != cut.npos; ++at) {
      const std::size_t begin = cut.find('>', at) + 1;
      cells.emplace_back(cut.substr(begin, cut.find("</td>", begin) - begin));
    }
    if (cells.size() >= 2) {
      const auto trimmed = [](std::string cell) {
        while (!cell.empty() && cell.back() == ' ') cell.pop_back();
        return cell.substr(std::min(cell.find_first_not_of(' '), cell.size()));
      };
      out += Joined({"[", Quoted(trimmed(cells[0])), ",", Quoted(trimmed(cells[1])), "],\n"});
    }
  }
  return out + "];\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: book_index SITE\n", stderr);
    return 2;
  }
  const fs::path site = argv[1];
  std::vector<fs::path> pages;
  for (const fs::directory_entry& entry : fs::directory_iterator(site)) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() == ".html" && name != "whole.html" && !IsIndex(name)) {
      pages.push_back(entry.path());
    }
  }
  std::ranges::sort(pages);

  std::string out = "window.bookIndex = [\n";
  std::size_t count = 0;
  for (const fs::path& path : pages) {
    const std::string name = path.filename().string();
    const std::string html = Read(path);
    const std::string title = Sections(Between(html, "<div class=\"title\">", "</div>"))[0].text;
    const std::string_view body = Between(html, "<div class=\"contents\">", "<!-- contents -->");
    for (const Section& section : Sections(body)) {
      if (section.text.empty() && section.heading.empty()) continue;
      const std::string_view hash = section.anchor.empty() ? "" : "#";
      out += Joined({"[", Quoted(Joined({name, hash, section.anchor})), ",", Quoted(title), ",",
                     Quoted(lanegrad::WithoutTex(section.heading)), ",",
                     Quoted(lanegrad::WithoutTex(section.text)), ",", std::to_string(RankOf(name)),
                     "],\n"});
      ++count;
    }
  }
  out += "];\n" + Terms(Read(site / "glossary.html"));
  std::ofstream file(site / "search-index.js", std::ios::binary);
  if (count == 0 || !(file << out).flush()) {
    std::fprintf(stderr, "book_index: nothing to index in %s, or it cannot be written\n", argv[1]);
    return 4;
  }
}
