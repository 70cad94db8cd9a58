// SPDX-License-Identifier: Apache-2.0
//
// libxsmm: a kernel for each small shape, made when it is first asked for. Its matrices are
// column by column, so it computes the transpose of the product from the operands swapped.
#include <libxsmm.h>

#include <map>
#include <tuple>

#include "bench/peers/peer.h"

namespace {

// What the library calls small: a thousand and some more than its default of 64^3 terms.
constexpr std::size_t kSmall = 128 * 128 * 1024;

libxsmm_smmfunction KernelFor(bool transposed, std::size_t m, std::size_t n, std::size_t k) {
  static std::map<std::tuple<bool, std::size_t, std::size_t, std::size_t>, libxsmm_smmfunction>
      made;
  const auto [found, is_new] = made.try_emplace({transposed, m, n, k}, nullptr);
  if (!is_new) return found->second;
  const auto M = static_cast<libxsmm_blasint>(n), N = static_cast<libxsmm_blasint>(m),
             K = static_cast<libxsmm_blasint>(k);
  const libxsmm_blasint left = M, right = transposed ? N : K, result = M;
  const float one = 1.0f, zero = 0.0f;
  const int flags = transposed ? LIBXSMM_GEMM_FLAG_TRANS_B : LIBXSMM_GEMM_FLAG_NONE;
  const int prefetch = LIBXSMM_GEMM_PREFETCH_NONE;
  return found->second =
             libxsmm_smmdispatch(M, N, K, &left, &right, &result, &one, &zero, &flags, &prefetch);
}

bool Fits(bool transposed, std::size_t m, std::size_t n, std::size_t k) {
  return m * n * k <= kSmall && KernelFor(transposed, m, n, k) != nullptr;
}

void Multiply(bool transposed, std::size_t m, std::size_t n, std::size_t k, const float* a,
              const float* b, float* c) {
  KernelFor(transposed, m, n, k)(b, a, c);
}

}  // namespace

LANEGRAD_PEER {
#define LANEGRAD_TEXT2(x) #x
#define LANEGRAD_TEXT(x) LANEGRAD_TEXT2(x)
  static const lanegrad::Peer peer = {
      "libxsmm " LANEGRAD_TEXT(LIBXSMM_VERSION_MAJOR) "." LANEGRAD_TEXT(LIBXSMM_VERSION_MINOR),
      &Multiply, nullptr, &Fits};
  return &peer;
}
