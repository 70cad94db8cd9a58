// SPDX-License-Identifier: Apache-2.0
#include "experiments/runs/grid_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <set>

#include "experiments/records/disk.h"
#include "experiments/records/record.h"
#include "kernels/catalogue.h"

namespace lanegrad {
namespace {

// A key with its values as text, whichever language it was written in.
struct Entry {
  std::string key;
  std::vector<std::string> values;
  bool list = false;
  bool table = false;
  std::vector<Entry> members;  // of a table
  std::string place;           // "grid.toml:3"
};

[[noreturn]] void Refuse(const std::string& place, std::string_view what) {
  throw UsageError(fmt::format("{}: {}", place, what));
}

constexpr std::string_view kWanted = "a value must be a text, a number or a list of them";

// Numbers are written so that they read back the same; a float's text is that of the
// file as far as doubles go: 0.1 is "0.1".
std::string Text(const toml::node& node, const std::string& place) {
  if (const auto text = node.value_exact<std::string>()) return *text;
  if (const auto whole = node.value_exact<std::int64_t>()) return fmt::format("{}", *whole);
  if (const auto real = node.value_exact<double>()) return fmt::format("{}", *real);
  Refuse(place, kWanted);
}

std::vector<Entry> Entries(const toml::table& table, std::string_view name) {
  std::vector<Entry> entries;
  for (const auto& [key, node] : table) {
    Entry entry = {.key = std::string(key.str()),
                   .values = {},
                   .members = {},
                   .place = fmt::format("{}:{}", name, key.source().begin.line)};
    if (const toml::table* inner = node.as_table()) {
      entry.table = true;
      entry.members = Entries(*inner, name);
    } else if (const toml::array* array = node.as_array()) {
      entry.list = true;
      for (const toml::node& each : *array) {
        entry.values.push_back(Text(each, fmt::format("{}:{}", name, each.source().begin.line)));
      }
    } else {
      entry.values.push_back(Text(node, entry.place));
    }
    entries.push_back(std::move(entry));
  }
  // toml++ sorts by key; a grid's axes come in the order they were written in.
  std::stable_sort(entries.begin(), entries.end(), [&](const Entry& a, const Entry& b) {
    return table.find(a.key)->first.source().begin < table.find(b.key)->first.source().begin;
  });
  return entries;
}

std::string Text(const Json& json, const std::string& place) {
  if (json.is_string()) return json.get<std::string>();
  if (json.is_number()) return json.dump();
  Refuse(place, kWanted);
}

std::vector<Entry> Entries(const Json& object, const std::string& name, bool inner = false) {
  std::vector<Entry> entries;
  for (const auto& [key, value] : object.items()) {
    Entry entry = {.key = key, .values = {}, .members = {}, .place = name};
    if (value.is_object()) {
      if (inner) Refuse(name, fmt::format("'{}' must be a list or a text", key));
      entry.table = true;
      entry.members = Entries(value, name, true);
    } else if (value.is_array()) {
      entry.list = true;
      for (const Json& each : value) {
        entry.values.push_back(Text(each, fmt::format("{}: '{}'", name, key)));
      }
    } else {
      entry.values.push_back(Text(value, fmt::format("{}: '{}'", name, key)));
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

std::vector<Entry> ParseJson(std::string_view text, const std::string& name) {
  // The library keeps the last of two equal keys; a person who wrote both meant both.
  std::vector<std::set<std::string>> open;
  const auto watch = [&](int /*depth*/, Json::parse_event_t event, Json& parsed) {
    if (event == Json::parse_event_t::object_start) open.emplace_back();
    if (event == Json::parse_event_t::object_end) open.pop_back();
    if (event == Json::parse_event_t::key &&
        !open.back().insert(parsed.get<std::string>()).second) {
      Refuse(name, fmt::format("'{}' is there twice", parsed.get<std::string>()));
    }
    return true;
  };
  try {
    return Entries(Json::parse(text, watch), name);
  } catch (const Json::parse_error& error) {
    // "[json.exception.parse_error.101] parse error at line 1, column 2: ..."
    const std::string what = error.what();
    const std::size_t at = what.find("at line");
    Refuse(name, "not JSON " + (at == what.npos ? what : what.substr(at)));
  }
}

// What toml++ 3.3 must not be given, found by fuzzing: a letter outside of ASCII where
// neither a comment is nor a string for sure, a table whose name begins with what no name
// begins with, and a list with a brace where a value would begin. It has undefined
// behaviour for all three, or, with assertions, an end. For sure is a string that is a
// value, until its line ends: one behind a sign is none to it, and in one of several lines
// it looks for blanks among the letters.
void CheckCharacters(std::string_view text, std::string_view name) {
  char quote = 0;
  char before = '\0';       // the last character outside of strings that is no blank
  bool value = false;       // whether the string is one for sure
  int brackets = 0;         // that open a table's name, if it has not begun
  bool line_begins = true;  // but for blanks
  std::size_t line = 1;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const bool foreign = static_cast<unsigned char>(c) >= 0x80;
    line += c == '\n';
    if (quote != 0) {
      if (foreign && !value) {
        Refuse(fmt::format("{}:{}", name, line),
               "letters outside of ASCII may stand in comments and in values of one line alone");
      }
      value = value && c != '\n';
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
    if (foreign || (brackets > 0 && !opens && !letter) || (begins && c == '}')) {
      Refuse(fmt::format("{}:{}", name, line), "not TOML: a character that cannot stand there");
    }
    brackets = opens ? brackets + 1 : 0;
    line_begins = c == '\n';
    if (c == '#') i = std::min(text.find('\n', i), text.size()) - 1;
    if (c == '"' || c == '\'') {
      quote = c;
      value = begins || before == '=';
    }
    if (c != '\n' && c != '#') before = c;
  }
}

std::vector<Entry> ParseToml(std::string_view text, std::string_view name) {
  CheckCharacters(text, name);
  try {
    return Entries(toml::parse(text), name);
  } catch (const toml::parse_error& error) {
    Refuse(fmt::format("{}:{}", name, error.source().begin.line),
           fmt::format("not TOML: {}", error.description()));
  }
}

// Says which key was meant.
[[noreturn]] void RefuseKey(const Entry& entry, bool vary) {
  std::vector<std::string_view> known;
  for (const SettingsField& field : SettingsFields()) known.push_back(field.name);
  if (!vary) known.insert(known.end(), {"data", "seeds", "final-seeds", "vary"});
  Refuse(entry.place, UnknownName("key", entry.key, known).what());
}

bool IsSetting(std::string_view key) {
  const auto fields = SettingsFields();
  return std::any_of(fields.begin(), fields.end(),
                     [&](const SettingsField& field) { return field.name == key; });
}

std::size_t Count(const Entry& entry) {
  std::size_t value = 0;
  const std::string& text = entry.values[0];
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value == 0) {
    Refuse(entry.place,
           fmt::format("{} must be a whole number of at least 1, not '{}'", entry.key, text));
  }
  return value;
}

// Whether a text is a list, a range or all there are.
bool IsSeveral(std::string_view text) {
  return text.find(',') != text.npos || text.starts_with("log:") || text.starts_with("lin:") ||
         text == "all";
}

void ReadAxes(GridFile& file, const std::vector<Entry>& entries) {
  for (const Entry& entry : entries) {
    if (!IsSetting(entry.key)) RefuseKey(entry, true);
    if (entry.table) Refuse(entry.place, fmt::format("'{}' must be a list or a text", entry.key));
    try {
      file.vary.push_back(entry.list ? MakeAxis(entry.key, entry.values, entry.key)
                                     : MakeAxis(entry.key, entry.values[0], entry.key));
    } catch (const std::invalid_argument& error) {
      // A text of several values, in the brackets of a list.
      const std::string_view hint =
          entry.list && entry.values.size() == 1 && IsSeveral(entry.values[0])
              ? "; a text of several values stands without brackets"
              : "";
      Refuse(entry.place, fmt::format("{}{}", error.what(), hint));
    }
  }
}

void ReadFixed(GridFile& file, const Entry& entry) {
  const bool seeds = entry.key == "seeds", final_seeds = entry.key == "final-seeds";
  if (!seeds && !final_seeds && entry.key != "data" && !IsSetting(entry.key)) {
    RefuseKey(entry, false);
  }
  if (entry.table || entry.list) {
    Refuse(entry.place,
           fmt::format("'{}' must be one value; what varies stands under [vary]", entry.key));
  }
  if (seeds) {
    file.seeds = Count(entry);
  } else if (final_seeds) {
    file.final_seeds = Count(entry);
  } else if (entry.key == "data") {
    file.data = entry.values[0];
  } else if (entry.key == "seed") {
    Refuse(entry.place, "'seed' is no setting of a grid: write seeds and final-seeds");
  } else {
    try {
      Settings trial;
      FieldNamed(entry.key).set(trial, entry.values[0]);
    } catch (const std::invalid_argument& error) {
      Refuse(entry.place, error.what());
    }
    file.fixed.emplace_back(entry.key, entry.values[0]);
  }
}

}  // namespace

bool GridFile::Says(std::string_view setting) const {
  return FindAxis(vary, setting) != nullptr ||
         std::any_of(fixed.begin(), fixed.end(),
                     [&](const auto& each) { return each.first == setting; });
}

GridFile ParseGridFile(std::string_view text, std::string_view name) {
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const bool json = first != text.npos && text[first] == '{';
  GridFile file;
  const std::vector<Entry> entries =
      json ? ParseJson(text, std::string(name)) : ParseToml(text, name);
  for (const Entry& entry : entries) {
    if (entry.key == "vary") {
      if (!entry.table)
        Refuse(entry.place, "'vary' must be a table: a setting and its values each");
      ReadAxes(file, entry.members);
    } else {
      ReadFixed(file, entry);
    }
  }
  for (const auto& [setting, value] : file.fixed) {
    if (FindAxis(file.vary, setting) != nullptr) {
      Refuse(std::string(name), fmt::format("'{}' is both fixed and varied", setting));
    }
  }
  if (FindAxis(file.vary, "seed") != nullptr) {
    Refuse(std::string(name), "'seed' is no axis: write seeds and final-seeds");
  }
  return file;
}

GridFile ReadGridFile(const std::filesystem::path& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.number() < 0) {
    throw UsageError(fmt::format("{}: {}; --grid needs a TOML or JSON file", path.string(),
                                 std::strerror(errno)));
  }
  return ParseGridFile(ReadAll(file.number(), path), path.string());
}

}  // namespace lanegrad
