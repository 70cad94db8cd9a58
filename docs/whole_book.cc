// SPDX-License-Identifier: Apache-2.0
#include "docs/whole_book.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace lanegrad {
namespace {

// How it is built is read on a screen, beside the source; the landing page would repeat it.
bool IsIncluded(const BookPage& page) {
  return page.parent == "book" ||
         (page.parent.empty() && page.name != "index" && page.name != "built");
}

void Cut(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t begin = 0; (begin = text.find(from, begin)) != text.npos;) {
    const std::size_t end = text.find(to, begin + from.size());
    if (end == text.npos) return;
    text.erase(begin, end + to.size() - begin);
  }
}

// Headings one level down: a page's title stands above its sections.
void Demote(std::string& html) {
  for (std::size_t at = 0; at + 3 < html.size(); ++at) {
    if (html[at] != '<') continue;
    const std::size_t name = at + (html[at + 1] == '/' ? 2 : 1);
    if (html[name] == 'h' && html[name + 1] >= '1' && html[name + 1] <= '5' &&
        (html[name + 2] == '>' || html[name + 2] == ' ')) {
      ++html[name + 1];
    }
  }
}

// `page.html#place` becomes `#place`, and `page.html` the beginning of its section.
std::string LinkedWithin(std::string_view html, const std::vector<BookPage>& included) {
  constexpr std::string_view kHref = "href=\"";
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = 0; (at = html.find(kHref, at)) != html.npos;) {
    at += kHref.size();
    const std::string_view target = html.substr(at, html.find('"', at) - at);
    const std::size_t stem = target.find(".html");
    const auto page = std::ranges::find(included, target.substr(0, stem), &BookPage::name);
    if (stem == target.npos || page == included.end()) continue;
    const std::size_t hash = target.find('#');
    out += html.substr(done, at - done);
    out += hash == target.npos ? fmt::format("#page-{}", page->name)
                               : std::string(target.substr(hash));
    done = at + target.size();
  }
  out += html.substr(done);
  return out;
}

}  // namespace

std::string WholeBook(const std::vector<BookPage>& pages, const std::filesystem::path& site) {
  std::vector<BookPage> included;
  std::ranges::copy_if(pages, std::back_inserter(included), IsIncluded);
  std::string list = "<nav class=\"whole-contents\"><ul>\n", body;
  for (const BookPage& page : included) {
    const std::string html = ReadText(site / (page.name + ".html"));
    std::string text(Between(html, "<div class=\"contents\">", "</div><!-- contents -->"));
    Cut(text, "<nav class=\"chapter-links\"", "</nav>");
    Cut(text, "<details class=\"on-this-page\"", "</details>");
    Demote(text);
    list += fmt::format("<li><a href=\"#page-{}\">{}</a></li>\n", page.name, page.title);
    body +=
        fmt::format("<section>\n<h1 class=\"whole-title\" id=\"page-{}\">{}</h1>\n{}</section>\n",
                    page.name, page.title, text);
  }
  const std::string book = ReadText(site / "book.html");
  const std::size_t head_end = book.find("</head>");
  std::string head = book.substr(0, head_end == book.npos ? 0 : head_end);
  Cut(head, "<title>", "</title>");
  Cut(head, "<script type=\"text/javascript\" src=\"search-index.js\"", "</script>");
  return fmt::format(
      "{}<title>lanegrad: the whole book</title>\n</head>\n<body class=\"whole\">\n"
      "<div class=\"header\"><div class=\"title\">An article, put to the test</div></div>\n"
      "<p class=\"whole-note\"><a href=\"index.html\">The book, page by page</a></p>\n"
      "<div class=\"contents\"><div "
      "class=\"textblock\">\n{}</ul></nav>\n{}</div></div>\n</body>\n</html>\n",
      head, list, LinkedWithin(body, included));
}

std::string PlainBook(std::string whole) {
  Cut(whole, "<script", "</script>");
  Cut(whole, "<link", ">");
  Cut(whole, "<nav class=\"whole-contents\">", "</nav>");
  Cut(whole, "<div class=\"figure-narrow\">", "<!-- narrow -->");
  Cut(whole, "<p class=\"whole-note\">", "</p>");
  // A converter begins a chapter at a heading that stands in nothing else.
  for (const char* tag :
       {"<section>", "</section>", "<div class=\"contents\"><div class=\"textblock\">"})
    Cut(whole, tag, "");
  // Sizes of brackets, which pandoc does not know and MathML chooses by itself.
  for (const char* size : {"\\Bigl", "\\Bigr", "\\bigl", "\\bigr"}) Cut(whole, size, "");
  return whole;
}

}  // namespace lanegrad
