// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/report.h"

#include <fmt/format.h>

#include <cmath>

#include "experiments/report/line_plot.h"
#include "experiments/report/plain_figure.h"
#include "experiments/report/report_assets.h"  // made by the build from report_style.css and report_script.js
#include "experiments/report/svg.h"

namespace lanegrad {
namespace {

// The heading of a figure, which wraps as the page does.
template <class Figure>
std::string HeadingHtml(const Figure& figure) {
  return fmt::format("<h3>{}</h3>\n<p class=\"subtitle\">{}</p>\n", Escape(figure.title),
                     Escape(figure.subtitle));
}

// Everything but what goes below the heading on the page.
template <class Figure>
Drawing Begin(const Figure& figure, std::string_view label) {
  return {.label = std::string(label),
          .name = figure.name,
          .heading = HeadingHtml(figure),
          .svg = WithoutStyle(DrawSvg(figure)),
          .plain = WithoutStyle(DrawSvg(Plain(figure))),
          .csv = WriteCsv(figure),
          .vega = VegaLite(figure)};
}

// The figure without the heading that stands above it on the page.
template <class Figure>
Figure Headless(Figure figure) {
  figure.title.clear();
  figure.subtitle.clear();
  return figure;
}

// A drawing that has a layout for telephones.
template <class Figure>
Drawing BeginNarrow(const Figure& figure, std::string_view label) {
  Drawing drawing = Begin(figure, label);
  Figure page = Headless(figure);
  drawing.page = WithoutStyle(DrawSvg(page));
  page.name.append("_narrow");  // two drawings of a page share no id
  drawing.narrow = WithoutStyle(DrawSvg(page, Layout::kNarrow));
  return drawing;
}

// A link to a file beside the report; the script makes it serve the copy inside the report.
std::string Link(const Drawing& drawing, std::string_view label, std::string_view ending) {
  const std::string file = Escape(fmt::format("{}.{}", drawing.name, ending));
  return fmt::format("<a download=\"{0}\" href=\"figures/{0}\">{1}</a>", file, label);
}

// A link to the drawing for papers, which is beside the report only.
std::string PlainLink(const Drawing& drawing) {
  if (!drawing.beside) return "";
  return fmt::format(" · <a href=\"figures/{}_plain.svg\">for papers (SVG)</a>",
                     Escape(drawing.name));
}

std::string Wrapped(std::string_view kind, std::string_view content) {
  if (content.empty()) return "";
  return fmt::format("<div class=\"drawing {}\">{}</div>\n", kind, content);
}

// One of the choices of a figure.
std::string View(const Drawing& drawing) {
  return fmt::format(
      "<div class=\"view\" data-name=\"{0}\" data-label=\"{1}\">\n{10}{2}{3}{4}"
      "<pre hidden class=\"data\" data-kind=\"csv\">{5}</pre>"
      "<pre hidden class=\"data\" data-kind=\"vl.json\">{6}</pre>\n"
      "<p class=\"files\">{7}{11} · {8} · {9}</p></div>\n",
      Escape(drawing.name), Escape(drawing.label),
      Wrapped(drawing.narrow.empty() ? "page" : "page wide", drawing.page),
      Wrapped("narrow", drawing.narrow), Wrapped("log", drawing.log), EscapeText(drawing.csv),
      EscapeText(drawing.vega), Link(drawing, "SVG", "svg"), Link(drawing, "data (CSV)", "csv"),
      Link(drawing, "Vega-Lite", "vl.json"), drawing.heading, PlainLink(drawing));
}

std::string NameAndValue(std::string_view name, std::string_view value) {
  return fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", Escape(name), Escape(value));
}

}  // namespace

Drawing MakeDrawing(const LineFigure& figure, std::string_view label, bool log) {
  Drawing drawing = Begin(figure, label);
  drawing.page = DrawPieces(figure);
  if (figure.panels.size() <= 2) {  // of three and more each fits a telephone by itself
    LineFigure other = figure;
    other.name.append("_narrow");
    drawing.narrow = DrawNarrowPieces(other);
  }
  if (log) {
    LineFigure other = figure;
    other.name.append("_log");
    other.y_log = true;
    drawing.log = DrawPieces(other);
  }
  return drawing;
}

Drawing MakeDrawing(const HeatMap& figure, std::string_view label) {
  Drawing drawing = Begin(figure, label);
  drawing.page = WithoutStyle(DrawSvg(Headless(figure)));
  return drawing;
}

Drawing MakeDrawing(const DotFigure& figure, std::string_view label) {
  return BeginNarrow(figure, label);
}

Drawing MakeDrawing(const RankDiagram& figure, std::string_view label) {
  return BeginNarrow(figure, label);
}

Drawing MakeDrawing(const NetworkDiagram& figure, std::string_view label) {
  return BeginNarrow(figure, label);
}

Drawing MakeDrawing(const ImageFigure& figure, std::string_view label) {
  return BeginNarrow(figure, label);
}

Report::Report(std::string_view title, std::string_view lead)
    : title_(Escape(title)), lead_(Escape(lead)) {}

void Report::Fact(std::string_view name, std::string_view value) {
  facts_.append(NameAndValue(name, value));
}

void Report::Facts(const std::vector<std::pair<std::string, std::string>>& facts) {
  body_.append("<dl class=\"facts\">\n");
  for (const auto& [name, value] : facts) body_.append(NameAndValue(name, value));
  body_.append("</dl>\n");
}

void Report::Answer(const std::vector<std::string>& sentences) {
  body_.append("<div class=\"answer\">\n");
  for (const std::string& sentence : sentences) Paragraph(sentence);
  body_.append("</div>\n");
}

void Report::Warning(std::string_view text) {
  body_.append(fmt::format("<p class=\"warning\" role=\"note\">{}</p>\n", Escape(text)));
}

void Report::Heading(std::string_view text) {
  const int number = ++sections_;
  body_.append(fmt::format("<h2 id=\"section-{}\">{}</h2>\n", number, Escape(text)));
  contents_.append(fmt::format("<a href=\"#section-{}\">{}</a>\n", number, Escape(text)));
}

void Report::Paragraph(std::string_view text) {
  body_.append(fmt::format("<p>{}</p>\n", Escape(text)));
}

void Report::Code(std::string_view text) {
  body_.append(fmt::format("<pre><code>{}</code></pre>\n", Escape(text)));
}

void Report::AddTable(const Table& table) {
  body_.append(fmt::format(
      "<div class=\"scroll\"><table class=\"sortable\"><caption><span>{}</span></caption>\n"
      "<thead><tr>",
      Escape(table.caption)));
  for (const Column& column : table.columns) {
    body_.append(fmt::format(
        "<th scope=\"col\"{}{}><button>{}</button></th>", column.numeric ? " class=\"number\"" : "",
        column.help.empty() ? std::string() : fmt::format(" title=\"{}\"", Escape(column.help)),
        Escape(column.name)));
  }
  body_.append("</tr></thead>\n<tbody>\n");
  for (const auto& row : table.rows) {
    body_.append("<tr>");
    for (std::size_t c = 0; c < row.size(); ++c) {
      const bool numeric = table.columns[c].numeric;
      body_.append(fmt::format(
          "<td{}>{}{}{}</td>",
          table.columns[c].prose ? std::string(" class=\"prose\"")
          : numeric
              ? fmt::format(" class=\"number\" data-sort=\"{}\"",
                            std::isfinite(row[c].sort) ? fmt::format("{}", row[c].sort) : "NaN")
              : std::string(),
          row[c].strong ? "<strong>" : "", Escape(row[c].text), row[c].strong ? "</strong>" : ""));
    }
    body_.append("</tr>\n");
  }
  body_.append("</tbody></table></div>\n");
}

void Report::Details(std::string_view summary,
                     const std::vector<std::pair<std::string, std::string>>& lines) {
  body_.append(fmt::format("<details><summary>{}</summary><dl>\n", Escape(summary)));
  for (const auto& [name, value] : lines) {
    body_.append(NameAndValue(name, value));
  }
  body_.append("</dl></details>\n");
}

void Report::DetailTable(std::string_view summary, const Table& table) {
  body_.append(fmt::format("<details><summary>{}</summary>\n", Escape(summary)));
  AddTable(table);
  body_.append("</details>\n");
}

void Report::AddFigures(const std::vector<Drawing>& choices) {
  if (choices.empty()) return;
  body_.append(fmt::format("<figure data-choices=\"{}\">\n", choices.size()));
  for (const Drawing& drawing : choices) body_.append(View(drawing));
  body_.append("</figure>\n");
}

std::string Report::Html() const {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{0}</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>\n{1}{6}</style>\n</head>\n"
      "<body>\n<button id=\"mode\" aria-label=\"light or dark\" title=\"light or "
      "dark\">◐</button>\n"
      "<main>\n<h1>{0}</h1>\n{2}<nav>{7}</nav>\n{3}{4}</main>\n"
      "<script>\n{5}</script>\n</body>\n</html>\n",
      title_, kReportStyle,
      lead_.empty() ? std::string() : fmt::format("<p class=\"lead\">{}</p>\n", lead_),
      facts_.empty() ? std::string() : fmt::format("<dl class=\"facts\">\n{}</dl>\n", facts_),
      body_, kReportScript, SvgStyle("svg.figure"), contents_);
}

}  // namespace lanegrad
