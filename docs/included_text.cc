// SPDX-License-Identifier: Apache-2.0
#include "docs/included_text.h"

#include <sstream>

namespace lanegrad {
namespace {

// Whether a block of lines is prose: not a table, a list, a heading, HTML, a command or code.
bool IsProse(std::string_view block) {
  if (block.starts_with("    ")) return false;
  while (block.starts_with(' ')) block.remove_prefix(1);
  const bool item = block.starts_with("* ") || block.starts_with("- ");
  return !block.empty() && !item && std::string_view("|#<\\`~").find(block.front()) == block.npos;
}

}  // namespace

std::string WithParagraphs(std::string_view markdown) {
  std::istringstream lines{std::string(markdown)};
  std::string text, block;
  bool first = true, fenced = false;
  const auto finish = [&] {
    if (block.empty()) return;
    const bool wrapped = !first && IsProse(block);
    if (!first) text += '\n';
    if (wrapped) {
      block.pop_back();
      text.append("<div class=\"par\">").append(block).append("</div>\n");
    } else {
      text += block;
    }
    block.clear();
    first = false;
  };
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("```") || line.starts_with("~~~")) fenced = !fenced;
    if (line.empty() && !fenced) {
      finish();
    } else {
      block.append(line).append("\n");
    }
  }
  finish();
  return text;
}

}  // namespace lanegrad
