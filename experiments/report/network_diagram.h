/// @file
/// A network as a drawing: a disc a unit, a line a weight, thick where it is large. Like other
/// figures: plain data in, SVG out, with the same data as CSV and for Vega-Lite.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_NETWORK_DIAGRAM_H_
#define LANEGRAD_EXPERIMENTS_REPORT_NETWORK_DIAGRAM_H_

#include <string>
#include <vector>

#include "experiments/report/svg.h"

namespace lanegrad {

/// One layer of units.
struct DiagramLayer {
  std::string label;               ///< Below it: "hidden layer".
  std::vector<std::string> units;  ///< What stands in each disc: short, or empty.
  /// What comes in from the layer before, row after row: from unit i of that layer to unit j of
  /// this one is number i * units.size() + j. Empty in the first layer.
  std::vector<double> weights = {};
  std::vector<double> biases = {};  ///< One a unit, or empty.
};

/// One network of several.
struct DiagramPanel {
  std::string title;                 ///< Above it.
  std::vector<DiagramLayer> layers;  ///< From the inputs on the left to the outputs.
};

/// Networks side by side, two in a row, drawn to one scale: the thickest line of all is the
/// largest weight. Positive is red and negative blue, as in pictures of fields (figure.h), and
/// dashed besides. What is not finite is drawn as a dotted grey line.
struct NetworkDiagram {
  std::string name;                  ///< Id and file stem.
  std::string title;                 ///< What it shows: the finding.
  std::string subtitle;              ///< What the networks are.
  std::vector<DiagramPanel> panels;  ///< At least one.
};

/// The drawing.
std::string DrawSvg(const NetworkDiagram& figure, Layout layout = Layout::kWide);
/// Its data, one weight a line; a bias comes from the unit "bias".
std::string WriteCsv(const NetworkDiagram& figure);
/// A Vega-Lite 5 specification that maps its weights, from `name`.csv beside it: a table of
/// coloured cells a layer, since Vega-Lite has no networks.
std::string VegaLite(const NetworkDiagram& figure);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_NETWORK_DIAGRAM_H_
