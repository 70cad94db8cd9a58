// SPDX-License-Identifier: Apache-2.0
//
// A figure's data as CSV, which pandas and R read as it is.
#include <fmt/format.h>

#include "experiments/report/figure.h"
#include "experiments/report/network_diagram.h"
#include "experiments/report/text_table.h"

namespace lanegrad {
namespace {

// Seven digits, as a float has and more than a plot shows: rates stay as they were written.
// Nothing where there is no number.
std::string Digits(double value) {
  return std::isfinite(value) ? fmt::format("{:.7g}", value) : "";
}

std::string Flag(bool set) { return set ? "1" : "0"; }

std::string Line(std::initializer_list<std::string> cells) {
  std::string line;
  for (const std::string& cell : cells) {
    if (&cell != cells.begin()) line += ",";
    line += CsvCell(cell);
  }
  return line.append("\r\n");
}

// The name of a unit, or its number where it has none.
std::string UnitName(const DiagramLayer& layer, std::size_t unit) {
  return layer.units[unit].empty() ? fmt::format("{}", unit + 1) : layer.units[unit];
}

}  // namespace

std::string WriteCsv(const LineFigure& figure) {
  std::string csv = Line({"panel", "series", "x", "y", "low", "high", "diverged", "partly"});
  for (const LinePanel& panel : figure.panels) {
    for (const LineSeries& series : panel.series) {
      for (const LinePoint& p : series.points) {
        csv += Line({panel.title, series.name, Digits(p.x), Digits(p.y), Digits(p.low),
                     Digits(p.high), Flag(p.diverged), Flag(p.partly)});
      }
    }
  }
  return csv;
}

std::string WriteCsv(const HeatMap& figure) {
  std::string csv = Line({"row", "column", "value", "diverged", "best"});
  for (const HeatRow& row : figure.rows) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const HeatCell& cell = row.cells[i];
      csv += Line(
          {row.label, figure.columns[i], Digits(cell.value), Flag(cell.diverged), Flag(cell.best)});
    }
  }
  return csv;
}

// The summary of a row and each of its points, told apart by `kind`.
std::string WriteCsv(const DotFigure& figure) {
  std::string csv = Line({"label", "group", "kind", "value", "low", "high"});
  for (const DotRow& row : figure.rows) {
    csv += Line(
        {row.label, row.group, "summary", Digits(row.value), Digits(row.low), Digits(row.high)});
    for (const double value : row.points) {
      csv += Line({row.label, row.group, "run", Digits(value), "", ""});
    }
  }
  return csv;
}

std::string WriteCsv(const RankDiagram& figure) {
  std::string csv = Line({"label", "rank", "critical_difference"});
  for (const RankEntry& entry : figure.entries) {
    csv += Line({entry.label, Digits(entry.rank), Digits(figure.critical)});
  }
  return csv;
}

std::string WriteCsv(const NetworkDiagram& figure) {
  std::string csv = Line({"panel", "layer", "from", "to", "weight"});
  for (const DiagramPanel& panel : figure.panels) {
    for (std::size_t l = 1; l < panel.layers.size(); ++l) {
      const DiagramLayer& from = panel.layers[l - 1];
      const DiagramLayer& to = panel.layers[l];
      for (std::size_t k = 0; k < to.weights.size(); ++k) {
        csv += Line({panel.title, to.label, UnitName(from, k / to.units.size()),
                     UnitName(to, k % to.units.size()), Digits(to.weights[k])});
      }
      for (std::size_t j = 0; j < to.biases.size(); ++j) {
        csv += Line({panel.title, to.label, "bias", UnitName(to, j), Digits(to.biases[j])});
      }
    }
  }
  return csv;
}

std::string WriteCsv(const ImageFigure& figure) {
  std::string csv = Line({"panel", "row", "column", "value"});
  for (const ImagePanel& panel : figure.panels) {
    for (std::size_t i = 0; i < panel.values.size(); ++i) {
      csv += Line({panel.title, fmt::format("{}", i / panel.columns),
                   fmt::format("{}", i % panel.columns), Digits(panel.values[i])});
    }
  }
  return csv;
}

}  // namespace lanegrad
