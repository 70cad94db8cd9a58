// SPDX-License-Identifier: Apache-2.0
#include "experiments/runs/ascii_spelling.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace lanegrad {

// The mark's first letter is no hexadecimal digit and occurs in it once, so that none begins within
// another one, in the digits behind it, or in the text before it.
AsciiSpelling::AsciiSpelling(std::string_view text) {
  for (int number = 0;; ++number) {
    mark_ = fmt::format("outside{}", number);
    if (text.find(mark_) == text.npos) break;
  }
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      ascii_ += c;
    } else {
      ascii_ += fmt::format("{}{:02x}", mark_, byte);
    }
  }
}

std::string AsciiSpelling::Original(std::string_view part) const {
  std::string original;
  while (true) {
    const std::size_t at = part.find(mark_);
    original += part.substr(0, at);
    if (at == part.npos) return original;
    part.remove_prefix(at + mark_.size());
    unsigned byte = 0;
    std::from_chars(part.data(), part.data() + std::min<std::size_t>(2, part.size()), byte, 16);
    original += static_cast<char>(byte);
    part.remove_prefix(std::min<std::size_t>(2, part.size()));
  }
}

}  // namespace lanegrad
