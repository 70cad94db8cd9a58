// SPDX-License-Identifier: Apache-2.0
#include "network/device.h"

#include <fmt/format.h>

#include <system_error>

#include "network/dataset.h"

namespace lanegrad {

void RefuseDevice(const std::filesystem::path& path) {
  std::error_code unknown;
  const std::filesystem::file_status status = std::filesystem::status(path, unknown);
  if (std::filesystem::is_character_file(status) || std::filesystem::is_block_file(status)) {
    throw DataError(fmt::format("{}: a device, not a file or a pipe", path.string()));
  }
}

}  // namespace lanegrad
