/// @file
/// What the library says of the inputs at which the interactive figures of the book are tried, as a
/// script for tests/interactive_figures.html; before it, what the figures take from the records.
///
///     interactive_oracle docs/records > oracle.js
// SPDX-License-Identifier: Apache-2.0
#include "tests/interactive_oracle.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <exception>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "docs/descent_path.h"
#include "docs/figure_data.h"
#include "experiments/back_propagation/plain_network.h"
#include "experiments/descent/quadratic.h"
#include "experiments/neuroscience/integrate_and_fire.h"
#include "experiments/stopping/condition.h"
#include "experiments/xor/xor_network.h"
#include "kernels/activation.h"
#include "kernels/loss.h"
#include "network/run_result.h"

namespace lanegrad {
namespace {

// By name, rows of z, f(z), f'(z).
Json ActivationRows() {
  Json all;
  for (const ActivationInfo& info : Activations()) {
    const Activation f = Activation::Named(info.name);
    for (const double z : {-30.0, -7.5, -4.0, -2.9, -1.0, -0.3, -1e-4, 0.0, 1e-4, 0.3, 0.9, 1.7,
                           2.9, 4.1, 5.9, 8.0, 30.0}) {
      all[std::string(info.name)].push_back({z, f.Value(z), f.Slope(z)});
    }
  }
  return all;
}

// By name, rows of output, target, loss, slope by the output; of losses that take one output.
Json LossRows() {
  Json all;
  for (const LossInfo& info : Losses()) {
    if (info.min_outputs > 1 || info.name == "poisson") continue;
    const Loss loss = Loss::Named(info.name);
    for (const double y : {0.0, 1.0}) {
      for (const double a : {-6.0, -1.25, -0.2, 0.1, 0.4, 0.75, 1.5, 7.0}) {
        double slope;
        loss.Slope(&a, &y, 1, &slope);
        all[std::string(info.name)].push_back({a, y, loss.Value(&a, &y, 1), slope});
      }
    }
  }
  return all;
}

// Rows of rate, momentum, the limit, and both coordinates after sixty steps of the catalogue's
// momentum on curvatures 0.1 and 1 from (-3, 1).
Json BowlRows() {
  Json all;
  for (const double rate : {0.05, 0.5, 1.9, 2.1}) {
    for (const double momentum : {0.0, 0.5, 0.9}) {
      const std::array<double, 2> w = DescentPath({.optimizer = "momentum",
                                                   .rate = rate,
                                                   .curvatures = {0.1, 1.0},
                                                   .momentum = momentum},
                                                  60)
                                          .back();
      all.push_back({rate, momentum, StabilityLimit(1.0, momentum), w[0], w[1]});
    }
  }
  return all;
}

// Rows of current, time constant, silence, rate.
Json NeuronRows() {
  Json all;
  for (const double current : {0.5, 1.0, 1.01, 1.5, 3.0, 5.0}) {
    for (const double tau : {5.0, 20.0}) {
      for (const double silence : {0.0, 2.0}) {
        all.push_back({current, tau, silence,
                       FiringRate({.tau_ms = tau, .refractory_ms = silence}, current)});
      }
    }
  }
  return all;
}

// Rows of activation, w1, w2, v1, v2, target, loss, and the gradient by the four weights.
Json NetworkRows() {
  Json all;
  const std::array<std::size_t, 3> sizes = {1, 2, 1};
  for (const char* name : {"sigmoid", "tanh", "relu", "identity"}) {
    const std::array<Curve, 2> curves = {CurveOf(Activation::Named(name)),
                                         CurveOf(Activation::Named("identity"))};
    for (const double w : {-1.5, 0.7}) {
      PlainNetwork network(sizes, curves, Loss::Named("mse"));
      network.layers()[0].w = {w, 0.4};
      network.layers()[1].w = {1.1, -w};
      const PlainBatch batch = {.count = 1, .x = {1.0}, .y = {0.3}};
      const PlainPass pass = network.Forward(batch);
      const std::vector<double> g = network.BackPropagate(batch, pass);
      // Layer by layer, weights and then biases.
      all.push_back(
          {name, w, 0.4, 1.1, -w, 0.3, network.MeanLoss(batch, pass), g[0], g[1], g[4], g[5]});
    }
  }
  return all;
}

// Rows of both thresholds, the size of the weights, and the four answers.
Json XorRows() {
  Json all;
  for (const float size : {2.0f, 10.0f}) {
    for (const float second : {0.8f, 1.5f}) {
      XorNetwork network = {.width = 2, .activation = Activation::Named("sigmoid")};
      for (std::size_t i = 0; i < 4; ++i) network.w1[i] = size;
      network.b1[0] = -0.5f * size;
      network.b1[1] = -second * size;
      network.w2[0] = size;
      network.w2[1] = -size;
      network.b2 = -0.5f * size;
      const XorPass pass = Forward(network);
      all.push_back({0.5, second, size, pass.a2[0], pass.a2[1], pass.a2[2], pass.a2[3]});
    }
  }
  return all;
}

// Rows of optimizer, rate, and both coordinates after thirty of its steps on curvatures 1/20 and 1.
Json OptimizerRows() {
  Json all;
  for (const char* name : {"sgd", "momentum", "nesterov", "adagrad", "rmsprop", "adam"}) {
    for (const double rate : {0.01, 0.1, 1.0}) {
      const std::array<double, 2> w =
          DescentPath({.optimizer = name, .rate = rate, .curvatures = {0.05, 1.0}}, 30).back();
      all.push_back({name, rate, w[0], w[1]});
    }
  }
  return all;
}

// Rows of losses, patience, the epoch at which it ends a training, and the one that is kept.
Json PatienceRows() {
  Json all;
  for (const double patience : {1.0, 3.0, 10.0}) {
    for (int wave = 2; wave < 8; ++wave) {
      std::vector<double> losses;
      std::vector<EpochMetrics> history(40);
      for (std::size_t e = 0; e < history.size(); ++e) {
        const double x = static_cast<double>(e);
        losses.push_back(1.0 / (1.0 + x / 5.0) + 0.05 * std::sin(wave * x) + 0.01 * x);
        history[e].validation_loss = losses.back();
      }
      const Stop stop = Replay({.name = "",
                                .rule = Rule::kPatience,
                                .watched = Watched::kHeldOutLoss,
                                .number = patience,
                                .keep_best = true},
                               history);
      all.push_back({losses, patience, stop.epoch, stop.kept});
    }
  }
  return all;
}

// Rows of inputs, lower end of the weights, and the mean slope of a sigmoid: by ten million draws
// it would be the same to three digits, by sums of a hundredth of a deviation it is to ten.
Json WidthRows() {
  Json all;
  const Activation sigmoid = Activation::Named("sigmoid");
  for (const double inputs : {1.0, 4.0, 30.0, 100.0}) {
    for (const double low : {0.0, -0.5, -1.0}) {
      double sum = 0.0, weights = 0.0;
      for (int k = -1000; k <= 1000; ++k) {
        const double g = k / 120.0, weight = std::exp(-0.5 * g * g);
        sum += weight * sigmoid.Slope(inputs * (low + 0.5) + std::sqrt(inputs / 12.0) * g);
        weights += weight;
      }
      all.push_back({inputs, low, sum / weights});
    }
  }
  return all;
}

void Print(const std::filesystem::path& records) {
  Json all = {{"activations", ActivationRows()},
              {"losses", LossRows()},
              {"bowl", BowlRows()},
              {"neuron", NeuronRows()},
              {"network", NetworkRows()},
              {"optimizers", OptimizerRows()},
              {"patience", PatienceRows()},
              {"width", WidthRows()},
              {"xor", XorRows()}};
  AddNetworkRows(all);
  AddRecordRows(records, all);
  fmt::print("{}const oracle = {};\n", FigureData(records), all.dump());
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  if (argc != 2) {
    fmt::print(stderr, "usage: interactive_oracle RECORDS_DIRECTORY\n");
    return 2;
  }
  try {
    lanegrad::Print(argv[1]);
  } catch (const std::exception& error) {
    fmt::print(stderr, "interactive_oracle: {}\n", error.what());
    return 3;
  }
}
