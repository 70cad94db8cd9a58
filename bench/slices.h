/// @file
/// Timing of several ways to do the same work, so that the machine's moods fall on
/// all of them alike.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_BENCH_SLICES_H_
#define LANEGRAD_BENCH_SLICES_H_

#include <functional>
#include <string>
#include <vector>

namespace lanegrad {

/// One way to do the work.
struct Contestant {
  std::string name;           ///< Whose way it is.
  std::function<void()> run;  ///< Does it once.
};

/// Seconds of processors that this process has used. What other programs do does not lengthen
/// them, and a contestant with threads of its own gains nothing by them.
double ProcessorSeconds();

/// What was seen of one contestant, in seconds a run.
struct Timing {
  double median = 0.0;    ///< Of the slices.
  double fastest = 0.0;   ///< Of the slices: what the machine can do when left alone.
  double quartile = 0.0;  ///< Third quartile: how far it was from being left alone.
};

/// Runs the contestants in turn, a slice of about `slice` seconds each, in `rounds`
/// rounds, and returns one timing a contestant. On a shared machine only what was
/// measured side by side can be compared: compare within one call.
std::vector<Timing> TimeInTurn(const std::vector<Contestant>& contestants, int rounds = 41,
                               double slice = 0.0005);

}  // namespace lanegrad

#endif  // LANEGRAD_BENCH_SLICES_H_
