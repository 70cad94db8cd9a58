/// @file
/// Finishes the pages that Doxygen set: one contents list at the side of each, links to the
/// pages before and after, figures for telephones, and one page of all chapters for printing.
/// All of it is in the pages, so that they can be read without a script.
///
///     book_finish SITE DOCS GENERATED
///
/// Not a parser of HTML: it knows the form of Doxygen's pages, and says where it is another.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "docs/narrow_figures.h"
#include "docs/page_order.h"
#include "docs/whole_book.h"
#include "experiments/records/disk.h"
#include "experiments/report/svg.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

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

std::string Finished(std::string page, const std::vector<BookPage>& pages, const fs::path& path) {
  const std::string name = path.stem().string();
  const std::string sections = TakeSections(page, path);
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
  for (std::size_t i = 0; i < pages.size(); ++i) {
    if (pages[i].name != name) continue;
    page.insert(Find(page, kContentsEnd, path), PreviousAndNext(pages, i));
  }
  return page;
}

void Finish(const fs::path& site, const fs::path& docs, const fs::path& generated) {
  const std::vector<BookPage> pages = PagesInOrder(docs, site);
  const NarrowFigures figures = ReadNarrow(generated);
  for (const fs::directory_entry& entry : fs::directory_iterator(site)) {
    if (entry.path().extension() != ".html") continue;
    const std::string page = ReadText(entry.path());
    Write(entry.path(), WithNarrow(Finished(page, pages, entry.path()), figures));
  }
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
