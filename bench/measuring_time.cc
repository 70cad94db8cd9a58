// SPDX-License-Identifier: Apache-2.0
//
// Effects of what the processor has seen before, of its clock, and of the minute.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <vector>

#include "bench/clock.h"
#include "bench/measuring_effects.h"
#include "bench/peak.h"
#include "bench/slices.h"
#include "experiments/cli/child_process.h"
#include "experiments/statistics/shift.h"
#include "experiments/statistics/statistics.h"
#include "kernels/activation.h"
#include "kernels/matrix.h"
#include "kernels/random.h"
#include "kernels/targets.h"
#include "network/stopwatch.h"

namespace lanegrad {
namespace {

// Sum of the positive ones, by a branch that the compiler may not replace.
double SumOfPositive(const std::vector<float>& x) {
  double sum = 0.0;
  for (const float each : x) {
    if (each > 0.0f) {
      asm volatile("" ::: "memory");
      sum += static_cast<double>(each);
    }
  }
  return sum;
}

double NanosecondsOfSum(const std::vector<float>& x) {
  const std::size_t calls = std::max<std::size_t>(4, (std::size_t{1} << 17) / x.size());
  volatile double sink = 0.0;
  std::vector<double> seconds;
  for (int time = 0; time < 15; ++time) {
    const double begin = ProcessorSeconds();
    for (std::size_t call = 0; call < calls; ++call) sink = SumOfPositive(x);
    seconds.push_back((ProcessorSeconds() - begin) / static_cast<double>(calls * x.size()));
  }
  static_cast<void>(sink);
  return 1e9 * Median(seconds);
}

// A slice of a kernel, about 50 microseconds; returns what it took.
class TimedSlice {
 public:
  TimedSlice() : z_(kElements), a_(kElements), slope_(kElements) {
    for (std::size_t i = 0; i < kElements; ++i) z_[i] = 0.01f * static_cast<float>(i % 1000) - 5.0f;
    Take();
  }
  double Take() {
    const double begin = Now();
    for (int call = 0; call < 100; ++call) {
      Activate(f_, z_.data(), kElements, a_.data(), slope_.data());
    }
    return 1e9 * (Now() - begin) / static_cast<double>(100 * kElements);
  }

 private:
  static constexpr std::size_t kElements = 2048;
  Activation f_ = Activation::Named("relu");
  Array z_, a_, slope_;
};

constexpr int kSlices = 15;

}  // namespace

Json MeasureBranches() {
  Json rows = Json::array();
  for (std::size_t n = 256; n <= std::size_t{1} << 17; n *= 2) {
    std::vector<float> random(n), steady(n);
    RandomStream stream(1, Stream::kData);
    for (std::size_t i = 0; i < n; ++i) {
      steady[i] = 0.5f + stream.Uniform();
      random[i] = stream.Word() % 2 == 0 ? steady[i] : -steady[i];
    }
    rows.push_back({{"numbers", n},
                    {"random", NanosecondsOfSum(random)},
                    {"steady", NanosecondsOfSum(steady)}});
  }
  return rows;
}

Json MeasureLicences() {
  const auto median_after = [](const auto& work) {
    std::vector<double> clocks;
    for (int time = 0; time < 60; ++time) {
      work();
      clocks.push_back(ClockNow() / 1e9);
    }
    // The first third is for the processor to make up its mind.
    return Median({clocks.begin() + 20, clocks.end()});
  };
  Json rows = Json::array();
  rows.push_back({{"after", "integers"}, {"ghz", median_after([] {
                                            for (int i = 0; i < 100; ++i) ClockNow();
                                          })}});
  for (const Target& target : Targets()) {
    if (!target.native_fma) continue;
    const ScopedTarget only(target);
    for (const bool fed : {false, true}) {
      rows.push_back({{"after", fmt::format("{}, {}", target.name, fed ? "fed" : "registers")},
                      {"ghz", median_after([&] { KeepMultiplying(0.002, fed); })}});
    }
  }
  return rows;
}

namespace {

// Comparisons that found a difference, and those that found one of a hundredth or more.
struct Found {
  int any = 0, of_a_hundredth = 0;
  void Add(const Shift& shift, double typical) {
    if (!(shift.p < 0.05)) return;
    ++any;
    if (std::abs(shift.estimate) >= 0.01 * typical) ++of_a_hundredth;
  }
  Json Said() const { return {{"any", any}, {"of_a_hundredth", of_a_hundredth}}; }
};

}  // namespace

Json MeasureNoise() {
  constexpr int kComparisons = 200;
  TimedSlice a, elsewhere;
  Found blocks, turns, arrays;
  for (int comparison = 0; comparison < kComparisons; ++comparison) {
    std::vector<double> one, other, differences, apart;
    for (int i = 0; i < kSlices; ++i) one.push_back(a.Take());
    for (int i = 0; i < kSlices; ++i) other.push_back(a.Take());
    blocks.Add(SampleShift(one, other), Median(one));
    for (int i = 0; i < kSlices; ++i) {
      const double first = a.Take();
      differences.push_back(a.Take() - first);
    }
    // By themselves: other arrays between the two would send lines of the first away.
    for (int i = 0; i < kSlices; ++i) {
      const double first = a.Take();
      apart.push_back(elsewhere.Take() - first);
    }
    turns.Add(PairedShift(differences), Median(one));
    arrays.Add(PairedShift(apart), Median(one));
  }
  // What slows one slice slows its neighbours.
  Json trace = Json::array();
  for (int i = 0; i < 400; ++i) trace.push_back(a.Take());
  return {{"comparisons", kComparisons},          {"slices", kSlices},
          {"one_after_the_other", blocks.Said()}, {"in_turn", turns.Said()},
          {"other_arrays", arrays.Said()},        {"trace", trace}};
}

double MedianSlice() {
  TimedSlice slice;
  std::vector<double> values;
  for (int i = 0; i < kSlices; ++i) values.push_back(slice.Take());
  return Median(values);
}

Json MeasureProcesses() {
  Json one = Json::array(), many = Json::array();
  TimedSlice slice;
  for (int i = 0; i < 30; ++i) {
    std::vector<double> values;
    for (int j = 0; j < kSlices; ++j) values.push_back(slice.Take());
    one.push_back(Median(values));
    many.push_back(std::stod(RunChild({"/proc/self/exe", "--slice"})));
  }
  return {{"one", one}, {"many", many}};
}

std::span<const MeasuringEffect> MeasuringEffects() {
  static constexpr MeasuringEffect kEffects[] = {
      {"caches", &MeasureCaches},      {"branches", &MeasureBranches},
      {"layout", &MeasureLayout},      {"allocations", &MeasureAllocations},
      {"licences", &MeasureLicences},  {"noise", &MeasureNoise},
      {"processes", &MeasureProcesses}};
  return kEffects;
}

}  // namespace lanegrad
