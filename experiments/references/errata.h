/// @file
/// Errata of the article: what it says, what is right, and where the book shows it.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REFERENCES_ERRATA_H_
#define LANEGRAD_EXPERIMENTS_REFERENCES_ERRATA_H_

#include <string>
#include <string_view>
#include <vector>

namespace lanegrad {

/// One of them.
struct Erratum {
  std::string section;  ///< Of the article.
  std::string kind;     ///< "E" error, "I" imprecise, "O" omission.
  std::string says;     ///< What the article says or does, in our words.
  std::string right;    ///< What is right.
  std::string chapter;  ///< File stem of the chapter that shows it; empty: none.
  std::string claim;    ///< The claim that shows it by numbers; empty: shown in prose.
};

/// Reads docs/errata.toml. Throws UsageError or DataError with the place, what is wrong and what
/// would be right.
std::vector<Erratum> ParseErrata(std::string_view text, std::string_view name);

/// The errata of the article, as compiled in.
const std::vector<Erratum>& Errata();

/// The page of the book: how many of each kind, and a table, numbered in the order of the file.
std::string ErrataMarkdown(const std::vector<Erratum>& errata);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REFERENCES_ERRATA_H_
