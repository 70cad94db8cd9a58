/// @file
/// The article's list of references: what each entry prints, and whether that is so.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REFERENCES_ARTICLE_REFERENCES_H_
#define LANEGRAD_EXPERIMENTS_REFERENCES_ARTICLE_REFERENCES_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/references/bibliography.h"

namespace lanegrad {

/// What one or several entries of the list print alike. Empty: not printed.
struct Printing {
  std::vector<std::size_t> numbers;  ///< Of the entries, as printed: 2, 24, 47.
  std::string work;                  ///< Key of what it stands for; empty: there is no such work.
  std::string nearest;               ///< Where there is none: what was probably meant.
  std::vector<Person> authors;       ///< As printed.
  bool shortened = false;            ///< Whether there is an ellipsis before the last of them.
  std::string title;                 ///< As printed.
  std::string venue;                 ///< By its usual abbreviation.
  std::string year;                  ///< As printed.
  std::string volume;                ///< As printed.
  std::string issue;                 ///< As printed.
  std::string pages;                 ///< As printed, with a hyphen.
  std::string arxiv;                 ///< Number at arXiv.
  bool cut = false;                  ///< Whether the entry breaks off.
};

/// A thing that the article presents, and the work that it comes from.
struct Origin {
  std::string section;  ///< Of the article.
  std::string idea;     ///< "back-propagation".
  std::string work;     ///< Key.
};

/// Section 8 of the article, in facts.
struct ArticleReferences {
  std::vector<Printing> printings;                             ///< In the order of the file.
  std::vector<Origin> origins;                                 ///< In the order of the file.
  std::vector<std::pair<std::string, std::size_t>> citations;  ///< In its text: section, how many.

  /// How many entries there are.
  std::size_t entries() const;
  /// The printing of an entry. Throws DataError where there is no such entry.
  const Printing& Entry(std::size_t number) const;
};

/// Reads experiments/references/article_references.toml. Throws UsageError or DataError with the
/// place, what is wrong and what would be right: an unknown key, an entry that is there twice or
/// left out, a work that the bibliography does not have.
ArticleReferences ParseArticleReferences(std::string_view text, std::string_view name);

/// The list of the article, as compiled in.
const ArticleReferences& ListOfTheArticle();

/// The fields of an entry that are compared, in the order in which the book names them.
inline constexpr std::string_view kComparedFields[] = {"authors", "title", "venue", "year",
                                                       "volume",  "pages", "arxiv"};

/// Whether what a printing says in a field is what the work says; nothing where it is not printed.
///
/// Titles are compared by their letters and digits. Authors must be those of the work in their
/// order, initials included as far as both have them; before an ellipsis the first ones, after it
/// the last. Volume and issue count as one field. A venue is right if it is that of the work, or
/// arXiv where the work is there; then the year may also be that of its number at arXiv.
std::optional<bool> FieldIsRight(const Printing& printing, const Work& work,
                                 std::string_view field);

/// Whether there is such a work, the entry is whole, it has authors, title, venue and year, and
/// all that it prints is right.
bool EntryIsRight(const Printing& printing);

/// The list set right, a row a work: its entries, and the work as it should be cited, or what was
/// probably meant where there is none.
std::string CorrectedMarkdown(const ArticleReferences& list);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REFERENCES_ARTICLE_REFERENCES_H_
