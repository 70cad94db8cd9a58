/// @file
/// Parts of interactive_oracle.cc: each adds what the library says of some figures to `all`, as
/// rows of inputs and what comes of them.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_TESTS_INTERACTIVE_ORACLE_H_
#define LANEGRAD_TESTS_INTERACTIVE_ORACLE_H_

#include <filesystem>

#include "experiments/json/json.h"

namespace lanegrad {

void AddNetworkRows(Json& all);  ///< Of figures of small networks.
/// Of figures of curves; `records` is docs/records.
void AddRecordRows(const std::filesystem::path& records, Json& all);

}  // namespace lanegrad

#endif  // LANEGRAD_TESTS_INTERACTIVE_ORACLE_H_
