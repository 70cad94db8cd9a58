/// @file
/// `claims.json`: what an experiment came to, for programs that read several of them.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_EXPERIMENT_CLAIMS_FILE_H_
#define LANEGRAD_EXPERIMENTS_EXPERIMENT_CLAIMS_FILE_H_

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"

namespace lanegrad {

/// One claim of the file.
struct RecordedClaim {
  std::string name;              ///< "plain-loop-agrees".
  std::string sentence;          ///< What is claimed.
  std::string source;            ///< Who claims it.
  std::string limits;            ///< What the verdict does not say.
  std::string verdict;           ///< As of VerdictName().
  std::string finding;           ///< The figure behind it.
  bool as_expected = true;       ///< JudgedClaim::AsExpected().
  bool of_this_machine = false;  ///< JudgedByMachine().
};

/// The file.
struct RecordedClaims {
  std::string experiment;             ///< "03_4_losses".
  std::string section;                ///< Of the article; empty: none.
  std::string title;                  ///< Of the report.
  std::string profile;                ///< "quick", "default", "full".
  std::string digest;                 ///< DigestOf() its records.
  std::vector<RecordedClaim> claims;  ///< In the order of the experiment.
};

/// Whether a finding rests on what depends on the machine, such as times: it is another one, or
/// none, where every such number is 1.
bool JudgedByMachine(const JudgedClaim& judged, const Evidence& evidence);

/// Writes `claims.json` into `directory`. Throws WriteError.
void WriteClaims(const std::filesystem::path& directory, const Experiment& experiment,
                 const Evidence& evidence, std::span<const JudgedClaim> judged,
                 std::string_view digest);

/// Reads it. Throws DataError, which names the file, where it is absent or of another form.
RecordedClaims ReadClaims(const std::filesystem::path& directory);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPERIMENT_CLAIMS_FILE_H_
