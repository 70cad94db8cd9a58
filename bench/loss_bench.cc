// SPDX-License-Identifier: Apache-2.0
//
// Every loss with its slope, on every target: a batch of 128 rows of ten outputs, as the
// article's networks have them, and one of 128 outputs. In cache. An element is an output;
// read are outputs, targets and slopes, written are deltas.
#include <fmt/format.h>

#include <memory>

#include "bench/suite.h"
#include "kernels/loss.h"
#include "kernels/matrix.h"

namespace lanegrad {
namespace {

constexpr std::size_t kRows = 128;
constexpr double kScale = 1.0 / static_cast<double>(kRows);

// Outputs between 0 and 1 and one target a row, which every loss makes sense of.
float Output(std::size_t r, std::size_t j) {
  return 0.05f + 0.9f * static_cast<float>((7 * r + 13 * j) % 97) / 97.0f;
}
float Target(std::size_t r, std::size_t j, std::size_t n) { return r % n == j ? 1.0f : 0.0f; }

Work WorkOf(std::size_t n) {
  const double elements = static_cast<double>(kRows * n);
  return {.elements = elements,
          .read_bytes = 8.0 * elements,
          .written_bytes = 4.0 * elements + 8.0 * static_cast<double>(kRows)};
}

Subject Ours(const std::string& name, std::size_t n) {
  struct Operands {
    Loss loss;
    Matrix a, y, delta;
    std::vector<double> losses;
  };
  auto of =
      std::make_shared<Operands>(Operands{Loss::Named(name), Matrix(kRows, n), Matrix(kRows, n),
                                          Matrix(kRows, n), std::vector<double>(kRows)});
  for (std::size_t r = 0; r < kRows; ++r) {
    for (std::size_t j = 0; j < n; ++j) {
      of->a(r, j) = Output(r, j);
      of->y(r, j) = Target(r, j, n);
    }
  }
  return {.work = WorkOf(n),
          .run =
              [of] {
                Evaluate(of->loss, of->a.view(), of->y.view(), {0, kRows}, kScale,
                         of->losses.data(), {}, of->delta.view());
              },
          .result =
              [of, n] {
                std::vector<double> all = of->losses;
                for (std::size_t i = 0; i < kRows * n; ++i) {
                  all.push_back(static_cast<double>(of->delta(i / n, i % n)));
                }
                return all;
              }};
}

Subject Theirs(const CompiledLoops& loops, bool softmax, std::size_t n) {
  struct Operands {
    std::vector<float> a, y, delta;
    std::vector<double> losses;
  };
  auto of = std::make_shared<Operands>();
  for (std::size_t i = 0; i < kRows * n; ++i) {
    of->a.push_back(Output(i / n, i % n));
    of->y.push_back(Target(i / n, i % n, n));
  }
  of->delta.resize(kRows * n);
  of->losses.resize(kRows);
  const auto run = softmax ? loops.cross_entropy : loops.mse;
  return {.work = WorkOf(n),
          .run =
              [of, n, run] {
                run(kRows, n, static_cast<float>(kScale), of->a.data(), of->y.data(),
                    of->losses.data(), of->delta.data());
              },
          .result =
              [of] {
                std::vector<double> all = of->losses;
                for (const float each : of->delta) all.push_back(static_cast<double>(each));
                return all;
              }};
}

const bool kRegistered = [] {
  for (const std::size_t n : {std::size_t{10}, std::size_t{128}}) {
    const std::string shape = fmt::format("{}x{}", kRows, n);
    for (const LossInfo& info : Losses()) {
      const std::string loss(info.name), name = "evaluate/" + loss;
      const auto ours = [=] { return Ours(loss, n); };
      RegisterOnTargets(name, shape, ours);
      if (loss != "mse" && loss != "softmax_cross_entropy") continue;
      RegisterCompiled(name, shape, ours,
                       [=](const CompiledLoops& loops) { return Theirs(loops, loss != "mse", n); });
    }
  }
  return true;
}();

}  // namespace
}  // namespace lanegrad
