// SPDX-License-Identifier: Apache-2.0
//
// Any bytes at all, read as a table: they make samples or a DataError, and nothing else.
// cmake --preset fuzz, then bin/csv_fuzz -max_total_time=60.
#include <cstddef>
#include <cstdint>
#include <string>

#include "network/csv.h"
#include "network/data_table.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr const char* kDelimiters[] = {"auto", ",", "tab", "blank"};
  constexpr const char* kHeaders[] = {"auto", "yes", "none", "skip"};
  constexpr const char* kTasks[] = {"auto", "classes", "numbers", "auto"};
  const lanegrad::TableFormat format = {.target = data[0] & 64 ? "2" : "1",
                                        .task = kTasks[data[0] >> 4 & 3],
                                        .delimiter = kDelimiters[data[0] & 3],
                                        .header = kHeaders[data[0] >> 2 & 3],
                                        .one_hot = data[0] & 128 ? "3" : ""};
  const std::string_view content(reinterpret_cast<const char*>(data) + 1, size - 1);
  try {
    const lanegrad::DataTable table = lanegrad::ParseTable(content, format, "fuzz");
    const lanegrad::Samples& samples = table.samples;
    if (samples.values.size() != samples.count * samples.features) __builtin_trap();
    if (samples.labels.size() != samples.count) __builtin_trap();
    if (table.inputs.size() != samples.features) __builtin_trap();
    for (const std::uint8_t label : samples.labels) {
      if (label >= table.classes) __builtin_trap();
    }
  } catch (const lanegrad::DataError&) {
  }
  return 0;
}
