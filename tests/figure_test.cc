// SPDX-License-Identifier: Apache-2.0
#include "experiments/figure.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "experiments/axis_ticks.h"
#include "experiments/report.h"
#include "experiments/svg.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

// Whether every element of the markup is closed, in order, and no bare & or <
// stands in the text.
bool WellFormed(std::string_view xml) {
  std::vector<std::string> open;
  for (std::size_t i = 0; i < xml.size(); ++i) {
    if (xml[i] == '&') {
      const std::size_t end = xml.find(';', i);
      if (end == xml.npos || end - i > 6) return false;
    }
    if (xml[i] != '<') continue;
    const std::size_t end = xml.find('>', i);
    if (end == xml.npos) return false;
    const std::string_view tag = xml.substr(i + 1, end - i - 1);
    if (tag.find('<') != tag.npos) return false;
    const std::string name(tag.substr(0, tag.find_first_of(" \n/", 1)));
    if (tag[0] == '/') {
      if (open.empty() || "/" + open.back() != tag) return false;
      open.pop_back();
    } else if (tag.back() != '/') {
      open.push_back(name);
    }
    i = end;
  }
  return open.empty();
}

const char* const kNasty = "<a & \"b\" 'c'> 网络\x01";

LineFigure Lines() {
  LineFigure figure = {.name = "test_lines",
                       .title = kNasty,
                       .subtitle = "of 3 seeds",
                       .x_label = "rate",
                       .y_label = "accuracy",
                       .x_log = true,
                       .y_percent = true};
  for (const char* panel : {"one", kNasty}) {
    LinePanel p = {.title = panel, .series = {}};
    for (const char* name : {"relu", kNasty}) {
      LineSeries series = {.name = name, .points = {}, .best = 1};
      for (int i = 0; i < 5; ++i) {
        const double y = 0.5 + 0.1 * i;
        series.points.push_back({.x = std::pow(10.0, i - 3),
                                 .y = y,
                                 .low = y - 0.05,
                                 .high = y + 0.02,
                                 .diverged = i == 4,
                                 .note = kNasty});
      }
      p.series.push_back(series);
    }
    figure.panels.push_back(p);
  }
  return figure;
}

HeatMap Heat() {
  HeatMap map = {.name = "test_heat",
                 .title = kNasty,
                 .subtitle = "s",
                 .x_label = "rate",
                 .value_label = "accuracy",
                 .percent = true,
                 .columns = {"1", kNasty},
                 .rows = {}};
  map.rows.push_back({.label = kNasty,
                      .cells = {{.value = 0.1, .best = true, .note = kNasty},
                                {.value = NAN, .diverged = true, .note = {}}}});
  map.rows.push_back({.label = "b",
                      .cells = {{.value = 0.9, .note = {}}, {.value = 0.5, .note = {}}},
                      .gap_before = true});
  return map;
}

DotFigure Dots() {
  return {
      .name = "test_dots",
      .title = kNasty,
      .subtitle = "s",
      .x_label = "x",
      .percent = true,
      .rows = {
          {.label = kNasty, .group = "g", .value = 0.5, .low = 0.4, .high = 0.6, .note = kNasty},
          {.label = "b", .group = "h", .value = NAN, .note = {}}}};
}

TEST(FigureTest, NastyNamesMakeWellFormedMarkup) {
  EXPECT_TRUE(WellFormed(DrawSvg(Lines()))) << DrawSvg(Lines());
  EXPECT_TRUE(WellFormed(DrawSvg(Heat())));
  EXPECT_TRUE(WellFormed(DrawSvg(Dots())));
  EXPECT_FALSE(WellFormed("<svg><a></svg>")) << "the judge itself";
}

TEST(FigureTest, TheSameDataGiveTheSameBytes) {
  EXPECT_EQ(DrawSvg(Lines()), DrawSvg(Lines()));
  EXPECT_EQ(DrawSvg(Heat()), DrawSvg(Heat()));
  EXPECT_EQ(DrawSvg(Dots()), DrawSvg(Dots()));
}

TEST(FigureTest, ADivergedPointIsDrawnAsACrossAndNotLeftOut) {
  const auto crosses = [](const std::string& svg) {
    std::size_t count = 0;
    for (std::size_t at = svg.find(" lost\""); at != svg.npos; at = svg.find(" lost\"", at + 1))
      ++count;
    return count;
  };
  LineFigure figure = Lines();
  EXPECT_EQ(crosses(DrawSvg(figure)), 4u);
  figure.panels[0].series[0].points[2].y = HUGE_VAL;
  EXPECT_EQ(crosses(DrawSvg(figure)), 5u);
  EXPECT_NE(DrawSvg(Heat()).find("×"), std::string::npos);
}

