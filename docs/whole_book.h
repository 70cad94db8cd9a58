/// @file
/// All chapters on one page: for printing, for one file to take along, for searching by eye.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_WHOLE_BOOK_H_
#define LANEGRAD_DOCS_WHOLE_BOOK_H_

#include <filesystem>
#include <string>
#include <vector>

#include "docs/page_order.h"

namespace lanegrad {

/// A page of the chapters and of the pages that stand beside them, in order, made of the
/// finished pages in `site`. Links between them become links within the page.
std::string WholeBook(const std::vector<BookPage>& pages, const std::filesystem::path& site);

/// That page without scripts, navigation and figures for telephones, as a converter to other
/// forms wants it.
std::string PlainBook(std::string whole);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_WHOLE_BOOK_H_
