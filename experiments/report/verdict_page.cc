// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/verdict_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/report/report.h"

namespace lanegrad {

std::string TerminalPage(const VerdictPage& page) {
  std::size_t width = 0;
  for (const auto& [name, value] : page.facts) width = std::max(width, DisplayWidth(name));
  std::string text;
  for (const auto& [name, value] : page.facts) {
    text.append(name).append(width + 2 - DisplayWidth(name), ' ').append(value).append("\n");
  }
  for (const std::string& warning : page.warnings) text.append("!  ").append(warning).append("\n");
  for (const Table& table : page.tables) {
    if (table.rows.empty()) continue;
    text.append("\n").append(TerminalTable(table));
  }
  text.append("\n");
  for (const std::string& sentence : page.summary) text.append(sentence).append("\n");
  return text;
}

std::string MarkdownPage(const VerdictPage& page) {
  std::string text = fmt::format("# {}\n\n", page.title);
  for (const std::string& sentence : page.summary) text.append(sentence).append("\n\n");
  for (const std::string& warning : page.warnings) {
    text.append("> **Note.** ").append(warning).append("\n\n");
  }
  for (const auto& [name, value] : page.facts) {
    text.append(fmt::format("* {}: {}\n", name, value));
  }
  for (const Table& table : page.tables) {
    if (table.rows.empty()) continue;
    text.append("\n").append(table.caption).append("\n\n").append(MarkdownTable(table));
  }
  for (const std::string& note : page.notes) text.append("\n").append(note).append("\n");
  return text;
}

std::string HtmlPage(const VerdictPage& page) {
  std::string lead;
  for (const std::string& sentence : page.summary) {
    lead.append(lead.empty() ? "" : " ").append(sentence);
  }
  Report report(page.title, lead);
  for (const auto& [name, value] : page.facts) report.Fact(name, value);
  for (const std::string& warning : page.warnings) report.Warning(warning);
  for (const DotFigure& figure : page.figures) report.AddFigures({MakeDrawing(figure)});
  for (const Table& table : page.tables) {
    if (!table.rows.empty()) report.AddTable(table);
  }
  for (const std::string& note : page.notes) report.Paragraph(note);
  return report.Html();
}

}  // namespace lanegrad
