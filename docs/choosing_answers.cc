// SPDX-License-Identifier: Apache-2.0
#include "docs/choosing_answers.h"

#include <fmt/format.h>

#include "experiments/experiment/claim.h"
#include "experiments/experiment/claims_file.h"

namespace lanegrad {
namespace {

// Doxygen would take these for commands and columns.
std::string Plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '|' || c == '*' || c == '_' || c == '<' || c == '@' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

}  // namespace

std::string ClaimList(const std::filesystem::path& results, std::string_view experiment) {
  const RecordedClaims recorded = ReadClaims(results / experiment);
  std::string decided, open;
  for (const RecordedClaim& claim : recorded.claims) {
    const bool undecided = claim.verdict == VerdictName(Verdict::kNotDecided);
    (undecided ? open : decided) +=
        fmt::format("* {} **{}**: {}{}.\n", Plain(claim.sentence),
                    static_cast<char>(claim.verdict[0] - 'a' + 'A') + claim.verdict.substr(1),
                    Plain(claim.finding),
                    claim.limits.empty() ? "" : fmt::format(" ({})", Plain(claim.limits)));
  }
  if (!open.empty()) decided += "\nWhat these measurements leave open:\n\n" + open;
  return decided + fmt::format("\nPrograms, figures and limits: \\ref ch_{}.\n", experiment);
}

}  // namespace lanegrad
