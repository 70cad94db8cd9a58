/// @file
/// Formulas as plain text, for the search.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_FORMULA_TEXT_H_
#define LANEGRAD_DOCS_FORMULA_TEXT_H_

#include <string>
#include <string_view>

namespace lanegrad {

/// A text in which every formula between `\(` and `\)`, `\[` and `\]`, or `\begin{align*}` and its
/// end, is written as one would in a letter: `\frac{\partial E}{\partial W}` becomes `∂ E/∂ W`.
/// What has no such form is left out.
std::string WithoutTex(std::string_view text);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_FORMULA_TEXT_H_
