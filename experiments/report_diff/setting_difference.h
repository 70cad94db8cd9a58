/// @file
/// In which settings two sets of runs differ, and how that is said.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_DIFF_SETTING_DIFFERENCE_H_
#define LANEGRAD_EXPERIMENTS_REPORT_DIFF_SETTING_DIFFERENCE_H_

#include <span>
#include <string>
#include <vector>

#include "experiments/report_diff/result_set.h"

namespace lanegrad {

/// A setting that no run of A shares with any of B.
struct SettingDifference {
  std::string name;            ///< Of the setting.
  std::vector<std::string> a;  ///< Its values in A, each once, in the order of the runs.
  std::vector<std::string> b;  ///< In B.
  std::string idle;            ///< Why it changes no bit: "with optimizer 'sgd'"; empty: it does.
};

/// The settings without a common value, those that decide how much was learned from (samples,
/// epochs) first, those that have no effect last. A setting is asked only of the runs that it
/// counts for; where it counts for none of either set, of all.
std::vector<SettingDifference> SettingDifferences(const ResultSet& a, const ResultSet& b);

/// "initializer (he_uniform; glorot_uniform) and epochs (3; 5)".
std::string DifferenceText(std::span<const SettingDifference> differences);

/// "a", "a and b", "a, b and c".
std::string AndText(std::span<const std::string> words);

/// What is said of two sets without a run in common: where they differ, and with which flag they
/// can be compared all the same.
std::string NothingInCommon(const ResultSet& a, const ResultSet& b);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_DIFF_SETTING_DIFFERENCE_H_
