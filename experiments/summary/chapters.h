/// @file
/// All other experiments, run one after the other, and what they came to.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_SUMMARY_CHAPTERS_H_
#define LANEGRAD_EXPERIMENTS_SUMMARY_CHAPTERS_H_

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"

namespace lanegrad {

/// The four verdicts, as VerdictName() has them.
inline constexpr std::array<std::string_view, 4> kVerdictNames = {"supported", "qualified",
                                                                  "not supported", "not decided"};

/// A task for every other experiment that the build has: its program is run, with its results in
/// a directory of its name inside `scope.output`, where it goes on with what is recorded there.
/// Of the row, `values` have digest, counts of verdicts and the claims with their findings;
/// what a claim of times came to is in `machine`.
std::vector<Task> ChapterTasks(const Scope& scope);

/// One claim of one experiment, as its row holds it.
struct SummaryClaim {
  std::string experiment;        ///< "03_4_losses".
  std::string number;            ///< "3.4"; of an experiment without one, its name.
  std::string sentence;          ///< What is claimed.
  std::string source;            ///< Who claims it.
  std::string verdict;           ///< One of kVerdictNames.
  std::string finding;           ///< The figure behind it.
  bool of_this_machine = false;  ///< Whether it rests on times.
  /// Whether the article claims it.
  bool OfTheArticle() const { return source.starts_with("article"); }
};

/// Every claim of a row.
std::vector<SummaryClaim> ClaimsOf(const Measurement& row);

/// "3.4" of "03_4_losses", "7" of "07_summary"; a name without a number as it is.
std::string NumberOf(std::string_view experiment);

/// How many claims of a row have each verdict: of the article alone, or of all; those that rest on
/// times included. Counts below 0 count as 0.
std::array<double, 4> VerdictCounts(const Measurement& row, bool article_alone);

Figure VerdictMap(const Evidence& evidence);          ///< Verdicts by chapter.
NamedTable AllClaims(const Evidence& evidence);       ///< Every claim on one page.
NamedTable ClaimsBySource(const Evidence& evidence);  ///< Verdicts by who claims it.
NamedTable ChapterDigests(const Evidence& evidence);  ///< Every digest, beside the stored one.
Finding ArticleIsRight(const Evidence& evidence);     ///< Of the article's claims.
Finding VerdictsAsStored(const Evidence& evidence);   ///< Against the claims' expected verdicts.
Finding DigestsAsStored(const Evidence& evidence);    ///< Against docs/records.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_SUMMARY_CHAPTERS_H_
