// SPDX-License-Identifier: Apache-2.0
// Pictures: every pixel, in its shade.
#include <gtest/gtest.h>

#include <array>
#include <cmath>

#include "experiments/report/figure.h"
#include "tests/markup.h"

namespace lanegrad {
namespace {

ImageFigure Images() {
  ImageFigure figure = {.name = "test_images",
                        .title = kNasty,
                        .subtitle = "s",
                        .value_label = kNasty,
                        .x_label = "x",
                        .x_ends = {-1, 1},
                        .y_ends = {-1, 1},
                        .panels = {}};
  figure.panels.push_back({.title = kNasty,
                           .rows = 2,
                           .columns = 3,
                           .values = {0, 0, 1, NAN, 0.5, 1},
                           .points = {{.x = 1.5, .y = 0.5, .group = 1}},
                           .note = kNasty});
  figure.panels.push_back({.title = "b", .rows = 1, .columns = 1, .values = {-2}});
  return figure;
}

TEST(FigureImageTest, NastyNamesAndNoPanelsMakeWellFormedMarkup) {
  for (const Layout layout : {Layout::kWide, Layout::kNarrow}) {
    EXPECT_TRUE(WellFormed(DrawSvg(Images(), layout)));
    EXPECT_TRUE(WellFormed(DrawSvg(ImageFigure{.name = "i"}, layout)));
  }
  EXPECT_EQ(DrawSvg(ImageFigure{.name = "i"}).find("nan"), std::string::npos);
}

TEST(FigureImageTest, EveryPixelIsDrawnOnceInTheShadeOfItsValue) {
  const ImageFigure figure = Images();
  const std::string svg = DrawSvg(figure);
  EXPECT_EQ(Count(svg, "v1h-"), 6u) << "two equal neighbours are one rectangle";
  EXPECT_NE(svg.find(R"(class="lostcell" fill="#d8dee4" d="M0 1h1v1h-1z")"), std::string::npos)
      << "what is no number is grey";
  EXPECT_EQ(Count(WriteCsv(figure), "\r\n"), 1u + 7u);
}

TEST(FigureImageTest, DivergingShadesPartAtZero) {
  ImageFigure figure = Images();
  figure.diverging = true;
  figure.panels = {{.title = "", .rows = 1, .columns = 3, .values = {-4, 0, 1}}};
  const std::string svg = DrawSvg(figure);
  EXPECT_NE(svg.find(">-4<"), std::string::npos);
  EXPECT_NE(svg.find(">4<"), std::string::npos) << "as far on the other side";
}

// The upper end of the y axis stands once a row.
TEST(FigureImageTest, OnATelephoneRowsOfFourAreCutInTwo) {
  ImageFigure figure = Images();
  figure.panels.assign(8, figure.panels[1]);
  figure.y_ends = {-7, 9};
  for (const auto& [in_row, wide, narrow] :
       {std::array<std::size_t, 3>{4, 2, 4}, {8, 1, 4}, {6, 2, 3}, {3, 3, 3}, {5, 2, 2}}) {
    figure.in_row = in_row;
    EXPECT_EQ(Count(DrawSvg(figure), ">9<"), wide) << in_row;
    EXPECT_EQ(Count(DrawSvg(figure, Layout::kNarrow), ">9<"), narrow) << in_row;
  }
}

}  // namespace
}  // namespace lanegrad
