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
#include "network/setting_text.h"

namespace lanegrad {
namespace {

// Says which key was meant.
[[noreturn]] void RefuseKey(const GridEntry& entry, bool vary) {
  std::vector<std::string_view> known;
  for (const SettingsField& field : SettingsFields()) known.push_back(field.name);
  if (!vary) {
    known.insert(known.end(), {"data", "seeds", "final-seeds", "vary", "cell", "source", "caveat",
                               "tie", "tune", "budget", "search-seed"});
  }
  RefuseGrid(entry.place, UnknownName("key", entry.key, known).what());
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

void ReadFixed(GridFile& file, const GridEntry& entry) {
  const bool seeds = entry.key == "seeds", final_seeds = entry.key == "final-seeds";
  if (!seeds && !final_seeds && entry.key != "data" && entry.key != "source" &&
      entry.key != "caveat" && !IsSetting(entry.key)) {
    RefuseKey(entry, false);
  }
  if (entry.table || entry.list) {
    RefuseGrid(entry.place,
               fmt::format("'{}' must be one value; what varies stands under [vary]", entry.key));
  }
  if (seeds) {
    file.seeds = Count(entry);
  } else if (final_seeds) {
    file.final_seeds = Count(entry);
  } else if (entry.key == "data") {
    file.data = entry.values[0];
  } else if (entry.key == "source") {
    file.source = entry.values[0];
  } else if (entry.key == "caveat") {
    file.caveat = entry.values[0];
  } else if (entry.key == "seed") {
    RefuseGrid(entry.place, "'seed' is no setting of a grid: write seeds and final-seeds");
  } else {
    CheckSetting(entry);
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
    } else if ((entry.key == "budget" || entry.key == "search-seed") && !entry.table &&
               !entry.list) {
      (entry.key == "budget" ? file.budget : file.search_seed) = Count(entry);
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
  if (!file.cells.empty() && file.seeds.has_value()) {
    RefuseGrid(std::string(name),
               "seeds choose rates, which listed cells state: write "
               "final-seeds alone");
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
