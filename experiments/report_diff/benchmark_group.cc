// SPDX-License-Identifier: Apache-2.0
#include "experiments/report_diff/benchmark_group.h"

#include <fmt/format.h>

#include <map>
#include <regex>
#include <vector>

#include "network/dataset.h"
#include "network/settings.h"

namespace lanegrad {
namespace {

// std::regex needs stack for every character; no benchmark is called so.
constexpr std::size_t kLongestName = 2000;

std::regex Compile(const std::string& text) {
  try {
    return std::regex(text);
  } catch (const std::regex_error& error) {
    throw UsageError(fmt::format("--group: '{}' is no regular expression: {}", text, error.what()));
  }
}

struct Place {
  std::size_t begin = std::string::npos, length = 0;
};

Place Find(const std::string& name, const std::regex& pattern) {
  std::smatch match;
  try {
    if (name.size() > kLongestName || !std::regex_search(name, match, pattern)) return {};
  } catch (const std::regex_error& error) {
    throw UsageError(fmt::format("--group: too hard to look for in '{}': {}", name, error.what()));
  }
  return {static_cast<std::size_t>(match.position()), static_cast<std::size_t>(match.length())};
}

bool IsSeparator(char c) { return std::string_view("/_:-. <>").find(c) != std::string_view::npos; }

std::string Without(const std::string& name, const Place& place) {
  std::string before = name.substr(0, place.begin), after = name.substr(place.begin + place.length);
  const bool ends = before.empty() || IsSeparator(before.back());
  if (ends && !after.empty() && IsSeparator(after.front())) after.erase(0, 1);
  if (after.empty() && !before.empty() && IsSeparator(before.back())) before.pop_back();
  const std::string left = before + after;
  return left.empty() ? "(no other name)" : left;
}

}  // namespace

GroupPattern ReadGroupPattern(std::string_view text) {
  std::vector<std::string> parts(1);
  int depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '(' || c == '[') ++depth;
    if (c == ')' || c == ']') --depth;
    if (c == '|' && depth == 0) {
      parts.emplace_back();
      continue;
    }
    parts.back().push_back(c);
    if (c == '\\' && i + 1 < text.size()) parts.back().push_back(text[++i]);
  }
  if (parts.size() != 2) {
    throw UsageError(
        fmt::format("--group takes two alternatives, as in 'lanegrad|oneDNN', and not '{}'", text));
  }
  for (const std::string& part : parts) {
    if (std::regex_match("", Compile(part))) {
      throw UsageError(fmt::format("--group: '{}' matches every name", part));
    }
  }
  return {parts[0], parts[1]};
}

BenchmarkGroups SplitGroups(const BenchmarkFile& file, const GroupPattern& pattern) {
  const std::regex judged = Compile(pattern.judged), against = Compile(pattern.against);
  BenchmarkGroups groups;
  for (BenchmarkFile* side : {&groups.a, &groups.b}) {
    side->name = file.name;
    side->identity = file.identity;
    side->source = file.source;
    side->load = file.load;
  }
  groups.a.warnings = file.warnings;  // once
  std::map<std::pair<const BenchmarkFile*, std::string>, std::string> names;
  for (const std::string& name : file.order) {
    const Place in_b = Find(name, judged), in_a = Find(name, against);
    if (in_a.begin == name.npos && in_b.begin == name.npos) {
      ++groups.left_out;
      continue;
    }
    const bool is_b =
        in_b.begin < in_a.begin || (in_b.begin == in_a.begin && in_b.length >= in_a.length);
    BenchmarkFile& side = is_b ? groups.b : groups.a;
    const std::string left = Without(name, is_b ? in_b : in_a);
    const auto [twin, is_new] = names.emplace(std::pair(&side, left), name);
    if (!is_new) {
      throw DataError(fmt::format("{}: '{}' and '{}' are of one group and both '{}' without it",
                                  file.name, twin->second, name, left));
    }
    side.order.push_back(left);
    side.measurements.emplace(left, file.measurements.at(name));
  }
  for (const auto& [side, part] :
       {std::pair{&groups.b, &pattern.judged}, {&groups.a, &pattern.against}}) {
    if (!side->order.empty()) continue;
    throw DataError(fmt::format("{}: no benchmark's name has '{}'", file.name, *part));
  }
  return groups;
}

}  // namespace lanegrad
