// SPDX-License-Identifier: Apache-2.0
// Tables of what was measured on networks that learn from batches.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/comparison/expected_best.h"
#include "experiments/descent/judgements.h"
#include "experiments/descent/pictures.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"
#include "experiments/trials/trainings.h"

namespace lanegrad {
namespace {

std::string Percent(double share) { return fmt::format("{:.2f} %", 100.0 * share); }

// A number as a cell of a table.
Cell NumberCell(std::string_view format, double value) {
  return {fmt::format(fmt::runtime(format), value), value};
}

}  // namespace

LineSeries PlateauCurve(const Measurement& row) {
  std::vector<std::vector<double>> seeds;
  for (std::vector<double> scores = NumbersOf(row.values, "seed_1"); !scores.empty();
       scores = NumbersOf(row.values, fmt::format("seed_{}", seeds.size() + 1))) {
    seeds.push_back(scores);
  }
  const std::vector<double> rates = EvenRates(1e-3, 100.0, seeds.front().size());
  LineSeries series = {.name = row.settings.Text("activation"), .points = {}};
  for (std::size_t r = 0; r < rates.size(); ++r) {
    std::vector<double> here;
    for (const std::vector<double>& scores : seeds) here.push_back(scores[r]);
    const Interval interval = MeanInterval(here);
    series.points.push_back(
        {.x = rates[r], .y = Mean(here), .low = interval.low, .high = interval.high});
    if (series.points.back().y >
            series.points[static_cast<std::size_t>(std::max(0, series.best))].y ||
        series.best < 0) {
      series.best = static_cast<int>(r);
    }
  }
  return series;
}

NamedTable PlateauTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "plateaus",
      .table = {
          .caption = "Best rates, and how many decades of rates are within a point of the best",
          .columns = {{"activation", false, ""},
                      {"loss", false, ""},
                      {"best rate", true, "of the grid, by the mean of the seeds"},
                      {"held-out accuracy", true, "there"},
                      {"width in decades", true, "mean over the seeds"}},
          .rows = {}}};
  for (const Measurement& row : evidence.Series("plateau")) {
    const LineSeries curve = PlateauCurve(row);
    const LinePoint& best = curve.points[static_cast<std::size_t>(curve.best)];
    const double width = Mean(PlateauWidths(row));
    named.table.rows.push_back({{row.settings.Text("activation")},
                                {row.settings.Text("loss")},
                                NumberCell("{:.3g}", best.x),
                                {Percent(best.y), best.y},
                                NumberCell("{:.2f}", width)});
  }
  return named;
}

NamedTable SearchTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "searches",
      .table = {.caption = "Schedules, optimisers and warm-up, each at the best of as "
                           "many random rates",
                .columns = {{"what", false, ""},
                            {"name", false, ""},
                            {"best of 1", true, "expected held-out accuracy"},
                            {"best of 3", true, "expected held-out accuracy"},
                            {"best of all", true, "held-out accuracy"},
                            {"its rate", true, ""},
                            {"test accuracy", true, "mean of fresh seeds"}},
                .rows = {}}};
  for (const auto& [kind, shown] : {std::pair{"schedule", "schedule"},
                                    {"optimizer", "optimiser"},
                                    {"warmup", "with warm-up"}}) {
    for (const Measurement& row : evidence.Series(kind)) {
      const bool warm = std::string_view(kind) == "warmup";
      const std::vector<double> best = ExpectedBest(NumbersOf(row.values, "trial"));
      const double final = Mean(NumbersOf(row.values, "final"));
      named.table.rows.push_back({{shown},
                                  {row.settings.Text(warm ? "optimizer" : kind)},
                                  {Percent(best.front()), best.front()},
                                  {Percent(best[std::min<std::size_t>(2, best.size() - 1)]),
                                   best[std::min<std::size_t>(2, best.size() - 1)]},
                                  {Percent(best.back()), best.back()},
                                  NumberCell("{:.2g}", row.values.Number("rate")),
                                  {Percent(final), final}});
    }
  }
  return named;
}

NamedTable BatchTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "batches",
      .table = {.caption = "Samples a step, rates, and test accuracy at equal passes",
                .columns = {{"batch", true, ""},
                            {"steps an epoch", true, ""},
                            {"best rate", true, "of powers of two"},
                            {"accuracy", true, "mean of fresh seeds"},
                            {"linear rule", true, "its rate"},
                            {"accuracy", true, ""},
                            {"root rule", true, "its rate"},
                            {"accuracy", true, ""}},
                .rows = {}}};
  for (const Measurement& row : evidence.Series("batch")) {
    const auto mean = [&](const char* stem) -> Cell {
      const double value = Mean(NumbersOf(row.values, stem));
      return {Percent(value), value};
    };
    named.table.rows.push_back(
        {NumberCell("{}", row.settings.Number("batch")),
         NumberCell("{}", row.settings.Number("samples") / row.settings.Number("batch")),
         NumberCell("{:.3g}", row.values.Number("rate")), mean("final"),
         NumberCell("{:.3g}", row.values.Number("linear_rate")), mean("linear"),
         NumberCell("{:.3g}", row.values.Number("root_rate")), mean("root")});
  }
  return named;
}

NamedTable StoppingTable(const Evidence& evidence) {
  NamedTable named = {.name = "stopping",
                      .table = {.caption = "What ends a training, what it costs and what it brings",
                                .columns = {{"condition", false, ""},
                                            {"wrong labels", true, ""},
                                            {"met", true, "in so many of the runs"},
                                            {"epochs", true, "mean"},
                                            {"test accuracy", true, "mean"}},
                                .rows = {}}};
  for (const Measurement& row : evidence.Series("stopping")) {
    const std::vector<double> stopped = NumbersOf(row.values, "stopped");
    const auto met = static_cast<double>(std::count(stopped.begin(), stopped.end(), 1.0));
    const double noise = row.settings.Number("label_noise");
    const double final = Mean(NumbersOf(row.values, "final"));
    named.table.rows.push_back({{row.settings.Text("condition")},
                                {fmt::format("{:.0f} %", 100.0 * noise), noise},
                                {fmt::format("{} of {}", met, stopped.size()), met},
                                NumberCell("{:.1f}", Mean(NumbersOf(row.values, "epochs"))),
                                {Percent(final), final}});
  }
  return named;
}

}  // namespace lanegrad
