// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/figure.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "experiments/report/axis_ticks.h"
#include "experiments/report/report.h"
#include "experiments/report/svg.h"
#include "kernels/random.h"
#include "tests/markup.h"

namespace lanegrad {
namespace {

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

RankDiagram Ranks() {
  return {.name = "test_ranks",
          .title = kNasty,
          .subtitle = "s",
          .critical = 1.2,
          .entries = {{.label = kNasty, .rank = 1.0, .note = kNasty},
                      {.label = "b", .rank = 2.2, .note = {}},
                      {.label = "c", .rank = 2.8, .note = {}}},
          .groups = {{0, 1}, {1, 2}}};
}

TEST(FigureTest, NastyNamesMakeWellFormedMarkup) {
  EXPECT_TRUE(WellFormed(DrawSvg(Lines()))) << DrawSvg(Lines());
  EXPECT_TRUE(WellFormed(DrawSvg(Heat())));
  EXPECT_TRUE(WellFormed(DrawSvg(Dots())));
  EXPECT_TRUE(WellFormed(DrawSvg(Ranks())));
  for (const Layout layout : {Layout::kWide, Layout::kNarrow}) {
    EXPECT_TRUE(WellFormed(DrawSvg(Dots(), layout)));
    EXPECT_TRUE(WellFormed(WithoutStyle(DrawSvg(Ranks(), layout))));
  }
  EXPECT_TRUE(WellFormed(fmt::format("<div>{}</div>", DrawPieces(Lines())))) << DrawPieces(Lines());
  EXPECT_FALSE(WellFormed("<svg><a></svg>")) << "the judge itself";
}

TEST(FigureTest, TheSameDataGiveTheSameBytes) {
  EXPECT_EQ(DrawSvg(Lines()), DrawSvg(Lines()));
  EXPECT_EQ(DrawSvg(Heat()), DrawSvg(Heat()));
  EXPECT_EQ(DrawSvg(Dots()), DrawSvg(Dots()));
}

TEST(FigureTest, ADivergedPointIsDrawnAsACrossAndNotLeftOut) {
  LineFigure figure = Lines();
  EXPECT_EQ(Count(DrawSvg(figure), "\"lost\""), 4u);
  figure.panels[0].series[0].points[2].y = HUGE_VAL;
  EXPECT_EQ(Count(DrawSvg(figure), "\"lost\""), 5u);
  figure.panels[0].series[0].points[0].partly = true;
  EXPECT_EQ(Count(DrawSvg(figure), "\"lost\""), 6u) << "some diverged: a cross besides the point";
  EXPECT_EQ(Count(DrawPieces(figure), "\"lost\""), 6u);
  EXPECT_NE(DrawSvg(Heat()).find("×"), std::string::npos);
  DotFigure dots = Dots();
  dots.rows[0].points = {0.5, HUGE_VAL};
  EXPECT_EQ(Count(DrawSvg(dots), "\"lost\""), 1u);
}

TEST(FigureTest, SixteenSeriesDifferInMarkOrDashesWithoutAnyColour) {
  std::set<std::string> looks;
  for (std::size_t i = 0; i < 2 * kColours; ++i) {
    looks.insert(Marker(i, 0, 0, 3) + std::string(Dashes(i)));
  }
  EXPECT_EQ(looks.size(), 2 * kColours);
}

TEST(FigureTest, OfMoreThanEightSeriesTheBestAreColouredAndNoneIsLeftOut) {
  LineFigure figure = {
      .name = "many", .title = "t", .y_percent = true, .panels = {{.title = "", .series = {}}}};
  for (int i = 0; i < 24; ++i) {
    figure.panels[0].series.push_back(
        {.name = fmt::format("s{}", i),
         .points = {{.x = 0, .y = 0.01 * i, .note = {}}, {.x = 1, .y = 0.02 * i, .note = {}}}});
  }
  const std::string svg = DrawSvg(figure);
  EXPECT_EQ(Count(svg, "class=\"series\""), 24u);
  EXPECT_EQ(Count(svg, "data-series=\"others\""), 16u);
  EXPECT_EQ(Count(svg, "data-series=\"s23\""), 1u) << "the best has its own colour";
  EXPECT_EQ(Count(svg, "data-series=\"s3\""), 0u);
  EXPECT_NE(svg.find("16 others"), std::string::npos);
}

TEST(FigureTest, TheDrawingForPapersNeedsNoStyleSheet) {
  for (const std::string& svg :
       {DrawSvg(Lines()), DrawSvg(Heat()), DrawSvg(Dots()), DrawSvg(Ranks())}) {
    const std::string bare = WithoutStyle(svg);
    EXPECT_EQ(bare.find("var("), std::string::npos);
    EXPECT_EQ(bare.find("<style"), std::string::npos);
    EXPECT_NE(svg.find("prefers-color-scheme:dark"), std::string::npos);
    // Every text has a literal colour of its own, or inherits none that a page would set.
    for (std::size_t at = bare.find("<text"); at != bare.npos; at = bare.find("<text", at + 1)) {
      EXPECT_NE(bare.substr(at, bare.find('>', at) - at).find(" fill=\"#"), std::string::npos);
    }
  }
}

TEST(FigureTest, ColumnsWithLongLabelsHaveThemOnTwoLinesInTurn) {
  HeatMap map = {.name = "h", .title = "t", .columns = {}, .rows = {{.label = "row", .cells = {}}}};
  for (int i = 0; i < 12; ++i) {
    map.columns.push_back(fmt::format("a_long_name_{:02}", i));
    map.rows[0].cells.push_back({.value = 1.0 * i, .note = {}});
  }
  const std::string svg = DrawSvg(map);
  const auto line = [&](const std::string& label) {
    const std::size_t end = svg.find(">" + label + "<");
    const std::size_t at = svg.rfind(" y=\"", end);
    return svg.substr(at, svg.find('"', at + 4) - at);
  };
  EXPECT_EQ(line("a_long_name_00"), line("a_long_name_02"));
  EXPECT_NE(line("a_long_name_00"), line("a_long_name_01"));
}

TEST(FigureTest, ALabelOfWideLettersHasMoreRoomAtTheLeft) {
  const auto axis = [](const char* label) {
    const std::string svg =
        DrawSvg(DotFigure{.name = "d", .rows = {{.label = label, .value = 1.0, .note = {}}}});
    const std::size_t at = svg.find("x=\"", svg.rfind("<text", svg.find(label)));
    return std::stod(svg.substr(at + 3));
  };
  EXPECT_GT(axis("mmmmmmmmmmmm"), axis("nnnnnnnnnnnn") + 30);
  EXPECT_LT(axis("iiiiiiiiiiii"), axis("nnnnnnnnnnnn"));
}

TEST(FigureTest, TitlesAreWrappedInsideTheDrawing) {
  const std::string title = "a title that is far too long to stand in a single line of a drawing";
  const std::vector<std::string> lines = WrapText(title, 15, 200);
  EXPECT_GT(lines.size(), 2u);
  std::string joined;
  for (const std::string& line : lines) {
    EXPECT_LE(TextWidth(line, 15), 200);
    joined.append(joined.empty() ? "" : " ").append(line);
  }
  EXPECT_EQ(joined, title);
}

TEST(FigureTest, ALogarithmicAxisStandsAnyLoss) {
  LineFigure figure = Lines();
  figure.y_log = true;
  figure.panels[0].series[0].points[0].y = 0.0;
  figure.panels[0].series[0].points[1].y = 1e300;
  const std::string svg = DrawSvg(figure);
  EXPECT_TRUE(WellFormed(svg));
  EXPECT_EQ(svg.find("nan"), std::string::npos);
  EXPECT_EQ(svg.find("inf"), std::string::npos);
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
  EXPECT_EQ(DrawSvg(RankDiagram{.name = "r"}).find("nan"), std::string::npos);
}

// The fields that a specification names anywhere, but for those it makes itself.
std::set<std::string> FieldsOf(const nlohmann::json& spec) {
  std::set<std::string> fields, made;
  const std::function<void(const nlohmann::json&)> walk = [&](const nlohmann::json& node) {
    if (node.is_object()) {
      if (node.contains("field")) fields.insert(node.at("field").get<std::string>());
      if (node.contains("as")) made.insert(node.at("as").get<std::string>());
    }
    if (node.is_structured()) {
      for (const auto& each : node) walk(each);
    }
  };
  walk(spec);
  for (const auto& [column, type] : spec.at("data").at("format").at("parse").items()) {
    fields.insert(column);
  }
  for (const std::string& each : made) fields.erase(each);
  return fields;
}

template <class Figure>
void ExpectFieldsAreColumns(const Figure& figure) {
  const auto spec = nlohmann::json::parse(VegaLite(figure));
  EXPECT_EQ(spec.at("data").at("url"), figure.name + ".csv");
  EXPECT_EQ(spec.at("title").at("text"), figure.title);
  const std::string csv = WriteCsv(figure);
  const std::string header = fmt::format(",{},", csv.substr(0, csv.find("\r\n")));
  const std::set<std::string> fields = FieldsOf(spec);
  EXPECT_GE(fields.size(), 2u);
  for (const std::string& field : fields) {
    EXPECT_NE(header.find(fmt::format(",{},", field)), std::string::npos)
        << field << " in " << header;
  }
}

TEST(FigureTest, SpecificationsNameColumnsOfTheCsvBesideThem) {
  ExpectFieldsAreColumns(Lines());
  ExpectFieldsAreColumns(Heat());
  ExpectFieldsAreColumns(Dots());
  ExpectFieldsAreColumns(Ranks());
}

TEST(FigureTest, DataFilesHoldEveryPoint) {
  const std::string csv = WriteCsv(Lines());
  EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 2 * 2 * 5);
  EXPECT_NE(csv.find("\"<a & \"\"b\"\" 'c'> 网络"), std::string::npos);
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

TEST(TicksTest, OfSharesAreHundredfoldOnALogarithmicAxisToo) {
  const std::vector<Tick> ticks = LogTicks(1e-5, 1.0, true);
  ASSERT_EQ(ticks.size(), 6u);
  EXPECT_DOUBLE_EQ(ticks[0].at, 1e-5) << "the places are those of the shares";
  EXPECT_EQ(ticks[0].label, "10<tspan dy=\"-4\" font-size=\"9\">−3</tspan>");
  EXPECT_EQ(ticks[2].label, "0.1");
  EXPECT_EQ(ticks[5].label, "100");
  EXPECT_EQ(LogTicks(0.2, 0.21, true).front().label.substr(0, 2), "20")
      << "no power of ten: linear";
  LineFigure figure = Lines();
  figure.y_log = true;
  EXPECT_NE(DrawSvg(figure).find(">50</text>"), std::string::npos) << "an accuracy of one half";
}

TEST(ReportTest, IsOneFileThatFetchesNothing) {
  Report report(kNasty, kNasty);
  report.Fact("name", kNasty);
  report.Warning(kNasty);
  LineFigure nasty = Lines();
  nasty.panels[0].series[0].name = "</pre></script>";
  report.AddFigures({MakeDrawing(nasty, kNasty, true), MakeDrawing(Heat(), "b")});
  report.AddFigures({MakeDrawing(Dots())});
  report.AddFigures({MakeDrawing(Ranks())});
  Table table = {.caption = kNasty,
                 .columns = {{"name", false, kNasty}, {"n", true, {}}},
                 .rows = {{{kNasty, 0, true}, {"1", 1.0, false}}}};
  report.AddTable(table);
  report.Details("more", {{"a", kNasty}});
  std::string html = report.Html();
  const std::string_view xmlns = "http://www.w3.org/2000/svg";  // a name; nobody fetches it
  for (std::size_t at; (at = html.find(xmlns)) != html.npos;) html.erase(at, xmlns.size());
  EXPECT_EQ(html.find("http://"), std::string::npos);
  EXPECT_EQ(html.find("https://"), std::string::npos);
  EXPECT_EQ(html.find("<a &"), std::string::npos) << "unescaped text";
  EXPECT_NE(html.find("aria-"), std::string::npos);
  EXPECT_NE(html.find("download=\"test_lines.csv\""), std::string::npos);
  EXPECT_EQ(Count(html, "</script>"), 1u) << "data cannot end the script";
  for (const char* part : {"src=", "@import", "fetch(", "XMLHttpRequest", "import("}) {
    EXPECT_EQ(html.find(part), std::string::npos) << part;
  }
  EXPECT_EQ(report.Html(), report.Html());
}

TEST(ReportTest, NoTwoElementsShareAnId) {
  Report report("t", "l");
  report.Heading("one");
  report.AddFigures({MakeDrawing(Lines(), "a", true), MakeDrawing(Heat(), "b")});
  report.AddFigures({MakeDrawing(Dots()), MakeDrawing(Ranks())});
  const std::string html = report.Html();
  std::set<std::string> ids;
  for (std::size_t at = html.find(" id=\""); at != html.npos; at = html.find(" id=\"", at + 1)) {
    const std::string id = html.substr(at + 5, html.find('"', at + 5) - at - 5);
    EXPECT_TRUE(ids.insert(id).second) << id;
  }
  EXPECT_GT(ids.size(), 10u);
}

// What the script looks for must be there: a name changed on one side only breaks the page.
TEST(ReportTest, TheScriptFindsWhatItLooksFor) {
  Report report("t", "l");
  report.AddFigures({MakeDrawing(Lines(), "a", true), MakeDrawing(Heat(), "b")});
  report.AddTable({.caption = "c", .columns = {{"n", true, {}}}, .rows = {{{"1", 1.0, true}}}});
  const std::string html = report.Html();
  const std::string page = html.substr(0, html.find("<script>"));
  for (const char* needed :
       {"id=\"mode\"", "class=\"sortable\"", "data-sort=\"1\"", "class=\"series\" data-series=",
        "class=\"key\" data-series=", "class=\"panel\" data-panel=", "class=\"view\" data-name=",
        "data-label=", "class=\"drawing log\"", "class=\"drawing page", "class=\"files\"",
        "class=\"data\" data-kind=\"csv\"", "class=\"data\" data-kind=\"vl.json\"", "<h3>",
        "class=\"subtitle\"", "class=\"legend\"", "aria-pressed=\"true\""}) {
    EXPECT_NE(page.find(needed), std::string::npos) << needed;
  }
}

}  // namespace
}  // namespace lanegrad
