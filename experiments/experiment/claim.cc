// SPDX-License-Identifier: Apache-2.0
#include "experiments/experiment/claim.h"

#include <fmt/format.h>

namespace lanegrad {

std::string_view VerdictName(Verdict verdict) {
  constexpr std::string_view kNames[] = {"supported", "qualified", "not supported", "not decided"};
  return kNames[static_cast<std::size_t>(verdict)];
}

bool JudgedClaim::AsExpected() const {
  return !claim->expected.has_value() || finding.verdict == Verdict::kNotDecided ||
         finding.verdict == *claim->expected;
}

std::vector<JudgedClaim> Judge(std::span<const Claim> claims, const Evidence& evidence) {
  std::vector<JudgedClaim> judged;
  for (const Claim& claim : claims) judged.push_back({&claim, claim.judge(evidence)});
  return judged;
}

Table ClaimTable(std::span<const JudgedClaim> judged) {
  Table table = {.caption = {},
                 .columns = {{"claim", false, "what is claimed", true},
                             {"source", false, "who claims it", true},
                             {"verdict", false, "what the records say"},
                             {"because", false, "the figure behind the verdict", true},
                             {"limits", false, "what the verdict does not say", true}},
                 .rows = {}};
  for (const JudgedClaim& each : judged) {
    const auto cell = [](std::string_view text, bool strong = false) {
      return Cell{std::string(text), 0.0, strong};
    };
    table.rows.push_back({cell(each.claim->sentence), cell(each.claim->source),
                          cell(VerdictName(each.finding.verdict), true), cell(each.finding.figure),
                          cell(each.claim->limits)});
  }
  return table;
}

std::string ClaimText(std::span<const JudgedClaim> judged, std::size_t width) {
  std::string text;
  for (const JudgedClaim& each : judged) {
    text += WrapText(fmt::format("{} ({})", each.claim->sentence, each.claim->source), "", width);
    text += WrapText(
        fmt::format("{}: {}.{}", VerdictName(each.finding.verdict), each.finding.figure,
                    each.AsExpected()
                        ? ""
                        : fmt::format(" EXPECTED: {}.", VerdictName(*each.claim->expected))),
        "  ", width);
  }
  return text;
}

}  // namespace lanegrad
