// SPDX-License-Identifier: Apache-2.0
#include <blis.h>

#include <string>

#include "bench/peers/peer.h"

namespace {

void Multiply(bool transposed, std::size_t m, std::size_t n, std::size_t k, const float* a,
              const float* b, float* c) {
  const auto M = static_cast<dim_t>(m), N = static_cast<dim_t>(n), K = static_cast<dim_t>(k);
  float one = 1.0f, zero = 0.0f;
  bli_sgemm(transposed ? BLIS_TRANSPOSE : BLIS_NO_TRANSPOSE, BLIS_NO_TRANSPOSE, M, N, K, &one,
            const_cast<float*>(a), transposed ? M : K, 1, const_cast<float*>(b), N, 1, &zero, c, N,
            1);
}

}  // namespace

LANEGRAD_PEER {
  bli_thread_set_num_threads(1);
  static const std::string name = std::string("BLIS ") + bli_info_get_version_str() + " (" +
                                  bli_arch_string(bli_arch_query_id()) + " kernels)";
  static const lanegrad::Peer peer = {name.c_str(), &Multiply, nullptr};
  return &peer;
}
