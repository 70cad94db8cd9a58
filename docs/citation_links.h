/// @file
/// Links from the citations of a page to the bibliography.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_CITATION_LINKS_H_
#define LANEGRAD_DOCS_CITATION_LINKS_H_

#include <string>
#include <string_view>
#include <vector>

#include "experiments/references/bibliography.h"

namespace lanegrad {

/// Citations without their brackets, as "Polyak 1964; for sigmoids, Goh 2017, section 2" in HTML,
/// each with a link to its work, which says when one points at it what it is. Where two works fit,
/// the one counts whose title or journal has the word that follows the year ("Abadi et al. 2016,
/// TensorFlow"), and else none. What cites no work stays as it is.
std::string LinkedCitations(std::string_view html, const std::vector<Work>& works);

/// A page whose citations in square brackets are links; of two works that fit, the one counts whose
/// title the page has, among its sources. Code, what is a link already, and what
/// stands outside of the contents stay as they are.
std::string WithCitationLinks(std::string_view page, const std::vector<Work>& works);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_CITATION_LINKS_H_
