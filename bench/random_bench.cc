// SPDX-License-Identifier: Apache-2.0
//
// Random numbers by Philox: words, uniform and normal numbers, and the order of an epoch.
// Plain code, the same on every target. An element is a number; they are summed up, since
// they are used one by one.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>

#include "bench/suite.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

constexpr std::size_t kNumbers = 4096;

// The numbers are drawn anew in each run: a stream is a function of seed and purpose alone.
template <class Draw>
void RegisterDraw(const std::string& name, Draw draw, double mean, double deviation) {
  RegisterPortable(
      "random/" + name, fmt::format("{}", kNumbers),
      [=] {
        auto sum = std::make_shared<double>(0.0);
        return Subject{.work = {.elements = static_cast<double>(kNumbers)},
                       .run =
                           [=] {
                             RandomStream stream(1, Stream::kData);
                             double total = 0.0;
                             for (std::size_t i = 0; i < kNumbers; ++i) {
                               total += static_cast<double>(draw(stream));
                             }
                             *sum = total;
                           },
                       .result = [=] { return std::vector<double>{*sum}; }};
      },
      // Within four standard errors of what is expected.
      [=](const std::vector<double>& sum) {
        const double n = static_cast<double>(kNumbers);
        return std::abs(sum[0] / n - mean) < 4.0 * deviation / std::sqrt(n);
      });
}

Subject OfPermutation(std::size_t n) {
  auto order = std::make_shared<std::vector<std::uint32_t>>(n);
  return {
      .work = {.elements = static_cast<double>(n), .written_bytes = 4.0 * static_cast<double>(n)},
      .run = [=] { Permutation(RandomStream(1, Stream::kShuffle), order->data(), n); },
      .result = [=] { return std::vector<double>(order->begin(), order->end()); }};
}

const bool kRegistered = [] {
  RegisterDraw(
      "word", [](RandomStream& stream) { return stream.Word(); }, 0x1p31, 0x1p32 / std::sqrt(12.0));
  RegisterDraw(
      "uniform", [](RandomStream& stream) { return stream.Uniform(); }, 0.5, 1.0 / std::sqrt(12.0));
  RegisterDraw(
      "normal", [](RandomStream& stream) { return stream.Normal(); }, 0.0, 1.0);
  for (const std::size_t n : {std::size_t{1000}, std::size_t{60000}}) {
    RegisterPortable(
        "random/permutation", fmt::format("{}", n), [=] { return OfPermutation(n); },
        [](std::vector<double> order) {
          std::sort(order.begin(), order.end());
          std::vector<double> all(order.size());
          std::iota(all.begin(), all.end(), 0.0);
          return order == all;
        });
  }
  return true;
}();

}  // namespace
}  // namespace lanegrad
