/// @file
/// What the figures in which something can be moved take from the library and from the book's
/// records.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_FIGURE_DATA_H_
#define LANEGRAD_DOCS_FIGURE_DATA_H_

#include <filesystem>
#include <string>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/json/json.h"
#include "experiments/letters/letters.h"

namespace lanegrad {

/// The measurements in RECORDS/EXPERIMENT/runs.jsonl. Throws DataError where one cannot be read.
Evidence ReadEvidence(const std::filesystem::path& records, const std::string& experiment);

/// What the last letters before the next one are, in the figure of chapter 6.4.
std::vector<std::string> LetterHistories();
/// The probability of each letter after a history, by counts of the Constitution: kLetters numbers.
std::vector<double> LetterShares(const std::string& history);

/// All that they take, as a script: `const figureData = {...};`. `records` is docs/records.
std::string FigureData(const std::filesystem::path& records);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_FIGURE_DATA_H_
