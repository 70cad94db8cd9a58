// SPDX-License-Identifier: Apache-2.0
#include "docs/page_order.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "docs/whole_book.h"
#include "experiments/records/disk.h"

namespace lanegrad {
namespace {

namespace fs = std::filesystem;

// A book of four pages, as Doxygen would have set it.
class PageOrder : public testing::Test {
 protected:
  void SetUp() override {
    Write("docs/site/order.txt", "# a comment\nindex\nbook\nbuilt\n");
    Write("docs/book.md", "# The book {#book}\n<h2>Parts</h2>\n\\subpage one <br>\nWhat?\n");
    for (const char* name : {"index", "book", "one", "built"}) SetPage(name, "");
  }
  void TearDown() override { fs::remove_all(root_); }
  void Write(const fs::path& path, const std::string& text) const {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream(root_ / path) << text;
  }
  void SetPage(const std::string& name, const std::string& text) const {
    Write("site/" + name + ".html", "<head><title>x</title></head><div class=\"title\">Title of " +
                                        name + " </div><div class=\"contents\">\n" + text +
                                        "</div><!-- contents -->");
  }
  std::vector<BookPage> Pages() const { return PagesInOrder(root_ / "docs", root_ / "site"); }

  const fs::path root_ =
      fs::temp_directory_path() / fs::path("page_order_test_" + std::to_string(::getpid()));
};

TEST_F(PageOrder, PutsSubpagesAfterThePageThatNamesThem) {
  const std::vector<BookPage> pages = Pages();
  ASSERT_EQ(pages.size(), 4u);
  EXPECT_EQ(pages[2].name, "one");
  EXPECT_EQ(pages[2].title, "Title of one");
  EXPECT_EQ(pages[2].parent, "book");
  EXPECT_EQ(pages[2].group, "Parts");
  EXPECT_EQ(pages[3].name, "built");
}

TEST_F(PageOrder, RefusesAPageThatWasNotSet) {
  fs::remove(root_ / "site/one.html");
  EXPECT_THROW(Pages(), WriteError);
}

TEST_F(PageOrder, LeadsFromThePageBeforeToThePageAfter) {
  const std::string nav = PreviousAndNext(Pages(), 2);
  EXPECT_NE(nav.find("rel=\"prev\" href=\"book.html\""), nav.npos) << nav;
  EXPECT_NE(nav.find("rel=\"next\" href=\"built.html\""), nav.npos) << nav;
  EXPECT_EQ(PreviousAndNext(Pages(), 0).find("rel=\"prev\""), nav.npos);
  EXPECT_EQ(PreviousAndNext(Pages(), 3).find("rel=\"next\""), nav.npos);
}

TEST_F(PageOrder, MarksWhereTheReaderIsAndListsItsSections) {
  const std::string list = Sidebar(Pages(), "one", "<ul><li>a section</li></ul>");
  EXPECT_NE(
      list.find("<a href=\"one.html\" aria-current=\"page\">Title of one</a><ul><li>a section"),
      list.npos)
      << list;
  EXPECT_EQ(list.find("aria-current"), list.rfind("aria-current"));
}

TEST_F(PageOrder, TurnsLinksBetweenChaptersIntoLinksWithinTheWholeBook) {
  SetPage("book",
          "<h1>A</h1><a href=\"one.html\">p</a><a href=\"one.html#x\">s</a><a "
          "href=\"built.html\">b</a>");
  SetPage("one", "<h1><a class=\"anchor\" id=\"x\"></a>B</h1>");
  const std::string whole = WholeBook(Pages(), root_ / "site");
  EXPECT_NE(whole.find("<h1 class=\"whole-title\" id=\"page-one\">Title of one</h1>"), whole.npos);
  EXPECT_NE(whole.find("href=\"#page-one\">p<"), whole.npos) << whole;
  EXPECT_NE(whole.find("href=\"#x\">s<"), whole.npos) << whole;
  EXPECT_NE(whole.find("href=\"built.html\">b<"), whole.npos) << whole;
  EXPECT_NE(whole.find("<h2>A</h2>"), whole.npos) << "sections stand below the title of their page";
}

TEST_F(PageOrder, TakesScriptsAndNavigationOutOfTheBookForConverters) {
  SetPage("one",
          "<script>x</script>\\( \\Bigl( a \\Bigr) \\)<div class=\"figure-narrow\">n</div><!-- "
          "narrow -->");
  const std::string plain = PlainBook(WholeBook(Pages(), root_ / "site"));
  for (const char* gone : {"<script", "whole-contents", "figure-narrow", "\\Big", "<section"}) {
    EXPECT_EQ(plain.find(gone), plain.npos) << gone;
  }
  EXPECT_NE(plain.find("( a )"), plain.npos) << plain;
}

}  // namespace
}  // namespace lanegrad
