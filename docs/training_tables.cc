// SPDX-License-Identifier: Apache-2.0
#include "docs/training_tables.h"

#include <fmt/format.h>

namespace lanegrad {

std::string TrainingTable(const Json& record) {
  std::string table =
      "| network | batch | lanegrad | PyTorch | numpy | over the better | goal | most possible | "
      "of "
      "the peak | of the peak, fed |\n"
      "|:--------|------:|---------:|--------:|------:|----------------:|-----:|--------------:|---"
      "--------:|-----------------:|\n";
  for (const Json& row : record.at("rows")) {
    const Json& pace = row.at("samples_per_second");
    const auto number = [&](const char* name) { return row.at(name).get<double>(); };
    table += fmt::format(
        "| {} | {} | {:.0f} | {:.0f} | {:.0f} | {} | {:.4g} | {:.2f} | {:.0f}% | "
        "{:.0f}% |\n",
        row.at("layers").get<std::string>(), row.at("batch").get<int>(),
        pace.at("lanegrad").get<double>(), pace.at("pytorch").get<double>(),
        pace.at("numpy").get<double>(),
        number("ratio") >= number("goal") ? fmt::format("**{:.2f}**", number("ratio"))
                                          : fmt::format("{:.2f}", number("ratio")),
        number("goal"), number("most"), 100.0 * number("of_peak"), 100.0 * number("of_fed"));
  }
  return table;
}

std::string ThreadTable(const Json& record) {
  std::string table =
      "| network | batch | one thread | two threads | ratio | ratio, one core busy |\n"
      "|:--------|------:|-----------:|------------:|------:|---------------------:|\n";
  for (const Json& row : record.at("two_threads")) {
    table += fmt::format("| {} | {} | {:.0f} | {:.0f} | {:.2f} | {:.2f} |\n",
                         row.at("layers").get<std::string>(), row.at("batch").get<int>(),
                         row.at("one").get<double>(), row.at("two").get<double>(),
                         row.at("ratio").get<double>(), row.at("busy_ratio").get<double>());
  }
  return table;
}

std::string GridPace(const Json& record) {
  const Json& grid = record.at("grid");
  return fmt::format(
      "`{}` takes {:.1f} s with one run at a time and {:.1f} s with two side by side, from the "
      "first byte read to the report written: a ratio of {:.2f}.\n",
      grid.at("command").get<std::string>(), grid.at("one").get<double>(),
      grid.at("two").get<double>(), grid.at("ratio").get<double>());
}

namespace {

// A ratio of times as what it costs: 1.02 is 2.0%.
std::string Percent(const Json& ratio) {
  return fmt::format("{:.1f}%", 100.0 * (ratio.get<double>() - 1.0));
}

std::string PercentInterval(const Json& of) {
  return fmt::format("{} to {}", Percent(of.at("low")), Percent(of.at("high")));
}

}  // namespace

std::string CostTable(const Json& record) {
  std::string table =
      "| network | batch | activation | as specified | without constraints | cost | 95% interval | "
      "of nothing |\n"
      "|:--------|------:|:-----------|-------------:|--------------------:|-----:|-------------:|"
      "-----------:|\n";
  for (const Json& row : record.at("rows")) {
    const Json& pace = row.at("samples_per_second");
    table += fmt::format("| {} | {} | {} | {:.0f} | {:.0f} | {} | {} | {} |\n",
                         row.at("layers").get<std::string>(), row.at("batch").get<int>(),
                         row.at("activation").get<std::string>(), pace.at("ours").get<double>(),
                         pace.at("unbound").get<double>(), Percent(row.at("ratio")),
                         PercentInterval(row), Percent(row.at("of_nothing").at("ratio")));
  }
  return table;
}

std::string CostTotal(const Json& record) {
  std::string text = "Over the five networks (geometric mean), one thread,";
  for (const auto& [activation, total] : record.at("totals").items()) {
    text += fmt::format(" with {} **{}** ({});", activation, Percent(total.at("ratio")),
                        PercentInterval(total));
  }
  text.back() = '.';
  return fmt::format("{} {}, {}; medians of {} rounds.\n", text,
                     record.at("processor").get<std::string>(),
                     record.at("date").get<std::string>(), record.at("rounds").get<int>());
}

std::string TrainingMachine(const Json& record) {
  return fmt::format(
      "{}, {} thread{}, {}; PyTorch {} and numpy {} on {}; medians of {} rounds; peak of a core, "
      "measured in the same run, {:.0f} GFLOP/s on registers alone and {:.0f} fed from the first "
      "cache.\n",
      record.at("processor").get<std::string>(), record.at("threads").get<int>(),
      record.at("threads").get<int>() == 1 ? "" : "s", record.at("date").get<std::string>(),
      record.at("pytorch").get<std::string>(), record.at("numpy").get<std::string>(),
      record.at("blas").get<std::string>(), record.at("rounds").get<int>(),
      record.at("peak_gflops").get<double>(), record.at("fed_gflops").get<double>());
}

}  // namespace lanegrad
