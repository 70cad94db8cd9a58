/// @file
/// What chapter 2.1 measures, and what it draws of it. The claims are in
/// experiments/02_1_concepts.cc.
///
/// Five series of rows: `plane` (networks on points of the plane), `lines` (the best straight line
/// on the same test samples), `learning` (the smallest network that can tell xor, before and
/// after), `count` (operations of a layer) and `curve` (a curve fitted by networks of growing
/// width).
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CONCEPTS_CONCEPTS_H_
#define LANEGRAD_EXPERIMENTS_CONCEPTS_CONCEPTS_H_

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/experiment/experiment.h"
#include "experiments/plane/plane.h"
#include "experiments/plane/plane_learning.h"

namespace lanegrad {

/// The sets of points, from the easiest to the hardest.
inline constexpr std::array<PlaneSet, 4> kConceptSets = {
    PlaneSet{"blobs", 0.2f}, {"moons", 0.2f}, {"xor", 0.2f}, {"spirals", 0.1f}};

/// A network of the chapter, with the name its rows have.
struct ConceptNetwork {
  std::string_view name;  ///< "70, tanh".
  PlaneNetwork network;   ///< What it is.
};

/// The networks compared: none, one and two hidden layers, with and without activation. The last
/// two have about as many numbers to learn, 352 and 354 where there are two classes.
const std::vector<ConceptNetwork>& ConceptNetworks();

inline constexpr std::string_view kNoHidden = "no hidden layer";  ///< One layer of weights.
inline constexpr std::string_view kOneHidden = "70, tanh";        ///< One hidden layer.
inline constexpr std::string_view kTwoHidden = "16-16, tanh";     ///< Two hidden layers.

/// Widths of the networks that fit the curve.
inline constexpr std::array<std::size_t, 6> kCurveWidths = {4, 8, 16, 32, 64, 128};

/// The curve: cos 3 pi x, three waves between -1 and 1.
double ConceptCurve(double x);

/// All tasks of the chapter.
std::vector<Task> ConceptTasks(const Scope& scope);

/// The row of a network on a set. Throws DataError where there is none.
Measurement PlaneRow(const Evidence& evidence, std::string_view data, std::string_view network);
/// What the pictures of this chapter show of the plane.
inline constexpr PlaneGrid kConceptGrid = {
    .left = -2.5, .right = 2.5, .bottom = -2.5, .top = 2.5, .side = 40};

/// The rows of the series `learning` with the highest and the lowest accuracy after training; of
/// equals the first.
std::array<Measurement, 2> BestAndWorst(const Evidence& evidence);

Figure LearningDiagram(const Evidence& evidence);     ///< The best and the worst, before and after.
Figure UnitFigure(const Evidence& evidence);          ///< What their units answer over the plane.
Figure RegionFigure(const Evidence& evidence);        ///< What networks answer over the plane.
Figure WidthFigure(const Evidence& evidence);         ///< Errors over the width.
Figure FitFigure(const Evidence& evidence);           ///< The fitted curves of three widths.
NamedTable AccuracyTable(const Evidence& evidence);   ///< Accuracies, and the best lines.
NamedTable OperationTable(const Evidence& evidence);  ///< Operations by layer.
NamedTable WidthTable(const Evidence& evidence);      ///< Errors by width.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CONCEPTS_CONCEPTS_H_
