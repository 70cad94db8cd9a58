// SPDX-License-Identifier: Apache-2.0
#include "experiments/runs/estimate.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "experiments/cli/interrupt.h"
#include "network/parallel.h"
#include "network/stopwatch.h"

namespace lanegrad {
namespace {

// The times that are known: the mean cost of a unit of work, and that of runs of the
// same shape, which is nearer to the truth where networks are small.
class Pace {
 public:
  void Add(const Settings& settings, double seconds) {
    total_.Add(settings, seconds);
    auto same = std::find_if(shapes_.begin(), shapes_.end(),
                             [&](const auto& s) { return SameShape(s.first, settings); });
    if (same == shapes_.end()) same = shapes_.insert(same, {settings, {}});
    same->second.Add(settings, seconds);
  }
  double SecondsOf(const Settings& settings) const {
    for (const auto& [shape, sum] : shapes_) {
      if (SameShape(shape, settings)) return WorkOf(settings) * sum.seconds / sum.work;
    }
    return WorkOf(settings) * total_.seconds / total_.work;
  }

 private:
  struct Sum {
    double seconds = 0.0, work = 0.0;
    void Add(const Settings& settings, double more) {
      seconds += more;
      work += WorkOf(settings);
    }
  };
  static bool SameShape(const Settings& a, const Settings& b) {
    return a.layers == b.layers && a.batch == b.batch && a.optimizer == b.optimizer;
  }
  Sum total_;
  std::vector<std::pair<Settings, Sum>> shapes_;
};

// How long a run would take, from a piece of it that is stopped by `stop`.
double Measure(const PlannedRun& run, const Dataset& data, const std::atomic<bool>& stop) {
  const double begin = Now();
  RunOptions options;
  options.test = false;  // A plan is no reason to read the test set.
  options.stop = &stop;
  const RunResult piece = Train(run.settings, data, options);
  const double test = run.test ? static_cast<double>(data.test.count) / 3.0 : 0.0;
  if (piece.status != Status::kInterrupted) return Now() - begin;
  const Settings& s = run.settings;
  const double samples = static_cast<double>(s.epochs) *
                         (static_cast<double>(s.samples) + static_cast<double>(s.validation) / 3.0);
  return (samples + test) / piece.samples_per_second;
}

}  // namespace

Estimate EstimateTime(std::span<const PlannedRun> runs, const PlanRecords& records,
                      const Dataset& data, std::size_t threads, double budget) {
  if (runs.empty()) return {.seconds = 0.0, .source = "nothing is left to run"};
  threads = std::max<std::size_t>(1, std::min(threads, runs.size()));
  Pace pace;
  std::size_t known = 0;
  for (const std::optional<RunRecord>& record : records) {
    if (!record || !record->run_seconds) continue;
    pace.Add(record->settings, *record->run_seconds);
    ++known;
  }
  std::string source = fmt::format("from the times of {} records", known);
  if (known < 8) {
    const double begin = Now();
    // As many as this machine bears, where others will be at work as well.
    const std::size_t side = std::min(threads, AvailableCpus());
    // Many short pieces: the rate decides how soon units saturate, and that the pace.
    const std::size_t rounds = std::min<std::size_t>(10, (runs.size() + side - 1) / side);
    const std::size_t pieces = std::min(runs.size(), rounds * side);
    std::vector<double> seconds(pieces, 0.0);
    for (std::size_t first = 0; first < pieces; first += side) {
      const std::size_t count = std::min(side, pieces - first);
      std::atomic<bool> stop{false};
      std::atomic<std::size_t> at_work{count};
      // Side by side, as they will be. Who looks at the clock is not one of the team,
      // which may be smaller than was asked for.
      const std::jthread clock([&] {
        const double round = Now();
        while (at_work > 0 && !InterruptRequested() &&
               Now() - round < budget / static_cast<double>(rounds)) {
          std::this_thread::sleep_for(std::chrono::milliseconds(2));
        }
        stop = true;
      });
      RunTeam(count, [&](std::size_t member, std::size_t members) {
        for (std::size_t i = first + member; i < first + count; i += members, --at_work) {
          seconds[i] = Measure(runs[i * runs.size() / pieces], data, stop);
        }
      });
    }
    for (std::size_t i = 0; i < pieces; ++i) {
      pace.Add(runs[i * runs.size() / pieces].settings, seconds[i]);
    }
    source = fmt::format("measured in {:.1f} s on pieces of {} of them", Now() - begin, pieces);
  }
  Estimate estimate = {.seconds = 0.0, .source = source};
  for (const PlannedRun& run : runs) estimate.seconds += pace.SecondsOf(run.settings);
  estimate.seconds /= static_cast<double>(threads);
  return estimate;
}

}  // namespace lanegrad
