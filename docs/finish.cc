/// @file
/// Finishes the pages that Doxygen set: one contents list at the side of each, links to the
/// pages before and after, figures for telephones, links to figures and terms, and one page of all
/// chapters for printing.
/// All of it is in the pages, so that they can be read without a script.
///
///     book_finish SITE DOCS GENERATED
///
/// Not a parser of HTML: it knows the form of Doxygen's pages, and says where it is another.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "docs/citation_links.h"
#include "docs/figure_captions.h"
#include "docs/figure_links.h"
#include "docs/glossary_terms.h"
#include "docs/narrow_figures.h"
#include "docs/page_order.h"
#include "docs/prose.h"
#include "docs/whole_book.h"
#include "experiments/records/disk.h"
#include "experiments/report/svg.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

// Doxygen links to a list of inner types that it does not write where all of them are private.
constexpr std::string_view kNoTypes = "<a href=\"#nested-classes\">Classes</a> &#124;\n";

constexpr std::string_view kContentsEnd = "</div><!-- contents -->";

// The site is made anew each time: nothing of a page that was written by half is ever kept, and
// twelve hundred pages need not wait for the disk.
void Write(const fs::path& path, std::string_view text) {
  if (std::ofstream file(path, std::ios::binary); !(file << text).flush()) {
    throw WriteError(fmt::format("{}: cannot be written", path.string()));
  }
}

// Where a mark begins, or a complaint.
std::size_t Find(std::string_view page, std::string_view mark, const fs::path& path,
                 std::size_t from = 0) {
  const std::size_t at = page.find(mark, from);
  if (at == page.npos) {
    throw WriteError(
        fmt::format("{}: there is no '{}'; docs/finish.cc must learn this version of Doxygen",
                    path.string(), mark));
  }
  return at;
}

// Takes the sections of a page out of Doxygen's table of contents, and puts a list that opens
// in its place, for pages too narrow for a sidebar.
std::string TakeSections(std::string& page, const fs::path& path) {
  constexpr std::string_view kToc = "<div class=\"toc\">";
  const std::size_t begin = page.find(kToc);
  if (begin == page.npos) return {};
  const std::size_t list = Find(page, "<ul>", path, begin);
  const std::size_t end = Find(page, "</div>", path, begin);
  std::string sections = page.substr(list, end - list);
  page.replace(
      begin, end + 6 - begin,
      fmt::format("<details class=\"on-this-page\"><summary>On this page</summary>{}</details>",
                  sections));
  return sections;
}

// The longest line of a text in HTML, in characters.
std::size_t LongestLine(std::string_view html) {
  std::size_t longest = 0, length = 0;
  bool entity = false;
  for (const char c : html) {
    if (c == '\n') {
      longest = std::max(longest, std::exchange(length, 0));
    } else if (entity) {
      entity = c != ';';
    } else if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) {  // not a later byte of UTF-8
      ++length;
      entity = c == '&';
    }
  }
  return std::max(longest, length);
}

// What a program printed for a wide terminal is set smaller, so that its tables stay tables.
void MarkWideOutput(std::string& page) {
  constexpr std::string_view kOutput = "<pre class=\"fragment\">";
  constexpr std::size_t kFits = 136;
  for (std::size_t at = 0; (at = page.find(kOutput, at)) != page.npos; at += kOutput.size()) {
    const std::size_t end = page.find("</pre>", at);
    const std::string_view text =
        std::string_view(page).substr(at + kOutput.size(), end - at - kOutput.size());
    if (LongestLine(text) > kFits) page.insert(at + kOutput.size() - 2, " wide");
  }
}

// \ref takes a stop that follows at once for a part of the name, so the sources put a space
// between them, which no reader should see.
void CloseUpLinks(std::string& page) {
  constexpr std::string_view kEnd = "</a> ", kStops = ".,;:";
  for (std::size_t at = 0; (at = page.find(kEnd, at)) != page.npos; at += kEnd.size()) {
    const std::size_t after = at + kEnd.size();
    if (after + 1 >= page.size() || kStops.find(page[after]) == kStops.npos) continue;
    if (std::string_view(" \n<)").find(page[after + 1]) == std::string_view::npos) continue;
    // Names in code are links of another class, and code is set as it was written.
    const std::size_t link = page.rfind("<a ", at);
    if (link != page.npos && page.compare(link, 13, "<a class=\"el\"") == 0) {
      page.erase(after - 1, 1);
    }
  }
}

// A line does not begin with a per cent sign: the space between a number and it does not break.
// Programs and what they print stay as they are, to be copied.
void KeepPerCent(std::string& page) {
  std::string out;
  ForEachPiece(page, [&](std::string_view piece, bool is_prose) {
    for (std::size_t at = 0; is_prose && (at = piece.find(" %", at)) != piece.npos;) {
      const bool number = at > 0 && piece[at - 1] >= '0' && piece[at - 1] <= '9';
      out.append(piece.substr(0, at)).append(number ? "&#160;" : " ");
      piece.remove_prefix(at + 1);
      at = 0;
    }
    out += piece;
  });
  page = std::move(out);
}

// A flag is not broken behind one of its hyphens: short names in code stay on one line.
void KeepFlags(std::string& page) {
  constexpr std::string_view kBegin = "<code>", kEnd = "</code>";
  constexpr std::size_t kShort = 28;  // which a telephone has room for
  for (std::size_t at = 0; (at = page.find(kBegin, at)) != page.npos; at += kBegin.size()) {
    const std::size_t end = page.find(kEnd, at);
    const std::string_view code =
        std::string_view(page).substr(at + kBegin.size(), end - at - kBegin.size());
    if (code.size() <= kShort && code.find('-') != code.npos && code.find('<') == code.npos) {
      page.insert(at + kBegin.size() - 1, " class=\"flag\"");
    }
  }
}

