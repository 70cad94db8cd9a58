/// @file
/// The one order of the book's pages, and the pages around each.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_PAGE_ORDER_H_
#define LANEGRAD_DOCS_PAGE_ORDER_H_

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace lanegrad {

/// A page of the book; not of the reference.
struct BookPage {
  std::string name;    ///< Its id in Doxygen, and the stem of its file: `ch_04_3_xor`.
  std::string title;   ///< As HTML.
  std::string parent;  ///< The page that names it by `\subpage`; empty at the top.
  std::string group;   ///< The heading that it stands under in its parent; empty where none.
};

/// The text of a file. Throws WriteError, with the path, where it cannot be read.
std::string ReadText(const std::filesystem::path& path);

/// What lies between two marks, or after the first where the second is empty; empty where the
/// marks are not there.
std::string_view Between(std::string_view text, std::string_view from, std::string_view to);

/// The pages in the order of docs/site/order.txt, each followed by its subpages, with the
/// titles that the pages in `site` have. A page that is listed and was not set is an error.
std::vector<BookPage> PagesInOrder(const std::filesystem::path& docs,
                                   const std::filesystem::path& site);

/// The contents of the book as a list, for the side of page `current`, which is marked; beneath
/// it stand its own sections (`sections`: a list in HTML, or nothing).
std::string Sidebar(const std::vector<BookPage>& pages, std::string_view current,
                    std::string_view sections);

/// Links to the page before and the page after number `i`.
std::string PreviousAndNext(const std::vector<BookPage>& pages, std::size_t i);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_PAGE_ORDER_H_
