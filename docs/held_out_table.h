/// @file
/// The book's table of what held-out and test samples of Fashion-MNIST say of the same networks.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_HELD_OUT_TABLE_H_
#define LANEGRAD_DOCS_HELD_OUT_TABLE_H_

#include <span>
#include <string>

#include "experiments/records/run_record.h"

namespace lanegrad {

/// `official` are runs whose held-out samples are the last training pictures, `swapped` the same
/// with those and the test pictures in each other's place.
std::string HeldOutTable(std::span<const RunRecord> official, std::span<const RunRecord> swapped);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_HELD_OUT_TABLE_H_
