// SPDX-License-Identifier: Apache-2.0
#include "experiments/runs/grid_file.h"

#include <fcntl.h>
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "experiments/records/disk.h"
#include "experiments/runs/grid_entry.h"
#include "experiments/runs/search.h"
#include "kernels/catalogue.h"
#include "network/data_source.h"
#include "network/folds.h"
#include "network/setting_text.h"

namespace lanegrad {
namespace {

// Says which key was meant.
[[noreturn]] void RefuseKey(const GridEntry& entry, bool vary) {
  std::vector<std::string_view> known = GridFileKeys();
  if (vary) {
    known.clear();
    for (const SettingsField& field : SettingsFields()) known.push_back(field.name);
  }
  RefuseGrid(entry.place, UnknownName("key", entry.key, known).what());
}

// Which of DataSourceFields() a key is; null: none.
const DataSourceField* FieldOfData(std::string_view key) {
  for (const DataSourceField& field : DataSourceFields()) {
    if (field.name == key) return &field;
  }
  return nullptr;
}

bool IsSetting(std::string_view key) {
  const auto fields = SettingsFields();
  return std::any_of(fields.begin(), fields.end(),
                     [&](const SettingsField& field) { return field.name == key; });
}

std::size_t Count(const GridEntry& entry) {
  std::size_t value = 0;
  const std::string& text = entry.values[0];
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value == 0) {
    RefuseGrid(entry.place,
               fmt::format("{} must be a whole number of at least 1, not '{}'", entry.key, text));
  }
  return value;
}

// Whether a text is a list, a range or all there are.
bool IsSeveral(std::string_view text) {
  return text.find(',') != text.npos || text.starts_with("log:") || text.starts_with("lin:") ||
         text == "all";
}

void ReadAxes(GridFile& file, const std::vector<GridEntry>& entries) {
  for (const GridEntry& entry : entries) {
    if (!IsSetting(entry.key)) RefuseKey(entry, true);
    if (entry.table)
      RefuseGrid(entry.place, fmt::format("'{}' must be a list or a text", entry.key));
    try {
      file.vary.push_back(entry.list ? MakeAxis(entry.key, entry.values, entry.key)
                                     : MakeAxis(entry.key, entry.values[0], entry.key));
    } catch (const std::invalid_argument& error) {
      // A text of several values, in the brackets of a list.
      const std::string_view hint =
          entry.list && entry.values.size() == 1 && IsSeveral(entry.values[0])
              ? "; a text of several values stands without brackets"
              : "";
      RefuseGrid(entry.place, fmt::format("{}{}", error.what(), hint));
    }
  }
}

// Refuses what no setting can be.
void CheckSetting(const GridEntry& entry) {
  try {
    Settings trial;
    FieldNamed(entry.key).set(trial, entry.values[0]);
  } catch (const std::invalid_argument& error) {
    RefuseGrid(entry.place, error.what());
  }
}

double Share(const GridEntry& entry) {
  try {
    return ReadNumber<double>(entry.key, entry.values[0], 0.0, 1.0, "a share from 0 to 1");
  } catch (const UsageError& error) {
    RefuseGrid(entry.place, error.what());
  }
}

ListedCell ReadCell(const std::vector<GridEntry>& entries) {
  ListedCell cell;
  for (const GridEntry& entry : entries) {
    if (entry.table || entry.list) {
      RefuseGrid(entry.place, fmt::format("'{}' of a cell must be one value", entry.key));
    }
    if (entry.key == "name") {
      cell.name = entry.values[0];
    } else if (entry.key == "published") {
      Share(entry);
      cell.published = entry.values[0];
    } else if (entry.key == "tolerance") {
      cell.tolerance = Share(entry);
    } else if (entry.key == "seed") {
      RefuseGrid(entry.place, "'seed' is no setting of a cell: write final-seeds");
    } else if (IsSetting(entry.key)) {
      CheckSetting(entry);
      cell.settings.emplace_back(entry.key, entry.values[0]);
    } else {
      std::vector<std::string_view> known = {"name", "published", "tolerance"};
      for (const SettingsField& field : SettingsFields()) known.push_back(field.name);
      RefuseGrid(entry.place, UnknownName("key", entry.key, known).what());
    }
  }
  return cell;
}

void ReadCells(GridFile& file, const GridEntry& entry) {
  if (entry.tables.empty() || !entry.values.empty()) {
    RefuseGrid(entry.place, "'cell' must be a list of tables, each begun by [[cell]]");
  }
  for (const std::vector<GridEntry>& each : entry.tables) {
    ListedCell cell = ReadCell(each);
    if (cell.name.empty()) cell.name = fmt::format("cell {}", file.cells.size() + 1);
    for (const ListedCell& other : file.cells) {
      if (other.name == cell.name) {
        RefuseGrid(entry.place, fmt::format("two cells are called '{}'", cell.name));
      }
    }
    file.cells.push_back(std::move(cell));
  }
}

// A key with one value that is no setting.
struct PlainKey {
  std::string_view name;
  void (*read)(GridFile&, const GridEntry&);
};

constexpr PlainKey kPlainKeys[] = {
    {"data", [](GridFile& file, const GridEntry& entry) { file.data = entry.values[0]; }},
    {"source", [](GridFile& file, const GridEntry& entry) { file.source = entry.values[0]; }},
    {"caveat", [](GridFile& file, const GridEntry& entry) { file.caveat = entry.values[0]; }},
    {"seeds", [](GridFile& file, const GridEntry& entry) { file.seeds = Count(entry); }},
    {"final-seeds",
     [](GridFile& file, const GridEntry& entry) { file.final_seeds = Count(entry); }},
    {"budget", [](GridFile& file, const GridEntry& entry) { file.budget = Count(entry); }},
    {"search-seed",
     [](GridFile& file, const GridEntry& entry) { file.search_seed = Count(entry); }},
    {"folds",
     [](GridFile& file, const GridEntry& entry) {
       file.folds = Count(entry);
       if (*file.folds == 1 || *file.folds > kMostFolds) {
         RefuseGrid(entry.place,
                    fmt::format("folds must be from 2 to {}, not {}", kMostFolds, entry.values[0]));
       }
     }},
    {"profile",
     [](GridFile& file, const GridEntry& entry) {
       constexpr std::string_view kProfiles[] = {"quick", "default", "full"};
       file.profile = entry.values[0];
       if (std::find(std::begin(kProfiles), std::end(kProfiles), file.profile) ==
           std::end(kProfiles)) {
         RefuseGrid(entry.place, UnknownName("profile", file.profile, kProfiles).what());
       }
     }},
    {"skip-illegal",
     [](GridFile& file, const GridEntry& entry) {
       const std::string& text = entry.values[0];
       if (text != "yes" && text != "no") {
         RefuseGrid(entry.place,
                    fmt::format("skip-illegal must be \"yes\" or \"no\", not '{}'", text));
       }
       file.skip_illegal = text == "yes";
     }},
};

void ReadFixed(GridFile& file, const GridEntry& entry) {
  const auto* plain = std::find_if(std::begin(kPlainKeys), std::end(kPlainKeys),
                                   [&](const PlainKey& key) { return key.name == entry.key; });
  const bool is_plain = plain != std::end(kPlainKeys);
  const DataSourceField* of_data = FieldOfData(entry.key);
  if (!is_plain && of_data == nullptr && !IsSetting(entry.key)) RefuseKey(entry, false);
  const bool several = of_data != nullptr && of_data->list;
  if (entry.table || (entry.list && !several) || !entry.tables.empty()) {
    RefuseGrid(entry.place,
               fmt::format("'{}' must be one value; what varies stands under [vary]", entry.key));
  }
  if (is_plain) {
    plain->read(file, entry);
  } else if (of_data != nullptr) {
    file.of_data.emplace_back(entry.key, fmt::format("{}", fmt::join(entry.values, ",")));
    try {
      DataSource trial;
      of_data->set(trial, file.of_data.back().second);
    } catch (const std::invalid_argument& error) {
      RefuseGrid(entry.place, error.what());
    }
  } else if (entry.key == "seed") {
    RefuseGrid(entry.place, "'seed' is no setting of a grid: write seeds and final-seeds");
  } else {
    CheckSetting(entry);
    file.fixed.emplace_back(entry.key, entry.values[0]);
  }
}

}  // namespace

