// SPDX-License-Identifier: Apache-2.0
#include "docs/page_order.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <sstream>

#include "experiments/records/disk.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

std::string TitleOf(const fs::path& page) {
  std::string title(Between(ReadText(page), "<div class=\"title\">", "</div>"));
  while (!title.empty() && title.back() == ' ') title.pop_back();
  return title;
}

// The pages that a source names by \subpage, each with the last heading above it.
std::vector<BookPage> Subpages(const fs::path& source, std::string_view parent) {
  std::vector<BookPage> pages;
  std::istringstream lines(fs::exists(source) ? ReadText(source) : std::string());
  std::string group;
  for (std::string line; std::getline(lines, line);) {
    constexpr std::string_view kSubpage = "\\subpage ";
    if (line.starts_with("<h2>")) {
      group = Between(line, "<h2>", "</h2>");
    } else if (line.starts_with(kSubpage)) {
      const std::string name = line.substr(kSubpage.size());
      pages.push_back({.name = name.substr(0, name.find(' ')),
                       .title = {},
                       .parent = std::string(parent),
                       .group = group});
    }
  }
  return pages;
}

std::string Item(const BookPage& page, std::string_view current, std::string_view sections) {
  const bool here = page.name == current;
  return fmt::format("<li><a href=\"{}.html\"{}>{}</a>{}</li>\n", page.name,
                     here ? " aria-current=\"page\"" : "", page.title,
                     here ? sections : std::string_view());
}

}  // namespace

std::string ReadText(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw WriteError(fmt::format("{}: cannot be read", path.string()));
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string_view Between(std::string_view text, std::string_view from, std::string_view to) {
  const std::size_t begin = text.find(from);
  if (begin == std::string_view::npos) return {};
  const std::size_t start = begin + from.size();
  if (to.empty()) return text.substr(start);
  const std::size_t end = text.find(to, start);
  return end == std::string_view::npos ? std::string_view{} : text.substr(start, end - start);
}

std::vector<BookPage> PagesInOrder(const fs::path& docs, const fs::path& site) {
  std::vector<BookPage> pages;
  std::istringstream lines(ReadText(docs / "site/order.txt"));
  for (std::string name; std::getline(lines, name);) {
    if (name.empty() || name.front() == '#') continue;
    pages.push_back({.name = name, .title = {}, .parent = {}, .group = {}});
    for (BookPage& page : Subpages(docs / (name + ".md"), name)) pages.push_back(std::move(page));
  }
  for (BookPage& page : pages) page.title = TitleOf(site / (page.name + ".html"));
  return pages;
}

std::string Sidebar(const std::vector<BookPage>& pages, std::string_view current,
                    std::string_view sections) {
  std::string list = "<ul>\n";
  for (std::size_t i = 0; i < pages.size();) {
    const BookPage& page = pages[i++];
    std::string children, group;
    bool inside = page.name == current;
    for (; i < pages.size() && pages[i].parent == page.name; ++i) {
      if (pages[i].group != group) {
        group = pages[i].group;
        children += fmt::format("<li class=\"group\">{}</li>\n", group);
      }
      children += Item(pages[i], current, sections);
      inside = inside || pages[i].name == current;
    }
    if (children.empty()) {
      list += Item(page, current, sections);
      continue;
    }
    // The chapters are always there to see; other branches open where the reader is inside.
    std::string item = Item(page, current, {});
    item.erase(item.rfind("</li>"));
    list += fmt::format(
        "{}<details{}><summary aria-label=\"Pages of: "
        "{}\"></summary><ul>\n{}</ul></details></li>\n",
        item, inside || page.name == "book" ? " open" : "", page.title, children);
  }
  // What Doxygen makes by itself.
  for (const auto& [file, title] :
       {std::pair("files", "Reference: files"), std::pair("annotated", "Reference: types"),
        std::pair("namespacelanegrad", "Reference: functions")}) {
    list += Item({.name = file, .title = title, .parent = {}, .group = {}}, current, {});
  }
  return list + "</ul>\n";
}

std::string PreviousAndNext(const std::vector<BookPage>& pages, std::size_t i) {
  std::string nav = "<nav class=\"chapter-links\" aria-label=\"Previous and next page\">";
  if (i > 0) {
    nav += fmt::format("<a rel=\"prev\" href=\"{}.html\">←&#160;{}</a>", pages[i - 1].name,
                       pages[i - 1].title);
  }
  nav += "<span></span>";
  if (i + 1 < pages.size()) {
    nav += fmt::format("<a rel=\"next\" href=\"{}.html\">{}&#160;→</a>", pages[i + 1].name,
                       pages[i + 1].title);
  }
  return nav + "</nav>\n";
}

}  // namespace lanegrad
