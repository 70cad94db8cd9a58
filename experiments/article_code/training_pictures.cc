// SPDX-License-Identifier: Apache-2.0
// The figures and tables of chapter 4.2.
#include <fmt/format.h>

#include <algorithm>

#include "experiments/article_code/layer_gradient.h"
#include "experiments/article_code/program_stages.h"
#include "experiments/article_code/training_tasks.h"
#include "experiments/experiment/row_table.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

std::string_view ChangeOf(const std::string& name) {
  for (const ProgramStage& stage : ProgramStages()) {
    if (stage.name == name) return stage.change;
  }
  return "";
}

std::string_view LossOf(const std::string& name) {
  for (const ProgramStage& program : ProgramsWithout()) {
    if (program.name == name) return program.change;
  }
  return "";
}

std::string Probability(double p) { return p < 0.001 ? "< 0.001" : fmt::format("{:.2g}", p); }

std::string Percent(double share) { return fmt::format("{:.1f} %", 100.0 * share); }

}  // namespace

Figure ErrorFigure(const Evidence& evidence) {
  DotFigure figure = {.name = "04_2_backward_losses",
                      .title = "",
                      .subtitle =
                          "mean squared error after 1,000 steps, a pale dot a problem; the "
                          "large dot is the median",
                      .x_label = "mean squared error",
                      .rows = {}};
  const std::pair<const char*, const char*> rows[] = {
      {"before", "loss_before"},
      {"article's step", "loss_article"},
      {"right step, rate 0.1", "loss_right"},
      {"right step, rate 10", "loss_right_rate_10"}};
  std::vector<double> medians;
  for (const auto& [label, name] : rows) {
    const std::vector<double> losses = evidence.Numbers("gradient", name);
    medians.push_back(Median(losses));
    figure.rows.push_back(
        {.label = label, .group = label, .value = medians.back(), .points = losses});
  }
  figure.title = fmt::format(
      "The article's step takes the median loss from {:.2f} to {:.2f}, the "
      "gradient to {:.2f}",
      medians[0], medians[1], medians[2]);
  return figure;
}

Figure CosineFigure(const Evidence& evidence) {
  DotFigure figure = {.name = "04_2_backward_repairs",
                      .title = "",
                      .subtitle =
                          "cosine of each formula to the gradient, a pale dot a problem; the large "
                          "dot is the median; below 0 it climbs",
                      .x_label = "cosine to the gradient (1: same direction, −1: opposite)",
                      .reference = 0.0,
                      .rows = {}};
  std::vector<double> medians;
  for (const NamedGradient& each : LayerGradients()) {
    const std::vector<double> cosines =
        evidence.Numbers("gradient", fmt::format("{}_cosine", each.name));
    medians.push_back(Median(cosines));
    figure.rows.push_back({.label = std::string(each.label),
                           .group = std::string(each.label),
                           .value = medians.back(),
                           .points = cosines});
  }
  figure.title = fmt::format(
      "Turning the sign takes the median cosine from {:.2f} to {:.2f}; all factors to {:.2f}",
      medians.front(), medians[1], medians.back());
  return figure;
}

Figure StageFigure(const Evidence& evidence) {
  DotFigure figure = {
      .name = "04_2_backward_stages",
      .title = "",
      .subtitle =
          "test accuracy on small pictures of clothes, each stage at its own rate; a "
          "pale dot a seed, the large dot their mean; line: guessing",
      .x_label = "accuracy on test pictures, %",
      .percent = true,
      .reference = 0.1,
      .rows = {}};
  std::vector<double> means;
  for (const Measurement& row : evidence.Series("stage")) {
    const std::vector<double> accuracies = NumbersOf(row.values, "accuracy");
    if (accuracies.empty()) continue;
    means.push_back(Mean(accuracies));
    figure.rows.push_back({.label = row.settings.Text("name"),
                           .group = row.settings.Text("name"),
                           .value = means.back(),
                           .points = accuracies,
                           .note = std::string(ChangeOf(row.settings.Text("name")))});
  }
  if (means.empty()) return figure;
  figure.title = fmt::format("From {:.0f} % as printed to {:.0f} %, a repair at a time",
                             100.0 * means.front(), 100.0 * means.back());
  return figure;
}

Figure WithoutFigure(const Evidence& evidence) {
  DotFigure figure = {
      .name = "04_2_backward_without",
      .title = "",
      .subtitle =
          "test accuracy of the corrected program without one repair, each at its own "
          "rate; a pale dot a seed, the large dot their mean; line: with all",
      .x_label = "accuracy on test pictures, %",
      .percent = true,
      .rows = {}};
  const std::vector<double> whole = NumbersOf(WholeProgram(evidence).values, "accuracy");
  if (!whole.empty()) figure.reference = Mean(whole);
  std::size_t needed = 0, all = 0;
  for (const SeedPairs& each : FamilyOf(ComparedInTraining(evidence), "without")) {
    ++all;
    needed += each.below();
    if (each.a.empty()) continue;
    figure.rows.push_back({.label = "without " + each.name,
                           .group = each.name,
                           .value = Mean(each.a),
                           .points = each.a,
                           .note = std::string(LossOf(each.name))});
  }
  figure.title =
      fmt::format("Taking out any of {} of the {} repairs lowers the accuracy", needed, all);
  return figure;
}

