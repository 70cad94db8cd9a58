/// @file
/// How many threads a training is worth, found out while it runs.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_TEAM_SIZE_H_
#define LANEGRAD_NETWORK_TEAM_SIZE_H_

#include <array>
#include <cstddef>

namespace lanegrad {

/// How many threads a step of so many floating-point operations is worth: one
/// more thread must never make a run slower.
std::size_t WorthwhileThreads(std::size_t wanted, double flops_per_step);

/// Chooses between a whole team and one thread by timing both, again and again: what
/// pays on an idle machine does not pay while another program has one of the cores, and
/// no rule by size of the network knows that. The number of threads decides no bit of a
/// result, so it may change between any two steps.
///
/// Time is looked at in windows of eight milliseconds. The two are compared over two
/// windows each, in turn, or over one where that leaves no doubt. A team that wins is kept
/// as long as it keeps its pace, at most for some three seconds: a window that falls short
/// of it by a fifth asks again. One thread alone would not notice when the other core
/// becomes free; it is kept for forty windows (for ten where it has just beaten a team that
/// was better before), and the more often it wins in a row the longer, up to eight times
/// forty. So the worse one gets a hundredth of the time, or a
/// twentieth while one thread has just won. A team must win by a fiftieth: an idle core is
/// worth something to others.
class TeamSize {
 public:
  /// For a team of at most `most` threads; of one, there is nothing to choose.
  explicit TeamSize(std::size_t most) : most_(most), size_(most) {}
  /// How many threads take the next step.
  std::size_t size() const { return size_; }
  /// Says that a step of this size took so many seconds for so many samples.
  void Note(double seconds, std::size_t samples);

 private:
  enum Kind : std::size_t { kTeam, kAlone };
  void EndWindow();
  void Try();  // counts the window towards the running comparison
  static constexpr double kWindowSeconds = 0.008;
  static constexpr std::size_t kTrials = 2;
  static constexpr std::size_t kHold = 40;
  static constexpr std::size_t kLongest = 8;  // times kHold
  static constexpr double kClear = 1.4;
  static constexpr double kFallen = 0.8;

  std::size_t most_;
  std::size_t size_;
  double seconds_ = 0.0;                      // of the running window
  double count_ = 0.0;                        // samples of the running window
  std::array<double, 2> trial_seconds_ = {};  // of the running comparison
  std::array<double, 2> trial_count_ = {};
  std::size_t trials_ = 0;  // windows of it that are done
  double pace_ = 0.0;       // of the team, samples a second, in the last one
  std::size_t hold_ = 0;    // windows until the next
  std::size_t wins_ = 0;    // comparisons in a row with the same outcome
  std::size_t last_ = 0;    // that outcome
};

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_TEAM_SIZE_H_
