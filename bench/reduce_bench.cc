// SPDX-License-Identifier: Apache-2.0
//
// Sums in a fixed order, counts of right answers, and the search for what is not finite, on
// every target: in the first cache, and on the best target out of all of them.
#include <fmt/format.h>

#include <memory>

#include "bench/suite.h"
#include "kernels/matrix.h"
#include "kernels/reduce.h"

namespace lanegrad {
namespace {

std::vector<double> Terms(std::size_t n) {
  std::vector<double> terms(n);
  for (std::size_t i = 0; i < n; ++i) terms[i] = 1.0 / static_cast<double>(1 + i % 1009);
  return terms;
}

Subject OfSum(std::size_t n, double (*sum)(const double*, std::size_t)) {
  const double count = static_cast<double>(n);
  auto terms = std::make_shared<std::vector<double>>(Terms(n));
  auto total = std::make_shared<double>(0.0);
  return {.work = {.elements = count, .flops = count, .read_bytes = 8.0 * count},
          .run = [=] { *total = sum(terms->data(), n); },
          .result = [=] { return std::vector<double>{*total}; }};
}

Subject OfAllFinite(std::size_t n, bool (*all_finite)(const float*, std::size_t)) {
  const double count = static_cast<double>(n);
  auto values = std::make_shared<Array>(n);
  for (std::size_t i = 0; i < n; ++i) (*values)[i] = static_cast<float>(i % 1009);
  auto answer = std::make_shared<bool>(false);
  return {.work = {.elements = count, .read_bytes = 4.0 * count},
          .run = [=] { *answer = all_finite(values->data(), n); },
          .result = [=] { return std::vector<double>{*answer ? 1.0 : 0.0}; }};
}

Subject OfCountCorrect(std::size_t rows, std::size_t n) {
  struct Operands {
    Matrix output;
    std::vector<std::uint8_t> labels;
    std::size_t right = 0;
  };
  auto of = std::make_shared<Operands>(Operands{Matrix(rows, n), std::vector<std::uint8_t>(rows)});
  for (std::size_t r = 0; r < rows; ++r) {
    of->labels[r] = static_cast<std::uint8_t>(3 * r % n);
    for (std::size_t j = 0; j < n; ++j) {
      of->output(r, j) = static_cast<float>((7 * r + 13 * j) % 97);
    }
  }
  return {.work = {.elements = static_cast<double>(rows * n),
                   .read_bytes = static_cast<double>(rows * (4 * n + 1))},
          .run =
              [of, rows] {
                of->right = CountCorrect(of->output.view(), of->labels.data(), {0, rows});
              },
          .result = [of] { return std::vector<double>{static_cast<double>(of->right)}; }};
}

double SumOf(const double* terms, std::size_t n) { return Sum({terms, n}); }

const bool kRegistered = [] {
  const auto sum = [] { return OfSum(2048, &SumOf); };
  RegisterOnTargets("reduce/sum", "2048", sum);
  RegisterCompiled("reduce/sum", "2048", sum,
                   [](const CompiledLoops& loops) { return OfSum(2048, loops.sum); });
  for (const std::size_t n : {std::size_t{4096}, std::size_t{1} << 27}) {
    const std::string shape = fmt::format("{}", n);
    const auto finite = [=] { return OfAllFinite(n, &AllFinite); };
    if (n == 4096) {
      RegisterOnTargets("reduce/all_finite", shape, finite);
    } else {
      RegisterOnTarget("reduce/all_finite", Targets().front(), shape, finite);
    }
    RegisterCompiled("reduce/all_finite", shape, finite,
                     [=](const CompiledLoops& loops) { return OfAllFinite(n, loops.all_finite); });
  }
  for (const std::size_t n : {std::size_t{10}, std::size_t{100}}) {
    RegisterOnTargets("reduce/count_correct", fmt::format("128x{}", n),
                      [=] { return OfCountCorrect(128, n); });
  }
  return true;
}();

}  // namespace
}  // namespace lanegrad
