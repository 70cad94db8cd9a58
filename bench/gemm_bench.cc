// SPDX-License-Identifier: Apache-2.0
//
// The products of training, at the shapes of the article's networks: one thread,
// every target with a fused multiply-add, GFLOP/s and the share of the peak
// measured in the same process. Nothing is packed in or outside the timed region:
// operands lie in column panels, as they do in training.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "bench/peak.h"
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

void Report(benchmark::State& state, const Shape& shape) {
  const double flops = 2.0 * static_cast<double>(shape.m * shape.n * shape.k) *
                       static_cast<double>(state.iterations());
  state.counters["GFLOP/s"] = benchmark::Counter(flops / 1e9, benchmark::Counter::kIsRate);
  state.counters["of_peak"] = benchmark::Counter(flops / PeakFlops(), benchmark::Counter::kIsRate);
}

void Forward(benchmark::State& state, Target target, Shape shape) {
  const ScopedTarget only(target);
  Matrix a(shape.m, shape.k), b(shape.k, shape.n), c(shape.m, shape.n);
  for (auto _ : state) Multiply(a.view(), b.view(), {0, shape.m}, c.view());
  Report(state, shape);
}

void Gradient(benchmark::State& state, Target target, Shape shape) {
  const ScopedTarget only(target);
  Matrix x(shape.k, shape.m), delta(shape.k, shape.n), g(shape.m, shape.n);
  for (auto _ : state) {
    MultiplyTransposed(x.view(), delta.view(), shape.k, {0, PanelCount(shape.m)}, g.view());
  }
  Report(state, shape);
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
  Report(state, shape);
}

template <class Body>
void Register(const char* verb, Body body, const Target& target, const Shape& shape) {
  benchmark::RegisterBenchmark(
      fmt::format("{}/{}/{}x{}x{}", verb, target.name, shape.m, shape.n, shape.k).c_str(),
      [=](benchmark::State& state) { body(state, target, shape); });
}

const bool kRegistered = [] {
  for (const Target& target : Targets()) {
    if (!target.native_fma) continue;
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
