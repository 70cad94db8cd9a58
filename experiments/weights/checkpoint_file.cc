// SPDX-License-Identifier: Apache-2.0
#include "experiments/weights/checkpoint_file.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <string>
#include <vector>

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

fs::path DirectoryOf(const fs::path& path) {
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

// Whether a process runs. One that is dead but not yet collected by its parent has no
// program any more.
bool Runs(pid_t process) {
  char unused;
  const std::string program = fmt::format("/proc/{}/exe", process);
  return ::readlink(program.c_str(), &unused, 1) >= 0 || errno == EACCES;
}

}  // namespace

void SweepPartialFiles(const fs::path& path) {
  const std::string prefix = path.filename().string() + ".";
  constexpr std::string_view kSuffix = ".partial";
  std::vector<fs::path> stale;
  std::error_code ignored;
  for (const fs::directory_entry& entry : fs::directory_iterator(DirectoryOf(path), ignored)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(prefix) || !name.ends_with(kSuffix)) continue;
    pid_t writer = 0;
    const auto [end, error] =
        std::from_chars(name.data() + prefix.size(), name.data() + name.size(), writer);
    if (error != std::errc() || std::string_view(end) != kSuffix || writer <= 0) continue;
    if (!Runs(writer)) stale.push_back(entry.path());
  }
  for (const fs::path& each : stale) fs::remove(each, ignored);
}

}  // namespace lanegrad
