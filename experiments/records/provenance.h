/// @file
/// Where a result comes from: machine, compiler, libraries, source.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RECORDS_PROVENANCE_H_
#define LANEGRAD_EXPERIMENTS_RECORDS_PROVENANCE_H_

#include <istream>
#include <string>
#include <utility>
#include <vector>

#include "experiments/json/json.h"

namespace lanegrad {

/// What a record keeps of its origin: command, instruction set in force, processor,
/// CPUs, system, compiler, flags, build type, library versions, git id, time and load.
/// None of it decides a result. The record has the rest beside it: settings, data with
/// their checksum, threads, numeric version.
Json Provenance();

/// What such an object says, name and value, libraries without their common name; of the text
/// of a JSON object.
std::vector<std::pair<std::string, std::string>> OriginOf(const std::string& provenance);

/// Says which command this process carries out. RunProgram() does.
void SetCommand(std::string command);
/// That command, as a shell reads it; empty where nobody has said.
const std::string& Command();

/// The processor's own name, and its family and model, since virtual machines shorten names: all
/// of a vendor's generations may be "AMD EPYC". "unknown" where it tells none.
std::string ProcessorName();

/// The same of a text like /proc/cpuinfo.
std::string ProcessorName(std::istream& info);

/// The answer to --version: name, version, git id, compiler, targets.
std::string VersionText();

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RECORDS_PROVENANCE_H_
