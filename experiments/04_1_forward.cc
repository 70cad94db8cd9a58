/// @file
/// Article, section 4.1: its forward program, run as it stands and set right.
///
/// A 3-4-2 network of sigmoids on the input (1, 0, 1), weights drawn from [0, 1),
/// no bias. The program runs; what it cannot show is that such weights start every
/// unit on the flat of its sigmoid.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/cli/command_line.h"
#include "experiments/report/text_table.h"
#include "experiments/statistics/statistics.h"
#include "network/network.h"

namespace lanegrad {
namespace {

constexpr float kInput[] = {1.0f, 0.0f, 1.0f};

// What a network of these sizes and initial weights gives for one sample.
struct Outcome {
  std::vector<double> outputs;  // of the last layer
  std::vector<double> slopes;   // of every unit
};

Outcome Run(std::span<const std::size_t> sizes, Initializer initializer, std::uint64_t seed) {
  Network network(sizes, Activation::Named("sigmoid"), Activation::Named("sigmoid"));
  network.Initialize(initializer, seed);
  Matrix x(1, sizes[0]);
  for (std::size_t i = 0; i < sizes[0]; ++i) x(0, i) = kInput[i % 3];
  Workspace space = network.MakeWorkspace(1);
  network.Forward(x.view(), 1, space);
  Outcome outcome;
  for (std::size_t l = 0; l < network.layers().size(); ++l) {
    for (std::size_t j = 0; j < network.layers()[l].out(); ++j) {
      outcome.slopes.push_back(space.slopes[l](0, j));
    }
  }
  for (std::size_t j = 0; j < network.outputs(); ++j) {
    outcome.outputs.push_back(space.values.back()(0, j));
  }
  return outcome;
}

// The same network by the loop one would write first: section 3.1, unit by unit.
std::vector<double> PlainForward(const Network& network) {
  std::vector<double> a(kInput, kInput + 3);
  for (const Layer& layer : network.layers()) {
    std::vector<double> next;
    for (std::size_t j = 0; j < layer.out(); ++j) {
      double z = layer.bias[j];
      for (std::size_t i = 0; i < layer.in(); ++i) z += a[i] * layer.weights(i, j);
      next.push_back(1.0 / (1.0 + std::exp(-z)));
    }
    a = next;
  }
  return a;
}

void ShowOnce(std::uint64_t seed) {
  const std::size_t sizes[] = {3, 4, 2};
  const Initializer article = Initializer::Named("article_uniform");
  Network network(sizes, Activation::Named("sigmoid"), Activation::Named("sigmoid"));
  network.Initialize(article, seed);
  const std::vector<double> plain = PlainForward(network);
  const Outcome kernel = Run(sizes, article, seed);
  fmt::print(
      "1. The network of section 4.1: 3-4-2, sigmoid, weights from [0, 1), input (1, 0, 1), "
      "seed {}\n\n",
      seed);
  fmt::print("   by a plain loop in double    {:.7f}  {:.7f}\n", plain[0], plain[1]);
  fmt::print("   by the kernels in float      {:.7f}  {:.7f}\n", kernel.outputs[0],
             kernel.outputs[1]);
  fmt::print(
      "   The two agree to the precision of a float. The article's program draws without a\n"
      "   seed, so that no two runs of it agree.\n\n");
}

Table Compare(std::uint64_t seeds) {
  Table table = {.caption = {},
                 .columns = {{"network", false, {}},
                             {"initial weights", false, {}},
                             {"output, 5 %", true, {}},
                             {"median", true, {}},
                             {"95 %", true, {}},
                             {"mean slope", true, {}},
                             {"of 1/4", true, {}}},
                 .rows = {}};
  const std::vector<std::size_t> networks[] = {{3, 4, 2}, {30, 40, 2}, {300, 400, 2}};
  for (const std::vector<std::size_t>& sizes : networks) {
    for (const char* name : {"article_uniform", "glorot_uniform"}) {
      std::vector<double> outputs, slopes;
      for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
        const Outcome outcome = Run(sizes, Initializer::Named(name), seed);
        outputs.insert(outputs.end(), outcome.outputs.begin(), outcome.outputs.end());
        slopes.insert(slopes.end(), outcome.slopes.begin(), outcome.slopes.end());
      }
      std::sort(outputs.begin(), outputs.end());
      const auto at = [&](double share) {
        return outputs[static_cast<std::size_t>(share * static_cast<double>(outputs.size() - 1))];
      };
      const double slope = Mean(slopes);
      table.rows.push_back({{fmt::format("{}", fmt::join(sizes, "-")), 0, false},
                            {name, 0, false},
                            {fmt::format("{:.4f}", at(0.05)), at(0.05), false},
                            {fmt::format("{:.4f}", at(0.5)), at(0.5), false},
                            {fmt::format("{:.4f}", at(0.95)), at(0.95), false},
                            {fmt::format("{:.2g}", slope), slope, false},
                            {fmt::format("{:.2g} %", 400.0 * slope), slope, false}});
    }
  }
  return table;
}

int Main(int argc, char** argv) {
  CommandLine line("04_1_forward",
                   "Section 4.1 of the article: its forward program, run and set right.");
  std::size_t seed = 1, seeds = 200;
  line.Count("--seed", seed, {}, "seed of the first network");
  line.Count("--seeds", seeds, {.min = 20, .max = 1000000}, "networks to draw for the table");
  return line.Run(argc, argv, [&] {
    ShowOnce(seed);
    fmt::print("2. What such weights do, over {} networks of each kind\n\n{}\n", seeds,
               TerminalTable(Compare(seeds)));
    fmt::print(
        "   Weights that are all positive add up: the weighted inputs grow with the width, the\n"
        "   outputs crowd near 1, and the slope, at most 1/4, all but vanishes. A gradient is\n"
        "   multiplied by it in every layer. Weights of zero mean and matched size (Glorot and\n"
        "   Bengio 2010) keep the outputs round 1/2 and the slope near its largest at any "
        "width.\n");
    return kDone;
  });
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) { return lanegrad::Main(argc, argv); }
