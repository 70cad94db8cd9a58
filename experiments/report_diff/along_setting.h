/// @file
/// The settings that `--along` names, and the values that it chooses.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_DIFF_ALONG_SETTING_H_
#define LANEGRAD_EXPERIMENTS_REPORT_DIFF_ALONG_SETTING_H_

#include <span>
#include <string>
#include <vector>

namespace lanegrad {

/// A setting to compare along.
struct AlongSetting {
  std::string name;     ///< Of the setting.
  std::string a;        ///< The value whose runs are A's; empty: whichever A has.
  std::string b;        ///< The same of B; both are given, or neither.
  bool chosen = false;  ///< Whether they are given.
};

/// Reads what `--along` was given: `initializer`, `initializer,epochs`, `activation=relu,tanh`.
/// Values are spelled as records spell them. Throws UnknownName for a setting that there is not,
/// with the nearest name, and for a value of a catalogue that there is not; UsageError for a
/// setting named twice, for one value or three, for two that are equal, and for `seed`, which is
/// what runs are paired by.
std::vector<AlongSetting> ReadAlong(std::span<const std::string> texts);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_DIFF_ALONG_SETTING_H_
