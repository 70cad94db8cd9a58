/// @file
/// The sections of the article, and which of them have a chapter.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_ARTICLE_SECTIONS_H_
#define LANEGRAD_DOCS_ARTICLE_SECTIONS_H_

#include <filesystem>
#include <string>

namespace lanegrad {

/// A sentence on how many of the article's sections have a chapter among the files NN_N_slug.md of
/// `chapters`, and which are to come. Several chapters may answer one section: 5.1 and 5.2 both
/// answer section 5.
std::string Coverage(const std::filesystem::path& chapters);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_ARTICLE_SECTIONS_H_
