// SPDX-License-Identifier: Apache-2.0
#include "experiments/forward_ladder/pace.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <vector>

#include "experiments/forward_ladder/ladder.h"
#include "network/stopwatch.h"

namespace lanegrad {
namespace {

double OneRound(double units, double seconds, const std::function<void()>& body) {
  const double begin = Now();
  double calls = 0.0, now = begin;
  do {
    body();
    ++calls;
    now = Now();
  } while (now - begin < seconds);
  return calls * units / (now - begin);
}

Pace Summary(std::vector<double> rounds) {
  std::sort(rounds.begin(), rounds.end());
  return {rounds[rounds.size() / 2], rounds.front(), rounds.back()};
}

// Four chains, so that reading and not adding takes the time.
std::uint64_t Read(const std::vector<std::uint64_t>& numbers) {
  std::uint64_t sums[8] = {};
  for (std::size_t i = 0; i + 8 <= numbers.size(); i += 8) {
    for (std::size_t k = 0; k < 8; ++k) sums[k] += numbers[i + k];
  }
  std::uint64_t sum = 0;
  for (const std::uint64_t each : sums) sum += each;
  return sum;
}

}  // namespace

Pace MeasurePace(double units, double seconds, const std::function<void()>& body) {
  std::vector<double> rounds;
  body();  // the first call finds cold caches
  for (int round = 0; round < kPaceRounds; ++round) {
    rounds.push_back(OneRound(units, seconds, body));
  }
  return Summary(std::move(rounds));
}

PairedPace MeasurePaired(double units, double seconds, const std::function<void()>& first,
                         const std::function<void()>& second) {
  std::vector<double> paces, gains;
  first();
  second();
  for (int round = 0; round < kPaceRounds; ++round) {
    const double before = OneRound(units, seconds, first);
    paces.push_back(OneRound(units, seconds, second));
    gains.push_back(paces.back() / before);
  }
  return {Summary(std::move(paces)), Summary(std::move(gains))};
}

Roof MeasureRoof(std::size_t in, std::size_t out) {
  Roof roof;
  // 128 terms of 32 outputs are 16 kB, and inputs and sums about as much again.
  constexpr std::size_t kRows = 24, kTerms = 128, kOutputs = 32;
  LayerProblem small(kRows, kTerms, kOutputs);
  roof.flops_per_second = MeasurePace(2.0 * kRows * kTerms * kOutputs, 0.01, [&] {
                            Multiply(small.x.view(), small.w.view(), {0, kRows}, small.a.view());
                          }).high;
  const std::vector<std::uint64_t> weights(in * out / 2, 1);
  std::atomic<std::uint64_t> sink = 0;  // and the reading cannot be left out
  roof.bytes_per_second =
      MeasurePace(4.0 * static_cast<double>(in * out), 0.01, [&] { sink += Read(weights); }).high;
  return roof;
}

double LayerBytes(std::size_t batch, std::size_t in, std::size_t out) {
  return 4.0 * static_cast<double>(in * out + batch * (in + 2 * out));
}

double RoofPace(double flops_per_second, double bytes_per_second, std::size_t batch, std::size_t in,
                std::size_t out) {
  const double computing = 2.0 * static_cast<double>(batch * in * out) / flops_per_second;
  const double fetching = LayerBytes(batch, in, out) / bytes_per_second;
  return static_cast<double>(batch) / std::max(computing, fetching);
}

}  // namespace lanegrad
