// SPDX-License-Identifier: Apache-2.0
#include "experiments/applications/confusion_map.h"

#include <fmt/format.h>

#include <cstddef>
#include <vector>

#include "experiments/records/numbered.h"

namespace lanegrad {

HeatMap ConfusionMap(const Fields& fields, std::span<const std::string_view> names) {
  HeatMap figure;
  figure.x_label = "what the network says";
  figure.value_label = "share of the samples of a class";
  figure.percent = true;
  const std::size_t classes = names.size();
  std::vector<double> counts = NumbersOf(fields, "confusion");
  counts.resize(classes * classes);
  figure.columns.assign(names.begin(), names.end());
  double worst = -1.0;
  for (std::size_t label = 0; label < classes; ++label) {
    HeatRow cells = {.label = std::string(names[label]), .cells = {}};
    double all = 0.0;
    for (std::size_t named = 0; named < classes; ++named) all += counts[label * classes + named];
    for (std::size_t named = 0; named < classes; ++named) {
      const double share = all != 0.0 ? counts[label * classes + named] / all : 0.0;
      cells.cells.push_back({.value = share, .note = ""});
      if (named == label || share <= worst) continue;
      worst = share;
      figure.title = fmt::format(
          "{:.0f} % of '{}' are taken for '{}': no other confusion is as "
          "frequent",
          100.0 * share, names[label], names[named]);
    }
    figure.rows.push_back(cells);
  }
  return figure;
}

}  // namespace lanegrad
