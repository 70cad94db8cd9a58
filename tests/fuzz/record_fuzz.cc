// SPDX-License-Identifier: Apache-2.0
//
// Any text at all, read as a line of records: it is a record or refused; and a
// record that is read is written back to the same line. If it is the record of a run,
// what is written of that is read and written to the same again.
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string_view>

#include "experiments/records/record.h"
#include "experiments/records/run_record.h"
#include "network/dataset.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  try {
    static_cast<void>(lanegrad::ParseRecordLine(text));
  } catch (const std::invalid_argument&) {
  }
  const lanegrad::Json json = lanegrad::Json::parse(text, nullptr, false);
  if (!json.is_object() || json.empty() || json.contains("checksum")) return 0;
  std::string line = lanegrad::RecordLine(json);
  line.pop_back();
  if (lanegrad::ParseRecordLine(line) != json) __builtin_trap();
  try {
    const std::string run = lanegrad::RunLine(lanegrad::ParseRunRecord(json));
    const std::string_view whole = std::string_view(run).substr(0, run.size() - 1);
    const lanegrad::Json again = lanegrad::ParseRecordLine(whole);
    if (lanegrad::RunLine(lanegrad::ParseRunRecord(again)) != run) __builtin_trap();
  } catch (const lanegrad::DataError&) {
  }
  return 0;
}
