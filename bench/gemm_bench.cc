// SPDX-License-Identifier: Apache-2.0
//
// The products of training, at the shapes of the article's networks: one thread, GFLOP/s, and
// the shares of the peak and of the memory's bandwidth measured in the same process. Targets
// that emulate the fused multiply-add, one lane among them, have the small shapes alone. An
// element is one of the result. Nothing is packed in or outside the timed region: operands lie
// in column panels, as they do in training.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "bench/suite.h"
#include "kernels/gemm.h"
#include "kernels/optimizer.h"
#include "kernels/targets.h"

namespace lanegrad {
namespace {

// (rows, columns, terms): hidden and output layers of 784-30-10 at batch 10 and of
// 784-128-10 at 32 and 128, a square hidden layer, and a large product.
struct Shape {
  std::size_t m, n, k;
};
constexpr Shape kForward[] = {{10, 30, 784},  {32, 128, 784}, {128, 128, 784},   {128, 512, 512},
                              {128, 10, 512}, {32, 10, 128},  {2048, 2048, 2048}};
constexpr Shape kGradient[] = {{784, 30, 10},   {784, 128, 32}, {784, 128, 128},
                               {512, 512, 128}, {512, 10, 128}, {128, 10, 32}};

double Flops(const Shape& shape) { return 2.0 * static_cast<double>(shape.m * shape.n * shape.k); }

// What a product must read and write; with a step weights are read and written, the gradient is
// neither.
Work WorkOf(const Shape& shape, bool step = false) {
  const double result = 4.0 * static_cast<double>(shape.m * shape.n);
  const double operands = 4.0 * static_cast<double>((shape.m + shape.n) * shape.k);
  return {.elements = result / 4.0,
          .flops = Flops(shape),
          .read_bytes = operands + (step ? result : 0.0),
          .written_bytes = result,
          .memory_bytes = operands + result};
}

void Forward(benchmark::State& state, Target target, Shape shape) {
  const ScopedTarget only(target);
  Matrix a(shape.m, shape.k), b(shape.k, shape.n), c(shape.m, shape.n);
  for (auto _ : state) Multiply(a.view(), b.view(), {0, shape.m}, c.view());
  Count(state, WorkOf(shape));
}

void Gradient(benchmark::State& state, Target target, Shape shape) {
  const ScopedTarget only(target);
  Matrix x(shape.k, shape.m), delta(shape.k, shape.n), g(shape.m, shape.n);
  for (auto _ : state) {
    MultiplyTransposed(x.view(), delta.view(), shape.k, {0, PanelCount(shape.m)}, g.view());
  }
  Count(state, WorkOf(shape));
}

void GradientAndStep(benchmark::State& state, Target target, Shape shape) {
  const ScopedTarget only(target);
  Matrix x(shape.k, shape.m), delta(shape.k, shape.n), w(shape.m, shape.n);
  const StepScalars scalars;
  const UpdateEpilogue update = {
      .optimizer = Optimizer::Named("sgd"), .scalars = &scalars, .weights = w.view()};
  for (auto _ : state) {
    MultiplyTransposedAndStep(x.view(), delta.view(), shape.k, {0, PanelCount(shape.m)}, update);
  }
  Count(state, WorkOf(shape, true));
}

template <class Body>
void Register(const char* verb, Body body, const Target& target, const Shape& shape) {
  constexpr double kMostEmulated = 1e6;  // operations, a few milliseconds on one lane
  if (!target.native_fma && Flops(shape) > kMostEmulated) return;
  benchmark::RegisterBenchmark(
      fmt::format("{}/{}/{}x{}x{}", verb, target.name, shape.m, shape.n, shape.k).c_str(),
      [=](benchmark::State& state) { body(state, target, shape); });
}

const bool kRegistered = [] {
  for (const Target& target : Targets()) {
    for (const Shape& shape : kForward) Register("multiply/forward", Forward, target, shape);
    for (const Shape& shape : kGradient) {
      Register("multiply/gradient", Gradient, target, shape);
      Register("multiply/gradient_and_sgd", GradientAndStep, target, shape);
    }
  }
  return true;
}();

}  // namespace
}  // namespace lanegrad
