// SPDX-License-Identifier: Apache-2.0
//
// What it costs that one thread reads what another has written: nanoseconds for a line of
// 64 bytes from the reader's own cache, and from the cache of another core; two numbers
// on standard output, for scripts that measure something else beside them.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <vector>

#include "experiments/statistics/statistics.h"
#include "network/parallel.h"
#include "network/stopwatch.h"

namespace lanegrad {
namespace {

constexpr std::size_t kLine = 16;     // floats
constexpr std::size_t kLines = 2048;  // half of the values of 128 x 512, which two threads share
constexpr std::size_t kRepeats = 301;

// Seconds to read a number of each line, as many lines at once as the core can ask for.
double SecondsToRead(const Array& lines, volatile float& sink) {
  const double begin = Now();
  float sums[8] = {};
  for (std::size_t i = 0; i < kLines; i += 8) {
    for (std::size_t j = 0; j < 8; ++j) sums[j] += lines[(i + j) * kLine];
  }
  for (const float sum : sums) sink = sink + sum;
  return Now() - begin;
}

double NanosecondsALine(const std::vector<double>& seconds) {
  return Median(seconds) / static_cast<double>(kLines) * 1e9;
}

}  // namespace
}  // namespace lanegrad

int main() {
  using namespace lanegrad;
  if (AvailableCpus() < 2) {
    fmt::print(stderr, "line_transfer: needs two processors, and one is available\n");
    return 1;
  }
  Array lines(kLines * kLine);
  std::vector<double> own, other;
  volatile float sink = 0.0f;
  Team team(2);
  team.Run([&] {
    for (std::size_t repeat = 0; repeat < kRepeats; ++repeat) {
      team.Dispatch(2, [&](const Member& member) {
        if (member.part == 1) std::fill_n(lines.data(), lines.size(), 1.0f);
        member.Wait();
        if (member.part == 1) return;
        other.push_back(SecondsToRead(lines, sink));
        own.push_back(SecondsToRead(lines, sink));
      });
    }
  });
  fmt::print("{:.2f} {:.2f}\n", NanosecondsALine(own), NanosecondsALine(other));
}
