// SPDX-License-Identifier: Apache-2.0
#include <cblas.h>

#include <string>

#include "bench/peers/peer.h"

namespace {

void Multiply(bool transposed, std::size_t m, std::size_t n, std::size_t k, const float* a,
              const float* b, float* c) {
  const auto M = static_cast<int>(m), N = static_cast<int>(n), K = static_cast<int>(k);
  cblas_sgemm(CblasRowMajor, transposed ? CblasTrans : CblasNoTrans, CblasNoTrans, M, N, K, 1.0f, a,
              transposed ? M : K, b, N, 0.0f, c, N);
}

}  // namespace

LANEGRAD_PEER {
  openblas_set_num_threads(1);
  // "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH ...": the first two words.
  const std::string config = openblas_get_config();
  const std::size_t end = config.find(' ', config.find(' ') + 1);
  static const std::string name =
      config.substr(0, end) + " (" + openblas_get_corename() + " kernels)";
  static const lanegrad::Peer peer = {name.c_str(), &Multiply, nullptr};
  return &peer;
}
