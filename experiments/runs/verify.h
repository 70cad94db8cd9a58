/// @file
/// Verification: recorded runs are run again, and their digests compared.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RUNS_VERIFY_H_
#define LANEGRAD_EXPERIMENTS_RUNS_VERIFY_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "experiments/cli/progress.h"
#include "experiments/records/run_record.h"
#include "network/dataset.h"

namespace lanegrad {

/// A run whose bits did not come out again.
struct WrongDigest {
  std::string key;       ///< Of the run.
  std::string recorded;  ///< Its digest in the record.
  std::string now;       ///< Its digest now.
};

/// What came of a verification.
struct Verification {
  std::size_t count = 0;           ///< Runs that were run again.
  std::size_t out_of_time = 0;     ///< Runs that have no digest, and were left alone.
  std::vector<WrongDigest> wrong;  ///< Those that differ, in the order of the records.
};

/// Runs `count` records again (0: all), evenly spread over those of `recorded` that have a digest,
/// `threads` of them side by side. Returns early when interrupted, with what was done. Throws
/// DataError where a record was made of other data or by another numeric specification.
Verification VerifyRecords(std::span<const RunRecord> recorded, std::size_t count,
                           const Dataset& data, std::size_t threads, Loudness loudness);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RUNS_VERIFY_H_
