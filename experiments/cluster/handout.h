/// @file
/// Who is given which run of a plan, and when.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CLUSTER_HANDOUT_H_
#define LANEGRAD_EXPERIMENTS_CLUSTER_HANDOUT_H_

#include <cstddef>
#include <deque>
#include <map>
#include <set>
#include <span>
#include <vector>

namespace lanegrad {

/// The runs of a plan on their way. Each is waiting, in the hands of one rank, or finished; none is
/// lost when a rank leaves, and none counts twice.
///
/// A rank is given as many runs as it trains at once, and more ahead only while runs are so short
/// that it would idle until the next message: as many as fill kAheadSeconds. So the long runs,
/// which come first, are given one by one to whoever is free, and nothing waits behind a long one
/// while another rank has nothing to do.
class Handout {
 public:
  /// Work that a rank has ahead of what it trains: what handing out and writing take at worst.
  static constexpr double kAheadSeconds = 0.05;
  /// At most so many runs ahead for each that is trained.
  static constexpr double kMostAhead = 64.0;

  /// Of these runs, handed out in this order.
  explicit Handout(std::span<const std::size_t> runs) : waiting_(runs.begin(), runs.end()) {}
  /// A rank takes part, which trains `threads` runs at once.
  void Join(std::size_t rank, std::size_t threads);
  /// A rank does no more: what it has in hand waits again, before everything else.
  void Leave(std::size_t rank);
  /// The runs that `rank` is to be given now; from then on they are in its hands.
  std::vector<std::size_t> Next(std::size_t rank);
  /// `rank` has finished a run that took `seconds`. False where that run was not in its hands.
  bool Finish(std::size_t rank, std::size_t run, double seconds);
  /// Whether everything is finished.
  bool Done() const;
  /// Whether anybody takes part.
  bool Anybody() const { return !ranks_.empty(); }

 private:
  struct Rank {
    std::size_t threads = 1;
    std::set<std::size_t> runs;  // in its hands
  };

  std::deque<std::size_t> waiting_;
  std::map<std::size_t, Rank> ranks_;
  std::size_t threads_ = 0;    // of all ranks
  double mean_seconds_ = 0.0;  // of late; 0: nothing is known yet
};

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CLUSTER_HANDOUT_H_
