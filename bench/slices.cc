// SPDX-License-Identifier: Apache-2.0
#include "bench/slices.h"

#include <time.h>

#include <algorithm>
#include <cmath>

namespace lanegrad {
namespace {

double Seconds(const std::function<void()>& run, long repeats) {
  const double begin = ProcessorSeconds();
  for (long i = 0; i < repeats; ++i) run();
  return (ProcessorSeconds() - begin) / static_cast<double>(repeats);
}

}  // namespace

double ProcessorSeconds() {
  timespec time = {};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

std::vector<Timing> TimeInTurn(const std::vector<Contestant>& contestants, int rounds,
                               double slice) {
  std::vector<long> repeats;
  std::vector<std::vector<double>> seconds(contestants.size());
  for (const Contestant& each : contestants) {
    Seconds(each.run, 1);  // the first run allocates, packs and looks things up
    const double once = std::min(Seconds(each.run, 1), Seconds(each.run, 3));
    repeats.push_back(std::max(1L, std::lround(slice / once)));
  }
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < contestants.size(); ++i) {
      seconds[i].push_back(Seconds(contestants[i].run, repeats[i]));
    }
  }
  std::vector<Timing> timings;
  for (std::vector<double>& each : seconds) {
    std::sort(each.begin(), each.end());
    timings.push_back({.median = each[each.size() / 2],
                       .fastest = each.front(),
                       .quartile = each[each.size() * 3 / 4]});
  }
  return timings;
}

}  // namespace lanegrad
