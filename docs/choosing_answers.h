/// @file
/// What to choose, and how sure one can be of it, from what experiments recorded.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_CHOOSING_ANSWERS_H_
#define LANEGRAD_DOCS_CHOOSING_ANSWERS_H_

#include <filesystem>
#include <string>
#include <string_view>

namespace lanegrad {

/// The claims of a chapter with their verdicts and the figures behind them, as a list in
/// Markdown. `results` holds the results of every experiment; the list is of those claims
/// of `experiment` whose verdict is a decision, then of those that are not decided.
/// Throws DataError where the experiment has no claims.json.
std::string ClaimList(const std::filesystem::path& results, std::string_view experiment);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_CHOOSING_ANSWERS_H_
