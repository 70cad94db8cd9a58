// SPDX-License-Identifier: Apache-2.0
//
// A step of every optimizer on every target: on 2048 weights, which lie in the first cache
// with gradient and states, and on the best target on 4 194 304, which lie beyond the
// second. An element is a weight; read are gradient, weights and states, written the last two.
#include <fmt/format.h>

#include <memory>

#include "bench/suite.h"
#include "kernels/matrix.h"
#include "kernels/optimizer.h"

namespace lanegrad {
namespace {

struct Operands {
  Array g, w;
  std::vector<Array> states;
};

std::shared_ptr<Operands> MakeOperands(std::size_t n, std::size_t states) {
  auto of = std::make_shared<Operands>(Operands{Array(n), Array(n), {}});
  for (std::size_t i = 0; i < states; ++i) of->states.emplace_back(n);
  for (std::size_t i = 0; i < n; ++i) {
    of->w[i] = 0.001f * static_cast<float>(i % 301) - 0.15f;
    of->g[i] = 0.01f * static_cast<float>(i % 173) - 0.86f;
  }
  return of;
}

Work WorkOf(std::size_t n, std::size_t states) {
  const double bytes = 4.0 * static_cast<double>(n), arrays = static_cast<double>(states);
  return {.elements = static_cast<double>(n),
          .read_bytes = bytes * (2.0 + arrays),
          .written_bytes = bytes * (1.0 + arrays),
          .memory_bytes = bytes * (2.0 + arrays)};
}

std::vector<double> Weights(const Operands& of) { return {of.w.data(), of.w.data() + of.w.size()}; }

StepScalars ScalarsOf(const OptimizerInfo& info) {
  StepScalars scalars = {
      .rate = info.rate, .beta1 = info.beta1, .beta2 = info.beta2, .epsilon = info.epsilon};
  scalars.CountSteps(1);
  return scalars;
}

Subject Ours(std::size_t row, std::size_t n) {
  const OptimizerInfo& info = Optimizers()[row];
  const auto of = MakeOperands(n, info.states);
  StateArrays states = {};
  for (std::size_t i = 0; i < info.states; ++i) states[i] = of->states[i].data();
  return {.work = WorkOf(n, info.states),
          .run =
              [of, row, n, states, scalars = ScalarsOf(info)] {
                Step(Optimizer(row), scalars, n, of->g.data(), of->w.data(), states);
              },
          .result = [of] { return Weights(*of); }};
}

Subject Theirs(const CompiledLoops& loops, const OptimizerInfo& info, std::size_t n) {
  const auto of = MakeOperands(n, info.states);
  const StepScalars s = ScalarsOf(info);
  Subject subject = {
      .work = WorkOf(n, info.states),
      .run = [of, s, n, sgd = loops.sgd] { sgd(n, s.rate, of->g.data(), of->w.data()); },
      .result = [of] { return Weights(*of); }};
  if (info.states == 2) {
    subject.run = [of, s, n, adam = loops.adam] {
      adam(n, s.rate, s.bias_correction1, s.bias_correction2, s.epsilon, of->g.data(), of->w.data(),
           of->states[0].data(), of->states[1].data());
    };
  }
  return subject;
}

const bool kRegistered = [] {
  for (const std::size_t n : {std::size_t{2048}, std::size_t{1} << 22}) {
    const std::string shape = fmt::format("{}", n);
    for (std::size_t row = 0; row < Optimizers().size(); ++row) {
      const OptimizerInfo& info = Optimizers()[row];
      const std::string name = fmt::format("step/{}", info.name);
      const auto ours = [=] { return Ours(row, n); };
      if (n == 2048) {
        RegisterOnTargets(name, shape, ours);
      } else {
        RegisterOnTarget(name, Targets().front(), shape, ours);
      }
      if (info.name != "sgd" && info.name != "adam") continue;
      RegisterCompiled(name, shape, ours,
                       [&info, n](const CompiledLoops& loops) { return Theirs(loops, info, n); });
    }
  }
  return true;
}();

}  // namespace
}  // namespace lanegrad
