/// @file
/// Points of the plane with names, and small networks that learn them: what the figures of chapters
/// 1 and 6.2 in which something can be moved are made of, and what their still pictures show.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_SMALL_LESSONS_H_
#define LANEGRAD_DOCS_SMALL_LESSONS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "experiments/back_propagation/plain_network.h"

namespace lanegrad {

/// A point with its name.
struct NamedPoint {
  std::array<double, 2> x;  ///< Where it is.
  std::size_t name;         ///< 0, 1, ...
};

/// What a network learns, and what it learns it with.
struct SmallLesson {
  std::vector<NamedPoint> train;  ///< In the order in which they are shown.
  std::vector<NamedPoint> fresh;  ///< To be judged by.
  std::vector<std::size_t> lots;  ///< A name for each of `train`, drawn by lot.
  PlainNetwork network;           ///< Before its first step: outputs are logits.
  double rate;                    ///< Of every step.
};

/// Chapter 1: three clouds of ten points each, and a network wide enough to learn them by heart.
SmallLesson PointsToLearn();

/// Chapter 6.2: four clouds, of which two are learned first and the other two after them.
SmallLesson TwoLessons();
/// Steps of its first lesson.
inline constexpr std::size_t kFirstLessonSteps = 400;

/// Those of the points whose name is `low` or above, and below `high`.
std::vector<NamedPoint> WithNames(std::span<const NamedPoint> points, std::size_t low,
                                  std::size_t high);

/// One step of descent on cross-entropy behind softmax, for one point.
void StepOn(PlainNetwork& network, const NamedPoint& point, double rate);

/// `steps` steps on points in turn, and after the last again the first.
void LearnInTurn(PlainNetwork& network, std::span<const NamedPoint> points, std::size_t steps,
                 double rate);

/// The number of the largest output at a place; the first of equal ones.
std::size_t NameAt(const PlainNetwork& network, std::array<double, 2> x);

/// The share of points that a network names rightly.
double ShareNamed(const PlainNetwork& network, std::span<const NamedPoint> points);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_SMALL_LESSONS_H_
