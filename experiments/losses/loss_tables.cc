// SPDX-License-Identifier: Apache-2.0
#include "experiments/experiment/row_table.h"
#include "experiments/losses/loss_figures.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

// The rows of a series, with the means of numbered values under the stems' own names.
std::vector<Measurement> WithMeans(const Evidence& evidence, std::string_view series,
                                   const std::vector<const char*>& stems) {
  std::vector<Measurement> rows = evidence.Series(series);
  for (Measurement& row : rows) {
    for (const char* stem : stems) row.values.Set(stem, Mean(NumbersOf(row.values, stem)));
  }
  return rows;
}

NamedTable TrainingTable(const Evidence& evidence) {
  return RowTable("training", "Losses at their best rates, without and with 40 % wrong labels",
                  WithMeans(evidence, "training", {"accuracy"}),
                  {{"loss", "loss"},
                   {"output", "output"},
                   {"noise", "wrong labels", "{:.0f} %", 100.0},
                   {"rate", "best rate", "{:.2g}"},
                   {"accuracy", "test accuracy", "{:.1f} %", 100.0}});
}

NamedTable MinimiserTable(const Evidence& evidence) {
  return RowTable("minimisers", "The one output with the least loss for 101 waiting times",
                  evidence.Series("minimiser"),
                  {{"loss", "loss"},
                   {"found", "found", "{:.5f}"},
                   {"oracle", "closed form", "{:.5f}"},
                   {"mean", "mean", "{:.5f}"},
                   {"median", "median", "{:.5f}"}});
}

NamedTable ConvexityTable(const Evidence& evidence) {
  return RowTable("convexity", "Chords below the surface of one unit, with the usual output",
                  evidence.Series("convexity"),
                  {{"loss", "loss"}, {"broken", "chords below it", "{:.1f} %", 100.0}});
}

NamedTable FactorTable(const Evidence& evidence) {
  return RowTable("factors", "The same training with half the loss", evidence.Series("factor"),
                  {{"first", "loss"},
                   {"second", "second loss (half the first)"},
                   {"optimizer", "optimiser"},
                   {"factor", "its rate / the first's", "{:g}"},
                   {"equal", "weights equal to the last bit", "{:.1f} %", 100.0},
                   {"accuracy_first", "test accuracy, first", "{:.2f} %", 100.0},
                   {"accuracy_second", "test accuracy, second", "{:.2f} %", 100.0}});
}

NamedTable CalibrationTable(const Evidence& evidence) {
  return RowTable(
      "calibration", "Confidence and truth, on the test images",
      WithMeans(evidence, "calibration", {"accuracy", "ece", "brier", "surprise", "over"}),
      {{"loss", "loss"},
       {"passes", "epochs", "{:g}"},
       {"accuracy", "right", "{:.1f} %", 100.0},
       {"over", "too sure by", "{:+.1f}", 100.0,
        "mean confidence minus the share of right answers, in points"},
       {"ece", "error", "{:.1f}", 100.0, "expected calibration error, in points"},
       {"brier", "Brier", "{:.3f}", 1.0, "mean squared distance from the truth"},
       {"surprise", "mean −ln p", "{:.3f}", 1.0, "of the right answer"}});
}

NamedTable PairTable(const Evidence& evidence) {
  return RowTable("pairs", "Cross-entropies behind right and wrong outputs",
                  WithMeans(evidence, "wrong_pair", {"accuracy", "last_loss"}),
                  {{"loss", "loss"},
                   {"output", "output"},
                   {"rate", "best rate", "{:.2g}"},
                   {"last_loss", "last training loss", "{:.3f}"},
                   {"accuracy", "test accuracy", "{:.1f} %", 100.0}});
}

}  // namespace

std::vector<Figure (*)(const Evidence&)> LossFigures() {
  std::vector<Figure (*)(const Evidence&)> figures = OutputFigures();
  for (const auto& figure : ImageFigures()) figures.push_back(figure);
  return figures;
}

std::vector<NamedTable (*)(const Evidence&)> LossTables() {
  return {TrainingTable, MinimiserTable, ConvexityTable, FactorTable, CalibrationTable, PairTable};
}

}  // namespace lanegrad
