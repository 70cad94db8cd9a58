/// @file
/// What the first page of the book and the README show: verdicts counted, and speed.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_FRONT_PAGE_H_
#define LANEGRAD_DOCS_FRONT_PAGE_H_

#include <filesystem>
#include <span>
#include <string>

#include "experiments/json/json.h"
#include "experiments/report/figure.h"

namespace lanegrad {

/// How many claims of the experiments have which verdict, as a sentence in Markdown. `results`
/// holds the results of each; one without claims.json is passed over.
std::string ClaimCount(const std::filesystem::path& results,
                       std::span<const std::string> experiments);

/// Training steps a second beside other libraries', from docs/records/training_peers.json.
DotFigure PaceOfTraining(const Json& record);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_FRONT_PAGE_H_
