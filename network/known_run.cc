// SPDX-License-Identifier: Apache-2.0
#include "network/known_run.h"

#include "network/synthetic.h"
#include "network/trainer.h"

namespace lanegrad {

RunResult KnownRun() {
  const Dataset data = LoadData("moons", {.train = 128, .test = 64});
  Settings settings;
  settings.layers = {2, 16, 2};
  settings.activation = "gelu";
  settings.optimizer = "adam";
  settings.rate = 0.05f;
  settings.epochs = 2;
  return Train(settings, data);
}

}  // namespace lanegrad
