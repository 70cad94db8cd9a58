/// @file
/// The book's tables and figure of kernels: their errors over all floats, and their
/// speed beside other libraries', from the records of tests/exhaustive.cc and
/// bench/peers.cc.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_KERNEL_TABLES_H_
#define LANEGRAD_DOCS_KERNEL_TABLES_H_

#include <string>

#include "experiments/json/json.h"
#include "experiments/report/figure.h"

namespace lanegrad {

/// How many of all floats each activation rounds wrongly.
std::string ErrorTable(const Json& exhaustive);
/// The largest errors of activations, ours and other libraries'.
std::string PeerErrorTable(const Json& peers);
/// Products in GFLOP/s, ours and other libraries'.
std::string ProductTable(const Json& peers);
/// Activations with slopes in elements a nanosecond, ours and other libraries'.
std::string SpeedTable(const Json& peers);
/// Which machine the record of the peers is from.
std::string PeerMachine(const Json& peers);
/// Right bits in the worst case against speed.
LineFigure ErrorSpeedFigure(const Json& peers);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_KERNEL_TABLES_H_
