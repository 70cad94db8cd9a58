/// @file
/// Control groups: how much of the machine this process is paid for.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_CONTROL_GROUP_H_
#define LANEGRAD_NETWORK_CONTROL_GROUP_H_

#include <cstddef>
#include <optional>
#include <string>

namespace lanegrad {

/// The processors that the control groups of this process pay for: the least quota of its
/// own group and of every group above it that can be seen, as whole processors, at least
/// one; none where no group sets a limit. Knows version 2 (`cpu.max`) and version 1
/// (`cpu.cfs_quota_us` over `cpu.cfs_period_us`), also side by side. The groups are named
/// by `/proc/self/cgroup`, their places by `/proc/self/mountinfo` (proc(5), cgroups(7)).
/// What cannot be read sets no limit. `root` stands before every path: a directory that a
/// test has made.
std::optional<std::size_t> ControlGroupCpus(const std::string& root = "");

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_CONTROL_GROUP_H_
