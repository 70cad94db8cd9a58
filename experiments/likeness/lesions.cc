// SPDX-License-Identifier: Apache-2.0
#include "experiments/likeness/lesions.h"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/neuroscience/lesion.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

// An activation, and the contender that is trained with it.
constexpr std::pair<const char*, const char*> kTrained[] = {
    {"relu", "relu"}, {"tanh", "back_propagation"}, {"sigmoid", "sigmoid"}};
constexpr std::pair<LesionKind, const char*> kKinds[] = {{LesionKind::kUnits, "units"},
                                                         {LesionKind::kWeights, "weights"}};
constexpr int kPercents[] = {0, 10, 20, 30, 40, 50, 60, 70, 80, 90};

void MeasureLesions(Trials& trials, Measurement& row) {
  std::vector<std::string> names;
  for (const auto& each : kTrained) names.emplace_back(each.second);
  const std::vector<const CreditRun*> runs = trials.Train(names, row.seed);
  constexpr std::size_t kShares = std::size(kPercents), kOfOne = 2 * kShares;
  std::vector<double> accuracies(std::size(kTrained) * kOfOne);
  trials.SideBySide(accuracies.size(), [&](std::size_t i) {
    const LesionKind kind = kKinds[i % kOfOne / kShares].first;
    const double share = kPercents[i % kShares] / 100.0;
    accuracies[i] =
        trials.TestAccuracy(WithLesion(runs[i / kOfOne]->network, kind, share, row.seed));
  });
  for (std::size_t i = 0; i < accuracies.size(); ++i) {
    row.values.Set(fmt::format("{}.{}_{}", kTrained[i / kOfOne].first,
                               kKinds[i % kOfOne / kShares].second, kPercents[i % kShares]),
                   accuracies[i]);
  }
}

double MeanAccuracy(const Evidence& evidence, const char* activation, const char* kind,
                    int percent) {
  return Mean(evidence.Numbers("lesion", fmt::format("{}.{}_{}", activation, kind, percent)));
}

double Loss20(const Evidence& evidence, const char* activation) {
  return MeanAccuracy(evidence, activation, "units", 0) -
         MeanAccuracy(evidence, activation, "units", 20);
}

}  // namespace

void AddLesionTask(const std::shared_ptr<Trials>& trials, std::uint64_t seed,
                   std::vector<Task>& tasks) {
  tasks.push_back({.series = "lesion",
                   .settings = {{"samples", static_cast<double>(trials->size().samples)},
                                {"epochs", static_cast<double>(trials->size().epochs)},
                                {"hidden", static_cast<double>(trials->size().hidden)}},
                   .seed = seed,
                   .measure = [trials](Measurement& row) { MeasureLesions(*trials, row); }});
}

Finding DegradesGracefully(const Evidence& evidence) {
  std::size_t little = 0;
  std::string text;
  for (const auto& each : kTrained) {
    const double loss = Loss20(evidence, each.first);
    little += loss <= 0.05;
    text += fmt::format("{}{} {:.1f} points", text.empty() ? "" : ", ", each.first, 100.0 * loss);
  }
  return {little == std::size(kTrained) ? Verdict::kSupported
          : little > 0                  ? Verdict::kQualified
                                        : Verdict::kNotSupported,
          fmt::format("without a fifth of the units of each hidden layer the mean test accuracy "
                      "falls by: {}",
                      text)};
}

Figure LesionFigure(const Evidence& evidence) {
  LineFigure figure = {
      .name = "02_3_likeness_lesions",
      .title = fmt::format("Without a fifth of its hidden units a network of relu loses {:.1f} "
                           "points, of tanh {:.1f}, of sigmoid {:.1f}",
                           100.0 * Loss20(evidence, "relu"), 100.0 * Loss20(evidence, "tanh"),
                           100.0 * Loss20(evidence, "sigmoid")),
      .subtitle = fmt::format("means over {} seeds; nothing is learned after the lesion; bands: "
                              "95 % interval",
                              evidence.Series("lesion").size()),
      .x_label = "removed, %",
      .y_label = "test accuracy, %",
      .y_percent = true,
      .y_low = 0.0,
      .y_high = 1.0,
      .panels = {}};
  for (const auto& kind : kKinds) {
    LinePanel panel = {.title = kind.first == LesionKind::kUnits ? "hidden units" : "weights",
                       .series = {}};
    for (const auto& each : kTrained) {
      LineSeries series = {.name = each.first, .points = {}};
      for (const int percent : kPercents) {
        const std::vector<double> accuracies =
            evidence.Numbers("lesion", fmt::format("{}.{}_{}", each.first, kind.second, percent));
        const Interval interval = MeanInterval(accuracies);
        series.points.push_back({.x = static_cast<double>(percent),
                                 .y = Mean(accuracies),
                                 .low = interval.low,
                                 .high = interval.high,
                                 .note = ""});
      }
      panel.series.push_back(std::move(series));
    }
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}

}  // namespace lanegrad
