// SPDX-License-Identifier: Apache-2.0
#include "experiments/report.h"

#include <fmt/format.h>

#include "experiments/report_assets.h"  // made by the build from report_style.css and report_script.js
#include "experiments/svg.h"

namespace lanegrad {
namespace {

// A file inside a link: nothing is fetched when it is clicked.
std::string DataUri(std::string_view type, std::string_view content) {
  std::string uri = fmt::format("data:{};charset=utf-8,", type);
  for (const char c : content) {
    const auto byte = static_cast<unsigned char>(c);
    const bool plain = (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
                       (byte >= 'a' && byte <= 'z') || c == '-' || c == '_' || c == '.';
    if (plain) {
      uri += c;
    } else {
      fmt::format_to(std::back_inserter(uri), "%{:02X}", byte);
    }
  }
  return uri;
}

std::string Download(std::string_view label, std::string_view file, std::string_view type,
                     std::string_view content) {
  return fmt::format("<a download=\"{}\" href=\"{}\">{}</a>", Escape(file), DataUri(type, content),
                     Escape(label));
}

}  // namespace

Report::Report(std::string_view title, std::string_view lead)
    : title_(Escape(title)), lead_(Escape(lead)) {}

void Report::Fact(std::string_view name, std::string_view value) {
  facts_.append(fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", Escape(name), Escape(value)));
}

void Report::Warning(std::string_view text) {
  body_.append(fmt::format("<p class=\"warning\" role=\"note\">{}</p>\n", Escape(text)));
}

void Report::Heading(std::string_view text) {
  body_.append(fmt::format("<h2>{}</h2>\n", Escape(text)));
}

void Report::Paragraph(std::string_view text) {
  body_.append(fmt::format("<p>{}</p>\n", Escape(text)));
}

void Report::Code(std::string_view text) {
  body_.append(fmt::format("<pre><code>{}</code></pre>\n", Escape(text)));
}

void Report::AddTable(const Table& table) {
  body_.append(
      fmt::format("<div class=\"scroll\"><table class=\"sortable\"><caption>{}</caption>\n"
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
          numeric ? fmt::format(" class=\"number\" data-sort=\"{}\"", row[c].sort) : std::string(),
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
    body_.append(fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", Escape(name), Escape(value)));
  }
  body_.append("</dl></details>\n");
}

void Report::AddDrawing(std::string_view svg, std::string_view stem, std::string_view csv,
                        std::string_view vega) {
  body_.append(fmt::format(
      "<figure><div class=\"scroll\">{}</div><figcaption>{} · {} · {}</figcaption></figure>\n", svg,
      Download("SVG", fmt::format("{}.svg", stem), "image/svg+xml", svg),
      Download("data (CSV)", fmt::format("{}.csv", stem), "text/csv", csv),
      Download("Vega-Lite", fmt::format("{}.vl.json", stem), "application/json", vega)));
}

std::string Report::Html() const {
  return fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<title>{0}</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>\n{1}</style>\n</head>\n"
      "<body>\n<button id=\"mode\" aria-label=\"light or dark\" title=\"light or "
      "dark\">◐</button>\n"
      "<main>\n<h1>{0}</h1>\n<p class=\"lead\">{2}</p>\n<dl "
      "class=\"facts\">\n{3}</dl>\n{4}</main>\n"
      "<script>\n{5}</script>\n</body>\n</html>\n",
      title_, kReportStyle, lead_, facts_, body_, kReportScript);
}

}  // namespace lanegrad
