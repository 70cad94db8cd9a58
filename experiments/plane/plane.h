/// @file
/// What networks of two inputs compute over the plane, and what a straight line could.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_PLANE_PLANE_H_
#define LANEGRAD_EXPERIMENTS_PLANE_PLANE_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "network/dataset.h"
#include "network/network.h"

namespace lanegrad {

/// A piece of the plane, and the pixels it is cut into.
struct PlaneGrid {
  double left = -1.0;     ///< Smallest x.
  double right = 1.0;     ///< Largest x.
  double bottom = -1.0;   ///< Smallest y.
  double top = 1.0;       ///< Largest y.
  std::size_t side = 40;  ///< Pixels a row, and rows.
};

/// What unit `unit` of layer `layer` answers in the middle of each pixel, row after row from the
/// top: side * side numbers. The network has two inputs. Throws std::out_of_range where there is
/// no such layer or unit. Cost: one forward pass of side * side samples.
std::vector<double> UnitOverPlane(const Network& network, const PlaneGrid& grid, std::size_t layer,
                                  std::size_t unit);

/// The last layer's answers as one number a pixel from -1 (class 0) to 1 (the last class): of one
/// output p, 2 p - 1; of two, the second minus the first; of more, the number of the largest,
/// spread evenly. Otherwise as UnitOverPlane().
std::vector<double> AnswerOverPlane(const Network& network, const PlaneGrid& grid);

/// The largest share of samples of two features and two classes that lie on their class's side of
/// a straight line, over all lines of `directions` evenly spaced directions: what no network
/// without a hidden layer can exceed on these samples, but for lines between those directions.
/// Throws DataError for other samples. Cost: directions * n log n.
double BestLine(const Samples& samples, std::size_t directions);

/// The one layer that computes what all layers of `network` do, where each of them but the last
/// has the identity for its activation:
///
///     (x W_1 + b_1) W_2 + b_2  =  x (W_1 W_2) + (b_1 W_2 + b_2)
///
/// multiplied out in double, rounded once. It keeps the last layer's activation and head. Throws
/// std::invalid_argument where a layer before the last has another activation.
Network Folded(const Network& network);

/// The class that a network answers for each sample of two features: the largest output's
/// number, or with one output whether it exceeds 1/2.
std::vector<std::size_t> Answers(const Network& network, const Samples& samples);

/// Numbers from `low` to `high` as text, a letter each, in 64 levels: pictures that go into a
/// record. What is outside counts as the nearer end, NaN as `low`.
std::string LevelText(std::span<const double> values, double low, double high);
/// The middle of the level of each letter. Throws DataError for other letters.
std::vector<double> Levels(std::string_view text, double low, double high);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_PLANE_PLANE_H_
