/// @file
/// Reads the pages of the book as Doxygen wrote them and writes search-index.js,
/// the full text by section, for the search of docs/site/site.js, and the terms of the
/// glossary in Chinese and in English.
///
/// Not a parser of HTML: it knows the form of Doxygen's pages and no other.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "docs/formula_text.h"
#include "docs/glossary_terms.h"
#include "docs/page_order.h"

namespace {

namespace fs = std::filesystem;
using lanegrad::Between, lanegrad::ReadText;

struct Section {
  std::string anchor;
  std::string heading;
  std::string text;
};

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

// The terms that have a name in Chinese, each with it.
std::string Terms(const std::vector<lanegrad::GlossaryTerm>& glossary) {
  std::string out = "window.bookTerms = [\n";
  for (const lanegrad::GlossaryTerm& term : glossary) {
    if (term.chinese.empty()) continue;
    const std::string names = fmt::format("{}", fmt::join(term.names, ", "));
    out += Joined({"[", Quoted(names), ",", Quoted(term.chinese), "],\n"});
  }
  return out + "];\n";
}

int Index(const fs::path& site) {
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
    const std::string html = ReadText(path);
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
  out += "];\n" + Terms(lanegrad::ReadGlossary(ReadText(site / "glossary.html")));
  std::ofstream file(site / "search-index.js", std::ios::binary);
  if (count == 0 || !(file << out).flush()) {
    std::fprintf(stderr, "book_index: nothing to index in %s, or it cannot be written\n",
                 site.c_str());
    return 4;
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: book_index SITE\n", stderr);
    return 2;
  }
  try {
    return Index(argv[1]);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "book_index: %s\n", error.what());
    return 4;
  }
}
