// SPDX-License-Identifier: Apache-2.0
//
// oneDNN's primitives; a module for each instruction set, since it chooses by itself unless told.
#include <cstring>
#include <map>
#include <memory>
#include <oneapi/dnnl/dnnl.hpp>
#include <string>

#include "bench/peers/peer.h"

namespace {

void Multiply(bool transposed, std::size_t m, std::size_t n, std::size_t k, const float* a,
              const float* b, float* c) {
  const auto M = static_cast<dnnl_dim_t>(m), N = static_cast<dnnl_dim_t>(n),
             K = static_cast<dnnl_dim_t>(k);
  dnnl_sgemm(transposed ? 'T' : 'N', 'N', M, N, K, 1.0f, a, transposed ? M : K, b, N, 0.0f, c, N);
}

// Forward and backward of one element-wise primitive for one size; they are made
// once, as a program that trains would.
struct Pair {
  dnnl::engine engine{dnnl::engine::kind::cpu, 0};
  dnnl::stream stream{engine};
  dnnl::memory source, result, slope, ones;
  dnnl::eltwise_forward forward;
  dnnl::eltwise_backward backward;
  std::unique_ptr<float[]> unit;

  Pair(dnnl::algorithm algorithm, float alpha, std::size_t n) : unit(new float[n]) {
    for (std::size_t i = 0; i < n; ++i) unit[i] = 1.0f;
    const dnnl::memory::desc shape({static_cast<dnnl::memory::dim>(n)},
                                   dnnl::memory::data_type::f32, dnnl::memory::format_tag::a);
    const dnnl::eltwise_forward::primitive_desc ahead(
        {dnnl::prop_kind::forward_training, algorithm, shape, alpha, 0.0f}, engine);
    forward = dnnl::eltwise_forward(ahead);
    backward = dnnl::eltwise_backward(dnnl::eltwise_backward::primitive_desc(
        {algorithm, shape, shape, alpha, 0.0f}, engine, ahead));
    source = result = slope = dnnl::memory(shape, engine, nullptr);
    source = dnnl::memory(shape, engine, nullptr);
    result = dnnl::memory(shape, engine, nullptr);
    slope = dnnl::memory(shape, engine, nullptr);
    ones = dnnl::memory(shape, engine, unit.get());
  }
};

template <dnnl::algorithm algorithm, int alpha>
void Activate(const float* z, std::size_t n, float* a, float* slope) {
  static std::map<std::size_t, std::unique_ptr<Pair>> made;
  std::unique_ptr<Pair>& pair = made[n];
  if (!pair) pair = std::make_unique<Pair>(algorithm, static_cast<float>(alpha), n);
  pair->source.set_data_handle(const_cast<float*>(z));
  pair->result.set_data_handle(a);
  pair->slope.set_data_handle(slope);
  pair->forward.execute(pair->stream, {{DNNL_ARG_SRC, pair->source}, {DNNL_ARG_DST, pair->result}});
  pair->backward.execute(pair->stream, {{DNNL_ARG_SRC, pair->source},
                                        {DNNL_ARG_DIFF_DST, pair->ones},
                                        {DNNL_ARG_DIFF_SRC, pair->slope}});
  pair->stream.wait();
}

lanegrad::PeerActivation Named(const char* name) {
  using dnnl::algorithm;
  static const std::map<std::string, lanegrad::PeerActivation> known = {
      {"relu", &Activate<algorithm::eltwise_relu, 0>},
      {"elu", &Activate<algorithm::eltwise_elu, 1>},
      {"tanh", &Activate<algorithm::eltwise_tanh, 0>},
      {"sigmoid", &Activate<algorithm::eltwise_logistic, 0>},
      {"log_sigmoid", &Activate<algorithm::eltwise_logsigmoid, 0>},
      {"softplus", &Activate<algorithm::eltwise_soft_relu, 0>},
      {"silu", &Activate<algorithm::eltwise_swish, 1>},
      {"gelu", &Activate<algorithm::eltwise_gelu_erf, 0>},
      {"gelu_tanh", &Activate<algorithm::eltwise_gelu_tanh, 0>},
      {"mish", &Activate<algorithm::eltwise_mish, 0>},
      {"hard_swish", &Activate<algorithm::eltwise_hardswish, 0>}};
  const auto found = known.find(name);
  return found == known.end() ? nullptr : found->second;
}

}  // namespace

LANEGRAD_PEER {
#ifndef __AVX512F__
  dnnl::set_max_cpu_isa(dnnl::cpu_isa::avx2);  // before anything else is asked of it
#endif
  const dnnl_version_t* version = dnnl_version();
  static const std::string name = "oneDNN " + std::to_string(version->major) + "." +
                                  std::to_string(version->minor) + "." +
                                  std::to_string(version->patch);
  static const lanegrad::Peer peer = {name.c_str(), &Multiply, &Named};
  return &peer;
}
