/// @file
/// Works as BibTeX describes them, how the book sets them, and the citations in its text that
/// point at them.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REFERENCES_BIBLIOGRAPHY_H_
#define LANEGRAD_EXPERIMENTS_REFERENCES_BIBLIOGRAPHY_H_

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lanegrad {

/// An author.
struct Person {
  std::string family;  ///< "van der Maaten".
  std::string given;   ///< Initials: "L."; of an organisation empty.
};

/// An entry of a bibliography.
struct Work {
  std::string key;              ///< "rumelhart1986".
  std::string type;             ///< "article", "book", ...
  std::vector<Person> authors;  ///< In order.
  bool others = false;          ///< Whether more follow: BibTeX's `and others`.
  std::vector<std::pair<std::string, std::string>> fields;  ///< All but the authors, as written.

  /// The text of a field; empty where there is none.
  std::string Field(std::string_view name) const;
  /// Where it appeared: journal, conference or book of papers, publisher, school, or "arXiv".
  std::string Venue() const;
};

/// Reads BibTeX in the form that docs/references.bib has: a field a line, values in braces,
/// authors as "Family, Initials". `name` is what errors call the file. Throws DataError with the
/// line, what is wrong and what would be right: also for a key that is there twice, and for an
/// entry without author, title or year.
std::vector<Work> ParseBibTex(std::string_view text, std::string_view name);

/// The works of docs/references.bib, as compiled in.
const std::vector<Work>& References();

/// The entry of a key. Throws DataError where there is none.
const Work& ReferenceNamed(std::string_view key);

/// One reference in the book's form: authors, title, where it appeared, year, pages.
std::string ReferenceMarkdown(const Work& work);

/// The page of the book: all works by their authors' names, an anchor each, which
/// `bibliography.html#bib_KEY` leads to.
std::string BibliographyMarkdown(const std::vector<Work>& works);

/// Letters and digits of a text in lower case, without accents: for comparisons.
std::string Folded(std::string_view text);

/// A citation in a text.
struct Citation {
  std::vector<std::string> names;  ///< Family names.
  bool et_al = false;              ///< Whether one name stands for all.
  std::string year;                ///< "1986".
  std::string text;                ///< As it stands: "Rumelhart, Hinton and Williams 1986".
};

/// The citations of a text: in square brackets, names and year, separated by semicolons, such as
/// "[Polyak 1964; for sigmoids, Goh 2017, section 2]". Links of Markdown are none.
std::vector<Citation> CitationsIn(std::string_view text);

/// Whether a citation means the work: its year and all of its authors, or its first with "et al."
/// where it has more than two.
bool Cites(const Citation& citation, const Work& work);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REFERENCES_BIBLIOGRAPHY_H_
