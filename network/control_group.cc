// SPDX-License-Identifier: Apache-2.0
#include "network/control_group.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <limits>
#include <sstream>
#include <string_view>
#include <vector>

namespace lanegrad {
namespace {

constexpr double kUnlimited = std::numeric_limits<double>::infinity();

// A hierarchy of groups that is mounted somewhere: /proc/self/mountinfo has, after a
// number and its parent's and a device, the group that is mounted, the place, options,
// and beyond " - " the type, a source, and the controllers of version 1.
struct Mount {
  std::string group;
  std::string place;
  bool second = false;  // version 2
};

// Whether `item` is one of `list`, which has commas between its items.
bool Lists(std::string_view list, std::string_view item) {
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    if (list.substr(begin, end - begin) == item) return true;
    begin = end + 1;
  }
  return false;
}

// The kernel writes blanks and backslashes of a path in octal: \040.
std::string Unescaped(std::string_view text) {
  const auto digit = [&](std::size_t i) { return text[i] >= '0' && text[i] <= '7'; };
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && i + 3 < text.size() && digit(i + 1) && digit(i + 2) && digit(i + 3)) {
      plain += static_cast<char>((text[i + 1] - '0') * 64 + (text[i + 2] - '0') * 8 +
                                 (text[i + 3] - '0'));
      i += 3;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

std::vector<Mount> Mounts(const std::string& root) {
  std::vector<Mount> mounts;
  std::ifstream file(root + "/proc/self/mountinfo");
  for (std::string line; std::getline(file, line);) {
    const std::size_t dash = line.find(" - ");
    if (dash == line.npos) continue;
    std::istringstream before(line.substr(0, dash)), after(line.substr(dash + 3));
    std::string skipped, group, place, type, controllers;
    before >> skipped >> skipped >> skipped >> group >> place;
    after >> type >> skipped >> controllers;
    const bool second = type == "cgroup2";
    if (second || (type == "cgroup" && Lists(controllers, "cpu"))) {
      mounts.push_back({Unescaped(group), Unescaped(place), second});
    }
  }
  return mounts;
}

// The group of this process in the hierarchy of version 2, or in that of version 1 which
// has the processors. A line is "0::/group", or "4:cpu,cpuacct:/group".
std::optional<std::string> OwnGroup(const std::string& root, bool second) {
  std::ifstream file(root + "/proc/self/cgroup");
  for (std::string line; std::getline(file, line);) {
    const std::size_t first = line.find(':');
    const std::size_t last = first == line.npos ? line.npos : line.find(':', first + 1);
    if (last == line.npos) continue;
    const std::string_view controllers = std::string_view(line).substr(first + 1, last - first - 1);
    if (second ? line.starts_with("0::") : Lists(controllers, "cpu")) return line.substr(last + 1);
  }
  return std::nullopt;
}

// Processors that one group pays for.
double Quota(const std::string& directory, bool second) {
  double quota = 0.0, period = 0.0;
  if (second) {
    std::ifstream file(directory + "/cpu.max");
    if (!(file >> quota >> period)) return kUnlimited;  // "max 100000"
  } else {
    std::ifstream file(directory + "/cpu.cfs_quota_us"), other(directory + "/cpu.cfs_period_us");
    if (!(file >> quota) || !(other >> period)) return kUnlimited;
  }
  return quota > 0.0 && period > 0.0 ? quota / period : kUnlimited;  // -1 is no limit
}

// The least quota from `group`, which is as seen from the mount, up to the mount itself.
double LeastQuota(const std::string& place, std::string group, bool second) {
  double least = kUnlimited;
  while (true) {
    least = std::min(least, Quota(place + group, second));
    if (group.empty()) return least;
    group.erase(group.rfind('/'));
  }
}

// `group` as seen from a mount of `mounted`; the mount itself where it is not below that,
// as in a container that has its own groups mounted but not its own names for them.
std::string Below(std::string_view mounted, std::string_view group) {
  if (mounted == "/") mounted = "";
  if (group.substr(0, mounted.size()) != mounted) return "";
  group.remove_prefix(mounted.size());
  if (!group.empty() && group.front() != '/') return "";
  if (group.find("/..") != group.npos) return "";  // of another namespace
  while (!group.empty() && group.back() == '/') group.remove_suffix(1);
  return std::string(group);
}

}  // namespace

std::optional<std::size_t> ControlGroupCpus(const std::string& root) {
  double least = kUnlimited;
  for (const Mount& mount : Mounts(root)) {
    const std::optional<std::string> group = OwnGroup(root, mount.second);
    if (!group) continue;
    least =
        std::min(least, LeastQuota(root + mount.place, Below(mount.group, *group), mount.second));
  }
  if (!(least < kUnlimited)) return std::nullopt;
  return static_cast<std::size_t>(std::max(1.0, std::floor(least)));
}

}  // namespace lanegrad
