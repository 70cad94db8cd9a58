// SPDX-License-Identifier: Apache-2.0
// The tables of chapter 5.1.
#include <fmt/format.h>

#include <algorithm>

#include "experiments/compute/frontier.h"
#include "experiments/compute/judgements.h"
#include "experiments/compute/laws.h"
#include "experiments/compute/workload.h"
#include "experiments/records/numbered.h"

namespace lanegrad {
namespace {

Cell Number(double value, int decimals = 0) {
  return {fmt::format("{:.{}f}", value, decimals), value};
}

}  // namespace

NamedTable BudgetTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "budgets",
      .table = {.caption = "Test accuracy by budget and width; bold: chosen by held-out samples",
                .columns = {{"multiply-adds", true, "of a training"},
                            {"width", true, "hidden units"},
                            {"samples seen", true, "each counts as often as it is seen"},
                            {"passes", true, "over the training samples"},
                            {"rate", true, "chosen on held-out samples"},
                            {"held out", true, "mean accuracy of the trials, in per cent"},
                            {"test", true, "mean accuracy of the final seeds, in per cent"}},
                .rows = {}}};
  const std::vector<Budget> budgets = BudgetsOf(evidence);
  for (const Measurement& row : evidence.Series("budget")) {
    const double work = row.settings.Number("work"), width = row.settings.Number("width");
    const bool best = std::any_of(budgets.begin(), budgets.end(), [&](const Budget& budget) {
      return budget.work == work && budget.Best().width == width;
    });
    const double test = 100.0 * Mean(NumbersOf(row.values, "final"));
    const double epochs = row.values.Number("epochs");
    named.table.rows.push_back({{WorkText(work), work},
                                Number(width),
                                Number(row.values.Number("samples") * epochs),
                                Number(epochs),
                                Number(row.values.Number("rate"), 2),
                                Number(100.0 * row.values.Number("held_out"), 1),
                                {fmt::format("{:.1f}", test), test, best}});
  }
  return named;
}

NamedTable ReachTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "reach",
      .table = {.caption = fmt::format("What an accuracy of {} on held-out samples costs",
                                       evidence.Series("reach").front().settings.Number("level")),
                .columns = {{"width", true, "hidden units"},
                            {"reached it", true, "of the final seeds"},
                            {"samples seen", true, "mean of the final seeds"},
                            {"multiply-adds", true, "mean, in thousand millions"},
                            {"seconds", true, "median, on the machine as it was"}},
                .rows = {}}};
  for (const Reach& reach : ReachesOf(evidence)) {
    const double seeds = static_cast<double>(reach.samples.size());
    named.table.rows.push_back({Number(reach.width),
                                {fmt::format("{} of {}", reach.reached, seeds), reach.reached},
                                Number(Mean(reach.samples)),
                                Number(Mean(reach.work) / 1e9, 2),
                                Number(Median(reach.seconds), 3)});
  }
  return named;
}

NamedTable TargetTable(const Evidence& evidence) {
  NamedTable named = {.name = "targets",
                      .table = {.caption = "Samples a second by instruction set, one thread",
                                .columns = {{"instruction set", false, ""},
                                            {"training", true, "median"},
                                            {"least", true, "of all rounds"},
                                            {"greatest", true, "of all rounds"},
                                            {"forward", true, "median"},
                                            {"same digest", false, "as recorded"}},
                                .rows = {}}};
  for (const TargetPace& target : TargetsOf(evidence)) {
    named.table.rows.push_back({{target.name},
                                Number(target.train.median),
                                Number(target.train.low),
                                Number(target.train.high),
                                Number(target.forward.median),
                                {target.differs == 0.0 ? "yes" : "no"}});
  }
  return named;
}

NamedTable ShapeTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "shapes",
      .table = {.caption = "Samples a second by width and batch, one thread",
                .columns = {{"width", true, "hidden units"},
                            {"batch", true, "samples a step"},
                            {"forward", true, "samples a second"},
                            {"training", true, "samples a second"},
                            {"Gflop/s", true, "of training"},
                            {"flop/byte", true, "operations of a step over bytes it must move"},
                            {"peak", true, "Gflop/s of the product in the first-level cache"},
                            {"reading", true, "GB/s from where the weights lie"},
                            {"of the roof", true, "training, in per cent of the lower bound"}},
                .rows = {}}};
  for (const Measurement& row : evidence.Series("shape")) {
    const double flops = row.machine.Number("train_flops");
    named.table.rows.push_back(
        {Number(row.settings.Number("width")), Number(row.settings.Number("batch")),
         Number(row.machine.Number("forward")), Number(row.machine.Number("train")),
         Number(flops / 1e9, 1),
         Number(2.0 * row.values.Number("multiply_adds") / row.values.Number("bytes"), 1),
         Number(row.machine.Number("peak_flops") / 1e9, 1),
         Number(row.machine.Number("read_bytes") / 1e9, 1), Number(100.0 * flops / RoofOf(row))});
  }
  return named;
}

NamedTable ThreadTable(const Evidence& evidence) {
  NamedTable named = {.name = "threads",
                      .table = {.caption = "Samples a second by threads, in batches of 256",
                                .columns = {{"width", true, "hidden units"},
                                            {"threads", true, "at most so many"},
                                            {"forward", true, "median"},
                                            {"training", true, "median"}},
                                .rows = {}}};
  for (const Measurement& row : evidence.Series("threads")) {
    const std::vector<double> team = NumbersOf(row.machine, "team"),
                              train = NumbersOf(row.machine, "train"),
                              forward = NumbersOf(row.machine, "forward");
    for (std::size_t i = 0; i < std::min({team.size(), train.size(), forward.size()}); ++i) {
      named.table.rows.push_back({Number(row.settings.Number("width")), Number(team[i]),
                                  Number(forward[i]), Number(train[i])});
    }
  }
  return named;
}

}  // namespace lanegrad
