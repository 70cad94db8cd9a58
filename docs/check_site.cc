/// @file
/// Checks the pages of the finished book: every link within it leads to a page and a place that
/// are there, no command of Doxygen was left standing in a text, and no stop stands apart from
/// the link before it.
///
///     book_check SITE
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "docs/page_order.h"
#include "docs/prose.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

struct Page {
  std::set<std::string, std::less<>> places;
  std::vector<std::string> links;
};

// The values of an attribute, wherever it stands.
std::vector<std::string> Values(std::string_view html, std::string_view attribute) {
  std::vector<std::string> values;
  const std::string mark = fmt::format(" {}=\"", attribute);
  for (std::size_t at = 0; (at = html.find(mark, at)) != html.npos;) {
    at += mark.size();
    values.emplace_back(html.substr(at, html.find('"', at) - at));
  }
  return values;
}

// The page without what quotes source: programs may say \ref.
std::string Prose(std::string_view html) {
  std::string prose;
  ForEachPiece(html, [&](std::string_view piece, bool is_prose) {
    if (is_prose) prose += piece;
  });
  return prose;
}

bool IsElsewhere(std::string_view link) {
  return link.empty() || link.find("://") != link.npos || link.starts_with("mailto:") ||
         link.starts_with("javascript:");
}

std::string Unescaped(std::string text) {
  for (std::size_t at = 0; (at = text.find("&amp;", at)) != text.npos; ++at) text.erase(at + 1, 4);
  return text;
}

int Check(const fs::path& site) {
  std::map<std::string, Page, std::less<>> pages;
  int failures = 0;
  std::size_t links = 0;
  const auto fail = [&](std::string_view page, std::string_view what) {
    fmt::print("{}: {}\n", page, what);
    ++failures;
  };
  for (const fs::directory_entry& entry : fs::directory_iterator(site)) {
    if (entry.path().extension() != ".html") continue;
    const std::string name = entry.path().filename().string();
    const std::string html = ReadText(entry.path());
    Page& page = pages[name];
    for (const char* attribute : {"id", "name"}) {
      for (std::string& place : Values(html, attribute)) page.places.insert(std::move(place));
    }
    page.links = Values(html, "href");
    const std::string prose = Prose(html);
    for (const char* command : {"\\f$", "\\f[", "\\f{", "\\snippet", "\\ref ", "\\include",
                                "\\htmlinclude", "\\verbinclude", "\\subpage", "\\anchor",
                                "| | "}) {  // a table that ended before its rows
      if (prose.find(command) != prose.npos) fail(name, fmt::format("has a raw '{}'", command));
    }
    if (name != "whole.html") continue;  // all that is prose, on one page
    for (const char* stop : {"</a> . ", "</a> , ", "</a> ; ", "</a> : "}) {
      const std::size_t at = prose.find(stop);
      if (at == prose.npos) continue;
      fail(name, fmt::format("has a stop apart from its link: '{}'",
                             prose.substr(at - std::min<std::size_t>(at, 40), 50)));
    }
  }
  for (const auto& [name, page] : pages) {
    for (const std::string& raw : page.links) {
      const std::string link = Unescaped(raw);
      if (IsElsewhere(link)) continue;
      ++links;
      const std::size_t hash = link.find('#');
      const std::string file = hash == 0 ? name : link.substr(0, hash);
      const auto target = pages.find(file);
      if (target == pages.end()) {
        if (!fs::exists(site / file))
          fail(name, fmt::format("links to {}, which is not there", file));
      } else if (hash != link.npos && hash + 1 < link.size() &&
                 !target->second.places.contains(link.substr(hash + 1))) {
        fail(name, fmt::format("links to a place that is not there: {}", link));
      }
    }
  }
  if (pages.empty()) fail(site.string(), "has no pages");
  fmt::print("{} pages, {} links within the book: {} failures\n", pages.size(), links, failures);
  return failures == 0 ? 0 : 1;
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: book_check SITE\n");
    return 2;
  }
  try {
    return lanegrad::Check(argv[1]);
  } catch (const std::exception& error) {
    fmt::print(stderr, "book_check: {}\n", error.what());
    return 3;
  }
}
