/// @file
/// The still pictures among those of interactive_stills.h that show what small networks answer.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_STILL_NETWORKS_H_
#define LANEGRAD_DOCS_STILL_NETWORKS_H_

#include "experiments/report/figure.h"
#include "experiments/report/network_diagram.h"

namespace lanegrad {

NetworkDiagram ForwardStill();     ///< A forward pass with all its numbers.
ImageFigure FirstLearningStill();  ///< A network before and after learning, right names and lots.
ImageFigure TwoLessonsStill();     ///< A network after one lesson and after two.
DotFigure AttributionStill();      ///< What maps say of two pixels.
ImageFigure DescriptionStill();    ///< A network built from changed descriptions.

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_STILL_NETWORKS_H_
