/// @file
/// Article, section 4.2: its training program, why it cannot run, and one that can.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "experiments/cli/command_line.h"
#include "kernels/random.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

// One layer of four sigmoids on four inputs, three samples: the smallest case in
// which the article's formula for the gradient has the shape of the weights.
constexpr std::size_t kSize = 4, kSamples = 3;
using Weights = std::array<std::array<double, kSize>, kSize>;

struct Problem {
  std::array<std::array<double, kSize>, kSamples> x, y;
};

double Sigmoid(double z) { return 1.0 / (1.0 + std::exp(-z)); }

double Output(const Problem& p, const Weights& w, std::size_t s, std::size_t j) {
  double z = 0.0;
  for (std::size_t i = 0; i < kSize; ++i) z += p.x[s][i] * w[i][j];
  return Sigmoid(z);
}

double MeanSquaredError(const Problem& p, const Weights& w) {
  double sum = 0.0;
  for (std::size_t s = 0; s < kSamples; ++s) {
    for (std::size_t j = 0; j < kSize; ++j) sum += std::pow(Output(p, w, s, j) - p.y[s][j], 2);
  }
  return sum / (kSamples * kSize);
}

// What the article's program calls the gradient: outputs times errors. The input,
// the slope and the factor 2/N are missing, and the sign is turned.
Weights ArticleGradient(const Problem& p, const Weights& w) {
  Weights g = {};
  for (std::size_t i = 0; i < kSize; ++i) {
    for (std::size_t j = 0; j < kSize; ++j) {
      for (std::size_t s = 0; s < kSamples; ++s) {
        g[i][j] += Output(p, w, s, i) * (p.y[s][j] - Output(p, w, s, j));
      }
    }
  }
  return g;
}

// dE/dW = x^T (2/N (a - y) a (1 - a)): section 3.2 set right.
Weights RightGradient(const Problem& p, const Weights& w) {
  Weights g = {};
  for (std::size_t s = 0; s < kSamples; ++s) {
    for (std::size_t j = 0; j < kSize; ++j) {
      const double a = Output(p, w, s, j);
      const double delta = 2.0 / (kSamples * kSize) * (a - p.y[s][j]) * a * (1.0 - a);
      for (std::size_t i = 0; i < kSize; ++i) g[i][j] += p.x[s][i] * delta;
    }
  }
  return g;
}

// The judge that needs no derivation.
Weights Differences(const Problem& p, Weights w) {
  constexpr double kStep = 1e-5;
  Weights g = {};
  for (std::size_t i = 0; i < kSize; ++i) {
    for (std::size_t j = 0; j < kSize; ++j) {
      const double saved = w[i][j];
      w[i][j] = saved + kStep;
      const double above = MeanSquaredError(p, w);
      w[i][j] = saved - kStep;
      g[i][j] = (above - MeanSquaredError(p, w)) / (2.0 * kStep);
      w[i][j] = saved;
    }
  }
  return g;
}

double Cosine(const Weights& a, const Weights& b) {
  double ab = 0.0, aa = 0.0, bb = 0.0;
  for (std::size_t i = 0; i < kSize; ++i) {
    for (std::size_t j = 0; j < kSize; ++j) {
      ab += a[i][j] * b[i][j];
      aa += a[i][j] * a[i][j];
      bb += b[i][j] * b[i][j];
    }
  }
  return ab / std::sqrt(aa * bb);
}

template <class Gradient>
double Train1000(const Problem& p, Weights w, Gradient gradient, double rate) {
  for (int step = 0; step < 1000; ++step) {
    const Weights g = gradient(p, w);
    for (std::size_t i = 0; i < kSize; ++i) {
      for (std::size_t j = 0; j < kSize; ++j) w[i][j] -= rate * g[i][j];
    }
  }
  return MeanSquaredError(p, w);
}

void ShowWhyItStops() {
  fmt::print(
      "1. Why the program of section 4.2 stops\n\n"
      "   It trains the first layer, whose output is (1 x 4), against the target of the last,\n"
      "   (1 x 2): their difference has no meaning, and NumPy refuses it. Trained alone, the\n"
      "   second layer's \"gradient\" is (2 x 2) for weights of (4 x 2), and is refused as well.\n"
      "   Nor is there anything to learn: the target it passes is the network's own output.\n\n");
}

