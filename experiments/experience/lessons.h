/// @file
/// Two lessons that a network learns one after the other, or together: chapter 6.2.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_EXPERIENCE_LESSONS_H_
#define LANEGRAD_EXPERIMENTS_EXPERIENCE_LESSONS_H_

#include <cstddef>
#include <cstdint>

#include "network/dataset.h"

namespace lanegrad {

/// Classes below this are the first lesson, all others the second.
inline constexpr std::size_t kFirstLesson = 5;

/// The samples whose label is at least `low` and below `high`, in their order.
Samples OfClasses(const Samples& samples, std::size_t low, std::size_t high);

/// The first round(share * count) samples of a set in which the order is random already.
Samples ShareOf(const Samples& samples, double share);

/// One set after the other.
Samples Together(Samples samples, const Samples& more);

/// A data set of the same classes to learn `train` from and be judged by `test`, with a checksum of
/// its own.
Dataset Lesson(const Dataset& data, Samples train, Samples test);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_EXPERIENCE_LESSONS_H_
