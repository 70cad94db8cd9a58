// SPDX-License-Identifier: Apache-2.0
#include "docs/kernel_tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "experiments/report/text_table.h"

namespace lanegrad {
namespace {

double Ulp(const Json& text) {
  const std::string ulp = text.get<std::string>();
  return ulp == "inf" ? HUGE_VAL : std::stod(ulp);
}

// As a reader would say it.
std::string Spoken(double ulp) {
  if (std::isinf(ulp) || ulp > 0x1p32) return "no digit";
  if (ulp < 100) return fmt::format("{:.3g}", ulp);
  if (ulp < 1e4) return fmt::format("{:.0f}", ulp);
  if (ulp < 1e6) return fmt::format("{:.0f} thousand", ulp / 1e3);
  return fmt::format("{:.1f} million", ulp / 1e6);
}

// Everyone who appears in a column of the rows, in the order of first appearance.
std::vector<std::string> Names(const Json& rows, const char* column) {
  std::vector<std::string> names;
  for (const Json& row : rows) {
    for (const auto& [name, value] : row.at(column).items()) {
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    }
  }
  return names;
}

// A table of figures: one row a thing, one column a contestant, the best in bold.
std::string Figures(const Json& rows, const char* label, const char* heading, const char* column,
                    int digits) {
  const std::vector<std::string> names = Names(rows, column);
  Table table = {.caption = {}, .columns = {{heading, false, {}}}, .rows = {}};
  // "BLIS 0.9.0 (skx kernels)": the remark would make the column too wide.
  for (const std::string& name : names) {
    table.columns.push_back({name.substr(0, name.find(" (")), true, {}});
  }
  for (const Json& row : rows) {
    const Json& figures = row.at(column);
    double best = 0.0;
    for (const auto& [name, value] : figures.items()) {
      if (name != "copy") best = std::max(best, value.get<double>());
    }
    std::vector<Cell> cells = {{row.at(label).get<std::string>(), 0, false}};
    for (const std::string& name : names) {
      if (!figures.contains(name)) {
        cells.push_back({"", 0, false});
        continue;
      }
      const double value = figures.at(name).get<double>();
      cells.push_back({fmt::format("{:.{}f}", value, digits), value, value == best});
    }
    table.rows.push_back(std::move(cells));
  }
  return MarkdownTable(table);
}

}  // namespace

std::string ErrorTable(const Json& exhaustive) {
  Table table = {.caption = {},
                 .columns = {{"activation", false, {}},
                             {"values wrong", true, {}},
                             {"slopes wrong", true, {}},
                             {"largest error, ULP", true, {}},
                             {"needed 240 bits to decide", true, {}}},
                 .rows = {}};
  std::uint64_t wrong = 0, all = 0;
  for (const Json& row : exhaustive.at("activations")) {
    const auto count = [&](const char* what, const char* of) {
      return row.at(what).at(of).get<std::uint64_t>();
    };
    const auto cell = [](std::uint64_t n) {
      return Cell{fmt::format("{}", n), static_cast<double>(n), false};
    };
    const double largest = std::max(row.at("value").at("max_ulp").get<double>(),
                                    row.at("slope").at("max_ulp").get<double>());
    wrong += count("value", "misrounded") + count("slope", "misrounded");
    all += std::uint64_t{2} << 32;
    table.rows.push_back({{row.at("name").get<std::string>(), 0, false},
                          cell(count("value", "misrounded")),
                          cell(count("slope", "misrounded")),
                          {fmt::format("{}", largest), largest, false},
                          cell(count("value", "hard_cases") + count("slope", "hard_cases"))});
  }
  return fmt::format(
      "{}\n{} results in {:.0f} thousand million are not the nearest float. Command: "
      "`build/release/bin/exhaustive`\n",
      MarkdownTable(table), wrong, static_cast<double>(all) / 1e9);
}

std::string PeerErrorTable(const Json& peers) {
  const Json& rows = peers.at("activations");
  std::vector<std::string> names = Names(rows, "max_ulp");
  std::erase_if(names, [](const std::string& name) { return name.starts_with("lanegrad"); });
  Table table = {
      .caption = {}, .columns = {{"activation", false, {}}, {"lanegrad", true, {}}}, .rows = {}};
  for (const std::string& name : names) table.columns.push_back({name, true, {}});
  for (const Json& row : rows) {
    const Json& errors = row.at("max_ulp");
    std::vector<Cell> cells = {{row.at("activation").get<std::string>(), 0, false}};
    const auto add = [&](const Json& pair) {
      cells.push_back(
          {fmt::format("{}; {}", Spoken(Ulp(pair.at(0))), Spoken(Ulp(pair.at(1)))), 0, false});
    };
    add(errors.begin().value());
    bool compared = false;
    for (const std::string& name : names) {
      if (errors.contains(name)) {
        add(errors.at(name));
        compared = true;
      } else {
        cells.push_back({"", 0, false});
      }
    }
    if (compared) table.rows.push_back(std::move(cells));
  }
  return MarkdownTable(table);
}

std::string ProductTable(const Json& peers) {
  const Json& rows = peers.at("products");
  Table table = {.caption = {}, .columns = {{"", false, {}}}, .rows = {}};
  std::vector<double> best;
  for (const Json& row : rows) {
    // Spaces, so that a narrow column can break the line there.
    std::string shape;
    for (const char c : row.at("shape").get<std::string>()) {
      shape += c == 'x' ? std::string(" × ") : std::string(1, c);
    }
    table.columns.push_back({shape, true, {}});
    best.push_back(0.0);
    for (const auto& [name, value] : row.at("gflops").items()) {
      best.back() = std::max(best.back(), value.get<double>());
    }
  }
  for (const std::string& name : Names(rows, "gflops")) {
    std::vector<Cell> cells = {{name, 0, false}};
    for (std::size_t i = 0; i < rows.size(); ++i) {
      // Not every library takes every shape.
      const double value = rows[i].at("gflops").value(name, 0.0);
      cells.push_back({value > 0.0 ? fmt::format("{:.0f}", value) : "-", value, value == best[i]});
    }
    table.rows.push_back(std::move(cells));
  }
  return MarkdownTable(table);
}

std::string SpeedTable(const Json& peers) {
  return Figures(peers.at("activations"), "activation", "activation", "per_ns", 2);
}

std::string PeerMachine(const Json& peers) {
  const Json& provenance = peers.at("provenance");
  std::string peaks;
  for (const auto& [target, peak] : peers.at("peak_gflops").items()) {
    peaks += fmt::format("{}{:.0f} GFLOP/s for {}", peaks.empty() ? "" : ", ", peak.get<double>(),
                         target);
  }
  return fmt::format(
      "Measured on {}, one thread; multiply-add peak measured in the same process: {}. Source "
      "{}.\n",
      provenance.at("processor").get<std::string>(), peaks,
      provenance.at("source").get<std::string>());
}

LineFigure ErrorSpeedFigure(const Json& peers) {
  LineFigure figure = {
      .name = "error_speed",
      .title = "Fast formulas have large errors somewhere; correct rounding takes time",
      .subtitle =
          "one dot an activation with its slope, in cache, one thread; "
          "hover for its name",
      .x_label = "elements a nanosecond (log)",
      .y_label = "right bits of 24, worst of all inputs",
      .x_log = true,
      .y_percent = false,
      .dots = true,
      .joined = false,
      .y_low = 0.0,
      .y_high = 25.0,
      .panels = {{.title = "", .series = {}}}};
  for (const std::string& name : Names(peers.at("activations"), "max_ulp")) {
    LineSeries series = {.name = name, .points = {}};
    for (const Json& row : peers.at("activations")) {
      if (!row.at("max_ulp").contains(name) || row.at("max_ulp").size() < 3) continue;
      const double ulp =
          std::max(Ulp(row.at("max_ulp").at(name).at(0)), Ulp(row.at("max_ulp").at(name).at(1)));
      const double bits = std::clamp(23.0 - std::log2(ulp), 0.0, 24.0);
      const double speed = row.at("per_ns").at(name).get<double>();
      series.points.push_back(
          {.x = speed,
           .y = bits,
           .note = fmt::format("{}, {}: {:.2f} elements/ns, error {} ULP", name,
                               row.at("activation").get<std::string>(), speed, Spoken(ulp))});
    }
    std::sort(series.points.begin(), series.points.end(),
              [](const LinePoint& a, const LinePoint& b) { return a.x < b.x; });
    figure.panels[0].series.push_back(std::move(series));
  }
  return figure;
}

}  // namespace lanegrad
