/// @file
/// What a run computes, as formulas with its numbers in.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RUNS_EXPLAIN_H_
#define LANEGRAD_EXPERIMENTS_RUNS_EXPLAIN_H_

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>

#include "network/resolved_settings.h"

namespace lanegrad {

/// How many columns an explanation has at most.
inline constexpr std::size_t kExplainColumns = 76;

/// `formula` with a text in place of each {name}. Throws std::out_of_range for a name that `texts`
/// lacks.
std::string FillIn(std::string_view formula, const std::map<std::string, std::string>& texts);

/// The loss of a sample and of a batch, as formulas, made from the catalogue's entry
/// (LossInfo::plain). Settings that are `open`, since they are varied or tuned, stay letters.
std::string ExplainLoss(const ResolvedSettings& run, std::span<const std::string> open = {});

/// What a step does to a weight, from its gradient to the limits, made from the catalogue's entry
/// (OptimizerInfo::plain). Settings that are `open` stay letters.
std::string ExplainUpdate(const ResolvedSettings& run, std::span<const std::string> open = {});

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RUNS_EXPLAIN_H_
