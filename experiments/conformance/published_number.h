/// @file
/// Published numbers and ours: how a row of a conformance table is recorded, and how it is judged.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CONFORMANCE_PUBLISHED_NUMBER_H_
#define LANEGRAD_EXPERIMENTS_CONFORMANCE_PUBLISHED_NUMBER_H_

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/statistics/conformity.h"

namespace lanegrad {

/// A number that somebody published, and how it is to come out again.
struct PublishedNumber {
  std::string table;          ///< The series of its records: "stable_rate".
  std::string configuration;  ///< Which number of the table: "relu, 100".
  std::string printed;        ///< As it was printed: "0.871".
  double tolerance = 0.0;     ///< How far from it ours may be, beyond what seeds explain.
  std::string settings = {};  ///< Everything else that was set, as text; may be empty.
  std::string reduced = {};   ///< What was cut to save time, in words; empty: nothing.
};

/// The task that makes one of our numbers of it: `ours` of a seed, 0 where nothing is random. What
/// the judgement needs is recorded with it.
Task TaskOf(const PublishedNumber& number, std::uint64_t seed,
            std::function<double(Measurement&)> ours);

/// A published number with ours.
struct ComparedNumber {
  PublishedNumber published;                     ///< As recorded.
  std::vector<double> ours;                      ///< One a seed.
  Conformity conformity = Conformity::kDiffers;  ///< How they agree.
  double mean() const;                           ///< Of ours.
  double theirs() const;                         ///< What was published, as a number.
};

/// The numbers of a table from its records, in order. One that differs is kShapeOnly where the
/// whole table has the order of the published one.
std::vector<ComparedNumber> NumbersOf(const Evidence& evidence, std::string_view table);

/// Whether they come out again: supported, where all do; qualified, where at least half do, or the
/// order of the table; else not supported. Where something was cut, nothing is decided, unless less
/// work has led above a published number by more than its tolerance: then it is not supported.
Finding JudgeNumbers(const std::vector<ComparedNumber>& numbers);

/// "exact", "within spread" and so on, as ConformityName() has it; "not judged" where something was
/// cut.
std::string_view AgreementOf(const ComparedNumber& number);

/// "higher" or "lower" than what was published; empty where it agrees as far as seeds can tell.
std::string SideOf(const ComparedNumber& number);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CONFORMANCE_PUBLISHED_NUMBER_H_
