/// @file
/// Text for a page to include.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_INCLUDED_TEXT_H_
#define LANEGRAD_DOCS_INCLUDED_TEXT_H_

#include <string>
#include <string_view>

namespace lanegrad {

/// Markdown that Doxygen 1.9.4 sets in as many paragraphs as it has when a page includes it by
/// `\include{doc}`: that takes an included text for one paragraph, whatever empty lines it has, so
/// every block of prose but the first is put into a `<div class="par">`, which docs/site/site.css
/// sets like a paragraph. Tables, lists and the like stay as they are.
std::string WithParagraphs(std::string_view markdown);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_INCLUDED_TEXT_H_
