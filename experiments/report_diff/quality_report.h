/// @file
/// What a comparison of two result sets says, as a page and as JSON.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_DIFF_QUALITY_REPORT_H_
#define LANEGRAD_EXPERIMENTS_REPORT_DIFF_QUALITY_REPORT_H_

#include "experiments/json/json.h"
#include "experiments/report/verdict_page.h"
#include "experiments/report_diff/result_set.h"

namespace lanegrad {

/// The page of a comparison. `all` false leaves cells that are bit-identical out of the
/// table; the verdict counts them.
VerdictPage QualityPage(const QualityComparison& comparison, const ResultSet& a, const ResultSet& b,
                        double threshold, bool all);

/// The same as JSON, every cell in it.
Json QualityJson(const QualityComparison& comparison, const ResultSet& a, const ResultSet& b,
                 double threshold);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_DIFF_QUALITY_REPORT_H_
