/// @file
/// What has no end is not read to its end.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_DEVICE_H_
#define LANEGRAD_NETWORK_DEVICE_H_

#include <filesystem>

namespace lanegrad {

/// Throws DataError where `path` is a device such as /dev/zero, from which one could read until
/// memory is full. Files and pipes pass, and so does what is not there: opening it says so.
void RefuseDevice(const std::filesystem::path& path);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_DEVICE_H_
