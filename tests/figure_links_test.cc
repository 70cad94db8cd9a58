// SPDX-License-Identifier: Apache-2.0
#include "docs/figure_links.h"

#include <gtest/gtest.h>

#include "docs/figure_captions.h"
#include "experiments/records/disk.h"

namespace lanegrad {
namespace {

std::string Figure(const std::string& id, const std::string& title) {
  return "<div class=\"figure-wide\"><svg id=\"" + id + "\"><title id=\"" + id + "-t\">" + title +
         "</title></svg></div>\n<div class=\"figure-narrow\"><h3>" + title + "</h3><svg id=\"" +
         id + "_narrow\"></svg></div><!-- narrow -->\n";
}

std::vector<NumberedFigure> Figures() {
  const std::string page =
      WithCaptions(Figure("a_paths", "Paths") + Figure("a_losses", "Losses"), "3.5 Descent", {});
  return FiguresOf(page, "ch_03_5_descent", "3.5 Descent");
}

TEST(FigureLinks, KnowNumberTitleAddressAndDrawing) {
  const std::vector<NumberedFigure> figures = Figures();
  ASSERT_EQ(figures.size(), 2u);
  EXPECT_EQ(figures[1].name, "a_losses");
  EXPECT_EQ(figures[1].number, "3.5.2");
  EXPECT_EQ(figures[1].title, "Losses");
  EXPECT_EQ(figures[1].address, "ch_03_5_descent.html#figure-3-5-2");
  EXPECT_EQ(figures[1].drawing, "<h3>Losses</h3><svg id=\"a_losses_narrow\"></svg>");
}

TEST(FigureLinks, PutTheNumberInThePlaceOfTheName) {
  EXPECT_EQ(WithFigureLinks("<p>(<a href=\"#a_losses\" class=\"figure-ref\">a_losses</a>)</p>",
                            Figures()),
            "<p>(<a class=\"figure-ref\" href=\"ch_03_5_descent.html#figure-3-5-2\">Figure "
            "3.5.2</a>)</p>");
  EXPECT_THROW(WithFigureLinks("<a href=\"#absent\" class=\"figure-ref\">absent</a>", Figures()),
               WriteError);
}

TEST(FigureLinks, ListEveryFigureUnderItsChapter) {
  const std::string list = FigureList(Figures());
  EXPECT_LT(list.find("3.5 Descent"), list.find("Figure 3.5.1</a> Paths"));
  EXPECT_LT(list.find("Figure 3.5.1</a> Paths"), list.find("Figure 3.5.2</a> Losses"));
}

TEST(FigureLinks, ShareNoIdWithThePageThatShowsThem) {
  const std::string script = FigureScript(Figures()[0]);
  EXPECT_TRUE(script.starts_with("bookFigure(\"figure-3-5-1\", \"")) << script;
  EXPECT_NE(script.find("a_paths_preview"), script.npos) << script;
  EXPECT_EQ(script.find("a_paths_narrow"), script.npos) << script;
}

}  // namespace
}  // namespace lanegrad
