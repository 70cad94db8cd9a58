/// @file
/// What a comparison of a program with itself says, as a page and as JSON.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_DIFF_FALSE_ALARM_REPORT_H_
#define LANEGRAD_EXPERIMENTS_REPORT_DIFF_FALSE_ALARM_REPORT_H_

#include "experiments/json/json.h"
#include "experiments/report/verdict_page.h"
#include "experiments/report_diff/benchmark_file.h"
#include "experiments/report_diff/benchmark_run.h"
#include "experiments/report_diff/speed_report.h"

namespace lanegrad {

/// The page of a program compared with itself.
VerdictPage FalseAlarmPage(const FalseAlarms& alarms, const BenchmarkFile& program,
                           const SpeedFacts& facts);

/// The same as JSON.
Json FalseAlarmJson(const FalseAlarms& alarms, const BenchmarkFile& program,
                    const SpeedFacts& facts);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_DIFF_FALSE_ALARM_REPORT_H_
