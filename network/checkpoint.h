/// @file
/// Checkpoints: all that a training needs to go on as if it had never stopped.
///
/// The file. Numbers are little-endian; a text or an array begins with its length in 64
/// bits; a double is stored as its bits.
///
///     "lanegrad checkpoint 1\n"    what this is, and the version of the format
///     u64                          bytes of the whole file
///     u64                          version of the numeric specification
///     text, text, text             settings (Canonical()), name and checksum of the data
///     6 x u64, double              status, steps, bad step, place, correct, samples; seconds
///     array of 4 x double          metrics of the finished epochs; 0 where nothing is held out
///     array of double              losses of the samples of the running epoch, so far; of a
///                                  regression their squared errors behind them
///     array of float               weights, biases and states (parameters.h)
///     array of float               weights of the best epoch, where they are kept
///     32 bytes                     128-bit XXH3 of all before, in hexadecimal
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_CHECKPOINT_H_
#define LANEGRAD_NETWORK_CHECKPOINT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "network/dataset.h"
#include "network/run_result.h"
#include "network/settings.h"

namespace lanegrad {

/// The state of a run between two of its steps. Threads and targets are not in it: it
/// may go on under any.
struct Checkpoint {
  std::string name = "checkpoint";                  ///< For messages; not in the file.
  std::uint64_t numeric_version = kNumericVersion;  ///< Under which it was made.
  std::string settings;                             ///< Canonical() of the resolved settings.
  std::string data_name;                            ///< Dataset::name.
  std::string data_checksum;                        ///< Dataset::checksum.
  Status status = Status::kOk;                      ///< Stopped or diverged: nothing is left to do.
  std::uint64_t steps = 0;                          ///< Steps taken.
  std::uint64_t bad_step = 0;                       ///< Where diverged.
  std::uint64_t place = 0;                          ///< Samples of the running epoch that are done.
  std::uint64_t correct = 0;                        ///< How many of them were right.
  std::uint64_t samples = 0;                        ///< Samples done in all, for the pace.
  double seconds = 0.0;                             ///< Spent on them; decides nothing.
  std::vector<EpochMetrics> epochs;                 ///< One an epoch that was finished.
  std::vector<double> losses;                       ///< Of the `place` samples: SavedLosses().
  std::vector<float> numbers;                       ///< Numbers::kWeightsAndStates.
  std::vector<float> best;                          ///< Numbers::kWeights, or empty.
};

/// The bytes of the file.
std::string PackCheckpoint(const Checkpoint& checkpoint);

/// The checkpoint of such bytes. Throws DataError, which begins with `name`, where they
/// are damaged, truncated, of a newer version or something else altogether. Any bytes
/// whatever are either read or refused.
Checkpoint UnpackCheckpoint(std::string_view bytes, std::string_view name);

/// Reads a file. Throws DataError, also where there is none.
Checkpoint ReadCheckpoint(const std::string& path);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_CHECKPOINT_H_