// The list of what was set right, which Doxygen collects from the chapters: its boxes were written
// for the places where they stand, and "Page" before a chapter's title is Doxygen's word.
void IntroduceSetRight(std::string& page, const fs::path& path) {
  constexpr std::string_view kText = "<div class=\"textblock\">", kTitle = "<dt>Page ";
  for (std::size_t at = 0; (at = page.find(kTitle, at)) != page.npos;) {
    page.replace(at, kTitle.size(), "<dt>");
  }
  page.insert(Find(page, kText, path) + kText.size(),
              "<p>Every point where the article is wrong or says too little, in the order of its "
              "sections, as the chapters state it. <em>Here</em>, <em>below</em> and <em>this "
              "chapter</em> mean the chapter whose title stands above the box. "
              "<a class=\"el\" href=\"errata.html\">Errata</a> has the same in one table.</p>\n");
}

std::string Finished(std::string page, const std::vector<BookPage>& pages, const fs::path& path) {
  const std::string name = path.stem().string();
  const std::string sections = TakeSections(page, path);
  MarkWideOutput(page);
  // The menu, its script, the tree at the side and its script make way for one list.
  const std::size_t tree = Find(page, "<div id=\"side-nav\"", path);
  const std::size_t content = Find(page, "<div id=\"doc-content\">", path);
  page.replace(
      tree, content - tree,
      fmt::format(
          "<input type=\"checkbox\" id=\"contents-switch\" aria-label=\"Show the contents\"/>\n"
          "<nav id=\"side-nav\" aria-label=\"Contents of the book\">\n{}</nav>\n",
          Sidebar(pages, name, sections)));
  if (const std::size_t menu = page.find("<script type=\"text/javascript\" src=\"menudata.js\">");
      menu != page.npos) {
    constexpr std::string_view kMenuEnd = "<div id=\"main-nav\"></div>";
    page.erase(menu, Find(page, kMenuEnd, path, menu) + kMenuEnd.size() - menu);
  }
  if (const std::size_t link = page.find(kNoTypes);
      link != page.npos && page.find("name=\"nested-classes\"") == page.npos) {
    page.erase(link, kNoTypes.size());
  }
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (pages[i].name != name) continue;
    page.insert(Find(page, kContentsEnd, path) + kContentsEnd.size(), PreviousAndNext(pages, i));
  }
  return page;
}

// The pages as they are set so far, by file.
using Pages = std::map<fs::path, std::string>;

// What is shown when one points at a figure's number: a script for each.
void WritePreviews(const fs::path& site, const std::vector<NumberedFigure>& figures) {
  fs::create_directories(site / "previews");
  for (const NumberedFigure& figure : figures) {
    Write(site / "previews" / (figure.anchor() + ".js"), FigureScript(figure));
  }
}

// Links by figures and terms, which need all pages to be there.
void Link(Pages& set, const std::vector<BookPage>& pages, const fs::path& site) {
  std::vector<NumberedFigure> figures;
  for (const BookPage& page : pages) {
    std::ranges::move(FiguresOf(set.at(site / (page.name + ".html")), page.name, page.title),
                      std::back_inserter(figures));
  }
  WritePreviews(site, figures);
  std::string& glossary = set.at(site / "glossary.html");
  const std::vector<GlossaryTerm> terms = ReadGlossary(glossary);
  glossary = WithTermAnchors(glossary, terms);
  Write(site / "glossary.js", GlossaryScript(terms));
  for (const BookPage& page : pages) {
    std::string& html = set.at(site / (page.name + ".html"));
    html = WithFigureLinks(html, figures);
    if (page.name.starts_with("ch_")) html = WithTermLinks(html, terms);
  }
  std::string& list = set.at(site / "figure_list.html");
  constexpr std::string_view kPlace = "<div id=\"figure-list\">";
  list.insert(Find(list, kPlace, site / "figure_list.html") + kPlace.size(), FigureList(figures));
}

void Finish(const fs::path& site, const fs::path& docs, const fs::path& generated) {
  const std::vector<BookPage> pages = PagesInOrder(docs, site);
  const NarrowFigures figures = ReadNarrow(generated);
  const RecordDigests digests = ReadDigests(docs);
  Pages set;
  for (const fs::directory_entry& entry : fs::directory_iterator(site)) {
    if (entry.path().extension() != ".html") continue;
    // Doxygen's list of pages, which nothing leads to: the book has its own order.
    if (entry.path().filename() == "pages.html") {
      fs::remove(entry.path());
      continue;
    }
    const auto in_order = std::ranges::find(pages, entry.path().stem().string(), &BookPage::name);
    std::string page = WithNarrow(Finished(ReadText(entry.path()), pages, entry.path()), figures);
    if (in_order != pages.end()) {
      page = WithCaptions(page, in_order->title, digests);
      if (in_order->name == "set_right") IntroduceSetRight(page, entry.path());
      CloseUpLinks(page);
      KeepPerCent(page);
      KeepFlags(page);
      page = WithCitationLinks(page, References());
    }
    set[entry.path()] = std::move(page);
  }
  Link(set, pages, site);
  for (const auto& [path, page] : set) Write(path, page);
  Write(site / "figures.css", SvgStyle("svg.figure"));
  const std::string whole = WholeBook(pages, site);
  Write(site / "whole.html", whole);
  Write(generated / "epub.html", PlainBook(whole));
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  if (argc != 4) {
    fmt::print(stderr, "usage: book_finish SITE DOCS GENERATED\n");
    return 2;
  }
  try {
    lanegrad::Finish(argv[1], argv[2], argv[3]);
  } catch (const std::exception& error) {
    fmt::print(stderr, "book_finish: {}\n", error.what());
    return 3;
  }
  return 0;
}