NamedTable GradientTable(const Evidence& evidence) {
  std::vector<Measurement> rows = evidence.Series("gradient");
  rows.resize(std::min<std::size_t>(rows.size(), 3));
  return RowTable("gradient", "Where the article's step leads: one layer, 4 to 4, 1,000 iterations",
                  rows,
                  {{"seed", "seed"},
                   {"article_cosine", "cosine, article's", "{:.4f}"},
                   {"right_cosine", "right one", "{:.6f}"},
                   {"loss_before", "loss before", "{:.4f}"},
                   {"loss_article", "article's", "{:.4f}"},
                   {"loss_right", "right", "{:.4f}"},
                   {"loss_right_rate_10", "rate 10", "{:.4f}"}});
}

NamedTable ApartTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "apart",
      .table = {.caption = "Two layers on xor, 2-2-2 sigmoids, each at its own rate",
                .columns = {{"layers trained", false, ""},
                            {"rate", true, ""},
                            {"median loss", true, "0.25: 1/2 to everything"},
                            {"learned by", true, "networks right in all four rows"}},
                .rows = {}}};
  const std::pair<const char*, const char*> orders[] = {
      {"stale", "apart, the second on old answers"},
      {"apart", "apart, the second on new answers"},
      {"together", "together"}};
  for (const auto& [order, label] : orders) {
    const Measurement row = ApartRow(evidence, order);
    const std::vector<double> losses = NumbersOf(row.values, "loss");
    const std::vector<double> right = NumbersOf(row.values, "right");
    const auto learned = std::count(right.begin(), right.end(), 4.0);
    const double loss = losses.empty() ? NAN : Median(losses);
    named.table.rows.push_back(
        {{label},
         {fmt::format("{:g}", row.values.Number("rate")), row.values.Number("rate")},
         {fmt::format("{:.4f}", loss), loss},
         {fmt::format("{} of {}", learned, right.size()), static_cast<double>(learned)}});
  }
  return named;
}

NamedTable XorRunTable(const Evidence& evidence) {
  NamedTable named = {.name = "xor",
                      .table = {.caption = "Xor by back-propagation: 2-4-1 sigmoids, mean squared "
                                           "error",
                                .columns = {{"rate", true, ""},
                                            {"iterations", true, ""},
                                            {"learned by", true, "networks that answer all four"},
                                            {"median final loss", true, ""}},
                                .rows = {}}};
  for (const XorRun& run : XorRuns()) {
    const std::vector<Measurement> rows = RowsOf(evidence, run);
    std::vector<double> losses;
    for (const Measurement& row : rows) losses.push_back(row.values.Number("loss"));
    const double learned = static_cast<double>(LearnedIn(rows));
    const double iterations = static_cast<double>(run.iterations);
    named.table.rows.push_back({{fmt::format("{}", run.rate), static_cast<double>(run.rate)},
                                {fmt::format("{}", run.iterations), iterations},
                                {fmt::format("{} of {}", learned, rows.size()), learned},
                                {fmt::format("{:.5f}", Median(losses)), Median(losses)}});
  }
  return named;
}

NamedTable StageTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "stages",
      .table = {.caption = "The article's program, mended one thing at a time",
                .columns = {{"stage", false, ""},
                            {"what is new", false, "", true},
                            {"rate", true, ""},
                            {"accuracy", true, "mean over seeds, test pictures"},
                            {"gain, points", true, "on the stage before, paired by seeds"},
                            {"p", true, "Holm's, over all of the chapter"},
                            {"ms a pass", true, "one thread, this machine"}},
                .rows = {}}};
  const std::vector<SeedPairs> pairs = FamilyOf(ComparedInTraining(evidence), "stage");
  const std::vector<Measurement> rows = evidence.Series("stage");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::string name = rows[i].settings.Text("name");
    const std::vector<double> accuracies = NumbersOf(rows[i].values, "accuracy");
    const double mean = accuracies.empty() ? NAN : Mean(accuracies);
    const bool trained = rows[i].machine.Has("pass_ms");
    const double ms = trained ? rows[i].machine.Number("pass_ms") : 0.0;
    const double rate = rows[i].values.Number("rate");
    std::vector<Cell> cells = {{name},
                               {std::string(ChangeOf(name))},
                               {i == 0 ? "" : fmt::format("{:g}", rate), rate},
                               {Percent(mean), mean}};
    if (i == 0) {
      cells.insert(cells.end(), {{""}, {""}});
    } else {
      const SeedPairs& pair = pairs[i - 1];
      cells.push_back({UnsignedZero(fmt::format("{:+.1f}", 100.0 * pair.found.difference)),
                       pair.found.difference});
      cells.push_back({Probability(pair.p), pair.p});
    }
    cells.push_back({trained ? fmt::format("{:.2f}", ms) : "", ms});
    named.table.rows.push_back(cells);
  }
  return named;
}

NamedTable WithoutTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "without",
      .table = {.caption = "The corrected program with one repair taken out",
                .columns = {{"without", false, ""},
                            {"what it does instead", false, "", true},
                            {"rate", true, ""},
                            {"accuracy", true, "mean over seeds, test pictures"},
                            {"change, points", true, "from the whole program, by seeds"},
                            {"p", true, "Holm's, over all of the chapter"}},
                .rows = {}}};
  const std::vector<SeedPairs> pairs = FamilyOf(ComparedInTraining(evidence), "without");
  const std::vector<Measurement> rows = evidence.Series("without");
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const SeedPairs& pair = pairs[i];
    const double mean = pair.a.empty() ? NAN : Mean(pair.a), rate = rows[i].values.Number("rate");
    named.table.rows.push_back(
        {{pair.name},
         {std::string(LossOf(pair.name))},
         {fmt::format("{:g}", rate), rate},
         {Percent(mean), mean},
         {UnsignedZero(fmt::format("{:+.1f}", 100.0 * pair.found.difference)),
          pair.found.difference},
         {Probability(pair.p), pair.p}});
  }
  return named;
}

}  // namespace lanegrad
