// SPDX-License-Identifier: Apache-2.0
#include "experiments/cli/shell.h"

#include <vector>

namespace lanegrad {
namespace {

// The words of a line, still quoted. A space inside of quotes ends no word.
std::vector<std::string> QuotedWords(std::string_view line) {
  std::vector<std::string> words = {""};
  bool quoted = false, escaped = false;
  for (const char c : line) {
    if (c == ' ' && !quoted && !escaped) {
      words.emplace_back();
      continue;
    }
    if (!escaped && c == '\'') quoted = !quoted;
    escaped = !escaped && !quoted && c == '\\';
    words.back() += c;
  }
  return words;
}

}  // namespace

std::string ShellWord(std::string_view text) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=+,./:@%^";
  if (!text.empty() && text.find_first_not_of(kPlain) == text.npos) return std::string(text);
  std::string word = "'";
  for (const char c : text) word.append(c == '\'' ? "'\\''" : std::string(1, c));
  return word + "'";
}

std::string ShellLine(std::span<const std::string> words) {
  std::string line;
  for (const std::string& word : words) {
    line.append(line.empty() ? "" : " ").append(ShellWord(word));
  }
  return line;
}

std::string WithoutFlag(std::string_view line, std::string_view flag, bool takes_value) {
  std::string kept;
  bool drop_next = false;
  for (const std::string& word : QuotedWords(line)) {
    const bool named = word == flag;
    const bool joined = takes_value && word.starts_with(std::string(flag) + "=");
    if (!drop_next && !named && !joined) kept.append(kept.empty() ? "" : " ").append(word);
    drop_next = !drop_next && named && takes_value;
  }
  return kept;
}

std::string WithFlag(std::string_view line, std::string_view flag, std::string_view value) {
  std::string changed;
  bool there = false, drop_next = false;
  for (const std::string& word : QuotedWords(line)) {
    const bool named = !drop_next && (word == flag || word.starts_with(std::string(flag) + "="));
    if (named) {
      changed.append(" ").append(flag).append(" ").append(ShellWord(value));
      there = true;
    } else if (!drop_next) {
      changed.append(changed.empty() ? "" : " ").append(word);
    }
    drop_next = named && word == flag;
  }
  if (there) return changed;
  return changed.append(" ").append(flag).append(" ").append(ShellWord(value));
}

std::string FirstWord(std::string_view line) { return QuotedWords(line).front(); }

}  // namespace lanegrad
