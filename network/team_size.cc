// SPDX-License-Identifier: Apache-2.0
#include "network/team_size.h"

#include <algorithm>

namespace lanegrad {

std::size_t WorthwhileThreads(std::size_t wanted, double flops_per_step) {
  // Two barriers a step cost a thread a few microseconds; a megaflop is about ten.
  constexpr double kFlopsPerThread = 2e6;
  const double worth = std::max(1.0, flops_per_step / kFlopsPerThread);
  return std::max<std::size_t>(1, std::min(wanted, static_cast<std::size_t>(worth)));
}

void TeamSize::Note(double seconds, std::size_t samples) {
  if (most_ == 1) return;
  seconds_ += seconds;
  count_ += static_cast<double>(samples);
  if (seconds_ >= kWindowSeconds) EndWindow();
}

void TeamSize::EndWindow() {
  if (hold_ > 0) {
    const bool fallen = size_ > 1 && count_ < kFallen * pace_ * seconds_;
    hold_ = fallen ? 0 : hold_ - 1;  // one that has fallen is no example: the next ones tell
  } else {
    Try();
  }
  seconds_ = count_ = 0.0;
}

void TeamSize::Try() {
  const Kind kind = size_ == 1 ? kAlone : kTeam;
  trial_seconds_[kind] += seconds_;
  trial_count_[kind] += count_;
  ++trials_;
  size_ = kind == kTeam ? 1 : most_;
  if (trials_ % 2 != 0) return;
  const double team = trial_count_[kTeam] / trial_seconds_[kTeam];
  const double alone = trial_count_[kAlone] / trial_seconds_[kAlone];
  const bool clear = team > kClear * alone || alone > kClear * team;
  if (trials_ < 2 * kTrials && !clear) return;
  const std::size_t better = team > 1.02 * alone ? most_ : 1;
  // Trials begin with the team; whoever is kept, the next ones find it so.
  const bool again = wins_ > 0 && better == last_;
  // Whatever has beaten a team that was better until now may be over soon.
  const bool upset = wins_ > 0 && better < last_;
  wins_ = again ? std::min(wins_ + 1, kLongest) : 1;
  last_ = better;
  pace_ = team;
  hold_ = better > 1 ? kHold * kLongest : upset ? kHold / 4 : kHold * wins_;
  size_ = better;
  trials_ = 0;
  trial_seconds_ = trial_count_ = {};
}

}  // namespace lanegrad
