/// @file
/// Waiting for letters without burning the core that trains.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CLUSTER_NAP_H_
#define LANEGRAD_EXPERIMENTS_CLUSTER_NAP_H_

#include <algorithm>
#include <chrono>
#include <thread>

namespace lanegrad {

/// Sleeps between two looks at the letter box, the longer the longer nothing came. MPI itself would
/// wait for a message in a loop that takes a whole core.
class Nap {
 public:
  /// Sleeps.
  void Take() {
    std::this_thread::sleep_for(std::chrono::microseconds(length_));
    length_ = std::min(2 * length_, kLongest);
  }
  /// Something came: the next naps are short.
  void Wake() { length_ = kShortest; }

 private:
  static constexpr int kShortest = 50, kLongest = 1000;
  int length_ = kShortest;
};

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CLUSTER_NAP_H_
