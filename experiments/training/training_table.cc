// SPDX-License-Identifier: Apache-2.0
#include "experiments/training/training_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/comparison/comparison_figure.h"
#include "experiments/records/score.h"
#include "network/folds.h"
#include "network/settings.h"
#include "network/split.h"

namespace lanegrad {
namespace {

Cell Number(std::string text, double sort) { return {.text = std::move(text), .sort = sort}; }

Cell PercentCell(double share) {
  return Number(std::isfinite(share) ? fmt::format("{:.2f}", 100.0 * share) : "-", share);
}

Cell LossCell(std::optional<double> loss) {
  return Number(loss ? Short(*loss) : "-", loss.value_or(NAN));
}

}  // namespace

Table SeedTable(const TrainedRuns& trained) {
  const Score score = ScoreOf(trained.data);
  const bool share = IsShare(score), folds = FoldsOf(trained) > 0;
  Table table = {
      .caption = "Each run",
      .columns = {{"seed", true},
                  {"ended", false,
                   "ok: all epochs; stopped: a condition was met; out_of_time: --run-limit"},
                  {share ? "test %" : "test R²", true,
                   share ? "share of test samples that are named rightly"
                         : "1: without error; 0: no better than the mean of the targets"},
                  {"test loss", true},
                  {share ? "held out %" : "held out R²", true, "the same of held-out samples"},
                  {"epochs", true},
                  {"digest", false, "of settings, data, losses and weights"}}};
  if (!share) {
    table.columns.insert(
        table.columns.begin() + 3,
        {"test RMSE", true, "root of the mean squared error, in the target's units"});
  }
  if (folds) table.columns.insert(table.columns.begin(), {"fold", false, "that it was tested by"});
  const auto score_cell = [&](double value) {
    return share ? PercentCell(value) : Number(ScoreText(score, value), value);
  };
  for (const RunRecord& run : trained.runs) {
    const bool tested = run.test_accuracy && run.status != Status::kDiverged;
    const bool known = !run.epochs.empty() && run.status != Status::kDiverged;
    table.rows.push_back(
        {Number(fmt::format("{}", run.settings.seed), static_cast<double>(run.settings.seed)),
         {.text = std::string(StatusName(run.status))},
         score_cell(tested ? *run.test_accuracy : NAN),
         LossCell(tested ? run.test_loss : std::nullopt),
         score_cell(known ? LastEpoch(run).validation_accuracy.value_or(NAN) : NAN),
         Number(fmt::format("{}", run.epochs.size()), static_cast<double>(run.epochs.size())),
         {.text = run.digest.substr(0, 12)}});
    std::vector<Cell>& row = table.rows.back();
    if (!share) row.insert(row.begin() + 3, LossCell(tested ? run.test_rmse : std::nullopt));
    if (folds) row.insert(row.begin(), {.text = run.settings.fold});
  }
  return table;
}

Table ClassTable(const TrainedRuns& trained) {
  Table table = {.caption = "Test samples by class",
                 .columns = {{"class", false},
                             {"recall %", true, "share of its samples that are named so"},
                             {"precision %", true, "share of the samples named so that are of it"},
                             {"samples", true, "of it, in a run"},
                             {"most often taken for", false, "where it is not recognised"}}};
  const std::optional<Confusion> joint = JointConfusion(trained);
  for (std::size_t c = 0; joint && c < joint->classes; ++c) {
    if (joint->OfClass(c) == 0 && joint->Named(c) == 0) continue;
    std::size_t instead = c;
    for (std::size_t other = 0; other < joint->classes; ++other) {
      const std::uint32_t most = instead == c ? 0 : joint->Count(c, instead);
      if (other != c && joint->Count(c, other) > most) instead = other;
    }
    const std::size_t runs = static_cast<std::size_t>(
        std::count_if(trained.runs.begin(), trained.runs.end(),
                      [](const RunRecord& run) { return run.confusion.has_value(); }));
    table.rows.push_back(
        {{.text = ClassName(trained.data, c)},
         PercentCell(joint->Recall(c)),
         PercentCell(joint->Precision(c)),
         Number(fmt::format("{}", joint->OfClass(c) / runs),
                static_cast<double>(joint->OfClass(c))),
         {.text = instead == c ? "-"
                               : fmt::format("{} ({})", ClassName(trained.data, instead),
                                             Percent(static_cast<double>(joint->Count(c, instead)) /
                                                     static_cast<double>(joint->OfClass(c))))}});
  }
  return table;
}

Table LayerTable(const TrainedRuns& trained) {
  Table table = {
      .caption =
          fmt::format("Layers of seed {}, after the last step", trained.runs.front().settings.seed),
      .columns = {{"layer", true},
                  {"dead %", true, "units that no gradient reaches any more"},
                  {"saturated %", true, "units that are flat for nearly all samples"},
                  {"gradient norm", true, "of the mean loss of a sample of training data"},
                  {"weight norm", true, "root of the sum of squares"}}};
  if (!trained.runs.front().health) return table;
  for (const LayerHealth& layer : trained.runs.front().health->layers) {
    const double number = static_cast<double>(table.rows.size());
    table.rows.push_back({Number(fmt::format("{}", table.rows.size()), number),
                          Number(fmt::format("{:.1f}", 100.0 * layer.dead), layer.dead),
                          Number(fmt::format("{:.1f}", 100.0 * layer.saturated), layer.saturated),
                          Number(Short(layer.gradient_norm), layer.gradient_norm),
                          Number(Short(layer.weight_norm), layer.weight_norm)});
  }
  return table;
}

Table MistakeTable(const TrainedRuns& trained) {
  const std::optional<Confusion> joint = JointConfusion(trained);
  const bool probabilities = joint && joint->probabilities;
  const Samples& test = TestSamples(trained.runs.front().settings, trained.data);
  const std::size_t features = test.features <= 4 ? test.features : 0;
  Table table = {.caption = "The worst mistakes of the first run",
                 .columns = {{"test sample", true, "its number, from 0"},
                             {"is", false},
                             {"taken for", false},
                             {probabilities ? "sure of that, %" : "output for that", true},
                             {probabilities ? "of the right one, %" : "for the right one", true}}};
  for (std::size_t j = 0; j < features; ++j) {
    table.columns.push_back({.name = fmt::format("x{}", j + 1), .numeric = true});
  }
  if (!joint) return table;
  for (const Mistake& mistake : joint->mistakes) {
    const auto output = [&](float value) {
      const double number = static_cast<double>(value);
      return Number(probabilities ? fmt::format("{:.2f}", 100.0 * number) : Short(number), number);
    };
    std::vector<Cell> row = {
        Number(fmt::format("{}", mistake.sample), static_cast<double>(mistake.sample)),
        {.text = ClassName(trained.data, mistake.label)},
        {.text = ClassName(trained.data, mistake.named)},
        output(mistake.named_output),
        output(mistake.label_output)};
    for (std::size_t j = 0; j < features; ++j) {
      const std::size_t at = mistake.sample * test.features + j;
      const double value = test.values.empty() ? static_cast<double>(test.bytes.at(at)) / 255.0
                                               : static_cast<double>(test.values.at(at));
      row.push_back(Number(Short(value), value));
    }
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table FaultTable(const TrainedRuns& trained) {
  Table table = {.caption = "What is wrong with it",
                 .columns = {{"fault", false, {}, true},
                             {"to try first", false, {}, true},
                             {"seeds", false, {}, true}}};
  for (const RunRecord& run : trained.runs) {
    if (!run.health) continue;
    for (const Fault& fault : run.health->faults) {
      const auto known =
          std::find_if(table.rows.begin(), table.rows.end(),
                       [&](const std::vector<Cell>& row) { return row[0].text == fault.what; });
      const std::string seed =
          run.settings.fold == kNoFold
              ? fmt::format("{}", run.settings.seed)
              : fmt::format("{} (fold {})", run.settings.seed, run.settings.fold);
      if (known != table.rows.end()) {
        (*known)[2].text.append(", ").append(seed);
      } else {
        table.rows.push_back({{.text = fault.what}, {.text = fault.remedy}, {.text = seed}});
      }
    }
  }
  return table;
}

Table SettingsTable(const TrainedRuns& trained) {
  static const Settings kDefaults;
  Table table = {.caption = "Settings that are not the usual ones",
                 .columns = {{"setting", false}, {"value", false, {}, true}}};
  const Settings& settings = trained.runs.front().settings;
  for (const SettingsField& field : SettingsFields()) {
    if (field.name == "seed" || field.name == "fold" || field.get(settings) == field.get(kDefaults))
      continue;
    if (!WhyIdle(field, settings).empty()) continue;
    table.rows.push_back({{.text = std::string(field.name)}, {.text = field.get(settings)}});
  }
  return table;
}

}  // namespace lanegrad
