/// @file
/// The book's tables and figure of activations beside other libraries': how fast they are, and
/// how far off, in both grades and with each instruction set, from the record of bench/peers.cc.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_PEER_ACTIVATIONS_H_
#define LANEGRAD_DOCS_PEER_ACTIVATIONS_H_

#include <string>
#include <string_view>
#include <vector>

#include "experiments/json/json.h"
#include "experiments/report/figure.h"

namespace lanegrad {

/// A part of the record. Throws WriteError, which says how to take it anew, where it is missing.
const Json& PartOf(const Json& peers, std::string_view part);

/// Who was measured, and with which instruction set.
struct PeerContestant {
  std::string maker;   ///< "lanegrad fast", "Eigen 3.4.0".
  std::string target;  ///< "AVX2"; empty where it depends on none, as a copy of the same bytes.
};

/// What the name of a contestant says: "Eigen 3.4.0 AVX2". A name without an instruction set, as
/// records had before every library was measured with each, is of the first, the widest.
PeerContestant ContestantOf(std::string_view name, const std::vector<std::string>& targets);

/// The instruction sets of the record, the widest first.
std::vector<std::string> TargetsOf(const Json& peers);

/// Activations with slopes in elements a nanosecond, ours and other libraries': a table an
/// instruction set.
std::string SpeedTable(const Json& peers);

/// The largest errors of activations, ours and other libraries', the larger of the instruction
/// sets.
std::string PeerErrorTable(const Json& peers);

/// Right bits in the worst case against speed, a panel an instruction set.
LineFigure ErrorSpeedFigure(const Json& peers);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_PEER_ACTIVATIONS_H_
