/// @file
/// Progress on a terminal: one line that rewrites itself, or nothing.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_PROGRESS_H_
#define LANEGRAD_EXPERIMENTS_PROGRESS_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace lanegrad {

/// Whether standard error is a terminal that understands cursor movement.
bool IsTerminal();

/// "1 h 02 min", "3 min 05 s", "4.2 s".
std::string Duration(double seconds);

/// A bar with a count, the pace and the time that is left. Writes to standard
/// error, at most ten times a second, and only where that is a terminal.
class ProgressBar {
 public:
  /// `total` things called `noun` (plural); `on` false: silent.
  ProgressBar(std::size_t total, std::string_view noun, bool on);
  /// Wipes the line.
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  /// Says that `done` are done; `note` follows the time that is left.
  void Update(std::size_t done, std::string_view note = {});

 private:
  const std::size_t total_;
  const std::string noun_;
  const bool on_;
  const double begin_;
  double shown_ = 0.0;
};

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_PROGRESS_H_