std::vector<std::string_view> GridFileKeys() {
  std::vector<std::string_view> keys;
  for (const SettingsField& field : SettingsFields()) {
    if (field.name != "seed") keys.push_back(field.name);
  }
  for (const DataSourceField& field : DataSourceFields()) keys.push_back(field.name);
  for (const PlainKey& key : kPlainKeys) keys.push_back(key.name);
  keys.insert(keys.end(), {"vary", "cell", "tie", "tune"});
  return keys;
}

bool GridFile::Says(std::string_view setting) const {
  return FindAxis(vary, setting) != nullptr ||
         std::any_of(fixed.begin(), fixed.end(),
                     [&](const auto& each) { return each.first == setting; });
}

GridFile ParseGridFile(std::string_view text, std::string_view name) {
  GridFile file;
  for (const GridEntry& entry : ParseGridEntries(text, name)) {
    if (entry.key == "vary") {
      if (!entry.table) {
        RefuseGrid(entry.place, "'vary' must be a table: a setting and its values each");
      }
      ReadAxes(file, entry.members);
    } else if (entry.key == "cell") {
      ReadCells(file, entry);
    } else if (entry.key == "tie" && !entry.table) {
      // One tie of several names, or several ties.
      const bool several = std::any_of(entry.values.begin(), entry.values.end(), [](const auto& v) {
        return v.find(',') != std::string::npos;
      });
      file.tie =
          several ? entry.values : std::vector{fmt::format("{}", fmt::join(entry.values, ","))};
    } else if (entry.key == "tune" && !entry.table) {
      file.tune = fmt::format("{}", fmt::join(entry.values, ","));
      try {
        ParseTuned(file.tune);
      } catch (const std::invalid_argument& error) {
        RefuseGrid(entry.place, error.what());
      }
    } else {
      ReadFixed(file, entry);
    }
  }
  for (const auto& [setting, value] : file.fixed) {
    if (FindAxis(file.vary, setting) != nullptr) {
      RefuseGrid(std::string(name), fmt::format("'{}' is both fixed and varied", setting));
    }
  }
  if (!file.cells.empty() && !file.vary.empty()) {
    RefuseGrid(std::string(name),
               "cells are either listed or made of what varies: [[cell]] and "
               "[vary] exclude each other");
  }
  if (!file.cells.empty() && file.seeds.has_value() && file.tune.empty()) {
    RefuseGrid(std::string(name),
               "seeds choose rates, which listed cells state: write final-seeds alone, or say with "
               "tune what is chosen");
  }
  if (!file.cells.empty() && file.folds.has_value()) {
    RefuseGrid(std::string(name), "folds are for what varies: listed cells have test samples");
  }
  if (FindAxis(file.vary, "seed") != nullptr) {
    RefuseGrid(std::string(name), "'seed' is no axis: write seeds and final-seeds");
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
