// SPDX-License-Identifier: Apache-2.0
// Curves, where they leave the frame, and what a formula adds to them.
#include "experiments/report/line_plot.h"

#include <gtest/gtest.h>

#include <cmath>

#include "experiments/report/figure.h"
#include "tests/markup.h"

namespace lanegrad {
namespace {

// Two panels of two curves over a logarithmic axis.
LineFigure Lines() {
  LineFigure figure = {
      .name = "lines", .x_label = "rate", .y_label = "accuracy", .x_log = true, .panels = {}};
  for (const char* panel : {"one", "two"}) {
    LinePanel p = {.title = panel, .series = {}};
    for (const char* name : {"relu", "tanh"}) {
      LineSeries series = {.name = name, .points = {}};
      for (int i = 0; i < 5; ++i) {
        series.points.push_back({.x = std::pow(10.0, i - 3), .y = 0.5 + 0.1 * i});
      }
      p.series.push_back(series);
    }
    figure.panels.push_back(p);
  }
  return figure;
}

TEST(LinePlotTest, WhatLeavesTheFrameIsCutByItAndNotDropped) {
  LineFigure figure = {.name = "cut", .x_label = "x", .y_label = "y", .panels = {{.title = ""}}};
  LineSeries series = {.name = "steep", .points = {}};
  for (int i = 0; i < 5; ++i) {
    series.points.push_back({.x = 1.0 * i, .y = std::pow(10.0, i)});
  }
  figure.panels[0].series = {series};
  EXPECT_EQ(Count(DrawSvg(figure), "clip-path"), 0u);
  EXPECT_EQ(Count(DrawSvg(figure), "\"outside\""), 0u);
  for (const bool log : {false, true}) {
    figure.y_log = log;
    figure.y_low = 5.0;
    figure.y_high = 500.0;
    const std::string svg = DrawSvg(figure);
    EXPECT_EQ(Count(svg, "clip-path"), 1u);
    EXPECT_EQ(Count(svg, "\"outside\""), 3u) << "1 below, 1000 and 10000 above";
    LineFigure curve = figure;
    curve.dots = false;
    EXPECT_EQ(Count(DrawSvg(curve), "\"outside\""), 2u) << "once at each place where it leaves";
    EXPECT_TRUE(WellFormed(svg));
  }
}

TEST(LinePlotTest, ANarrowPanelHasFewerTicksThanAWideOne) {
  LineFigure figure = {.name = "time", .x_label = "time", .y_label = "y", .panels = {}};
  const LineSeries series = {.name = "s", .points = {{.x = 0.0, .y = 0.0}, {.x = 199.0, .y = 1.0}}};
  figure.panels.push_back({.title = "a", .series = {series}});
  EXPECT_EQ(Count(DrawSvg(figure), ">180</text>"), 1u) << "every 20 in a drawing of one panel";
  figure.panels.resize(3, figure.panels[0]);
  EXPECT_EQ(Count(DrawSvg(figure), ">180</text>"), 0u);
  EXPECT_EQ(Count(DrawSvg(figure), ">150</text>"), 3u) << "every 50 in one of three";
}

TEST(LinePlotTest, ALineOfTheoryIsDashedAndHasNoDots) {
  LineFigure figure = Lines();
  const auto circles = [&] { return Count(DrawSvg(figure), "<circle"); };
  const std::size_t before = circles();
  for (LinePanel& panel : figure.panels) panel.series[0].theory = true;
  EXPECT_LT(circles(), before);
  EXPECT_EQ(Count(DrawSvg(figure), "stroke-dasharray=\"4 3\""), 3u)
      << "one a panel, one in the key";
}

TEST(LinePlotTest, AMarkIsDrawnWithItsLabelAndWidensTheAxis) {
  LineFigure figure = Lines();
  figure.panels[0].marks = {{.x = 1000.0, .label = "2/lambda"}};
  EXPECT_EQ(Count(DrawSvg(figure), "2/lambda"), 1u);
  EXPECT_EQ(Measure(figure).x_high, 1000.0);
}

TEST(LinePlotTest, AnyNumbersAreDrawnAndNoneTakesForEver) {
  for (const bool log : {false, true}) {
    for (const double x : {0.0, -1.0, 1e300, -1e300, 5e-324, 1e17}) {
      for (const double y : {0.0, -1.0, 1e300, 1e17, std::nextafter(1e17, 2e17)}) {
        LineFigure figure = Lines();
        figure.x_log = figure.y_log = log;
        figure.panels[0].series[0].points[2] = {.x = x, .y = y};
        figure.panels[1].series = {
            {.name = "alone", .points = {{.x = x, .y = y}, {.x = 1e17, .y = 1e17}}}};
        figure.panels[0].marks = {{.x = x, .label = "here"}};
        const std::string svg = DrawSvg(figure);
        EXPECT_LT(svg.size(), 100000u);
        EXPECT_EQ(svg.find("nan"), std::string::npos) << x << ", " << y;
        EXPECT_EQ(svg.find("inf"), std::string::npos) << x << ", " << y;
      }
    }
  }
}

}  // namespace
}  // namespace lanegrad
