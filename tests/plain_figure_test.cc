// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/plain_figure.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "experiments/report/report.h"

namespace lanegrad {
namespace {

constexpr const char* kTitle = "Headline of it";
constexpr const char* kSubtitle = "Ten seeds behind it";

LineFigure Lines() {
  return {.name = "lines",
          .title = kTitle,
          .subtitle = kSubtitle,
          .x_label = "rate of sgd",
          .y_label = "loss, mse",
          .panels = {{.title = "he_uniform",
                      .series = {{.name = "leaky_relu:0.2", .points = {{.x = 1, .y = 2}}},
                                 {.name = "gelu", .points = {{.x = 1, .y = 3}}}},
                      .marks = {{.x = 1, .label = "adam"}}},
                     {.title = "lecun_normal",
                      .series = {{.name = "gelu", .points = {{.x = 1, .y = 3}}}}}}};
}

HeatMap Heat() {
  return {
      .name = "heat",
      .title = kTitle,
      .subtitle = kSubtitle,
      .x_label = "rate of sgd",
      .value_label = "mse",
      .columns = {"adamw", "rmsprop"},
      .rows = {{.label = "kl_divergence", .cells = {{.value = 1}, {.value = 2, .note = "elu"}}}}};
}

DotFigure Dots() {
  return {
      .name = "dots",
      .title = kTitle,
      .subtitle = kSubtitle,
      .x_label = "mse",
      .rows = {{.label = "softmax_cross_entropy", .group = "relu", .value = 1, .note = "relu6"}}};
}

RankDiagram Ranks() {
  return {
      .name = "ranks",
      .title = kTitle,
      .subtitle = kSubtitle,
      .critical = 0.5,
      .entries = {{.label = "relu", .rank = 1}, {.label = "gelu_tanh", .rank = 2, .note = "silu"}}};
}

ImageFigure Images() {
  return {.name = "images",
          .title = kTitle,
          .subtitle = kSubtitle,
          .value_label = "relu",
          .panels = {{.title = "glorot_normal", .rows = 1, .columns = 1, .values = {1.0}}}};
}

NetworkDiagram Network() {
  return {
      .name = "network",
      .title = kTitle,
      .subtitle = kSubtitle,
      .panels = {{.title = "amsgrad",
                  .layers = {{.label = "inputs", .units = {"x"}},
                             {.label = "binary_cross_entropy", .units = {""}, .weights = {1.0}}}}}};
}

std::vector<Drawing> AllKinds() {
  return {MakeDrawing(Lines()), MakeDrawing(Heat()),   MakeDrawing(Dots()),
          MakeDrawing(Ranks()), MakeDrawing(Images()), MakeDrawing(Network())};
}

TEST(PlainFigure, HasNeitherTitleNorSubtitleNorIdentifiers) {
  for (const Drawing& drawing : AllKinds()) {
    ASSERT_NE(drawing.svg.find("Headline"), std::string::npos) << drawing.name;
    EXPECT_EQ(drawing.plain.find("Headline"), std::string::npos) << drawing.name;
    EXPECT_EQ(drawing.plain.find("Ten seeds"), std::string::npos) << drawing.name;
    EXPECT_EQ(drawing.plain.find("<style>"), std::string::npos) << drawing.name;
    for (const char* name :
         {"leaky_relu", "he_uniform", "lecun_normal", "kl_divergence", "gelu_tanh",
          "softmax_cross_entropy", "glorot_normal", "binary_cross_entropy", "amsgrad", "adamw",
          "rmsprop", "mse", ">relu", "sgd", ">adam"}) {
      EXPECT_EQ(drawing.plain.find(name), std::string::npos) << drawing.name << ": " << name;
    }
  }
}

TEST(PlainFigure, HasProperNamesWhereverTextIsDrawn) {
  const std::vector<std::vector<std::string>> expected = {
      {"leaky ReLU (0.2)", "GELU", "He uniform", "LeCun normal", "rate of SGD", "loss, MSE",
       "Adam"},
      {"AdamW", "RMSProp", "KL divergence", "rate of SGD", "ELU"},
      {"softmax cross-entropy", "MSE", "ReLU6"},
      {"ReLU", "GELU (tanh)", "SiLU"},
      {"Glorot normal"},
      {"AMSGrad", "binary cross-entropy"}};
  const std::vector<Drawing> drawings = AllKinds();
  ASSERT_EQ(drawings.size(), expected.size());
  for (std::size_t i = 0; i < drawings.size(); ++i) {
    for (const std::string& name : expected[i]) {
      EXPECT_NE(drawings[i].plain.find(name), std::string::npos)
          << drawings[i].name << ": " << name;
    }
  }
}

TEST(PlainFigure, LeavesDataAndThePageToIdentifiers) {
  const Drawing drawing = MakeDrawing(Lines());
  for (const std::string& text : {drawing.svg, drawing.csv, drawing.page}) {
    EXPECT_NE(text.find("gelu"), std::string::npos);
    EXPECT_EQ(text.find("GELU"), std::string::npos);
  }
  EXPECT_EQ(drawing.vega.find("MSE"), std::string::npos);
}

TEST(PlainFigure, IsLinkedWhereItIsBesideThePageOnly) {
  Drawing drawing = MakeDrawing(Dots());
  for (const bool beside : {false, true}) {
    drawing.beside = beside;
    Report report("t", "l");
    report.AddFigures({drawing});
    EXPECT_EQ(report.Html().find("href=\"figures/dots_plain.svg\"") != std::string::npos, beside);
  }
}

}  // namespace
}  // namespace lanegrad
