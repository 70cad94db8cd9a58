/// @file
/// Progress on standard error: on a terminal one line that rewrites itself, elsewhere a
/// plain line now and then.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CLI_PROGRESS_H_
#define LANEGRAD_EXPERIMENTS_CLI_PROGRESS_H_

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/records/score.h"

namespace lanegrad {

/// Whether standard error is a terminal that understands cursor movement.
bool IsTerminal();

/// How many columns the terminal behind an open file has, such as STDOUT_FILENO; 0 where it is
/// none, or does not say.
std::size_t TerminalColumns(int file);

/// "1 h 02 min", "3 min 05 s", "4.2 s".
std::string Duration(double seconds);

/// How much is said.
enum class Loudness {
  kQuiet,    ///< Nothing.
  kUsual,    ///< A bar, or plain lines.
  kVerbose,  ///< Also a line for everything that is done.
};

/// A bar with a count, the pace, the time that is left and the best result so far.
/// Rewrites its line at most ten times a second where standard error is a terminal;
/// elsewhere says a line every minute, or every tenth of the whole but not within five
/// seconds. All members may be called by any thread.
class ProgressBar {
 public:
  /// `total` things called `noun` (plural) by a program called `who`.
  ProgressBar(std::string_view who, std::size_t total, std::string_view noun, Loudness loudness);
  /// Wipes the line.
  ~ProgressBar();
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  /// Counts an earlier result of `group` among those that may be best; a group's score
  /// is its mean.
  void Known(const std::string& group, double score);
  /// Says what scores are; nothing said: accuracies.
  void Judge(Score score) { score_ = score; }
  /// Says that `part` (0 to 1) of what `member` has in hand is done.
  void Part(std::size_t member, double part);
  /// Says that what `member` had in hand is done; `line` is for those who want it all.
  void Done(std::size_t member, std::string_view line);

 private:
  struct Mean {
    double sum = 0.0;
    std::size_t count = 0;
  };
  void Say(bool at_once);
  std::string Text(double now) const;

  const std::string who_;
  const std::size_t total_;
  const std::string noun_;
  const Loudness loudness_;
  const bool terminal_;
  const double begin_;
  std::mutex mutex_;
  std::size_t done_ = 0;
  std::vector<double> parts_;  // by member
  std::map<std::string, Mean> scores_;
  Score score_ = Score::kAccuracy;
  double shown_;                // when
  std::size_t shown_done_ = 0;  // and how many were done then
};

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CLI_PROGRESS_H_
