// SPDX-License-Identifier: Apache-2.0
#include "docs/held_out_table.h"

#include <fmt/format.h>

#include <map>
#include <utility>
#include <vector>

#include "experiments/report/text_table.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

// Accuracies of the runs of one kind, in per cent.
struct Pair {
  std::vector<double> held_out, test, difference;
};

void AddRows(Table& table, std::span<const RunRecord> runs, std::string_view held_out,
             std::string_view test) {
  std::map<std::pair<std::size_t, std::size_t>, Pair> kinds;
  for (const RunRecord& run : runs) {
    Pair& kind = kinds[{run.settings.samples, run.settings.epochs}];
    kind.held_out.push_back(100.0 * run.epochs.back().validation_accuracy.value());
    kind.test.push_back(100.0 * run.test_accuracy.value());
    kind.difference.push_back(kind.held_out.back() - kind.test.back());
  }
  for (const auto& [what, kind] : kinds) {
    const Interval interval = MeanInterval(kind.difference);
    const auto number = [](double value) { return Cell{fmt::format("{:.2f}", value), value}; };
    table.rows.push_back(
        {{fmt::format("{} samples, {} epochs", what.first, what.second)},
         {std::string(held_out)},
         {std::string(test)},
         number(Mean(kind.held_out)),
         number(Mean(kind.test)),
         {fmt::format("{:+.2f} ({:+.2f} to {:+.2f}), {} seeds", Mean(kind.difference), interval.low,
                      interval.high, kind.difference.size())}});
  }
}

}  // namespace

std::string HeldOutTable(std::span<const RunRecord> official, std::span<const RunRecord> swapped) {
  Table table = {.caption = {},
                 .columns = {{"trained on", false, {}},
                             {"held out", false, {}},
                             {"test", false, {}},
                             {"held out, %", true, {}},
                             {"test, %", true, {}},
                             {"difference (95 % interval)", true, {}}},
                 .rows = {}};
  AddRows(table, official, "last 10,000 training pictures", "test pictures");
  AddRows(table, swapped, "test pictures", "last 10,000 training pictures");
  return MarkdownTable(table);
}

}  // namespace lanegrad
