// SPDX-License-Identifier: Apache-2.0
#include "experiments/cli/help_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/report/text_table.h"

namespace lanegrad {
namespace {

// Where the text of a flag begins: beside it, or below one that is longer.
constexpr std::size_t kTextColumn = 26;

std::string Indent(std::size_t columns) { return std::string(columns, ' '); }

std::string EntryText(const HelpEntry& entry, std::size_t columns) {
  std::string head = Indent(2) + entry.name;
  if (!entry.value.empty()) head.append(" ").append(entry.value);
  std::string text = entry.text;
  if (!entry.fallback.empty()) text.append(fmt::format(" [{}]", entry.fallback));
  std::string body = WrapText(text, Indent(kTextColumn), columns);
  if (DisplayWidth(head) + 2 > kTextColumn) return head.append("\n").append(body);
  return head.append(body.substr(DisplayWidth(head)));
}

// The headings in order: those of the page first, then as they come.
std::vector<std::string> Headings(const HelpPage& page) {
  std::vector<std::string> headings = page.groups;
  for (const HelpEntry& entry : page.entries) {
    if (std::find(headings.begin(), headings.end(), entry.group) == headings.end()) {
      headings.push_back(entry.group);
    }
  }
  return headings;
}

}  // namespace

std::string HelpText(const HelpPage& page, std::size_t columns) {
  std::string out = WrapText(page.summary, "", columns);
  out.append(fmt::format("\nUsage: {} [flags]", page.program));
  for (const HelpEntry& entry : page.entries) {
    if (entry.name.front() != '-') out.append(fmt::format(" {} ...", entry.name));
  }
  out.append("\n");
  for (const std::string& heading : Headings(page)) {
    std::string group;
    for (const HelpEntry& entry : page.entries) {
      if (entry.group == heading) group.append(EntryText(entry, columns));
    }
    if (!group.empty()) out.append(fmt::format("\n{}\n{}", heading, group));
  }
  if (!page.examples.empty()) out.append("\nExamples\n");
  for (const HelpExample& example : page.examples) {
    out.append(WrapText(example.command, Indent(2), columns));
    out.append(WrapText(example.purpose, Indent(6), columns));
  }
  // The first line of a note begins farther left, so that one sees where the next begins.
  for (const std::string& note : page.notes) {
    const std::string wrapped = WrapText(note, Indent(2), columns);
    out.append("\n").append(wrapped.substr(2));
  }
  return out;
}

}  // namespace lanegrad
