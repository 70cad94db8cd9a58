// SPDX-License-Identifier: Apache-2.0
#include "docs/article_sections.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <vector>

namespace lanegrad {
namespace {

// As the article numbers them. Its sections 2, 3, 4 and 6 consist of their parts.
constexpr std::array<std::string_view, 18> kSections = {"1",   "2.1", "2.2", "2.3", "3.1", "3.2",
                                                        "3.3", "3.4", "3.5", "4.1", "4.2", "5",
                                                        "6.1", "6.2", "6.3", "6.4", "7",   "8"};

// "5.3" of "05_3_little_data", "7" of "07_summary".
std::string NumberOf(std::string_view stem) {
  std::string number;
  std::string part;
  for (const char c : std::string(stem) + "_") {
    if (c != '_') {
      part += c;
      continue;
    }
    if (part.find_first_not_of("0123456789") != part.npos) break;
    part.erase(0, std::min(part.find_first_not_of('0'), part.size()));
    number += (number.empty() ? "" : ".") + part;
    part.clear();
  }
  return number;
}

}  // namespace

std::string Coverage(const std::filesystem::path& chapters) {
  std::set<std::string, std::less<>> numbers;
  for (const auto& entry : std::filesystem::directory_iterator(chapters)) {
    if (entry.path().extension() == ".md") numbers.insert(NumberOf(entry.path().stem().string()));
  }
  std::vector<std::string_view> missing;
  for (const std::string_view section : kSections) {
    const std::string part = fmt::format("{}.", section);
    const bool there = std::ranges::any_of(numbers, [&](const std::string& number) {
      return number == section || number.starts_with(part);
    });
    if (!there) missing.push_back(section);
  }
  if (missing.empty()) {
    return fmt::format("Each of the article's {} sections has its chapter; {} chapters in all.\n",
                       kSections.size(), numbers.size());
  }
  return fmt::format(
      "{} of the article's {} sections have a chapter; those of {} {} still to come.\n",
      kSections.size() - missing.size(), kSections.size(), fmt::join(missing, ", "),
      missing.size() == 1 ? "is" : "are");
}

}  // namespace lanegrad
