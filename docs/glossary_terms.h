/// @file
/// The terms of the glossary: anchors for them, links to them from the chapters, and what a page
/// shows of them when one points at such a link.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_GLOSSARY_TERMS_H_
#define LANEGRAD_DOCS_GLOSSARY_TERMS_H_

#include <string>
#include <string_view>
#include <vector>

namespace lanegrad {

/// A row of the glossary.
struct GlossaryTerm {
  std::string id;                   ///< "term-learning-rate": its anchor.
  std::vector<std::string> names;   ///< "neuron", "unit", "node".
  std::string chinese;              ///< Of the article; empty where it has no word for it.
  std::string meaning;              ///< What it is, in one sentence.
  std::vector<std::string> linked;  ///< Those of its names that chapters link from.
};

/// The rows of all tables of the page of the glossary as Doxygen set it. Names in its list
/// `<span class="not-linked">` are not linked: they have another sense as well. Throws
/// WriteError where one of that list is no term, or where there are no terms.
std::vector<GlossaryTerm> ReadGlossary(std::string_view page);

/// The same page with an anchor at each of its terms.
std::string WithTermAnchors(std::string_view page, const std::vector<GlossaryTerm>& terms);

/// A chapter in which the first use of a term in each section, from one `<h1>` to the next, links
/// to the glossary. The section of sources, what is linked already, headings, code, formulas,
/// tables, figures and captions stay as they are. Of several terms at one place the longest counts;
/// plurals count as well.
std::string WithTermLinks(std::string_view page, const std::vector<GlossaryTerm>& terms);

/// A script that says of every anchor what its term means: `window.bookGlossary`.
std::string GlossaryScript(const std::vector<GlossaryTerm>& terms);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_GLOSSARY_TERMS_H_
