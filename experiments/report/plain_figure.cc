// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/plain_figure.h"

#include "network/proper_names.h"

namespace lanegrad {
namespace {

template <class... Texts>
void Rename(Texts&... texts) {
  ((texts = ProperNames(texts)), ...);
}

template <class Figure>
void Behead(Figure& figure) {
  figure.name.append("_plain");
  figure.title.clear();
  figure.subtitle.clear();
}

}  // namespace

LineFigure Plain(LineFigure figure) {
  Behead(figure);
  Rename(figure.x_label, figure.y_label);
  for (LinePanel& panel : figure.panels) {
    Rename(panel.title);
    for (LineMark& mark : panel.marks) Rename(mark.label);
    for (LineSeries& series : panel.series) {
      Rename(series.name);
      for (LinePoint& point : series.points) Rename(point.note);
    }
  }
  return figure;
}

HeatMap Plain(HeatMap figure) {
  Behead(figure);
  Rename(figure.x_label, figure.value_label);
  for (std::string& column : figure.columns) Rename(column);
  for (HeatRow& row : figure.rows) {
    Rename(row.label);
    for (HeatCell& cell : row.cells) Rename(cell.note);
  }
  return figure;
}

DotFigure Plain(DotFigure figure) {
  Behead(figure);
  Rename(figure.x_label);
  for (DotRow& row : figure.rows) Rename(row.label, row.group, row.text, row.note);
  return figure;
}

RankDiagram Plain(RankDiagram figure) {
  Behead(figure);
  for (RankEntry& entry : figure.entries) Rename(entry.label, entry.note);
  return figure;
}

ImageFigure Plain(ImageFigure figure) {
  Behead(figure);
  Rename(figure.value_label, figure.x_label, figure.y_label);
  for (ImagePanel& panel : figure.panels) Rename(panel.title, panel.note);
  return figure;
}

NetworkDiagram Plain(NetworkDiagram figure) {
  Behead(figure);
  for (DiagramPanel& panel : figure.panels) {
    Rename(panel.title);
    for (DiagramLayer& layer : panel.layers) {
      Rename(layer.label);
      for (std::string& unit : layer.units) Rename(unit);
    }
  }
  return figure;
}

}  // namespace lanegrad
