// SPDX-License-Identifier: Apache-2.0
//
// SLEEF's vector functions of 1 ULP, put together as a program that uses them
// would; compiled once for each instruction set.
#include <immintrin.h>
#include <sleef.h>

#include <cmath>
#include <cstring>
#include <iterator>

#include "bench/peers/peer.h"

namespace {

#ifdef __AVX512F__
using Vector = __m512;
constexpr std::size_t kLanes = 16;
Vector Load(const float* p) { return _mm512_loadu_ps(p); }
void Store(float* p, Vector v) { _mm512_storeu_ps(p, v); }
Vector Exp(Vector x) { return Sleef_expf16_u10avx512f(x); }
Vector Expm1(Vector x) { return Sleef_expm1f16_u10avx512f(x); }
Vector Log1p(Vector x) { return Sleef_log1pf16_u10avx512f(x); }
Vector Tanh(Vector x) { return Sleef_tanhf16_u10avx512f(x); }
Vector Erf(Vector x) { return Sleef_erff16_u10avx512f(x); }
Vector Sin(Vector x) { return Sleef_sinf16_u10avx512f(x); }
Vector Cos(Vector x) { return Sleef_cosf16_u10avx512f(x); }
Vector Atan(Vector x) { return Sleef_atanf16_u10avx512f(x); }
Vector Positive(Vector x, Vector a, Vector b) {
  return _mm512_mask_blend_ps(_mm512_cmp_ps_mask(x, _mm512_setzero_ps(), _CMP_GT_OQ), b, a);
}
Vector Set(float x) { return _mm512_set1_ps(x); }
#else
using Vector = __m256;
constexpr std::size_t kLanes = 8;
Vector Load(const float* p) { return _mm256_loadu_ps(p); }
void Store(float* p, Vector v) { _mm256_storeu_ps(p, v); }
Vector Exp(Vector x) { return Sleef_expf8_u10avx2(x); }
Vector Expm1(Vector x) { return Sleef_expm1f8_u10avx2(x); }
Vector Log1p(Vector x) { return Sleef_log1pf8_u10avx2(x); }
Vector Tanh(Vector x) { return Sleef_tanhf8_u10avx2(x); }
Vector Erf(Vector x) { return Sleef_erff8_u10avx2(x); }
Vector Sin(Vector x) { return Sleef_sinf8_u10avx2(x); }
Vector Cos(Vector x) { return Sleef_cosf8_u10avx2(x); }
Vector Atan(Vector x) { return Sleef_atanf8_u10avx2(x); }
Vector Positive(Vector x, Vector a, Vector b) {
  return _mm256_blendv_ps(b, a, _mm256_cmp_ps(x, _mm256_setzero_ps(), _CMP_GT_OQ));
}
Vector Set(float x) { return _mm256_set1_ps(x); }
#endif

enum Which { kSigmoid, kTanh, kElu, kSoftplus, kSilu, kGelu, kMish, kGaussian, kSine, kArctan };

template <Which which>
void Evaluate(Vector x, Vector& y, Vector& s) {
  const Vector one = Set(1.0f);
  if constexpr (which == kSigmoid) {
    y = one / (one + Exp(-x));
    s = y * (one - y);
  } else if constexpr (which == kTanh) {
    y = Tanh(x);
    s = one - y * y;
  } else if constexpr (which == kElu) {
    const Vector e = Expm1(x);
    y = Positive(x, x, e);
    s = Positive(x, one, e + one);
  } else if constexpr (which == kSoftplus) {
    const Vector e = Exp(x);
    y = Log1p(e);
    s = one / (one + Exp(-x));
  } else if constexpr (which == kSilu) {
    s = one / (one + Exp(-x));
    y = x * s;
    s = s + y * (one - s);
  } else if constexpr (which == kGelu) {
    s = Set(0.5f) * (one + Erf(x * Set(0.70710678f)));
    y = x * s;
    s = s + x * Set(0.39894228f) * Exp(Set(-0.5f) * x * x);
  } else if constexpr (which == kMish) {
    const Vector e = Exp(x), t = Tanh(Log1p(e));
    y = x * t;
    s = t + x * (one - t * t) * (e / (one + e));
  } else if constexpr (which == kGaussian) {
    y = Exp(-x * x);
    s = Set(-2.0f) * x * y;
  } else if constexpr (which == kSine) {
    y = Sin(x);
    s = Cos(x);
  } else {
    y = Atan(x);
    s = one / (one + x * x);
  }
}

template <Which which>
void Activate(const float* z, std::size_t n, float* a, float* slope) {
  for (std::size_t i = 0; i + kLanes <= n; i += kLanes) {
    Vector y, s;
    Evaluate<which>(Load(z + i), y, s);
    Store(a + i, y);
    Store(slope + i, s);
  }
}

lanegrad::PeerActivation Named(const char* name) {
  constexpr const char* kNames[] = {"sigmoid", "tanh", "elu",      "softplus", "silu",
                                    "gelu",    "mish", "gaussian", "sine",     "arctan"};
  constexpr lanegrad::PeerActivation kAll[] = {
      &Activate<kSigmoid>, &Activate<kTanh>,  &Activate<kElu>,  &Activate<kSoftplus>,
      &Activate<kSilu>,    &Activate<kGelu>,  &Activate<kMish>, &Activate<kGaussian>,
      &Activate<kSine>,    &Activate<kArctan>};
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
      "SLEEF " LANEGRAD_TEXT(SLEEF_VERSION_MAJOR) "." LANEGRAD_TEXT(
          SLEEF_VERSION_MINOR) "." LANEGRAD_TEXT(SLEEF_VERSION_PATCHLEVEL),
      nullptr, &Named};
  return &peer;
}
