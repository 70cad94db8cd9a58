// SPDX-License-Identifier: Apache-2.0
//
// A figure's data for others: CSV, and a Vega-Lite 5 specification with the data
// inside.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "experiments/figure.h"
#include "experiments/text_table.h"

namespace lanegrad {
namespace {

using Json = nlohmann::ordered_json;

// Shortest text that reads back exactly; nothing where there is no number.
std::string Digits(double value) { return std::isfinite(value) ? fmt::format("{}", value) : ""; }

std::string Line(std::initializer_list<std::string> cells) {
  std::string line;
  for (const std::string& cell : cells) {
    if (!line.empty()) line += ",";
    line += CsvCell(cell);
  }
  return line.append("\r\n");
}

Json Number(double value) { return std::isfinite(value) ? Json(value) : Json(nullptr); }

Json Specification(const std::string& title, const std::string& subtitle, Json values) {
  return {{"$schema", "vega-lite/v5"},
          {"title", {{"text", title}, {"subtitle", subtitle}}},
          {"data", {{"values", std::move(values)}}}};
}

}  // namespace

std::string WriteCsv(const LineFigure& figure) {
  std::string csv = Line({"panel", "series", "x", "y", "low", "high", "diverged"});
  for (const LinePanel& panel : figure.panels) {
    for (const LineSeries& series : panel.series) {
      for (const LinePoint& p : series.points) {
        csv += Line({panel.title, series.name, Digits(p.x), Digits(p.y), Digits(p.low),
                     Digits(p.high), p.diverged ? "1" : "0"});
      }
    }
  }
  return csv;
}

std::string WriteCsv(const HeatMap& figure) {
  std::string csv = Line({"row", "column", figure.value_label, "diverged", "best"});
  for (const HeatRow& row : figure.rows) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      csv += Line({row.label, figure.columns[i], Digits(row.cells[i].value),
                   row.cells[i].diverged ? "1" : "0", row.cells[i].best ? "1" : "0"});
    }
  }
  return csv;
}

std::string WriteCsv(const DotFigure& figure) {
  std::string csv = Line({"label", "group", "value", "low", "high"});
  for (const DotRow& row : figure.rows) {
    csv += Line({row.label, row.group, Digits(row.value), Digits(row.low), Digits(row.high)});
  }
  return csv;
}

std::string VegaLite(const LineFigure& figure) {
  Json values = Json::array();
  for (const LinePanel& panel : figure.panels) {
    for (const LineSeries& series : panel.series) {
      for (const LinePoint& p : series.points) {
        values.push_back({{"panel", panel.title},
                          {"series", series.name},
                          {"x", p.x},
                          {"y", p.diverged ? Json(nullptr) : Number(p.y)},
                          {"low", Number(p.low)},
                          {"high", Number(p.high)}});
      }
    }
  }
  const Json x = {{"field", "x"},
                  {"type", "quantitative"},
                  {"title", figure.x_label},
                  {"scale", {{"type", figure.x_log ? "log" : "linear"}}}};
  const Json y = {{"field", "y"},
                  {"type", "quantitative"},
                  {"title", figure.y_label},
                  {"scale", {{"zero", false}}}};
  const Json colour = {{"field", "series"}, {"type", "nominal"}};
  Json spec = Specification(figure.title, figure.subtitle, std::move(values));
  spec["facet"] = {{"column", {{"field", "panel"}, {"type", "nominal"}}}};
  Json band = {{"mark", {{"type", "area"}, {"opacity", 0.16}}},
               {"encoding",
                {{"x", x},
                 {"y", {{"field", "low"}, {"type", "quantitative"}}},
                 {"y2", {{"field", "high"}}},
                 {"color", colour}}}};
  Json line = {{"mark", {{"type", figure.joined ? "line" : "point"}, {"point", figure.dots}}},
               {"encoding", {{"x", x}, {"y", y}, {"color", colour}}}};
  spec["spec"] = {{"layer", Json::array({band, line})}};
  return spec.dump(1);
}

std::string VegaLite(const HeatMap& figure) {
  Json values = Json::array();
  for (const HeatRow& row : figure.rows) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const HeatCell& cell = row.cells[i];
      values.push_back({{"row", row.label},
                        {"column", figure.columns[i]},
                        {"value", cell.diverged ? Json(nullptr) : Number(cell.value)}});
    }
  }
  Json spec = Specification(figure.title, figure.subtitle, std::move(values));
  spec["mark"] = "rect";
  spec["encoding"] = {
      {"x",
       {{"field", "column"}, {"type", "ordinal"}, {"sort", nullptr}, {"title", figure.x_label}}},
      {"y", {{"field", "row"}, {"type", "nominal"}, {"sort", nullptr}, {"title", nullptr}}},
      {"color",
       {{"field", "value"},
        {"type", "quantitative"},
        {"title", figure.value_label},
        {"scale", {{"scheme", "viridis"}}}}}};
  return spec.dump(1);
}

std::string VegaLite(const DotFigure& figure) {
  Json values = Json::array();
  for (const DotRow& row : figure.rows) {
    values.push_back({{"label", row.label},
                      {"group", row.group},
                      {"value", Number(row.value)},
                      {"low", Number(row.low)},
                      {"high", Number(row.high)}});
  }
  const Json y = {{"field", "label"}, {"type", "nominal"}, {"sort", nullptr}, {"title", nullptr}};
  const Json colour = {{"field", "group"}, {"type", "nominal"}};
  Json spec = Specification(figure.title, figure.subtitle, std::move(values));
  Json rule = {{"mark", "rule"},
               {"encoding",
                {{"y", y},
                 {"x",
                  {{"field", "low"},
                   {"type", "quantitative"},
                   {"title", figure.x_label},
                   {"scale", {{"zero", false}}}}},
                 {"x2", {{"field", "high"}}},
                 {"color", colour}}}};
  Json dot = {
      {"mark", {{"type", "point"}, {"filled", true}}},
      {"encoding",
       {{"y", y}, {"x", {{"field", "value"}, {"type", "quantitative"}}}, {"color", colour}}}};
  spec["layer"] = Json::array({rule, dot});
  return spec.dump(1);
}

}  // namespace lanegrad
