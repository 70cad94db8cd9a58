// SPDX-License-Identifier: Apache-2.0
// The tables of chapter 6.4.
#include <fmt/format.h>

#include "experiments/applications/judgements.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

Cell Number(double value, const char* format) {
  return {fmt::format(fmt::runtime(format), value), value};
}

std::vector<Cell> TableRow(const char* task, const std::string& model, const std::string& chosen,
                           const std::vector<double>& list, const char* unit) {
  const Interval interval = MeanInterval(list);
  const bool bits = std::string_view(unit) == "bits";
  const double scale = bits ? 1.0 : 100.0;
  const char* format = bits ? "{:.3f}" : "{:.1f}";
  return {{task},
          {model},
          {chosen},
          Number(scale * Mean(list), format),
          Number(scale * interval.low, format),
          Number(scale * interval.high, format),
          {unit}};
}

}  // namespace

NamedTable AccuracyByModel(const Evidence& evidence) {
  NamedTable named = {
      .name = "tasks",
      .table = {.caption = "Tasks and who is how good at them, on samples that were not used "
                           "for training or choice",
                .columns = {{"task", false, ""},
                            {"model", false, ""},
                            {"chosen", false, "by held-out samples: the rate, or how many vote"},
                            {"mean", true, "of all seeds"},
                            {"from", true, "95 % interval of the mean"},
                            {"to", true, "95 % interval of the mean"},
                            {"of", false, "share right, or bits a letter"}},
                .rows = {}}};
  const auto chosen = [](const Measurement& row, const char* what) {
    return fmt::format("{} {:.4g}", what, row.values.Number("trial"));
  };
  for (const Measurement& row : evidence.Series("picture")) {
    const std::string model = row.settings.Text("model");
    named.table.rows.push_back(TableRow("pictures", model,
                                        chosen(row, model == "neighbours" ? "votes" : "rate"),
                                        NumbersOf(row.values, "clean"), "% right"));
  }
  for (const Measurement& row : evidence.Series("vowel")) {
    const std::string model = row.settings.Text("model");
    const bool men = row.settings.Text("taught") == "men";
    named.table.rows.push_back(TableRow(men ? "vowels, trained on men" : "vowels", model,
                                        chosen(row, model == "neighbours" ? "votes" : "rate"),
                                        NumbersOf(row.values, "new"), "% right"));
  }
  for (const Measurement& row : evidence.Series("spoken")) {
    const std::string model = row.settings.Text("model");
    const bool one = row.settings.Text("taught") == "one";
    named.table.rows.push_back(TableRow(one ? "spoken digits, trained on one" : "spoken digits",
                                        model,
                                        chosen(row, model == "neighbours" ? "votes" : "rate"),
                                        NumbersOf(row.values, "new"), "% right"));
  }
  for (const Measurement& row : evidence.Series("letters")) {
    named.table.rows.push_back(TableRow(
        "letters",
        fmt::format("{}, {} letters", row.settings.Text("model"), row.settings.Text("context")),
        chosen(row, "rate"), NumbersOf(row.values, "bits"), "bits"));
  }
  for (const Measurement& row : evidence.Series("counts")) {
    named.table.rows.push_back(
        TableRow("letters", fmt::format("counts, {} letters", row.settings.Text("order")),
                 "nothing", NumbersOf(row.values, "bits"), "bits"));
  }
  return named;
}

NamedTable HandwrittenTable(const Evidence& evidence) {
  NamedTable named = {.name = "handwritten",
                      .table = {.caption = "Handwritten digits of scikit-learn, where they are "
                                           "installed: test pictures of all seeds",
                                .columns = {{"model", false, ""},
                                            {"chosen", false, "by held-out samples"},
                                            {"mean (%)", true, "right, of all seeds"},
                                            {"from", true, "95 % interval of the mean"},
                                            {"to", true, "95 % interval of the mean"}},
                                .rows = {}}};
  for (const Measurement& row : evidence.Series("handwritten")) {
    const std::string model = row.settings.Text("model");
    if (!(row.machine.Number("installed") > 0.0)) {
      named.table.rows.push_back(
          {{model}, {"not measured: python3-sklearn is not installed"}, {"-"}, {"-"}, {"-"}});
      continue;
    }
    const std::vector<double> list = NumbersOf(row.machine, "new");
    const Interval interval = MeanInterval(list);
    named.table.rows.push_back({{model},
                                {fmt::format("{} {:.4g}", model == "neighbours" ? "votes" : "rate",
                                             row.machine.Number("trial"))},
                                Number(100.0 * Mean(list), "{:.1f}"),
                                Number(100.0 * interval.low, "{:.1f}"),
                                Number(100.0 * interval.high, "{:.1f}")});
  }
  return named;
}

NamedTable WrittenTable(const Evidence& evidence) {
  NamedTable named = {.name = "written",
                      .table = {.caption = "What the network of the first seed writes",
                                .columns = {{"temperature", true, ""},
                                            {"words that are in the text", true, "of all seeds"},
                                            {"its first 800 letters", false, "", true}},
                                .rows = {}},
                      .page_only = true};
  const Measurement row = evidence.Row("letters", {{"model", "network"}});
  struct Line {
    double temperature;
    const char *stem, *text;
  };
  const Line lines[] = {{0.5, "words_low", "low"}, {1.0, "words_high", "high"}};
  for (const Line& line : lines) {
    const double share = Mean(NumbersOf(row.values, line.stem));
    named.table.rows.push_back({{fmt::format("{}", line.temperature), line.temperature},
                                {fmt::format("{:.0f} %", 100.0 * share), share},
                                {row.values.Text(line.text).substr(0, 800)}});
  }
  return named;
}

}  // namespace lanegrad
