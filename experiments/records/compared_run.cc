// SPDX-License-Identifier: Apache-2.0
#include "experiments/records/compared_run.h"

#include <algorithm>
#include <limits>
#include <string>

namespace lanegrad {
namespace {

constexpr std::array<Metric, kMetrics> kAll = {{
    {"validation_accuracy", "accuracy on held-out samples", true},
    {"train_loss", "training loss", false},
    {"validation_loss", "loss on held-out samples", false},
    {"train_accuracy", "training accuracy", true},
}};

}  // namespace

std::span<const Metric, kMetrics> Metrics() { return kAll; }

double ComparedRun::At(std::size_t metric, std::size_t epoch) const {
  const double failed = kAll[metric].share ? chance : std::numeric_limits<double>::infinity();
  if (epoch < epochs.size()) {
    const double value = epochs[epoch][metric];
    return std::isfinite(value) ? value : failed;
  }
  if (outcome == Outcome::kDiverged || epochs.empty()) return failed;
  return epochs.back()[metric];
}

ComparedRun ReadRun(const Json& record, double chance) {
  const Json& settings = record.at("settings");
  ComparedRun run;
  run.rate = settings.at("rate").get<double>();
  run.seed = settings.at("seed").get<std::uint64_t>();
  run.outcome = OutcomeOf(record, chance);
  run.chance = chance;
  const bool held_out = settings.at("validation").get<std::size_t>() > 0;
  for (const Json& epoch : record.at("epochs")) {
    std::array<double, kMetrics> values;
    for (std::size_t m = 0; m < kMetrics; ++m) {
      const std::string_view key = kAll[m].key;
      const bool absent = !held_out && key.starts_with("validation");
      values[m] = FromJson(
          epoch.at(absent ? "train" + std::string(key.substr(key.find('_'))) : std::string(key)));
    }
    run.epochs.push_back(values);
  }
  const bool diverged = run.outcome == Outcome::kDiverged;
  run.held_out = diverged || run.epochs.empty() ? chance : run.epochs.back()[0];
  const auto test = record.find("test_accuracy");
  if (test != record.end()) run.test = diverged ? chance : FromJson(*test);
  // A run that diverged may have been stopped before it could read the test set.
  if (diverged && record.value("phase", "") == "final") run.test = chance;
  run.steps = record.at("steps").get<std::size_t>();
  run.bad_step = record.value("bad_step", std::size_t{0});
  const auto samples = settings.at("samples").get<std::size_t>();
  const auto batch = std::max<std::size_t>(1, settings.value("batch", std::size_t{1}));
  run.steps_per_epoch = (samples + batch - 1) / batch;
  run.seconds = record.value("seconds", 0.0);
  return run;
}

double ChanceOf(const Json& record) {
  const std::string layers = record.at("settings").at("layers").get<std::string>();
  const std::size_t last = layers.find_last_of('-');
  const double outputs = std::stod(last == layers.npos ? layers : layers.substr(last + 1));
  return 1.0 / std::max(2.0, outputs);
}

}  // namespace lanegrad
