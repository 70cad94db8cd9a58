// SPDX-License-Identifier: Apache-2.0
//
// Any text at all, read as a file with a grid, TOML or JSON: it is taken or refused with
// a sentence of one line.
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string_view>

#include "experiments/runs/grid_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    const lanegrad::GridFile file = lanegrad::ParseGridFile(text, "fuzz");
    for (const lanegrad::Axis& axis : file.vary) {
      if (axis.values.empty() || axis.setting == "seed") __builtin_trap();
    }
    for (const auto& [setting, value] : file.fixed) {
      lanegrad::Settings settings;
      lanegrad::FieldNamed(setting).set(settings, value);
    }
  } catch (const std::invalid_argument&) {
  }
  return 0;
}
