// SPDX-License-Identifier: Apache-2.0
//
// The compiler's own vector code at the work of the products and of four activations, under the
// names that bench/gemm_bench.cc and bench/activation_bench.cc give to ours. Other suites have
// it beside ours.
#include <fmt/format.h>

#include <memory>

#include "bench/suite.h"
#include "kernels/activation.h"
#include "kernels/gemm.h"
#include "kernels/matrix.h"

namespace lanegrad {
namespace {

constexpr std::size_t kElements = 1024;  // as bench/activation_bench.cc has them

struct Shape {
  std::size_t m, n, k;
};

float Left(std::size_t i, std::size_t l) {
  return 0.01f * static_cast<float>((5 * i + 3 * l) % 199) - 1.0f;
}
float Right(std::size_t l, std::size_t j) {
  return 0.01f * static_cast<float>((7 * l + 11 * j) % 197) - 1.0f;
}

Work WorkOf(const Shape& s) {
  return {.elements = static_cast<double>(s.m * s.n),
          .flops = 2.0 * static_cast<double>(s.m * s.n * s.k)};
}

Subject OurProduct(const Shape& s) {
  struct Operands {
    Matrix a, b, c;
  };
  auto of =
      std::make_shared<Operands>(Operands{Matrix(s.m, s.k), Matrix(s.k, s.n), Matrix(s.m, s.n)});
  for (std::size_t i = 0; i < s.m * s.k; ++i) of->a(i / s.k, i % s.k) = Left(i / s.k, i % s.k);
  for (std::size_t i = 0; i < s.k * s.n; ++i) of->b(i / s.n, i % s.n) = Right(i / s.n, i % s.n);
  return {.work = WorkOf(s),
          .run =
              [of, s] {
                Multiply(of->a.view(), of->b.view(), {0, s.m}, of->c.view());
              },
          .result =
              [of, s] {
                std::vector<double> all;
                for (std::size_t i = 0; i < s.m * s.n; ++i) {
                  all.push_back(static_cast<double>(of->c(i / s.n, i % s.n)));
                }
                return all;
              }};
}

Subject TheirProduct(const CompiledLoops& loops, const Shape& s) {
  struct Operands {
    std::vector<float> a, b, c;
  };
  auto of = std::make_shared<Operands>();
  for (std::size_t i = 0; i < s.m * s.k; ++i) of->a.push_back(Left(i / s.k, i % s.k));
  for (std::size_t i = 0; i < s.k * s.n; ++i) of->b.push_back(Right(i / s.n, i % s.n));
  of->c.resize(s.m * s.n);
  return {.work = WorkOf(s),
          .run =
              [of, s, multiply = loops.multiply] {
                multiply(s.m, s.n, s.k, of->a.data(), of->b.data(), of->c.data());
              },
          .result = [of] { return std::vector<double>(of->c.begin(), of->c.end()); }};
}

using Sweep = std::function<void(const float*, std::size_t, float*, float*)>;

Subject OfActivation(const Sweep& sweep, std::size_t n) {
  struct Operands {
    Array z, a, slope;
  };
  auto of = std::make_shared<Operands>(Operands{Array(n), Array(n), Array(n)});
  for (std::size_t i = 0; i < n; ++i) of->z[i] = 0.01f * static_cast<float>(i) - 5.0f;
  const double bytes = 4.0 * static_cast<double>(n);
  return {.work = {.elements = bytes / 4.0, .read_bytes = bytes, .written_bytes = 2.0 * bytes},
          .run = [of, sweep, n] { sweep(of->z.data(), n, of->a.data(), of->slope.data()); },
          .result =
              [of, n] {
                std::vector<double> all(of->a.data(), of->a.data() + n);
                all.insert(all.end(), of->slope.data(), of->slope.data() + n);
                return all;
              }};
}

const bool kRegistered = [] {
  for (const Shape& s : {Shape{10, 30, 784}, Shape{32, 128, 784}, Shape{128, 128, 784},
                         Shape{128, 512, 512}, Shape{128, 10, 512}, Shape{32, 10, 128}}) {
    RegisterCompiled(
        "multiply/forward", fmt::format("{}x{}x{}", s.m, s.n, s.k), [=] { return OurProduct(s); },
        [=](const CompiledLoops& loops) { return TheirProduct(loops, s); }, 1e-4);
  }
  const auto add = [](const char* name, auto member) {
    RegisterCompiled(
        fmt::format("activate/{}", name), fmt::format("{}", kElements),
        [=] {
          return OfActivation(
              [f = Activation::Named(name)](const float* z, std::size_t n, float* a, float* slope) {
                Activate(f, z, n, a, slope);
              },
              kElements);
        },
        [=](const CompiledLoops& loops) { return OfActivation(loops.*member, kElements); });
  };
  add("sigmoid", &CompiledLoops::sigmoid);
  add("tanh", &CompiledLoops::tanh);
  add("relu", &CompiledLoops::relu);
  add("gelu", &CompiledLoops::gelu);
  return true;
}();

}  // namespace
}  // namespace lanegrad
