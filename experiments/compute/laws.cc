// SPDX-License-Identifier: Apache-2.0
#include "experiments/compute/laws.h"

#include <algorithm>
#include <sstream>

#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

Pace ReadPace(const Fields& fields, const std::string& name) {
  return {.median = fields.Number(name),
          .low = fields.Number(name + "_low"),
          .high = fields.Number(name + "_high")};
}

}  // namespace

double MeanError(std::span<const double> accuracy) { return std::max(1e-6, 1.0 - Mean(accuracy)); }

WorkLaw WorkLawOf(const std::vector<Budget>& budgets) {
  WorkLaw found = {.law = {}, .budgets = budgets.size()};
  if (found.budgets < 3) return found;
  std::vector<double> work, error;
  for (const Budget& budget : budgets) {
    work.push_back(budget.work);
    error.push_back(MeanError(budget.Best().accuracy));
  }
  found.law = FitBetterPowerLaw(work, error);
  return found;
}

std::vector<TargetPace> TargetsOf(const Evidence& evidence) {
  std::vector<TargetPace> targets;
  for (const Measurement& row : evidence.Series("targets")) {
    std::istringstream names(row.machine.Text("targets"));
    for (std::string name; names >> name;) {
      targets.push_back({.name = name,
                         .differs = row.machine.Number(name + "_differs"),
                         .train = ReadPace(row.machine, name + "_train"),
                         .forward = ReadPace(row.machine, name + "_forward")});
    }
  }
  return targets;
}

// [roof]
double RoofOf(const Measurement& shape) {
  const double operations = 2.0 * shape.values.Number("multiply_adds");
  const double intensity = operations / shape.values.Number("bytes");
  return std::min(shape.machine.Number("peak_flops"),
                  intensity * shape.machine.Number("read_bytes"));
}
// [roof]

}  // namespace lanegrad
