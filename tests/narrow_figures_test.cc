// SPDX-License-Identifier: Apache-2.0
#include "docs/narrow_figures.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "experiments/report/figure.h"

namespace lanegrad {
namespace {

std::size_t Count(const std::string& text, const std::string& what) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = text.find(what, at)) != text.npos; ++at) ++count;
  return count;
}

DotFigure Dots() {
  return {
      .name = "shares",
      .title = "Most learn",
      .subtitle = "of ten",
      .x_label = "share",
      .rows = {{.label = "relu", .group = "", .value = 0.5, .low = 0.4, .high = 0.6, .note = ""}}};
}

TEST(NarrowFigures, StandBesideTheFigureOfTheirNameAndOfNoOther) {
  NarrowFigures figures;
  ReadNarrow(NarrowView(MakeDrawing(Dots())), figures);
  ASSERT_EQ(figures.size(), 1u);
  DotFigure other = Dots();
  other.name = "other";
  const std::string page = "<p>a</p>" + DrawSvg(Dots()) + "<p>b</p>" + DrawSvg(other);
  const std::string both = WithNarrow(page, figures);
  EXPECT_EQ(Count(both, "class=\"figure-wide\""), 1u);
  EXPECT_EQ(Count(both, "class=\"figure-narrow\""), 1u);
  EXPECT_EQ(Count(both, "<svg "), 3u);
  EXPECT_LT(both.find("figure-narrow"), both.find("<p>b</p>"));
}

TEST(NarrowFigures, AreNotThoseOfAnotherReportThatHaveTheSameName) {
  NarrowFigures figures;
  ReadNarrow(NarrowView(MakeDrawing(Dots())), figures);
  DotFigure other = Dots();
  other.title = "Few learn";
  EXPECT_EQ(WithNarrow(DrawSvg(other), figures).find("figure-narrow"), std::string::npos);
}

TEST(NarrowFigures, AreFoundByTitlesWithQuotes) {
  DotFigure quoted = Dots();
  quoted.title = "Wilson's \"share\" & more";
  NarrowFigures figures;
  ReadNarrow(NarrowView(MakeDrawing(quoted)), figures);
  EXPECT_NE(WithNarrow(DrawSvg(quoted), figures).find("figure-narrow"), std::string::npos);
}

TEST(NarrowFigures, ShareNoIdWithTheWideDrawing) {
  NarrowFigures figures;
  ReadNarrow(NarrowView(MakeDrawing(Dots())), figures);
  const std::string both = WithNarrow(DrawSvg(Dots()), figures);
  EXPECT_EQ(Count(both, "id=\"shares\""), 1u);
  EXPECT_EQ(Count(both, "id=\"shares_narrow\""), 1u);
}

TEST(NarrowFigures, OfCurvesAreNoWiderThanATelephone) {
  for (const std::size_t panels : {1u, 2u, 3u, 6u}) {
    LineFigure figure = {.name = "curves",
                         .title = "It rises",
                         .subtitle = "one seed",
                         .x_label = "x",
                         .y_label = "y",
                         .panels = {}};
    for (std::size_t p = 0; p < panels; ++p) {
      figure.panels.push_back({.title = std::to_string(p),
                               .series = {{.name = "a",
                                           .points = {{.x = 0.0, .y = 0.0, .note = ""},
                                                      {.x = 1.0, .y = 1.0, .note = ""}}}}});
    }
    const Drawing drawing = MakeDrawing(figure);
    const std::string& shown = drawing.narrow.empty() ? drawing.page : drawing.narrow;
    const std::string mark = "viewBox=\"0 0 ";
    std::size_t drawings = 0;
    for (std::size_t at = 0; (at = shown.find(mark, at)) != shown.npos; ++drawings) {
      at += mark.size();
      EXPECT_LE(std::stod(shown.substr(at)), 372.0) << panels;
    }
    EXPECT_GE(drawings, panels);
  }
}

TEST(NarrowFigures, KeepTheHeadingThatStatesTheFinding) {
  NarrowFigures figures;
  ReadNarrow(NarrowView(MakeDrawing(Dots())), figures);
  EXPECT_NE(figures.begin()->second.find("<h3>Most learn</h3>"), std::string::npos);
}

TEST(NarrowFigures, AreFoundInAReportToo) {
  Report report("title", "lead");
  report.AddFigures({MakeDrawing(Dots())});
  NarrowFigures figures;
  ReadNarrow(report.Html(), figures);
  ASSERT_EQ(figures.count(NarrowKey("shares", "Most learn")), 1u);
  EXPECT_EQ(figures.begin()->second.find("<button"), std::string::npos);
}

}  // namespace
}  // namespace lanegrad
