// SPDX-License-Identifier: Apache-2.0
//
// A Vega-Lite 5 specification of each figure, over the CSV beside it: for those who re-plot,
// in an editor or a notebook. The fields it names are columns of that CSV.
#include <nlohmann/json.hpp>

#include "experiments/json/json.h"
#include "experiments/report/figure.h"
#include "experiments/report/network_diagram.h"

namespace lanegrad {
namespace {

// `numbers` are the columns to be read as such; an empty cell becomes null.
Json Specification(const std::string& name, const std::string& title, const std::string& subtitle,
                   std::initializer_list<const char*> numbers) {
  Json parse = Json::object();
  for (const char* column : numbers) parse[column] = "number";
  return {{"$schema", "vega-lite/v5"},
          {"title", {{"text", title}, {"subtitle", subtitle}}},
          {"data",
           {{"url", name + ".csv"}, {"format", {{"type", "csv"}, {"parse", std::move(parse)}}}}}};
}

Json Field(const char* field, const char* type, const Json& more = Json::object()) {
  Json encoding = {{"field", field}, {"type", type}};
  encoding.update(more);
  return encoding;
}

Json Filter(const char* condition) { return Json::array({{{"filter", condition}}}); }

// Rows from top to bottom as in the file, not by the alphabet.
Json InOrder(const char* field) {
  return Field(field, "nominal", {{"sort", nullptr}, {"title", nullptr}});
}

}  // namespace

std::string VegaLite(const LineFigure& figure) {
  Json spec = Specification(figure.name, figure.title, figure.subtitle,
                            {"x", "y", "low", "high", "diverged", "partly"});
  const Json x = Field("x", "quantitative",
                       {{"title", figure.x_label},
                        {"scale", {{"type", figure.x_log ? "log" : "linear"}, {"zero", false}}}});
  const Json scale = {{"type", figure.y_log ? "log" : "linear"}, {"zero", false}};
  const Json y = Field("y", "quantitative",
                       {{"title", figure.y_label},
                        {"scale", scale},
                        {"axis",
                         {{"format", !figure.y_percent ? "~g"
                                     : figure.y_log    ? "~%"
                                                       : ".0%"}}}});
  const Json colour = Field("series", "nominal");
  const Json band = {{"transform", Filter("datum.diverged == 0")},
                     {"mark", {{"type", "area"}, {"opacity", 0.16}}},
                     {"encoding",
                      {{"x", x},
                       {"y", Field("low", "quantitative", {{"scale", scale}})},
                       {"y2", {{"field", "high"}}},
                       {"color", colour}}}};
  Json mark = {{"type", figure.joined ? "line" : "point"}};
  if (figure.joined) mark["point"] = figure.dots;
  const Json line = {{"transform", Filter("datum.diverged == 0")},
                     {"mark", std::move(mark)},
                     {"encoding", {{"x", x}, {"y", y}, {"color", colour}}}};
  const Json lost = {{"transform", Filter("datum.diverged == 1 || datum.partly == 1")},
                     {"mark", {{"type", "point"}, {"shape", "cross"}, {"angle", 45}}},
                     {"encoding", {{"x", x}, {"y", {{"value", "height"}}}, {"color", colour}}}};
  spec["facet"] = Field("panel", "nominal", {{"title", nullptr}, {"sort", nullptr}});
  spec["columns"] = 3;
  spec["spec"] = {{"layer", Json::array({band, line, lost})}};
  return JsonText(spec, 1);
}

std::string VegaLite(const HeatMap& figure) {
  Json spec =
      Specification(figure.name, figure.title, figure.subtitle, {"value", "diverged", "best"});
  spec["transform"] = Filter("datum.diverged == 0 && isValid(datum.value)");
  spec["mark"] = "rect";
  spec["encoding"] = {
      {"x", Field("column", "ordinal", {{"sort", nullptr}, {"title", figure.x_label}})},
      {"y", InOrder("row")},
      {"color", Field("value", "quantitative",
                      {{"title", figure.value_label},
                       {"scale",
                        {{"scheme", "viridis"},
                         {"type", figure.log ? "log" : "linear"},
                         {"reverse", !figure.percent && !figure.large}}}})}};
  return JsonText(spec, 1);
}

std::string VegaLite(const DotFigure& figure) {
  Json spec = Specification(figure.name, figure.title, figure.subtitle, {"value", "low", "high"});
  const Json y = InOrder("label");
  const Json colour = Field("group", "nominal", {{"title", nullptr}});
  const Json x = Field("value", "quantitative",
                       {{"title", figure.x_label},
                        {"scale", {{"zero", false}}},
                        {"axis", {{"format", figure.percent ? ".1%" : "~g"}}}});
  const Json runs = {{"transform", Filter("datum.kind == 'run'")},
                     {"mark", {{"type", "point"}, {"opacity", 0.45}}},
                     {"encoding", {{"y", y}, {"x", x}, {"color", colour}}}};
  const Json rule = {{"transform", Filter("datum.kind == 'summary'")},
                     {"mark", "rule"},
                     {"encoding",
                      {{"y", y},
                       {"x", Field("low", "quantitative", {{"scale", {{"zero", false}}}})},
                       {"x2", {{"field", "high"}}},
                       {"color", colour}}}};
  const Json dot = {{"transform", Filter("datum.kind == 'summary'")},
                    {"mark", {{"type", "point"}, {"filled", true}, {"size", 70}}},
                    {"encoding", {{"y", y}, {"x", x}, {"color", colour}}}};
  spec["layer"] = Json::array({runs, rule, dot});
  if (std::isfinite(figure.reference)) {
    spec["layer"].push_back(
        {{"mark", "rule"}, {"encoding", {{"x", {{"datum", figure.reference}}}}}});
  }
  return JsonText(spec, 1);
}

std::string VegaLite(const RankDiagram& figure) {
  Json spec =
      Specification(figure.name, figure.title, figure.subtitle, {"rank", "critical_difference"});
  const Json y = InOrder("label");
  const Json x = Field("rank", "quantitative",
                       {{"title", "mean rank (1 is best)"}, {"scale", {{"zero", false}}}});
  // What lies inside a rule is not shown to differ from where the rule begins.
  spec["transform"] =
      Json::array({{{"calculate", "datum.rank + datum.critical_difference"}, {"as", "end"}}});
  const Json rule = {{"mark", "rule"},
                     {"encoding", {{"y", y}, {"x", x}, {"x2", {{"field", "end"}}}}}};
  const Json dot = {{"mark", {{"type", "point"}, {"filled", true}}},
                    {"encoding", {{"y", y}, {"x", x}}}};
  spec["layer"] = Json::array({rule, dot});
  return JsonText(spec, 1);
}

std::string VegaLite(const NetworkDiagram& figure) {
  Json spec = Specification(figure.name, figure.title, figure.subtitle, {"weight"});
  spec["mark"] = "rect";
  spec["encoding"] = {
      {"column", Field("layer", "nominal", {{"sort", nullptr}, {"title", nullptr}})},
      {"row", Field("panel", "nominal", {{"sort", nullptr}, {"title", nullptr}})},
      {"x", Field("to", "ordinal", {{"sort", nullptr}})},
      {"y", Field("from", "ordinal", {{"sort", nullptr}})},
      {"color",
       Field("weight", "quantitative",
             {{"scale", {{"scheme", "blueorange"}, {"domainMid", 0}, {"reverse", true}}}})}};
  spec["resolve"] = {{"scale", {{"x", "independent"}, {"y", "independent"}}}};
  return JsonText(spec, 1);
}

std::string VegaLite(const ImageFigure& figure) {
  Json spec = Specification(figure.name, figure.title, figure.subtitle, {"row", "column", "value"});
  const Json bare = {{"axis", nullptr}};
  Json scale = {{"scheme", figure.diverging ? "redblue" : "viridis"}};
  if (figure.diverging) scale.update({{"reverse", true}, {"domainMid", 0}});
  Json resolve = Json::object();
  if (figure.own_scale) resolve["scale"] = {{"color", "independent"}};
  spec["facet"] = Field("panel", "nominal", {{"title", nullptr}, {"sort", nullptr}});
  spec["columns"] = figure.in_row;
  spec["resolve"] = std::move(resolve);
  spec["spec"] = {
      {"mark", "rect"},
      {"encoding",
       {{"x", Field("column", "ordinal", bare)},
        {"y", Field("row", "ordinal", bare)},
        {"color", Field("value", "quantitative",
                        {{"title", figure.value_label}, {"scale", std::move(scale)}})}}}};
  return JsonText(spec, 1);
}

}  // namespace lanegrad
