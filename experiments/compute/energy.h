/// @file
/// Energy counters of the processor, where the machine has them and lets them be read.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMPUTE_ENERGY_H_
#define LANEGRAD_EXPERIMENTS_COMPUTE_ENERGY_H_

#include <cstddef>
#include <filesystem>
#include <vector>

namespace lanegrad {

/// Where Linux shows them.
inline constexpr const char* kPowercap = "/sys/class/powercap";

/// The counter of one package, in microjoules; it starts again at 0 above `range`.
struct EnergyCounter {
  double microjoules = 0.0;  ///< What it shows.
  double range = 0.0;        ///< The most that it shows.
};

/// Reads the counters of all packages below `directory`: `intel-rapl:N/energy_uj`, which AMD's
/// processors have under the same name, but for domains that are no package ("psys", the whole
/// machine). None where there are none, or where this user may not read them, as is usual. The
/// documentation of the Linux kernel describes them as its power capping framework.
std::vector<EnergyCounter> ReadEnergy(const std::filesystem::path& directory = kPowercap);

/// Joules that all packages used between two readings, each of which may have started again at 0
/// once; 0 where there are no counters, or not as many as before.
double JoulesBetween(const std::vector<EnergyCounter>& before,
                     const std::vector<EnergyCounter>& after);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPUTE_ENERGY_H_
