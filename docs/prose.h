/// @file
/// What of a page is prose, and what quotes programs.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_PROSE_H_
#define LANEGRAD_DOCS_PROSE_H_

#include <functional>
#include <string_view>

namespace lanegrad {

/// Calls visit(piece, whether it is prose) for the pieces of a page, which are all of it together,
/// in order. Source, what programs print, code in a line and scripts are no prose.
void ForEachPiece(std::string_view html, const std::function<void(std::string_view, bool)>& visit);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_PROSE_H_
