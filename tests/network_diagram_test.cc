// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/network_diagram.h"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <regex>

#include "experiments/report/report.h"
#include "tests/markup.h"

namespace lanegrad {
namespace {

// 2-3-1, with one weight that is no number.
NetworkDiagram Diagram() {
  return {
      .name = "test_network",
      .title = kNasty,
      .subtitle = "s",
      .panels = {
          {.title = kNasty,
           .layers = {
               {.label = "inputs", .units = {"x", kNasty}},
               {.label = kNasty,
                .units = {"1", "2", "3"},
                .weights = {1.0, -2.0, 0.5, NAN, 4.0, -0.25},
                .biases = {0.5, -1.0, 0.0}},
               {.label = "output", .units = {""}, .weights = {-4.0, 0.0, 1.0}, .biases = {2.0}}}}}};
}

TEST(NetworkDiagramTest, HasALineAWeightAndADiscAUnit) {
  for (const Layout layout : {Layout::kWide, Layout::kNarrow}) {
    const std::string svg = DrawSvg(Diagram(), layout);
    EXPECT_EQ(Count(svg, "stroke-opacity"), 6u + 3u);
    EXPECT_EQ(Count(svg, "class=\"blank\""), 2u + 3u + 1u);
  }
}

TEST(NetworkDiagramTest, LinesAreAsThickAsWeightsAreLargeAndDashedWhereNegative) {
  const std::string svg = DrawSvg(Diagram());
  const std::regex line(
      R"re(stroke-width="([0-9.]+)" class="(s0|s1|axis)"[^>]*><title>weight ([^<]*)<)re");
  std::size_t lines = 0;
  for (std::sregex_iterator it(svg.begin(), svg.end(), line), end; it != end; ++it, ++lines) {
    const double weight = std::stod((*it)[3]), thickness = std::stod((*it)[1]);
    if (std::isnan(weight)) {
      EXPECT_EQ((*it)[2], "axis");
      continue;
    }
    EXPECT_EQ((*it)[2], weight < 0.0 ? "s0" : "s1");
    EXPECT_EQ((*it)[0].str().find("dasharray") != std::string::npos, weight < 0.0);
    EXPECT_NEAR(thickness, 0.5 + 7.0 * std::fabs(weight) / 4.0, 0.006);
  }
  EXPECT_EQ(lines, 9u);
}

TEST(NetworkDiagramTest, NastyNamesMakeWellFormedMarkupWithoutNan) {
  for (const Layout layout : {Layout::kWide, Layout::kNarrow}) {
    EXPECT_TRUE(WellFormed(DrawSvg(Diagram(), layout)));
    const std::string svg = DrawSvg(NetworkDiagram{.name = "n", .panels = {{}, {}}}, layout);
    EXPECT_EQ(svg.find("nan"), svg.npos);
    EXPECT_EQ(svg.find("inf"), svg.npos);
  }
  EXPECT_EQ(DrawSvg(NetworkDiagram{.name = "n"}).find("nan"), std::string::npos);
}

TEST(NetworkDiagramTest, DataHoldEveryWeightAndTheSpecificationNamesItsColumns) {
  const std::string csv = WriteCsv(Diagram());
  EXPECT_EQ(Count(csv, "\r\n"), 1u + 6u + 3u + 3u + 1u);
  const auto spec = nlohmann::json::parse(VegaLite(Diagram()));
  EXPECT_EQ(spec.at("data").at("url"), "test_network.csv");
  for (const auto& [channel, encoding] : spec.at("encoding").items()) {
    const std::string field = encoding.at("field");
    EXPECT_NE(("," + csv.substr(0, csv.find("\r\n")) + ",").find("," + field + ","), csv.npos)
        << channel;
  }
}

TEST(NetworkDiagramTest, GoesIntoAReportWithBothLayouts) {
  const Drawing drawing = MakeDrawing(Diagram());
  EXPECT_FALSE(drawing.page.empty());
  EXPECT_FALSE(drawing.narrow.empty());
  EXPECT_EQ(drawing.svg.find("var("), std::string::npos);
}

}  // namespace
}  // namespace lanegrad