void ShowWhereItGoes(std::uint64_t seeds) {
  fmt::print(
      "2. Where its formula leads when shapes are made to fit: one layer, 4 to 4, rate 0.1,\n"
      "   1,000 iterations as in the article\n\n"
      "   seed   cosine to dE/dW          loss before   article's step   right step   right, rate "
      "10\n"
      "          article's   right one\n");
  for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
    RandomStream random(seed, Stream::kData);
    Problem p;
    Weights w;
    for (auto& row : p.x)
      for (double& each : row) each = random.Uniform();
    for (auto& row : p.y)
      for (double& each : row) each = static_cast<double>(random.Below(2));
    for (auto& row : w)
      for (double& each : row) each = random.Uniform();
    const Weights truth = Differences(p, w);
    fmt::print("   {:>4}   {:>9.3f}   {:>9.6f}   {:>11.4f}   {:>14.4f}   {:>10.4f}   {:>14.4f}\n",
               seed, Cosine(ArticleGradient(p, w), truth), Cosine(RightGradient(p, w), truth),
               MeanSquaredError(p, w), Train1000(p, w, ArticleGradient, 0.1),
               Train1000(p, w, RightGradient, 0.1), Train1000(p, w, RightGradient, 10.0));
  }
  fmt::print(
      "\n   A negative cosine is a step uphill: the article's program would make its error\n"
      "   larger. The right gradient agrees with differences of the error itself.\n\n");
}

Dataset TruthTable() {
  Dataset data;
  data.name = "truth table of xor";
  data.classes = 2;
  data.train = {.count = 4,
                .features = 2,
                .bytes = {},
                .values = {0, 0, 0, 1, 1, 0, 1, 1},
                .labels = {0, 1, 1, 0}};
  data.test = data.train;
  SetChecksum(data);
  return data;
}

RunResult LearnXor(float rate, std::size_t iterations, std::uint64_t seed) {
  Settings settings;
  settings.layers = {2, 4, 1};
  settings.activation = "sigmoid";
  settings.loss = "mse";
  settings.rate = rate;
  settings.batch = 4;
  settings.epochs = iterations;
  settings.seed = seed;
  return Train(settings, TruthTable());
}

void ShowXor(std::uint64_t seeds) {
  fmt::print(
      "3. The program that works: both layers by back-propagation, from the one error at the\n"
      "   end, on a problem that needs both: xor, 2-4-1 sigmoids, mean squared error\n\n"
      "   rate   iterations   learned by   median final loss\n");
  for (const auto& [rate, iterations] : {std::pair{0.1f, std::size_t{1000}},
                                         {0.1f, std::size_t{20000}},
                                         {10.0f, std::size_t{1000}},
                                         {10.0f, std::size_t{5000}}}) {
    std::size_t learned = 0;
    std::vector<double> losses;
    for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
      const RunResult result = LearnXor(rate, iterations, seed);
      learned += result.test_accuracy == 1.0;
      losses.push_back(result.test_loss);
    }
    std::sort(losses.begin(), losses.end());
    fmt::print("   {:>4}   {:>10}   {:>3} of {:<3}   {:>17.5f}\n", rate, iterations, learned, seeds,
               losses[losses.size() / 2]);
  }
  fmt::print(
      "\n   With the article's rate and number of iterations even the right program has not\n"
      "   begun to learn: a loss of 0.25 is that of answering 1/2 to everything. \"Until the\n"
      "   error meets a condition\" (section 3.5) is the better rule: train --stop-loss.\n");
}

int Main(int argc, char** argv) {
  CommandLine line(
      "04_2_backward",
      "Section 4.2 of the article: why its training program cannot run, and one that can.");
  std::size_t seeds = 10;
  line.Count("--seeds", seeds, {.min = 1, .max = 1000}, "networks to train for each row");
  return line.Run(argc, argv, [&] {
    ShowWhyItStops();
    ShowWhereItGoes(std::min<std::uint64_t>(seeds, 3));
    ShowXor(seeds);
    return kDone;
  });
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) { return lanegrad::Main(argc, argv); }
