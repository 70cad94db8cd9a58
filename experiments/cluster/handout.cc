// SPDX-License-Identifier: Apache-2.0
#include "experiments/cluster/handout.h"

#include <algorithm>
#include <cmath>

namespace lanegrad {

void Handout::Join(std::size_t rank, std::size_t threads) {
  if (!ranks_.emplace(rank, Rank{.threads = threads, .runs = {}}).second) return;
  threads_ += threads;
}

void Handout::Leave(std::size_t rank) {
  const auto found = ranks_.find(rank);
  if (found == ranks_.end()) return;
  waiting_.insert(waiting_.begin(), found->second.runs.begin(), found->second.runs.end());
  threads_ -= found->second.threads;
  ranks_.erase(found);
}

std::vector<std::size_t> Handout::Next(std::size_t rank) {
  std::vector<std::size_t> given;
  const auto found = ranks_.find(rank);
  if (found == ranks_.end()) return given;
  Rank& to = found->second;
  double ahead = 0.0;
  if (mean_seconds_ > 0.0) ahead = std::min(kMostAhead, std::floor(kAheadSeconds / mean_seconds_));
  // Of the last runs everybody has a share: none piles them up.
  const double share = static_cast<double>(waiting_.size()) / static_cast<double>(threads_);
  const double wanted = static_cast<double>(to.threads) * (1.0 + std::min(ahead, share));
  while (!waiting_.empty() && static_cast<double>(to.runs.size()) + 1.0 <= wanted) {
    to.runs.insert(waiting_.front());
    given.push_back(waiting_.front());
    waiting_.pop_front();
  }
  return given;
}

bool Handout::Finish(std::size_t rank, std::size_t run, double seconds) {
  const auto found = ranks_.find(rank);
  if (found == ranks_.end() || found->second.runs.erase(run) == 0) return false;
  // Runs come longest first, so what was long ago is no guide.
  constexpr double kWeight = 1.0 / 32.0;
  mean_seconds_ += (mean_seconds_ > 0.0 ? kWeight : 1.0) * (seconds - mean_seconds_);
  return true;
}

bool Handout::Done() const {
  return waiting_.empty() && std::all_of(ranks_.begin(), ranks_.end(),
                                         [](const auto& each) { return each.second.runs.empty(); });
}

}  // namespace lanegrad
