// SPDX-License-Identifier: Apache-2.0
#include "docs/file_map.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <vector>

#include "experiments/records/disk.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

// The first sentence behind `@file`.
std::string Purpose(const fs::path& header) {
  std::ifstream file(header);
  std::string line, text;
  while (std::getline(file, line) && line != "/// @file") {
  }
  while (std::getline(file, line) && line.starts_with("/// ")) {
    text.append(text.empty() ? "" : " ").append(line.substr(4));
  }
  if (text.empty()) throw WriteError(fmt::format("{}: no sentence behind @file", header.string()));
  // A colon, a full stop in a name or "3.3" ends no sentence, nor does "et al.".
  std::size_t end = text.find(". ");
  while (end != text.npos && text.substr(0, end).ends_with("et al")) end = text.find(". ", end + 1);
  return text.substr(0, end == text.npos ? text.size() : end + 1);
}

std::string Table(const fs::path& source, const std::string& folder) {
  std::vector<fs::path> headers;
  for (const auto& entry : fs::directory_iterator(source / folder)) {
    if (entry.path().extension() == ".h") headers.push_back(entry.path());
  }
  std::sort(headers.begin(), headers.end());
  std::string table = "| file | what it is for |\n|:-----|:----------------|\n";
  for (const fs::path& header : headers) {
    table += fmt::format("| `{}` | {} |\n", header.filename().string(), Purpose(header));
  }
  return table;
}

}  // namespace

std::string FileMap(const fs::path& source) {
  std::string map;
  for (const char* folder : {"kernels", "network"}) {
    map += fmt::format("**{}/**\n\n{}\n", folder, Table(source, folder));
  }
  std::ifstream rooms(source / "experiments/rooms.txt");
  std::string line;
  while (std::getline(rooms, line)) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream words(line);
    std::string room, other;
    words >> room;
    std::vector<std::string> below;
    while (words >> other) below.push_back("`" + other + "`");
    map += fmt::format("**experiments/{}/** {}\n\n{}\n", room,
                       below.empty() ? std::string("includes no other room.")
                                     : fmt::format("may include {}.", fmt::join(below, ", ")),
                       Table(source, "experiments/" + room));
  }
  return map;
}

}  // namespace lanegrad
