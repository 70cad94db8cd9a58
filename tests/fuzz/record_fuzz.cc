// SPDX-License-Identifier: Apache-2.0
//
// Any text at all, read as a line of records: it is a record or refused; and a
// record that is read is written back to the same line.
#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string_view>

#include "experiments/records/record.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    static_cast<void>(lanegrad::ParseRecordLine(text));
  } catch (const std::invalid_argument&) {
  }
  const lanegrad::Json json = lanegrad::Json::parse(text, nullptr, false);
  if (!json.is_object() || json.empty() || json.contains("checksum")) return 0;
  try {
    std::string line = lanegrad::RecordLine(json);
    line.pop_back();
    if (lanegrad::ParseRecordLine(line) != json) __builtin_trap();
  } catch (const lanegrad::Json::type_error&) {  // text that is not UTF-8
  }
  return 0;
}
