/// @file
/// Records as tables for other programs: CSV that pandas and R read as it is.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RECORDS_RECORD_TABLE_H_
#define LANEGRAD_EXPERIMENTS_RECORDS_RECORD_TABLE_H_

#include <span>
#include <string>

#include "experiments/json/json.h"

namespace lanegrad {

/// One row a run: key, phase, status, every setting, results, digest, timing, data and
/// provenance. RFC 4180, lines ended by a newline, headings first, in small letters,
/// digits and underscores. What is absent is NA; what is no number NaN, Inf or -Inf:
/// both programs know them all. Members that a later version adds to a record become
/// columns: a heading is the path of a member, its parts joined by underscores.
std::string RunsCsv(std::span<const Json* const> records);

/// One row an epoch: the key of its run, phase, cell settings and seed are in the other
/// table; here stand key, epoch (from 1) and each metric.
std::string EpochsCsv(std::span<const Json* const> records);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RECORDS_RECORD_TABLE_H_
