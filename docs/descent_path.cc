// SPDX-License-Identifier: Apache-2.0
#include "docs/descent_path.h"

#include "kernels/optimizer.h"

namespace lanegrad {

std::vector<std::array<double, 2>> DescentPath(const PlainDescent& descent, std::size_t steps) {
  const OptimizerInfo& info = Optimizer::Named(descent.optimizer).info();
  std::array<std::array<double, kMaxStates>, 2> states = {};
  PlainScalars scalars = {};
  scalars.rate = descent.rate;
  scalars.beta1 = std::isnan(descent.momentum) ? static_cast<double>(info.beta1) : descent.momentum;
  scalars.beta2 = static_cast<double>(info.beta2);
  scalars.epsilon = static_cast<double>(info.epsilon);
  std::vector<std::array<double, 2>> path = {{-3.0, 1.0}};
  for (std::size_t t = 1; t <= steps; ++t) {
    const double number = static_cast<double>(t);
    scalars.bias_correction1 = 1.0 / (1.0 - std::pow(scalars.beta1, number));
    scalars.bias_correction2 = 1.0 / (1.0 - std::pow(scalars.beta2, number));
    std::array<double, 2> w = path.back();
    for (std::size_t i = 0; i < 2; ++i) {
      info.oracle(w[i], descent.curvatures[i] * w[i], states[i], scalars);
    }
    path.push_back(w);
  }
  return path;
}

double BowlLoss(const PlainDescent& descent, std::array<double, 2> w) {
  return 0.5 * (descent.curvatures[0] * w[0] * w[0] + descent.curvatures[1] * w[1] * w[1]);
}

}  // namespace lanegrad
