// SPDX-License-Identifier: Apache-2.0
#include "experiments/runs/grid_entry.h"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <nlohmann/json.hpp>
#include <set>
#include <utility>

#include "experiments/json/json.h"
#include "experiments/runs/ascii_spelling.h"
#include "network/settings.h"

namespace lanegrad {
namespace {

constexpr std::string_view kWanted = "a value must be a text, a number or a list of them";

// Numbers are written so that they read back the same; a float's text is that of the
// file as far as doubles go: 0.1 is "0.1".
std::string Text(const toml::node& node, const AsciiSpelling& spelling, const std::string& place) {
  if (const auto text = node.value_exact<std::string>()) return spelling.Original(*text);
  if (const auto whole = node.value_exact<std::int64_t>()) return fmt::format("{}", *whole);
  if (const auto real = node.value_exact<double>()) return fmt::format("{}", *real);
  RefuseGrid(place, kWanted);
}

std::vector<GridEntry> Entries(const toml::table& table, const AsciiSpelling& spelling,
                               std::string_view name) {
  // toml++ sorts by key; a grid's axes come in the order they were written in.
  std::vector<std::pair<const toml::key*, const toml::node*>> written;
  for (const auto& [key, node] : table) written.emplace_back(&key, &node);
  std::stable_sort(written.begin(), written.end(), [](const auto& a, const auto& b) {
    return a.first->source().begin < b.first->source().begin;
  });
  std::vector<GridEntry> entries;
  for (const auto& [written_key, written_node] : written) {
    const toml::key& key = *written_key;
    const toml::node& node = *written_node;
    GridEntry entry = {.key = spelling.Original(key.str()),
                       .values = {},
                       .members = {},
                       .place = fmt::format("{}:{}", name, key.source().begin.line)};
    if (const toml::table* inner = node.as_table()) {
      entry.table = true;
      entry.members = Entries(*inner, spelling, name);
    } else if (const toml::array* array = node.as_array()) {
      entry.list = true;
      for (const toml::node& each : *array) {
        if (const toml::table* row = each.as_table()) {
          entry.tables.push_back(Entries(*row, spelling, name));
          continue;
        }
        entry.values.push_back(
            Text(each, spelling, fmt::format("{}:{}", name, each.source().begin.line)));
      }
    } else {
      entry.values.push_back(Text(node, spelling, entry.place));
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::string Text(const Json& json, const std::string& place) {
  if (json.is_string()) return json.get<std::string>();
  if (json.is_number()) return JsonText(json);
  RefuseGrid(place, kWanted);
}

std::vector<GridEntry> Entries(const Json& object, const std::string& name, bool inner = false) {
  std::vector<GridEntry> entries;
  for (const auto& [key, value] : object.items()) {
    GridEntry entry = {.key = key, .values = {}, .members = {}, .place = name};
    if (value.is_object()) {
      if (inner) RefuseGrid(name, fmt::format("'{}' must be a list or a text", key));
      entry.table = true;
      entry.members = Entries(value, name, true);
    } else if (value.is_array()) {
      entry.list = true;
      for (const Json& each : value) {
        if (each.is_object() && !inner) {
          entry.tables.push_back(Entries(each, name, true));
          continue;
        }
        entry.values.push_back(Text(each, fmt::format("{}: '{}'", name, key)));
      }
    } else {
      entry.values.push_back(Text(value, fmt::format("{}: '{}'", name, key)));
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<GridEntry> ParseJson(std::string_view text, const std::string& name) {
  // The library keeps the last of two equal keys; a person who wrote both meant both.
  std::vector<std::set<std::string>> open;
  const auto watch = [&](int /*depth*/, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) open.emplace_back();
    if (event == Json::parse_event_t::object_end) open.pop_back();
    if (event == Json::parse_event_t::key &&
        !open.back().insert(parsed.get<std::string>()).second) {
      RefuseGrid(name, fmt::format("'{}' is there twice", parsed.get<std::string>()));
    }
    return true;
  };
  try {
    return Entries(Json::parse(text, watch), name);
  } catch (const Json::parse_error& error) {
    // "[json.exception.parse_error.101] parse error at line 1, column 2: ..."
    const std::string what = error.what();
    const std::size_t at = what.find("at line");
    RefuseGrid(name, "not JSON " + (at == what.npos ? what : what.substr(at)));
  } catch (const Json::out_of_range&) {  // found by fuzzing
    RefuseGrid(name, "not JSON: holds a number beyond 1.8e308");
  }
}

// Refuses bytes that are no UTF-8, by the JSON library's judgement.
void CheckUtf8(std::string_view text, std::string_view name) {
  for (std::size_t line = 1; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    try {
      (void)Json(text.substr(0, end)).dump();
    } catch (const Json::type_error&) {
      RefuseGrid(fmt::format("{}:{}", name, line), "not TOML: a byte that is no UTF-8");
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// Whether a text begins like a date with a blank and a digit of the time after it.
bool IsDateAndTime(std::string_view text) {
  const std::size_t end = text.find_first_of(" \t\r\n,]}#");
  if (end == text.npos || end + 1 >= text.size() || text[end] != ' ') return false;
  std::string word(text.substr(0, end));
  std::erase(word, '_');
  return word.size() == 10 && word[4] == '-' && word[7] == '-' &&
         std::isdigit(static_cast<unsigned char>(text[end + 1])) != 0;
}

// What toml++ 3.3 must not be given, found by fuzzing: a table whose name begins with what no
// name begins with, a list with a brace where a value would begin, and a time of one digit behind a
// date. It has undefined behaviour for each, or, with assertions, an end. (No setting is a date.)
void CheckCharacters(std::string_view text, std::string_view name) {
  char quote = 0;
  char before = '\0';       // the last character outside of strings that is no blank
  int brackets = 0;         // that open a table's name, if it has not begun
  bool line_begins = true;  // but for blanks
  std::size_t line = 1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    line += c == '\n';
    if (quote != 0) {
      // Whatever a backslash stands before, a line's end excepted, ends no string.
      if (c == '\\' && quote == '"' && i + 1 < text.size() && text[i + 1] != '\n') ++i;
      if (c == quote) quote = 0;
      continue;
    }
    if (c == ' ' || c == '\t' || (c == '\r' && brackets == 0)) continue;
    // A second bracket, right after the first, opens a table in a list of tables.
    const bool opens = c == '[' && (line_begins || (brackets == 1 && text[i - 1] == '['));
    const bool letter = std::isalnum(static_cast<unsigned char>(c)) != 0 ||
                        std::string_view("_-\"'").find(c) != std::string_view::npos;
    const bool begins = before == '[' || before == ',';
    if ((brackets > 0 && !opens && !letter) || (begins && c == '}')) {
      RefuseGrid(fmt::format("{}:{}", name, line), "not TOML: a character that cannot stand there");
    }
    if (std::isdigit(static_cast<unsigned char>(c)) != 0 && IsDateAndTime(text.substr(i, 256))) {
      RefuseGrid(fmt::format("{}:{}", name, line), "a date and a time are no value of a setting");
    }
    brackets = opens ? brackets + 1 : 0;
    line_begins = c == '\n';
    if (c == '#') i = std::min(text.find('\n', i), text.size()) - 1;
    if (c == '"' || c == '\'') quote = c;
    if (c != '\n' && c != '#') before = c;
  }
}

// toml++ 3.3 has undefined behaviour for many a letter outside of ASCII where it looks for the end
// of a value, so it reads the text without one (found by fuzzing, in strings too).
std::vector<GridEntry> ParseToml(std::string_view text, std::string_view name) {
  constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  CheckUtf8(text, name);
  const AsciiSpelling spelling(text);
  CheckCharacters(spelling.ascii(), name);
  try {
    return Entries(toml::parse(spelling.ascii()), spelling, name);
  } catch (const toml::parse_error& error) {
    RefuseGrid(fmt::format("{}:{}", name, error.source().begin.line),
               "not TOML: " + spelling.Original(error.description()));
  }
}

}  // namespace

void RefuseGrid(const std::string& place, std::string_view what) {
  throw UsageError(fmt::format("{}: {}", place, what));
}

std::vector<GridEntry> ParseGridEntries(std::string_view text, std::string_view name) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const bool json = first != text.npos && text[first] == '{';
  return json ? ParseJson(text, std::string(name)) : ParseToml(text, name);
}

}  // namespace lanegrad
