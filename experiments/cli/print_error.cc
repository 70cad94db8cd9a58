// SPDX-License-Identifier: Apache-2.0
#include "experiments/cli/print_error.h"

#include <unistd.h>

#include <cstdio>

#include "experiments/cli/progress.h"
#include "experiments/report/text_table.h"

namespace lanegrad {

std::string BrokenLines(std::string_view text, std::size_t columns) {
  if (columns == 0) return std::string(text);
  std::string broken;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    const bool whole = end == text.npos || line.starts_with(' ') || DisplayWidth(line) <= columns;
    broken += whole ? std::string(line) : WrapText(line, "", columns);
    if (whole && end != text.npos) broken += '\n';
  }
  return broken;
}

void SayError(std::string_view text) {
  const std::string broken = BrokenLines(text, TerminalColumns(STDERR_FILENO));
  std::fwrite(broken.data(), 1, broken.size(), stderr);
}

}  // namespace lanegrad
