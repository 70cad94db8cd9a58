/// @file
/// What a report leaves beside it: each figure as a drawing, as data, and as a specification.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMPARISON_REPORT_FILES_H_
#define LANEGRAD_EXPERIMENTS_COMPARISON_REPORT_FILES_H_

#include <filesystem>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "experiments/report/report.h"

namespace lanegrad {

/// Where figures go: into a report, and into `figures/` beside it.
class ReportFigures {
 public:
  /// Of the report that will be in `directory`.
  ReportFigures(Report& report, const std::filesystem::path& directory)
      : report_(report), directory_(directory / "figures") {}

  /// One figure, or several to choose from: of each NAME.svg, the same for papers as
  /// NAME_plain.svg, NAME.csv and NAME.vl.json. Removes a NAME_plain.pdf of an earlier report.
  /// Throws WriteError.
  void Add(std::vector<Drawing> choices);

 private:
  Report& report_;
  std::filesystem::path directory_;
};

/// What records say of their origin (Provenance(), as text): each value that occurs, so that a
/// mixture shows.
std::vector<std::pair<std::string, std::string>> ProvenanceLines(
    std::span<const std::string> provenances);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPARISON_REPORT_FILES_H_
