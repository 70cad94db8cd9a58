/// @file
/// Where a result comes from: machine, compiler, libraries, source.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_PROVENANCE_H_
#define LANEGRAD_EXPERIMENTS_PROVENANCE_H_

#include <string>

#include "experiments/record.h"

namespace lanegrad {

/// What a record keeps of its origin: instruction set in force, processor, CPUs,
/// compiler, flags, build type, library versions, git id, time and load. None of
/// it decides a result.
Json Provenance();

/// The answer to --version: name, version, git id, compiler, targets.
std::string VersionText();

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_PROVENANCE_H_
