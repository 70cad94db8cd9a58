/// @file
/// Records as a comparison leaves them, made up: for tests of what is said of records.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_TESTS_MADE_RECORDS_H_
#define LANEGRAD_TESTS_MADE_RECORDS_H_

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "experiments/records/run_record.h"
#include "experiments/runs/grid.h"
#include "kernels/random.h"
#include "network/settings.h"

namespace lanegrad {

/// What became of a made-up run: accuracy at its end, or diverged.
struct MadeRun {
  double accuracy = 0.5;
  bool diverged = false;
};

/// The record of a run that climbs to its accuracy in `settings.epochs` epochs.
inline RunRecord MadeRecord(const Settings& settings, const std::string& phase,
                            const MadeRun& run) {
  RunRecord record;
  record.phase = phase;
  record.key = phase + Canonical(settings);
  record.settings = settings;
  record.data = "made-up";
  record.checksum = "0123";
  record.status = run.diverged ? Status::kDiverged : Status::kOk;
  record.steps = run.diverged ? 40 : 100 * settings.epochs;
  for (std::size_t e = 1; e <= (run.diverged ? 1 : settings.epochs); ++e) {
    const double climb = 1.0 - 0.5 * std::pow(0.5, static_cast<double>(e) - 1.0) +
                         0.5 * std::pow(0.5, static_cast<double>(settings.epochs) - 1.0);
    const double accuracy = run.accuracy * climb;
    record.epochs.push_back({.train_loss = run.diverged ? INFINITY : 2.5 - 2.4 * accuracy,
                             .train_accuracy = accuracy,
                             .validation_loss = run.diverged ? NAN : 2.6 - 2.4 * accuracy,
                             .validation_accuracy = accuracy});
  }
  record.digest = "d" + record.key;
  record.seconds = 0.5;
  record.provenance = R"({"source":"abc","libraries":{"fmt":1}})";
  if (run.diverged) record.bad_step = 17;
  if (phase == "final" && !run.diverged) record.test_accuracy = run.accuracy - 0.01;
  return record;
}

/// The settings that made records share: ten classes, held-out samples.
inline Settings MadeBase() {
  Settings base;
  base.layers = {784, 128, 10};
  base.output = "identity";
  base.rate = 0.1f;
  base.momentum = base.decay = base.epsilon = 0.5f;
  base.initializer = "he_uniform";
  base.samples = 3200;
  base.validation = 1000;
  base.epochs = 4;
  return base;
}

/// The records of a whole comparison: every combination at every rate with `tune` seeds, and
/// the middle rate of each cell, which made-up results should make the best, with `final`
/// fresh ones. `result` says what becomes of a run.
inline std::vector<RunRecord> MadeComparison(
    const std::vector<Axis>& grid, std::size_t tune, std::size_t final,
    const std::function<MadeRun(const Settings&, bool tuning)>& result,
    const Settings& base = MadeBase()) {
  std::vector<RunRecord> records;
  for (Settings settings : Combinations(base, grid)) {
    for (settings.seed = 1; settings.seed <= tune; ++settings.seed) {
      records.push_back(MadeRecord(settings, "tune", result(settings, true)));
    }
  }
  std::vector<Axis> cells;
  Settings chosen = base;
  for (const Axis& axis : grid) {
    if (axis.setting == "rate") {
      FieldNamed("rate").set(chosen, axis.values[axis.values.size() / 2]);
    } else {
      cells.push_back(axis);
    }
  }
  for (Settings settings : Combinations(chosen, cells)) {
    for (settings.seed = 1001; settings.seed <= 1000 + final; ++settings.seed) {
      records.push_back(MadeRecord(settings, "final", result(settings, false)));
    }
  }
  return records;
}

/// The grid of the goal: 8 activations x 3 losses x 9 rates.
inline std::vector<Axis> GoalGrid() {
  return {ParseAxis("activation=sigmoid,tanh,relu,elu,silu,gelu,softplus,softsign"),
          ParseAxis("loss=mse,binary_cross_entropy,softmax_cross_entropy"),
          ParseAxis("rate=log:0.003162:31.62:9")};
}

/// What tells the cells of such grids apart, as a number.
inline std::uint64_t MadeCell(const Settings& settings) {
  std::uint64_t mix = 7;
  for (const char c : settings.activation + settings.loss) {
    mix = 31 * mix + static_cast<unsigned char>(c);
  }
  return mix;
}

/// Standard normal noise of a seed in a cell.
inline double MadeNoise(const Settings& settings) {
  RandomStream random(settings.seed, Stream::kBootstrap, MadeCell(settings));
  return static_cast<double>(random.Normal());
}

/// A plausible result: a hill over the rate whose top is in the middle, noise by seed, and
/// divergence beyond it.
inline MadeRun PlausibleRun(const Settings& settings, bool) {
  const double distance = std::log10(static_cast<double>(settings.rate) / 0.3162);
  const double top = 0.80 + 0.01 * static_cast<double>(MadeCell(settings) % 7);
  const bool lost = distance > 1.6 || (distance > 1.1 && settings.seed % 2 == 0);
  if (lost) return {0.1, true};
  if (distance < -1.9) return {0.1, false};
  const double hill = top - 0.09 * distance * distance + 0.004 * MadeNoise(settings);
  return {std::clamp(hill, 0.1, 1.0), false};
}

}  // namespace lanegrad

#endif  // LANEGRAD_TESTS_MADE_RECORDS_H_
