// SPDX-License-Identifier: Apache-2.0
//
// Any bytes at all, read as a checkpoint: it is one or refused; one that is read is
// written back to the same bytes. The fuzzer cannot guess a checksum, so it is also
// given one: what stands behind it must hold by itself.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include "network/checkpoint.h"
#include "network/hash.h"
#include "network/saved_run.h"

namespace {

void Read(std::string_view bytes) {
  try {
    const lanegrad::Checkpoint checkpoint = lanegrad::UnpackCheckpoint(bytes, "fuzz");
    if (lanegrad::PackCheckpoint(checkpoint) != bytes) __builtin_trap();
    static_cast<void>(lanegrad::SettingsOf(checkpoint));
  } catch (const lanegrad::DataError&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  Read(text);
  std::string sealed = "lanegrad checkpoint 1\n";
  const std::uint64_t length = sealed.size() + sizeof(length) + size + 32;
  sealed.append(reinterpret_cast<const char*>(&length), sizeof(length)).append(text);
  sealed += lanegrad::Hash128(sealed);
  Read(sealed);
  return 0;
}
