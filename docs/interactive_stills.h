/// @file
/// The still pictures of the figures in which a reader can move something (docs/site/figures/):
/// what a page shows without a script, and in print. Each is computed by the library itself.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_INTERACTIVE_STILLS_H_
#define LANEGRAD_DOCS_INTERACTIVE_STILLS_H_

#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include "experiments/report/figure.h"
#include "experiments/report/network_diagram.h"

namespace lanegrad {

/// A still picture of the figure NAME is a figure called "still_NAME".
using StillFigure = std::variant<LineFigure, DotFigure, ImageFigure, NetworkDiagram>;

/// All of them. `records` is docs/records.
std::vector<StillFigure> InteractiveStills(const std::filesystem::path& records);

/// The element of a page in which the figure NAME is, with its still picture, drawn as `svg`.
std::string InteractiveElement(std::string_view name, std::string_view svg);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_INTERACTIVE_STILLS_H_
