// SPDX-License-Identifier: Apache-2.0
//
// Eigen's own packet functions; compiled once for each instruction set.
#define EIGEN_DONT_PARALLELIZE
#include <Eigen/Core>
#include <cstring>
#include <iterator>
#include <unsupported/Eigen/SpecialFunctions>

#include "bench/peers/peer.h"

namespace {

using RowMajor = Eigen::Matrix<float, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using In = Eigen::Map<const Eigen::ArrayXf>;
using Out = Eigen::Map<Eigen::ArrayXf>;

void Multiply(bool transposed, std::size_t m, std::size_t n, std::size_t k, const float* a,
              const float* b, float* c) {
  const auto M = static_cast<Eigen::Index>(m), N = static_cast<Eigen::Index>(n),
             K = static_cast<Eigen::Index>(k);
  const Eigen::Map<const RowMajor> right(b, K, N);
  Eigen::Map<RowMajor> product(c, M, N);
  if (transposed) {
    product.noalias() = Eigen::Map<const RowMajor>(a, K, M).transpose() * right;
  } else {
    product.noalias() = Eigen::Map<const RowMajor>(a, M, K) * right;
  }
}

// As a program that uses Eigen would write value and slope.
template <int which>
void Activate(const float* z, std::size_t n, float* a, float* slope) {
  const auto size = static_cast<Eigen::Index>(n);
  const In x(z, size);
  Out y(a, size), s(slope, size);
  if constexpr (which == 0) {
    y = x.logistic();
    s = y * (1.0f - y);
  } else if constexpr (which == 1) {
    y = x.tanh();
    s = 1.0f - y.square();
  } else if constexpr (which == 2) {
    y = x.exp().log1p();
    s = x.logistic();
  } else if constexpr (which == 3) {
    s = x.logistic();
    y = x * s;
    s = s + y * (1.0f - s);
  } else if constexpr (which == 4) {
    s = 0.5f * (1.0f + (x * 0.70710678f).erf());
    y = x * s;
    s = s + x * 0.39894228f * (-0.5f * x.square()).exp();
  } else if constexpr (which == 5) {
    y = x.max(0.0f);
    s = (x > 0.0f).cast<float>();
  } else if constexpr (which == 6) {
    y = x.sin();
    s = x.cos();
  } else if constexpr (which == 7) {
    y = x / (1.0f + x.abs());
    s = (1.0f + x.abs()).square().inverse();
  }
}

lanegrad::PeerActivation Named(const char* name) {
  constexpr const char* kNames[] = {"sigmoid", "tanh", "softplus", "silu",
                                    "gelu",    "relu", "sine",     "softsign"};
  constexpr lanegrad::PeerActivation kAll[] = {&Activate<0>, &Activate<1>, &Activate<2>,
                                               &Activate<3>, &Activate<4>, &Activate<5>,
                                               &Activate<6>, &Activate<7>};
  for (std::size_t i = 0; i < std::size(kNames); ++i) {
    if (std::strcmp(name, kNames[i]) == 0) return kAll[i];
  }
  return nullptr;
}

}  // namespace

LANEGRAD_PEER {
#define LANEGRAD_TEXT2(x) #x
#define LANEGRAD_TEXT(x) LANEGRAD_TEXT2(x)
  static const lanegrad::Peer peer = {
      "Eigen " LANEGRAD_TEXT(EIGEN_WORLD_VERSION) "." LANEGRAD_TEXT(
          EIGEN_MAJOR_VERSION) "." LANEGRAD_TEXT(EIGEN_MINOR_VERSION),
      &Multiply, &Named};
  return &peer;
}