TEST(FigureTest, NothingOnePointAndConstantsAreDrawnWithoutNan) {
  LineFigure figure = {.name = "f", .title = "t"};
  const auto check = [&] { EXPECT_EQ(DrawSvg(figure).find("nan"), std::string::npos); };
  check();
  figure.panels.push_back({.title = "p", .series = {}});
  check();
  figure.panels[0].series.push_back({.name = "s", .points = {{.x = 1.0, .y = 2.0, .note = {}}}});
  check();
  figure.x_log = true;
  check();
  figure.panels[0].series[0].points.push_back({.x = 2.0, .y = 2.0, .note = {}});
  check();
  EXPECT_EQ(DrawSvg(HeatMap{.name = "h"}).find("nan"), std::string::npos);
  EXPECT_EQ(DrawSvg(DotFigure{.name = "d"}).find("nan"), std::string::npos);
}

TEST(FigureTest, DataFilesHoldEveryPointAndAreRead) {
  const std::string csv = WriteCsv(Lines());
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 2 * 2 * 5);
  EXPECT_NE(csv.find("\"<a & \"\"b\"\" 'c'> 网络"), std::string::npos);
  for (const std::string& spec : {VegaLite(Lines()), VegaLite(Heat()), VegaLite(Dots())}) {
    const auto json = nlohmann::json::parse(spec);
    EXPECT_FALSE(json.at("data").at("values").empty());
  }
}

TEST(FigureTest, TextOnEveryShadeOfTheMapCanBeRead) {
  const auto luminance = [](std::string_view colour) {
    double sum = 0.0;
    const double weights[] = {0.2126, 0.7152, 0.0722};
    for (std::size_t i = 0; i < 3; ++i) {
      const double c = std::stoi(std::string(colour.substr(1 + 2 * i, 2)), nullptr, 16) / 255.0;
      sum += weights[i] * (c <= 0.03928 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
  };
  for (double t = 0.0; t <= 1.0; t += 0.01) {
    const double one = luminance(Viridis(t)) + 0.05;
    const double two = luminance(ReadableOn(Viridis(t))) + 0.05;
    EXPECT_GE(std::max(one, two) / std::min(one, two), 4.5) << "t = " << t;
  }
}

TEST(TicksTest, LieInsideInOrderAndAreAtLeastTwo) {
  RandomStream random(8, Stream::kData);
  for (int i = 0; i < 2000; ++i) {
    const double low = std::pow(10.0, 12.0 * random.Uniform() - 6.0);
    const double high = low * (1.001 + std::pow(10.0, 6.0 * random.Uniform() - 2.0));
    for (const std::vector<Tick>& ticks : {LinearTicks(low, high, 4), LogTicks(low, high)}) {
      ASSERT_GE(ticks.size(), 2u) << low << " to " << high;
      ASSERT_LE(ticks.size(), 40u) << low << " to " << high;
      for (std::size_t k = 0; k < ticks.size(); ++k) {
        ASSERT_GE(ticks[k].at, low * (1 - 1e-6));
        ASSERT_LE(ticks[k].at, high * (1 + 1e-6));
        if (k > 0) {
          ASSERT_GT(ticks[k].at, ticks[k - 1].at);
        }
      }
    }
  }
}

TEST(TicksTest, PowersOfTenHaveExponents) {
  const std::vector<Tick> ticks = LogTicks(1e-4, 10.0);
  ASSERT_EQ(ticks.size(), 6u);
  EXPECT_EQ(ticks[0].label, "10<tspan dy=\"-4\" font-size=\"9\">−4</tspan>");
  EXPECT_EQ(ticks[2].label, "0.01");
  EXPECT_EQ(ticks[5].label, "10");
}

TEST(ReportTest, IsOneFileThatFetchesNothing) {
  Report report(kNasty, kNasty);
  report.Fact("name", kNasty);
  report.Warning(kNasty);
  report.AddFigure(Lines());
  report.AddFigure(Heat());
  Table table = {.caption = kNasty,
                 .columns = {{"name", false, kNasty}, {"n", true, {}}},
                 .rows = {{{kNasty, 0, true}, {"1", 1.0, false}}}};
  report.AddTable(table);
  report.Details("more", {{"a", kNasty}});
  std::string html = report.Html();
  const std::string_view xmlns = "xmlns=\"http://www.w3.org/2000/svg\"";
  for (std::size_t at; (at = html.find(xmlns)) != html.npos;) html.erase(at, xmlns.size());
  EXPECT_EQ(html.find("http://"), std::string::npos);
  EXPECT_EQ(html.find("https://"), std::string::npos);
  EXPECT_EQ(html.find("<a &"), std::string::npos) << "unescaped text";
  EXPECT_NE(html.find("aria-"), std::string::npos);
  EXPECT_NE(html.find("download=\"test_lines.csv\""), std::string::npos);
  EXPECT_EQ(report.Html(), report.Html());
}

}  // namespace
}  // namespace lanegrad
