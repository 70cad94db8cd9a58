// SPDX-License-Identifier: Apache-2.0
// Figures of what was measured on bowls, and on networks by whole batches.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/descent/pictures.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"
#include "experiments/trials/trainings.h"

namespace lanegrad {
namespace {

constexpr std::size_t kShown = 31;  // losses before, and after each of thirty steps
constexpr const char* kSizes[] = {"too small", "right", "too large"};

// Values at 0, 1, 2, ...
LineSeries BySteps(std::string name, const std::vector<double>& values) {
  LineSeries series = {.name = std::move(name), .points = {}};
  for (std::size_t t = 0; t < values.size(); ++t) {
    series.points.push_back({.x = static_cast<double>(t), .y = values[t]});
  }
  return series;
}

}  // namespace

Figure PathFigure(const Evidence& evidence) {
  LineFigure figure = {
      .name = "03_5_learning_rates_paths",
      .title = "",
      .subtitle =
          "loss as a share of the first; dashed: the most that the theory allows on the "
          "bowl. Network: 784-32-10, tanh, all samples a step, median of the seeds",
      .x_label = "steps",
      .y_label = "loss / first loss",
      .y_log = true,
      .x_whole = true,
      .dots = false,
      .panels = {}};
  std::vector<double> ends;
  for (const char* where : {"bowl", "network"}) {
    LinePanel panel = {.title = fmt::format("a {}", where), .series = {}};
    std::size_t size = 0;
    for (const Measurement& row : evidence.Series(std::string(where) + "_path")) {
      std::vector<double> losses = NumbersOf(row.values, "loss");
      losses.resize(std::min(losses.size(), kShown));
      panel.series.push_back(BySteps(kSizes[size++], losses));
      ends.push_back(losses.empty() ? NAN : losses.back());
      panel.title +=
          fmt::format("{} {:.3g}", size == 1 ? ": rate =" : ",", row.settings.Number("multiple"));
    }
    panel.title += " times 2/λ";
    size = 0;
    for (const Measurement& row : evidence.Series(std::string(where) + "_path")) {
      std::vector<double> bound = NumbersOf(row.values, "bound");
      if (bound.empty()) continue;
      bound.resize(std::min(bound.size(), kShown));
      panel.series.push_back(BySteps(fmt::format("{}, theory", kSizes[size++]), bound));
      panel.series.back().theory = true;
    }
    figure.panels.push_back(std::move(panel));
  }
  figure.title = fmt::format(
      "Thirty steps leave {:.2g}, {:.1g} and {:.2g} of a bowl's loss, and {:.2g}, {:.2g} and "
      "{:.2g} "
      "of a network's",
      ends[0], ends[1], ends[2], ends[3], ends[4], ends[5]);
  return figure;
}

Figure LimitFigure(const Evidence& evidence) {
  DotFigure figure = {.name = "03_5_learning_rates_limits",
                      .title = "",
                      .subtitle =
                          "largest rate that works, as a multiple of 2(1 + μ)/λ; a pale dot a "
                          "seed, the large one is the median",
                      .x_label = "multiple of 2(1 + μ)/λ",
                      .reference = 1.0,
                      .rows = {}};
  std::vector<double> bowls;
  std::string networks;
  for (const auto& [series, label, stem] :
       {std::tuple{"bowl_limit", "bowl", "multiple"}, {"network_limit", "network", "largest"}}) {
    for (const Measurement& row : evidence.Series(series)) {
      const std::vector<double> values = NumbersOf(row.values, stem);
      if (std::string_view(label) == "bowl") {
        bowls.insert(bowls.end(), values.begin(), values.end());
      } else {
        networks += fmt::format("{}{:.2g} (μ = {})", networks.empty() ? "" : " and ",
                                Median(values), row.settings.Text("momentum"));
      }
      figure.rows.push_back(
          {.label = fmt::format("{}, μ = {}", label, row.settings.Text("momentum")),
           .group = label,
           .value = Median(values),
           .points = values,
           .text = fmt::format("{:.3g}", Median(values)),
           .note = {}});
    }
  }
  const double bowl = Median(bowls);
  figure.title = fmt::format(
      "Bowls stop learning at {}the limit, networks at {} times, in the median",
      std::fabs(bowl - 1.0) < 0.005 ? "" : fmt::format("{:.2f} times ", bowl), networks);
  return figure;
}

Figure StabilityFigure(const Evidence& evidence) {
  LineFigure figure = {
      .name = "03_5_learning_rates_stability",
      .title = "",
      .subtitle =
          "largest curvature during full-batch descent: 784-32-10, tanh, squared error; mean "
          "of the seeds, about 95 % interval, after the fall of the first steps. Dashed: 2/rate",
      .x_label = "steps",
      .y_label = "largest eigenvalue λ of the Hessian",
      .x_whole = true,
      .dots = false,
      .y_low = 0.0,
      .panels = {{.title = "", .series = {}}}};
  std::string ends;
  std::vector<LineSeries> limits;
  for (const Measurement& row : evidence.Series("stability")) {
    const double rate = row.settings.Number("rate");
    const std::vector<double> mean = NumbersOf(row.values, "mean");
    const std::vector<double> low = NumbersOf(row.values, "low");
    const std::vector<double> high = NumbersOf(row.values, "high");
    const double each = row.settings.Number("steps") / static_cast<double>(mean.size() - 1);
    LineSeries series = {.name = fmt::format("rate {}", rate), .points = {}};
    for (std::size_t k = 1; k < mean.size(); ++k) {
      series.points.push_back(
          {.x = each * static_cast<double>(k), .y = mean[k], .low = low[k], .high = high[k]});
    }
    limits.push_back({.name = fmt::format("2/{}", rate),
                      .points = {{.x = 0.0, .y = 2.0 / rate},
                                 {.x = row.settings.Number("steps"), .y = 2.0 / rate}},
                      .theory = true});
    ends += fmt::format("{}{:.2f}", ends.empty() ? "" : ", ", Mean(NumbersOf(row.values, "late")));
    figure.panels[0].series.push_back(std::move(series));
  }
  for (LineSeries& limit : limits) figure.panels[0].series.push_back(std::move(limit));
  figure.title = "In the second half, curvature is " + ends + " times 2/rate, by growing rate";
  return figure;
}

Figure RangeFigure(const Evidence& evidence) {
  const Measurement row = evidence.Series("range_test").at(0);
  const std::vector<double> smooth = NumbersOf(row.values, "smooth");
  const double limit = Median(NumbersOf(row.values, "limit"));
  const double suggested = Median(NumbersOf(row.values, "suggested"));
  const double best = row.values.Number("best_rate");
  LineFigure figure = {
      .name = "03_5_learning_rates_range",
      .title =
          fmt::format("The range test suggests {:.2g}, a search finds {:.2g}, and 2/λ is {:.2g}",
                      suggested, best, limit),
      .subtitle =
          "smoothed loss while the rate rises at every step of one pass; median of the seeds. "
          "784-64-10, tanh, cross-entropy",
      .x_label = "rate of the step",
      .y_label = "smoothed loss",
      .x_log = true,
      .dots = false,
      .y_low = 0.0,
      .panels = {{.title = "",
                  .series = {{.name = "smoothed loss", .points = {}}},
                  .marks = {{.x = suggested, .label = "suggested"},
                            {.x = limit, .label = "2/λ"},
                            {.x = best, .label = "search"}}}}};
  const std::vector<double> rates = EvenRates(1e-4, 10.0, std::max<std::size_t>(2, smooth.size()));
  for (std::size_t i = 0; i < smooth.size(); ++i) {
    figure.panels[0].series[0].points.push_back({.x = rates[i], .y = smooth[i]});
  }
  return figure;
}

}  // namespace lanegrad
