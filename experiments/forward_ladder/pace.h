/// @file
/// How fast a layer is computed, and how fast the machine would let it be: paces, and the
/// roofline [Williams, Waterman and Patterson 2009].
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_FORWARD_LADDER_PACE_H_
#define LANEGRAD_EXPERIMENTS_FORWARD_LADDER_PACE_H_

#include <cstddef>
#include <functional>

namespace lanegrad {

/// Repetitions of a measure. The median of a distribution lies between the least and the
/// greatest of eleven draws with a probability of 1 - 2^-10.
inline constexpr int kPaceRounds = 11;

/// A median with the least and the greatest of kPaceRounds rounds.
struct Pace {
  double median = 0.0;  ///< In the middle.
  double low = 0.0;     ///< The least.
  double high = 0.0;    ///< The greatest.
};

/// How many units a second `body` does, which does `units` a call: rounds of `seconds` at least,
/// and of one call at least.
Pace MeasurePace(double units, double seconds, const std::function<void()>& body);

/// Two ways to do the same, in turns.
struct PairedPace {
  Pace pace;  ///< Of the second, in units a second.
  Pace gain;  ///< The second's pace over the first's, round by round.
};

/// Measures both in each round, one after the other, so that a clock that wanders meets both.
PairedPace MeasurePaired(double units, double seconds, const std::function<void()>& first,
                         const std::function<void()>& second);

/// What bounds a layer of `in` x `out` on one thread of this machine.
struct Roof {
  double flops_per_second = 0.0;  ///< The product's best, all operands in the first-level cache.
  double bytes_per_second = 0.0;  ///< Reading an array of the size of the weights, again and again.
};

/// Measures the two bounds.
Roof MeasureRoof(std::size_t in, std::size_t out);

/// The bytes that a batch must move: weights and inputs read, outputs and slopes written.
double LayerBytes(std::size_t batch, std::size_t in, std::size_t out);

/// Samples a second under a roof: whichever takes longer, computing or fetching, is what takes
/// the time, batch / max(2 batch in out / F, LayerBytes() / B).
double RoofPace(double flops_per_second, double bytes_per_second, std::size_t batch, std::size_t in,
                std::size_t out);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_FORWARD_LADDER_PACE_H_
