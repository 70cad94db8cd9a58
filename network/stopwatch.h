/// @file
/// A stopwatch for the phases of a training. What it shows decides nothing.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_STOPWATCH_H_
#define LANEGRAD_NETWORK_STOPWATCH_H_

#include <array>
#include <chrono>
#include <cstddef>

#include "network/run_result.h"

namespace lanegrad {

/// Seconds of a clock that never goes back.
inline double Now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

/// The time of one thread, cut into phases. Costs nothing where it is off.
class Stopwatch {
 public:
  /// Begins to run, if it is on.
  explicit Stopwatch(bool on) : on_(on), last_(on ? Now() : 0.0) {}
  /// Adds the time since the last lap to `phase`, but what of it was spent waiting to
  /// Phase::kWait.
  void Lap(Phase phase) {
    if (!on_) return;
    const double now = Now();
    seconds_[static_cast<std::size_t>(phase)] += now - last_ - waited_;
    seconds_[static_cast<std::size_t>(Phase::kWait)] += waited_;
    last_ = now;
    waited_ = 0.0;
  }
  /// Where whoever waits adds the seconds that it took; nullptr if the watch is off.
  double* waited() { return on_ ? &waited_ : nullptr; }
  /// Seconds a phase so far.
  const std::array<double, kPhases>& seconds() const { return seconds_; }

 private:
  bool on_;
  double last_;
  double waited_ = 0.0;  // since the last lap
  std::array<double, kPhases> seconds_ = {};
};

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_STOPWATCH_H_
