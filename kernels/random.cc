// SPDX-License-Identifier: Apache-2.0
#include "kernels/random.h"

#include <bit>
#include <cmath>
#include <utility>

namespace lanegrad {
namespace {

// ln x for 0 < x < 1 from correctly rounded operations only, so that a normal
// variate is the same everywhere (the C library's log is not). x = 2^e m with
// sqrt(1/2) <= m < sqrt(2), s = (m - 1) / (m + 1), ln m = 2 atanh s. Error about
// one ULP; it does not matter, only that it is the same error everywhere.
double Log(double x) {
  const std::uint64_t bits = std::bit_cast<std::uint64_t>(x);
  const std::uint64_t offset = 0x3fe6a09e667f3bcd;  // sqrt(1/2)
  const auto exponent = static_cast<std::int64_t>(bits - offset) >> 52;
  const double m = std::bit_cast<double>(bits - (static_cast<std::uint64_t>(exponent) << 52));
  const double s = (m - 1.0) / (m + 1.0);
  const double square = s * s;
  double series = 0.0;
  for (int n = 25; n >= 1; n -= 2) series = series * square + 2.0 / n;
  return static_cast<double>(exponent) * 0x1.62e42fefa39efp-1 + s * series;
}

}  // namespace

std::array<std::uint32_t, 4> Philox(std::array<std::uint32_t, 4> counter,
                                    std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t first = std::uint64_t{0xd2511f53} * counter[0];
    const std::uint64_t second = std::uint64_t{0xcd9e8d57} * counter[2];
    counter = {static_cast<std::uint32_t>(second >> 32) ^ counter[1] ^ key[0],
               static_cast<std::uint32_t>(second),
               static_cast<std::uint32_t>(first >> 32) ^ counter[3] ^ key[1],
               static_cast<std::uint32_t>(first)};
    key[0] += 0x9e3779b9;  // the golden ratio
    key[1] += 0xbb67ae85;  // sqrt(3) - 1
  }
  return counter;
}

RandomStream::RandomStream(std::uint64_t seed, Stream stream, std::uint64_t substream)
    : counter_{0, static_cast<std::uint32_t>(substream),
               static_cast<std::uint32_t>(substream >> 32), static_cast<std::uint32_t>(stream)},
      key_{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)},
      block_{} {}

std::uint32_t RandomStream::Word() {
  if (used_ == 4) {
    block_ = Philox(counter_, key_);
    ++counter_[0];
    used_ = 0;
  }
  return block_[used_++];
}

std::uint64_t RandomStream::Word64() {
  const std::uint64_t low = Word();
  return low | static_cast<std::uint64_t>(Word()) << 32;
}

float RandomStream::Uniform() { return static_cast<float>(Word() >> 8) * 0x1p-24f; }

std::uint64_t RandomStream::Below(std::uint64_t bound) {
  __extension__ using Wide = unsigned __int128;
  return static_cast<std::uint64_t>(static_cast<Wide>(Word64()) * bound >> 64);
}

float RandomStream::Normal() {
  for (;;) {
    // A point in the square, from 31 bits each; kept where inside the circle. The
    // polar method makes two variates of it; the second is not used, so that the
    // stream has no memory beyond its words.
    const double x = static_cast<double>(Word() >> 1) * 0x1p-30 - 1.0;
    const double y = static_cast<double>(Word() >> 1) * 0x1p-30 - 1.0;
    const double square = x * x + y * y;
    if (square > 0.0 && square < 1.0) {
      return static_cast<float>(x * std::sqrt(-2.0 * Log(square) / square));
    }
  }
}

void Permutation(RandomStream stream, std::uint32_t* order, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) order[i] = static_cast<std::uint32_t>(i);
  for (std::size_t i = n; i > 1; --i) std::swap(order[i - 1], order[stream.Below(i)]);
}

}  // namespace lanegrad
