/// @file
/// Figures for papers: no headline, since the caption says it, and proper names.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_PLAIN_FIGURE_H_
#define LANEGRAD_EXPERIMENTS_REPORT_PLAIN_FIGURE_H_

#include "experiments/report/figure.h"
#include "experiments/report/network_diagram.h"

namespace lanegrad {

/// The same figure under the name NAME_plain, without title and subtitle, and with ProperNames() in
/// whatever text is drawn. To be drawn only: data go by identifiers.
LineFigure Plain(LineFigure figure);
HeatMap Plain(HeatMap figure);                ///< The same of a heat map.
DotFigure Plain(DotFigure figure);            ///< The same of dots.
RankDiagram Plain(RankDiagram figure);        ///< The same of ranks.
ImageFigure Plain(ImageFigure figure);        ///< The same of pictures.
NetworkDiagram Plain(NetworkDiagram figure);  ///< The same of networks.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_PLAIN_FIGURE_H_
