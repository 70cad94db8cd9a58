/// @file
/// Plain figures as PDF, for LaTeX.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CLI_PDF_H_
#define LANEGRAD_EXPERIMENTS_CLI_PDF_H_

#include <filesystem>

namespace lanegrad {

/// Throws WriteError where rsvg-convert cannot be run, saying what package to install. To be asked
/// before work that would be in vain.
void RequirePdfConverter();

/// Makes NAME_plain.pdf of each NAME_plain.svg in `directory`/figures, by rsvg-convert, in the
/// order of their names. Throws WriteError where one cannot be converted or written; then those
/// before it are there, and nothing of it is.
void WritePlainPdfs(const std::filesystem::path& directory);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CLI_PDF_H_
