// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/verdict_page.h"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/report/fitted_table.h"
#include "experiments/report/report.h"

namespace lanegrad {

std::string TerminalPage(const VerdictPage& page, std::size_t columns) {
  std::size_t width = 0;
  for (const auto& [name, value] : page.facts) width = std::max(width, DisplayWidth(name));
  std::string text;
  for (const auto& [name, value] : page.facts) {
    text += HangingText(name + std::string(width + 2 - DisplayWidth(name), ' '), value, columns);
  }
  for (const std::string& warning : page.warnings) text += HangingText("!  ", warning, columns);
  for (const Table& table : page.tables) {
    if (table.rows.empty()) continue;
    text.append("\n").append(FittedTable(table, columns));
  }
  text.append("\n");
  for (const std::string& sentence : page.summary) text += HangingText("", sentence, columns);
  return text;
}

std::vector<std::string> AnswerOf(const VerdictPage& page) {
  std::vector<std::string> answer = page.summary;
  if (page.verdict < answer.size()) {
    const auto at = answer.begin() + static_cast<std::ptrdiff_t>(page.verdict);
    std::rotate(answer.begin(), at, at + 1);
  }
  return answer;
}

std::string MarkdownPage(const VerdictPage& page) {
  std::string text = fmt::format("# {}\n\n", page.title);
  for (const std::string& sentence : AnswerOf(page)) text.append(sentence).append("\n\n");
  for (const std::string& warning : page.warnings) {
    text.append("> **Note.** ").append(warning).append("\n\n");
  }
  for (const auto& [name, value] : page.facts) {
    text.append(fmt::format("* {}: {}\n", name, value));
  }
  for (const Table& table : page.tables) {
    if (table.rows.empty()) continue;
    text.append("\n").append(CaptionedMarkdown(table));
  }
  for (const std::string& note : page.notes) text.append("\n").append(note).append("\n");
  return text;
}

std::string HtmlPage(const VerdictPage& page) {
  Report report(page.title, "");
  report.Answer(AnswerOf(page));
  report.Heading("What was compared");
  report.Facts(page.facts);
  for (const std::string& warning : page.warnings) report.Warning(warning);
  for (const DotFigure& figure : page.figures) report.AddFigures({MakeDrawing(figure)});
  for (const Table& table : page.tables) {
    if (!table.rows.empty()) report.AddTable(table);
  }
  for (const std::string& note : page.notes) report.Paragraph(note);
  return report.Html();
}

}  // namespace lanegrad
