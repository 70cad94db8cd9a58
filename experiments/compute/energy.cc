// SPDX-License-Identifier: Apache-2.0
#include "experiments/compute/energy.h"

#include <fmt/format.h>

#include <fstream>
#include <string>

namespace lanegrad {
namespace {

bool ReadNumber(const std::filesystem::path& path, double& number) {
  std::ifstream file(path);
  return static_cast<bool>(file >> number);
}

// Whether a domain is a processor's package. On laptops another one beside them, "psys", counts
// the whole machine, with the packages in it. A domain without a name is taken for a package.
bool IsPackage(const std::filesystem::path& domain) {
  std::ifstream file(domain / "name");
  std::string name;
  return !(file >> name) || name.starts_with("package");
}

}  // namespace

std::vector<EnergyCounter> ReadEnergy(const std::filesystem::path& directory) {
  std::vector<EnergyCounter> counters;
  // By number, not as the directory lists them: two readings must have one order. Names with a
  // second number are parts of a package and would count twice.
  for (int package = 0; package < 64; ++package) {
    const std::filesystem::path domain = directory / fmt::format("intel-rapl:{}", package);
    EnergyCounter counter;
    if (!IsPackage(domain)) continue;
    if (!ReadNumber(domain / "energy_uj", counter.microjoules)) continue;
    ReadNumber(domain / "max_energy_range_uj", counter.range);
    counters.push_back(counter);
  }
  return counters;
}

// [joules]
double JoulesBetween(const std::vector<EnergyCounter>& before,
                     const std::vector<EnergyCounter>& after) {
  if (before.size() != after.size()) return 0.0;
  double sum = 0.0;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const double used = after[i].microjoules - before[i].microjoules;
    sum += used >= 0.0 ? used : used + after[i].range;
  }
  return sum / 1e6;
}
// [joules]

}  // namespace lanegrad
