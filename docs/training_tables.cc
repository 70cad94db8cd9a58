// SPDX-License-Identifier: Apache-2.0
#include "docs/training_tables.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace lanegrad {

namespace {

// A network and its batch in one cell, which does not break at a hyphen.
std::string NetworkOf(const Json& row) {
  return fmt::format("<span class=\"network\">{} · {}</span>", row.at("layers").get<std::string>(),
                     row.at("batch").get<int>());
}

std::string Thousands(const Json& pace) { return fmt::format("{:.1f}", pace.get<double>() / 1e3); }

}  // namespace

std::string TrainingTable(const Json& record) {
  std::string table =
      "| network · batch | lanegrad | PyTorch | numpy | ratio | most possible | of the peak "
      "| fed |\n"
      "|:----------------|---------:|--------:|------:|------:|--------------:|------------:"
      "|----:|\n";
  for (const Json& row : record.at("rows")) {
    const Json& pace = row.at("samples_per_second");
    const auto number = [&](const char* name) { return row.at(name).get<double>(); };
    table += fmt::format(
        "| {} | {} | {} | {} | {:.2f} | {:.2f} | {:.0f} % | {:.0f} % |\n", NetworkOf(row),
        Thousands(pace.at("lanegrad")), Thousands(pace.at("pytorch")), Thousands(pace.at("numpy")),
        number("ratio"), number("most"), 100.0 * number("of_peak"), 100.0 * number("of_fed"));
  }
  return table;
}

std::string StepTable(const Json& record) {
  std::string table =
      "| network · batch | multiply-adds | gather | forward | loss | backward | update | all |\n"
      "|:----------------|--------------:|-------:|--------:|-----:|---------:|-------:|----:|\n";
  for (const Json& profile : record.at("profiles")) {
    // Of the same network and batch: what it would take at the peak of a core that is fed.
    double alone = 0.0;
    for (const Json& row : record.at("rows")) {
      if (NetworkOf(row) != NetworkOf(profile)) continue;
      const double pace = row.at("samples_per_second").at("lanegrad").get<double>();
      alone = 1e6 * row.at("batch").get<double>() / pace * row.at("of_fed").get<double>();
    }
    table += fmt::format("| {} | {:.1f} |", NetworkOf(profile), alone);
    const Json& phases = profile.at("phases");
    double all = 0.0;
    for (const auto& [name, time] : phases.items()) all += time.get<double>();
    for (const char* name : {"gather", "forward", "loss", "backward", "update"}) {
      table += fmt::format(" {:.1f} |", phases.at(name).get<double>());
    }
    table += fmt::format(" {:.1f} |\n", all);
  }
  return table;
}

std::string ThreadTable(const Json& record) {
  std::string table =
      "| network · batch | one thread | two threads | ratio | two processes | one core busy |\n"
      "|:----------------|-----------:|------------:|------:|--------------:|--------------:|\n";
  for (const Json& row : record.at("two_threads")) {
    table += fmt::format("| {} | {} | {} | {:.2f} | {:.2f} | {:.2f} |\n", NetworkOf(row),
                         Thousands(row.at("one")), Thousands(row.at("two")),
                         row.at("ratio").get<double>(), row.at("pair_ratio").get<double>(),
                         row.at("busy_ratio").get<double>());
  }
  return table;
}

std::string PhaseTable(const Json& record) {
  const Json& phases = record.at("phases");
  std::string table = fmt::format(
      "Microseconds of a step of {} at batch {}:\n\n"
      "| phase | half of one thread's | thread 0 of two | more |\n"
      "|:------|---------------------:|----------------:|-----:|\n",
      phases.at("layers").get<std::string>(), phases.at("batch").get<int>());
  double half = 0.0, two = 0.0;
  const auto add = [&](const std::string& name, double before, double after) {
    table +=
        fmt::format("| {} | {:.1f} | {:.1f} | {:.1f} |\n", name, before, after, after - before);
  };
  for (const Json& phase : phases.at("phases")) {
    half += phase.at("half").get<double>();
    two += phase.at("two").get<double>();
    add(phase.at("phase").get<std::string>(), phase.at("half").get<double>(),
        phase.at("two").get<double>());
  }
  add("**all**", half, two);
  const Json& line = phases.at("line_ns");
  return table +
         fmt::format(
             "\nA line of 64 bytes takes {:.1f} ns from the core's own cache and {:.1f} ns from "
             "that of the other core, which has just written it (`line_transfer`).\n",
             line.at("own").get<double>(), line.at("other").get<double>());
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
  return fmt::format("{:.1f} %", 100.0 * (ratio.get<double>() - 1.0));
}

std::string PercentInterval(const Json& of) {
  return fmt::format("{} to {}", Percent(of.at("low")), Percent(of.at("high")));
}

}  // namespace

std::string CostTable(const Json& record) {
  std::string table =
      "| network · batch | activation | as specified | free | cost | 95% interval | of nothing |\n"
      "|:----------------|:-----------|-------------:|-----:|-----:|-------------:|-----------:|\n";
  for (const Json& row : record.at("rows")) {
    const Json& pace = row.at("samples_per_second");
    table += fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", NetworkOf(row),
                         row.at("activation").get<std::string>(), Thousands(pace.at("ours")),
                         Thousands(pace.at("unbound")), Percent(row.at("ratio")),
                         PercentInterval(row), Percent(row.at("of_nothing").at("ratio")));
  }
  return table;
}

std::string CostTotal(const Json& record) {
  std::string text =
      "On one thread, the reproducible program takes longer, in the geometric mean of the five "
      "networks, by";
  for (const auto& [activation, total] : record.at("totals").items()) {
    text += fmt::format("{} **{}** ({}) with {}", text.ends_with("by") ? "" : " and",
                        Percent(total.at("ratio")), PercentInterval(total), activation);
  }
  return fmt::format("{}. Measured on {}, {}; medians of {} rounds.\n", text,
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
