// SPDX-License-Identifier: Apache-2.0
//
// Every head on every target, softmax before all: 128 rows of 10, 100 and 1000 outputs, in
// place. An element is an output, which is read and written.
#include <fmt/format.h>

#include <memory>

#include "bench/suite.h"
#include "kernels/head.h"
#include "kernels/matrix.h"

namespace lanegrad {
namespace {

constexpr std::size_t kRows = 128;

float Logit(std::size_t r, std::size_t j) {
  return 0.1f * static_cast<float>((11 * r + 17 * j) % 101) - 5.0f;
}

Work WorkOf(std::size_t n) {
  const double bytes = 4.0 * static_cast<double>(kRows * n);
  return {
      .elements = bytes / 4.0, .read_bytes = bytes, .written_bytes = bytes, .memory_bytes = bytes};
}

Subject Ours(const std::string& name, std::size_t n) {
  auto z = std::make_shared<Matrix>(kRows, n);
  for (std::size_t i = 0; i < kRows * n; ++i) (*z)(i / n, i % n) = Logit(i / n, i % n);
  return {.work = WorkOf(n),
          .run =
              [z, head = Head::Named(name)] {
                Apply(head, {0, kRows}, z->view());
              },
          .result =
              [z, n] {
                std::vector<double> all;
                for (std::size_t i = 0; i < kRows * n; ++i) {
                  all.push_back(static_cast<double>((*z)(i / n, i % n)));
                }
                return all;
              }};
}

Subject Theirs(const CompiledLoops& loops, std::size_t n) {
  auto z = std::make_shared<std::vector<float>>();
  for (std::size_t i = 0; i < kRows * n; ++i) z->push_back(Logit(i / n, i % n));
  return {.work = WorkOf(n),
          .run = [z, n, run = loops.softmax] { run(kRows, n, z->data()); },
          .result = [z] { return std::vector<double>(z->begin(), z->end()); }};
}

const bool kRegistered = [] {
  for (const std::size_t n : {std::size_t{10}, std::size_t{100}, std::size_t{1000}}) {
    const std::string shape = fmt::format("{}x{}", kRows, n);
    for (const HeadInfo& info : Heads()) {
      const std::string head(info.name), name = "apply/" + head;
      const auto ours = [=] { return Ours(head, n); };
      RegisterOnTargets(name, shape, ours);
      if (head != "softmax") continue;
      RegisterCompiled(name, shape, ours,
                       [=](const CompiledLoops& loops) { return Theirs(loops, n); });
    }
  }
  return true;
}();

}  // namespace
}  // namespace lanegrad
