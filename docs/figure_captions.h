/// @file
/// Numbers for the figures of a chapter, and what each was made from.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_FIGURE_CAPTIONS_H_
#define LANEGRAD_DOCS_FIGURE_CAPTIONS_H_

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace lanegrad {

/// The digest of the book's records by experiment.
using RecordDigests = std::map<std::string, std::string, std::less<>>;

/// Reads DOCS/records/EXPERIMENT/default.digest, whichever there are.
RecordDigests ReadDigests(const std::filesystem::path& docs);

/// A page in which every figure that WithNarrow() has set has a line below it: "Figure 3.5.2", a
/// link to itself, and, where its name begins with that of an experiment, with which command it is
/// made again and what digest its records have. `title` is that of the page: "3.5 Gradient
/// descent"; a page whose title begins with no number stays as it is. Still pictures of moving
/// figures have no number.
std::string WithCaptions(std::string_view page, std::string_view title,
                         const RecordDigests& digests);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_FIGURE_CAPTIONS_H_
