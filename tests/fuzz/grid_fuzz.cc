// SPDX-License-Identifier: Apache-2.0
//
// Any text at all, read as an axis or as any setting: it is taken or refused with a
// sentence; and what is taken reads back the same.
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string_view>

#include "experiments/runs/grid.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  try {
    const lanegrad::Axis axis = lanegrad::ParseAxis(text);
    if (axis.values.empty()) __builtin_trap();
  } catch (const std::invalid_argument&) {
  }
  const auto fields = lanegrad::SettingsFields();
  const lanegrad::SettingsField& field = fields[data[0] % fields.size()];
  try {
    lanegrad::Settings settings, again;
    field.set(settings, text);
    field.set(again, field.get(settings));
    if (field.get(again) != field.get(settings)) __builtin_trap();
  } catch (const std::invalid_argument&) {
  }
  return 0;
}
