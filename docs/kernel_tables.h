/// @file
/// The book's tables of kernels: their errors over all floats, and products beside other
/// libraries', from the records of tests/exhaustive.cc and bench/peers.cc.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_KERNEL_TABLES_H_
#define LANEGRAD_DOCS_KERNEL_TABLES_H_

#include <string>

#include "experiments/json/json.h"

namespace lanegrad {

/// How many of all floats each activation rounds wrongly, and, where the record has it, by how much
/// its fast version is off.
std::string ErrorTable(const Json& exhaustive);
/// Products in GFLOP/s, ours and other libraries'.
std::string ProductTable(const Json& peers);
/// Squares that a library multiplies which generates code for each shape: its speed over ours, size
/// by size; nothing where the record has no such library.
std::string SmallSquares(const Json& peers);
/// Which machine the record of the peers is from.
std::string PeerMachine(const Json& peers);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_KERNEL_TABLES_H_
