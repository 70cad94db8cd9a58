// SPDX-License-Identifier: Apache-2.0
//
// What chapter 2.1 shows of curves and of counted operations.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "experiments/concepts/concepts.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

// The straight interpolation of cos 3 pi x between points a distance h apart is off by h^2 |f''| /
// sqrt(120) in the root of the mean square, for h so small that f'' hardly changes between them.
double InterpolationTheory(double width) {
  const double h = 2.0 / width, omega = 3.0 * 3.141592653589793;
  return h * h * omega * omega / std::sqrt(2.0) / std::sqrt(120.0);
}

std::vector<double> ReadCurve(const std::string& text) {
  std::istringstream in(text);
  std::vector<double> values;
  for (double value = 0.0; in >> value;) values.push_back(value);
  return values;
}

LineSeries SeriesOf(std::string name, const std::vector<double>& values) {
  LineSeries series = {.name = std::move(name), .points = {}};
  const double last = static_cast<double>(std::max<std::size_t>(values.size(), 2) - 1);
  for (std::size_t i = 0; i < values.size(); ++i) {
    series.points.push_back({.x = -1.0 + 2.0 * static_cast<double>(i) / last, .y = values[i]});
  }
  return series;
}

}  // namespace

Figure WidthFigure(const Evidence& evidence) {
  const std::vector<Measurement> rows = evidence.Series("curve");
  LineFigure figure = {.name = "02_1_concepts_width",
                       .title = "",
                       .subtitle =
                           "root mean squared error on fresh points of cos 3πx; networks 1-n-1 of "
                           "rectifiers; mean over seeds, the band from the lowest to the highest",
                       .x_label = "hidden units, n",
                       .y_label = "root mean squared error",
                       .x_log = true,
                       .y_log = true,
                       .panels = {{.title = "", .series = {}}}};
  const std::pair<const char*, const char*> kinds[] = {
      {"trained", "trained"},
      {"trained, then output weights solved for", "solved"},
      {"drawn at random, output weights solved for", "random"}};
  for (const auto& [name, field] : kinds) {
    LineSeries series = {.name = name, .points = {}};
    for (const Measurement& row : rows) {
      const std::vector<double> all = NumbersOf(row.values, field);
      series.points.push_back({.x = row.settings.Number("width"),
                               .y = Mean(all),
                               .low = *std::min_element(all.begin(), all.end()),
                               .high = *std::max_element(all.begin(), all.end())});
    }
    figure.panels[0].series.push_back(std::move(series));
  }
  LineSeries built = {.name = "built by hand", .points = {}};
  LineSeries theory = {.name = "theory of building: ∝ 1/n²", .points = {}, .theory = true};
  for (const Measurement& row : rows) {
    const double width = row.settings.Number("width");
    built.points.push_back({.x = width, .y = row.values.Number("built")});
    if (width >= 16) theory.points.push_back({.x = width, .y = InterpolationTheory(width)});
  }
  figure.panels[0].series.push_back(std::move(built));
  figure.panels[0].series.push_back(std::move(theory));
  const Measurement& widest = rows.back();
  figure.title = fmt::format(
      "With {} hidden units training leaves {:.0f} times the error of a network built by hand",
      widest.settings.Number("width"),
      Mean(NumbersOf(widest.values, "trained")) / widest.values.Number("built"));
  return figure;
}

Figure FitFigure(const Evidence& evidence) {
  LineFigure figure = {
      .name = "02_1_concepts_fits",
      .title = "",
      .subtitle =
          "cos 3πx and what two networks of rectifiers make of it: one trained, the "
          "first of its seeds, one built by hand",
      .x_label = "x",
      .y_label = "y",
      .dots = false,
      .y_low = -1.5,
      .y_high = 1.5,
      .panels = {}};
  std::string errors;
  for (const Measurement& row : evidence.Series("curve")) {
    const double width = row.settings.Number("width");
    if (width != 8 && width != 16 && width != 64) continue;
    const std::vector<double> built = ReadCurve(row.values.Text("built_curve"));
    std::vector<double> truth;
    for (std::size_t i = 0; i < built.size(); ++i) {
      truth.push_back(ConceptCurve(-1.0 + 2.0 * static_cast<double>(i) /
                                              static_cast<double>(built.size() - 1)));
    }
    LineSeries target = SeriesOf("cos 3πx", truth);
    target.theory = true;
    figure.panels.push_back(
        {.title = fmt::format("{} hidden units", width),
         .series = {SeriesOf("trained", ReadCurve(row.values.Text("trained_curve"))),
                    SeriesOf("built by hand", built), std::move(target)}});
    errors += fmt::format("{}{:.2g} with {}{}", errors.empty() ? "" : ", ",
                          Mean(NumbersOf(row.values, "trained")), width,
                          errors.empty() ? " hidden units" : "");
  }
  figure.title = "The mean error after training is " + errors;
  return figure;
}

NamedTable WidthTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "width",
      .table = {
          .caption = "Root mean squared error on fresh points of cos 3πx, mean over seeds",
          .columns = {{"hidden units", true, ""},
                      {"rate", true, "chosen on points between those of the training"},
                      {"trained", true, "all weights by Adam"},
                      {"then solved", true, "then the output weights by least squares"},
                      {"random, solved", true, "hidden units as drawn, output weights solved"},
                      {"built", true, "by hand; nothing learned"},
                      {"trained / built", true, ""}},
          .rows = {}}};
  for (const Measurement& row : evidence.Series("curve")) {
    const double width = row.settings.Number("width"), rate = row.values.Number("rate");
    std::vector<Cell> cells = {{fmt::format("{}", width), width}, {fmt::format("{}", rate), rate}};
    for (const char* field : {"trained", "solved", "random"}) {
      const double mean = Mean(NumbersOf(row.values, field));
      cells.push_back({fmt::format("{:.2g}", mean), mean});
    }
    const double built = row.values.Number("built"), ratio = cells[2].sort / built;
    cells.push_back({fmt::format("{:.2g}", built), built});
    cells.push_back({fmt::format("{:.1f}", ratio), ratio});
    named.table.rows.push_back(std::move(cells));
  }
  return named;
}

NamedTable OperationTable(const Evidence& evidence) {
  NamedTable named = {.name = "operations",
                      .table = {.caption = "Operations for one sample, layer by layer",
                                .columns = {{"network", false, ""},
                                            {"layer", true, ""},
                                            {"multiply-adds", true, ""},
                                            {"activations", true, ""},
                                            {"share of activations", true, ""}},
                                .rows = {}}};
  for (const Measurement& row : evidence.Series("count")) {
    const std::vector<double> products = NumbersOf(row.values, "multiply_adds");
    const std::vector<double> activations = NumbersOf(row.values, "activations");
    for (std::size_t l = 0; l < products.size(); ++l) {
      const double share = activations[l] / (products[l] + activations[l]);
      named.table.rows.push_back({{row.settings.Text("network"), 0.0},
                                  {fmt::format("{}", l + 1), static_cast<double>(l + 1)},
                                  {fmt::format("{}", products[l]), products[l]},
                                  {fmt::format("{}", activations[l]), activations[l]},
                                  {fmt::format("{:.1f} %", 100.0 * share), share}});
    }
  }
  return named;
}

}  // namespace lanegrad
