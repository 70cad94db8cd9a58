// SPDX-License-Identifier: Apache-2.0
#include "docs/citation_links.h"

#include <fmt/format.h>

#include <algorithm>

#include "docs/prose.h"
#include "experiments/report/svg.h"

namespace lanegrad {
namespace {

// The works to choose from, and the page whose list of sources may say which of two is meant.
struct Choice {
  const std::vector<Work>& works;
  std::string_view page;
};

// The work that a citation means, or null; `remark` is what follows its year.
const Work* Meant(const Citation& citation, std::string_view remark, const Choice& choice) {
  std::vector<const Work*> fit;
  for (const Work& work : choice.works) {
    if (Cites(citation, work)) fit.push_back(&work);
  }
  if (fit.size() > 1) {
    const std::string word = Folded(remark);
    std::erase_if(fit, [&](const Work* work) {
      const std::string title = work->Field("title");
      return choice.page.find(title) == choice.page.npos &&
             (word.empty() || Folded(title + work->Venue()).find(word) == std::string::npos);
    });
  }
  return fit.size() == 1 ? fit.front() : nullptr;
}

// What a reader sees of it when pointing at a link: emphasis and backslashes are Markdown's.
std::string Tooltip(const Work& work) {
  std::string text = ReferenceMarkdown(work);
  std::erase_if(text, [](char c) { return c == '*' || c == '\\'; });
  return Escape(text);
}

// One citation, perhaps with words before and after it.
std::string Linked(std::string_view part, const Choice& choice) {
  const std::vector<Citation> found = CitationsIn(fmt::format("[{}]", part));
  if (found.size() != 1) return std::string(part);
  const std::string& name = found[0].names.front();
  const std::size_t begin = part.find(name.substr(0, name.find(' ')));
  std::size_t end = part.find(found[0].year, begin == part.npos ? 0 : begin);
  if (begin == part.npos || end == part.npos) return std::string(part);
  end += found[0].year.size();
  const Work* work = Meant(found[0], part.substr(end), choice);
  if (work == nullptr) return std::string(part);
  return fmt::format("{}<a class=\"cite\" href=\"bibliography.html#bib_{}\" title=\"{}\">{}</a>{}",
                     part.substr(0, begin), work->key, Tooltip(*work),
                     part.substr(begin, end - begin), part.substr(end));
}

// What stands in brackets.
std::string LinkedList(std::string_view html, const Choice& choice) {
  std::string out;
  while (true) {
    const std::size_t end = html.find(';');
    out += Linked(html.substr(0, end), choice);
    if (end == html.npos) return out;
    out += ';';
    html.remove_prefix(end + 1);
  }
}

// The text between two tags.
std::string LinkedText(std::string_view text, const Choice& choice) {
  std::string out;
  while (!text.empty()) {
    const std::size_t open = text.find('[');
    const std::size_t close = open == text.npos ? open : text.find_first_of("[]", open + 1);
    if (close == text.npos) break;
    out += text.substr(0, open + 1);
    if (text[close] == ']') {
      out += LinkedList(text.substr(open + 1, close - open - 1), choice);
      out += ']';
      text.remove_prefix(close + 1);
    } else {
      text.remove_prefix(open + 1);
    }
  }
  return out.append(text);
}

}  // namespace

std::string LinkedCitations(std::string_view html, const std::vector<Work>& works) {
  return LinkedList(html, {works, {}});
}

std::string WithCitationLinks(std::string_view page, const std::vector<Work>& works) {
  const std::size_t begin = page.find("<div class=\"contents\">");
  const std::size_t end = page.find("</div><!-- contents -->");
  if (begin == page.npos || end == page.npos) return std::string(page);
  std::string out(page.substr(0, begin));
  std::size_t in_link = 0;
  ForEachPiece(page.substr(begin, end - begin), [&](std::string_view piece, bool is_prose) {
    while (is_prose && !piece.empty()) {
      const std::size_t tag = std::min(piece.find('<'), piece.size());
      const std::string_view text = piece.substr(0, tag);
      out += in_link > 0 ? std::string(text) : LinkedText(text, {works, page});
      piece.remove_prefix(tag);
      const std::size_t close = std::min(piece.find('>'), piece.size() - 1);
      if (piece.starts_with("<a ")) ++in_link;
      if (piece.starts_with("</a>") && in_link > 0) --in_link;
      if (piece.empty()) break;
      out += piece.substr(0, close + 1);
      piece.remove_prefix(close + 1);
    }
    out += piece;
  });
  return out.append(page.substr(end));
}

}  // namespace lanegrad
