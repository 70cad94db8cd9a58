// SPDX-License-Identifier: Apache-2.0
#include "experiments/losses/loss_figures.h"
namespace lanegrad {
std::vector<Figure (*)(const Evidence&)> LossFigures() { return {}; }
std::vector<NamedTable (*)(const Evidence&)> LossTables() { return {}; }
}  // namespace lanegrad
