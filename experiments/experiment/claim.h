/// @file
/// Claims: sentences that records support or do not. A verdict is computed, never typed.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_EXPERIMENT_CLAIM_H_
#define LANEGRAD_EXPERIMENTS_EXPERIMENT_CLAIM_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/report/text_table.h"

namespace lanegrad {

struct Evidence;

/// What records say of a claim.
enum class Verdict {
  kSupported,     ///< They agree with it.
  kQualified,     ///< They agree with it under a condition that the finding names.
  kNotSupported,  ///< They disagree with it.
  kNotDecided,    ///< They are too few, or too close, to say.
};

/// "supported", "qualified", "not supported", "not decided".
std::string_view VerdictName(Verdict verdict);

/// A verdict with the figure behind it.
struct Finding {
  Verdict verdict = Verdict::kNotDecided;  ///< What the records say.
  std::string figure;                      ///< The numbers that say so, in a clause.
};

/// One claim.
struct Claim {
  std::string_view name;              ///< A slug, for files and tests: "plain-loop-agrees".
  std::string_view sentence;          ///< What is claimed, as a sentence.
  std::string_view source;            ///< Who claims it: "article, section 3.1".
  std::string_view limits;            ///< What the verdict does not say.
  Finding (*judge)(const Evidence&);  ///< The rule.
  /// The verdict that the project stands for: another one is a failure of the program (exit
  /// code 1), unless the records do not decide. Absent where a verdict may depend on the machine.
  std::optional<Verdict> expected = {};
};

/// A claim that was judged.
struct JudgedClaim {
  const Claim* claim = nullptr;  ///< Which.
  Finding finding;               ///< What came of it.
  /// Whether the verdict is none of another than the expected one.
  bool AsExpected() const;
};

/// Judges claims by the records, in order.
std::vector<JudgedClaim> Judge(std::span<const Claim> claims, const Evidence& evidence);

/// Claims with their verdicts as a table: claim, verdict, the figure behind it, limits.
Table ClaimTable(std::span<const JudgedClaim> judged);

/// The same for a terminal: a paragraph a claim, wrapped to `width` characters.
std::string ClaimText(std::span<const JudgedClaim> judged, std::size_t width = 76);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPERIMENT_CLAIM_H_
