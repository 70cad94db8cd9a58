// SPDX-License-Identifier: Apache-2.0
#include "docs/figure_links.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "docs/page_order.h"
#include "experiments/records/disk.h"

namespace lanegrad {
namespace {

std::string LinkTo(const NumberedFigure& figure) {
  return fmt::format("<a class=\"figure-ref\" href=\"{}\">Figure {}</a>", figure.address,
                     figure.number);
}

}  // namespace

std::vector<NumberedFigure> FiguresOf(std::string_view page, std::string_view name,
                                      std::string_view title) {
  constexpr std::string_view kCaption = "<p class=\"figure-caption\" id=\"";
  std::vector<NumberedFigure> figures;
  for (std::size_t at = 0; (at = page.find(kCaption, at)) != page.npos; at += kCaption.size()) {
    const std::string_view caption = page.substr(at, page.find("</a>", at) - at);
    const std::size_t wide = page.rfind("<div class=\"figure-wide\">", at);
    if (wide == page.npos) continue;
    const std::string_view figure = page.substr(wide, at - wide);
    figures.push_back(
        {.name = std::string(Between(figure, " id=\"", "\"")),
         .number = std::string(caption.substr(caption.rfind(' ') + 1)),
         .chapter = std::string(title),
         .title = std::string(Between(Between(figure, "<title ", "</title>"), ">", "")),
         .address = fmt::format("{}.html#{}", name, Between(caption, "id=\"", "\"")),
         .drawing =
             std::string(Between(figure, "<div class=\"figure-narrow\">", "</div><!-- narrow"))});
  }
  return figures;
}

std::string WithFigureLinks(std::string_view page, const std::vector<NumberedFigure>& figures) {
  constexpr std::string_view kClass = "class=\"figure-ref\"", kEnd = "</a>";
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = 0; (at = page.find(kClass, at)) != page.npos; at = done) {
    const std::size_t begin = page.rfind("<a ", at);
    const std::string_view name = Between(page.substr(begin), "href=\"#", "\"");
    const auto figure = std::ranges::find(figures, name, &NumberedFigure::name);
    if (figure == figures.end()) {
      throw WriteError(fmt::format("a page refers to the figure '{}', which no chapter has", name));
    }
    out += page.substr(done, begin - done);
    out += LinkTo(*figure);
    done = page.find(kEnd, at) + kEnd.size();
  }
  out += page.substr(done);
  return out;
}

std::string FigureList(const std::vector<NumberedFigure>& figures) {
  std::string out, chapter;
  for (const NumberedFigure& figure : figures) {
    if (figure.chapter != chapter) {
      out += fmt::format("{}<h2>{}</h2>\n<ul class=\"figure-list\">\n",
                         chapter.empty() ? "" : "</ul>\n", figure.chapter);
      chapter = figure.chapter;
    }
    out += fmt::format("<li>{} {}</li>\n", LinkTo(figure), figure.title);
  }
  return out + (figures.empty() ? "" : "</ul>\n");
}

std::string FigureScript(const NumberedFigure& figure) {
  // The page may have the figure itself, and two elements of a page share no id.
  std::string drawing = figure.drawing;
  const std::string own = figure.name + "_narrow", other = figure.name + "_preview";
  for (std::size_t at = 0; (at = drawing.find(own, at)) != drawing.npos; at += other.size()) {
    drawing.replace(at, own.size(), other);
  }
  return fmt::format("bookFigure({}, {});\n", nlohmann::json(figure.anchor()).dump(),
                     nlohmann::json(drawing).dump());
}

}  // namespace lanegrad
