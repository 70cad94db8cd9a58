// SPDX-License-Identifier: Apache-2.0
//
// One epoch of training: samples a second, and the share of the FMA peak that the
// necessary products alone make of it. On random bytes, which cost what pictures
// cost; so the benchmark needs no data set.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>

#include "bench/peak.h"
#include "kernels/random.h"
#include "kernels/targets.h"
#include "network/parallel.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

// Sixty thousand pictures, as in Fashion-MNIST: the set is larger than most caches.
const Dataset& Pictures() {
  static const Dataset data = [] {
    Dataset set;
    set.name = "random";
    set.classes = 10;
    RandomStream random(1, Stream::kData);
    set.train = {.count = 60000, .features = 784, .bytes = {}, .values = {}, .labels = {}};
    set.train.bytes.resize(60000 * 784);
    for (std::uint8_t& byte : set.train.bytes) byte = static_cast<std::uint8_t>(random.Word());
    for (int i = 0; i < 60000; ++i) set.train.labels.push_back(static_cast<std::uint8_t>(i % 10));
    set.test = set.train;
    return set;
  }();
  return data;
}

void Epoch(benchmark::State& state, const char* layers, std::size_t batch, std::size_t threads) {
  Settings settings;
  FieldNamed("layers").set(settings, layers);
  settings.batch = batch;
  settings.epochs = 1;
  settings.rate = 0.01f;
  RunOptions options;
  options.threads = threads;
  options.test = false;
  Network network(std::vector<std::size_t>{1, 1}, Activation::Named("identity"),
                  Activation::Named("identity"));
  double seconds = 0.0, samples = 0.0;
  for (auto _ : state) {
    const RunResult result = Train(settings, Pictures(), options, &network);
    state.SetIterationTime(result.train_seconds);
    seconds += result.train_seconds;
    samples += 60000.0;
  }
  state.counters["samples/s"] = samples / seconds;
  state.counters["of_peak"] =
      samples * network.FlopsPerSample() / seconds / PeakFlops() / static_cast<double>(threads);
}

const bool kRegistered = [] {
  for (const auto& [layers, batch] : {std::pair{"784-30-10", std::size_t{10}},
                                      {"784-128-10", 32},
                                      {"784-128-10", 128},
                                      {"784-512-512-10", 128},
                                      {"784-1000-500-100-10", 128}}) {
    for (std::size_t threads = 1; threads <= std::min<std::size_t>(2, AvailableCpus()); ++threads) {
      benchmark::RegisterBenchmark(
          fmt::format("train/{}/{}/batch:{}/threads:{}", layers, ActiveTarget().name, batch,
                      threads)
              .c_str(),
          [layers = layers, batch = batch, threads](benchmark::State& state) {
            Epoch(state, layers, batch, threads);
          })
          ->UseManualTime()
          ->Unit(benchmark::kMillisecond);
    }
  }
  return true;
}();

}  // namespace
}  // namespace lanegrad
