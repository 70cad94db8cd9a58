// SPDX-License-Identifier: Apache-2.0
#include "docs/narrow_figures.h"

#include <fmt/format.h>

#include "docs/page_order.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kView = "<div class=\"view\" data-name=\"";
constexpr std::string_view kViewEnd = "<pre hidden";
constexpr std::string_view kDrawing = "<div class=\"drawing ";

void ReplaceAll(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != text.npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
}

// The keys of a legend are buttons in a report, where they switch series off.
std::string WithoutButtons(std::string text) {
  constexpr std::string_view kButton = "<button class=\"key\"";
  for (std::size_t at = 0; (at = text.find(kButton, at)) != text.npos;) {
    text.replace(at, text.find('>', at) - at, "<span class=\"key\"");
  }
  ReplaceAll(text, "</button>", "</span>");
  return text;
}

}  // namespace

std::string NarrowKey(std::string_view name, std::string_view title) {
  std::string key = fmt::format("{}: {}", name, title);
  ReplaceAll(key, "&#39;", "'");
  ReplaceAll(key, "&quot;", "\"");
  return key;
}

std::string NarrowView(const Drawing& drawing) {
  return fmt::format("{}{}\">\n{}{}narrow\">{}</div>\n{}></pre></div>\n", kView, drawing.name,
                     drawing.heading, kDrawing,
                     drawing.narrow.empty() ? drawing.page : drawing.narrow, kViewEnd);
}

void ReadNarrow(std::string_view page, NarrowFigures& figures) {
  for (std::size_t at = 0; (at = page.find(kView, at)) != page.npos;) {
    at += kView.size();
    const std::string name(page.substr(at, page.find('"', at) - at));
    std::string_view view = page.substr(0, page.find(kViewEnd, at)).substr(at);
    view.remove_prefix(view.find('>') + 1);
    const std::size_t first = view.find(kDrawing);
    if (first == view.npos) continue;
    const std::string_view heading = view.substr(0, first);
    // Of several drawings the one for a narrow page; else the first, which wraps or scrolls.
    const std::string narrow = fmt::format("{}narrow\">", kDrawing);
    const std::size_t chosen = view.find(narrow) == view.npos ? first : view.find(narrow);
    std::string drawing(view.substr(chosen, view.find(kDrawing, chosen + 1) - chosen));
    // Two elements of a page share no id.
    ReplaceAll(drawing, fmt::format("{}_narrow", name), name);
    ReplaceAll(drawing, name, fmt::format("{}_narrow", name));
    figures[NarrowKey(name, Between(heading, "<h3>", "</h3>"))] =
        fmt::format("<div class=\"figure-narrow\">{}{}</div><!-- narrow -->\n", heading,
                    WithoutButtons(drawing));
  }
}

NarrowFigures ReadNarrow(const fs::path& directory) {
  NarrowFigures figures;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(directory)) {
    const fs::path name = entry.path().filename();
    if (name == "report.html" || name == "narrow.html") ReadNarrow(ReadText(entry.path()), figures);
  }
  return figures;
}

std::string WithNarrow(std::string_view page, const NarrowFigures& figures) {
  constexpr std::string_view kBegin = "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"";
  constexpr std::string_view kEnd = "</svg>";
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = 0; (at = page.find(kBegin, at)) != page.npos;) {
    const std::size_t name = at + kBegin.size();
    const std::size_t end = page.find(kEnd, at);
    if (end == page.npos) break;
    const std::string_view title =
        Between(Between(page.substr(at, end - at), "<title ", "</title>"), ">", "");
    const auto figure =
        figures.find(NarrowKey(page.substr(name, page.find('"', name) - name), title));
    if (figure != figures.end()) {
      out += page.substr(done, at - done);
      out += "<div class=\"figure-wide\">";
      out += page.substr(at, end + kEnd.size() - at);
      out += "</div>\n";
      out += figure->second;
      done = end + kEnd.size();
    }
    at = end;
  }
  out += page.substr(done);
  return out;
}

}  // namespace lanegrad
