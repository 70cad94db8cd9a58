/// @file
/// The drawings of figures for a telephone, which reports have, in the pages of the book.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_NARROW_FIGURES_H_
#define LANEGRAD_DOCS_NARROW_FIGURES_H_

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "experiments/report/report.h"

namespace lanegrad {

/// By name and title of a figure, as NarrowKey() joins them, its heading and its drawing for a
/// narrow page, as HTML. The name alone is not enough: reports of several comparisons have
/// figures of one name.
using NarrowFigures = std::map<std::string, std::string, std::less<>>;

/// The key of a figure; `title` may be escaped.
std::string NarrowKey(std::string_view name, std::string_view title);

/// A drawing in the form in which ReadNarrow() finds it in a page.
std::string NarrowView(const Drawing& drawing);

/// Adds the figures of a page, a report or what NarrowView() made, to `figures`.
void ReadNarrow(std::string_view page, NarrowFigures& figures);

/// The same of all pages in a directory and its subdirectories.
NarrowFigures ReadNarrow(const std::filesystem::path& directory);

/// A page in which every figure that is among `figures`, by name and title, stands twice: as it
/// was, and for a narrow page. A style sheet shows one of the two.
std::string WithNarrow(std::string_view page, const NarrowFigures& figures);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_NARROW_FIGURES_H_
