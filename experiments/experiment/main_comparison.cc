// SPDX-License-Identifier: Apache-2.0
#include "experiments/experiment/main_comparison.h"

namespace lanegrad {

Experiment MainComparison() {
  return {.name = "compare",
          .section = "",
          .title = "Comparison",
          .summary =
              "Compares activations, losses, learning rates and whatever else varies, fairly: "
              "each combination at its own best rate.",
          .question = "Which activation, loss and learning rate are best, and is it shown?",
          .profiles = {{.name = "quick",
                        .axes = {"activation=sigmoid,tanh,relu", "loss=mse,softmax_cross_entropy",
                                 "rate=0.01,0.03162,0.1,0.3162,1,3.162,10,31.62"},
                        .tune_seeds = 2,
                        .final_seeds = 3,
                        .epochs = 2,
                        .samples = 10000,
                        .validation = 2000},
                       {.name = "default",
                        .axes = {"activation=sigmoid,tanh,relu,elu,silu,gelu",
                                 "loss=mse,binary_cross_entropy,softmax_cross_entropy",
                                 "rate=0.003162,0.01,0.03162,0.1,0.3162,1,3.162,10,31.62"},
                        .tune_seeds = 3,
                        .final_seeds = 5,
                        .epochs = 3,
                        .samples = 0,
                        .validation = 10000},
                       {.name = "full",
                        .axes = {"activation=all", "loss=all", "rate=log:0.0001:100:13"},
                        .tune_seeds = 5,
                        .final_seeds = 10,
                        .epochs = 10,
                        .samples = 0,
                        .validation = 10000}}};
}

}  // namespace lanegrad
