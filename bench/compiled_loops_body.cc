// SPDX-License-Identifier: Apache-2.0
//
// Plain loops, written as one would write them who trusts the compiler: no intrinsics, no
// order of sums that is not the loop's own. Compiled once for each set of flags, under the
// name LANEGRAD_LOOPS. Includes nothing that has inline code: a copy of it, made for one
// instruction set, could be linked into everything else.
#include "bench/compiled_loops.h"

namespace lanegrad {
namespace {

float Exp(float x) { return __builtin_expf(x); }

void Multiply(std::size_t m, std::size_t n, std::size_t k, const float* __restrict a,
              const float* __restrict b, float* __restrict c) {
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < n; ++j) c[i * n + j] = 0.0f;
    for (std::size_t l = 0; l < k; ++l) {
      const float x = a[i * k + l];
      for (std::size_t j = 0; j < n; ++j) c[i * n + j] += x * b[l * n + j];
    }
  }
}

void Sigmoid(const float* __restrict z, std::size_t n, float* __restrict a,
             float* __restrict slope) {
  for (std::size_t i = 0; i < n; ++i) {
    const float y = 1.0f / (1.0f + Exp(-z[i]));
    a[i] = y;
    slope[i] = y * (1.0f - y);
  }
}

void Tanh(const float* __restrict z, std::size_t n, float* __restrict a, float* __restrict slope) {
  for (std::size_t i = 0; i < n; ++i) {
    const float y = __builtin_tanhf(z[i]);
    a[i] = y;
    slope[i] = 1.0f - y * y;
  }
}

void Relu(const float* __restrict z, std::size_t n, float* __restrict a, float* __restrict slope) {
  for (std::size_t i = 0; i < n; ++i) {
    a[i] = z[i] > 0.0f ? z[i] : 0.0f;
    slope[i] = z[i] > 0.0f ? 1.0f : 0.0f;
  }
}

void Gelu(const float* __restrict z, std::size_t n, float* __restrict a, float* __restrict slope) {
  for (std::size_t i = 0; i < n; ++i) {
    const float share = 0.5f * (1.0f + __builtin_erff(z[i] * 0.70710678f));
    a[i] = z[i] * share;
    slope[i] = share + z[i] * 0.39894228f * Exp(-0.5f * z[i] * z[i]);
  }
}

void Sgd(std::size_t n, float rate, const float* __restrict g, float* __restrict w) {
  for (std::size_t i = 0; i < n; ++i) w[i] -= rate * g[i];
}

void Adam(std::size_t n, float rate, float c1, float c2, float epsilon, const float* __restrict g,
          float* __restrict w, float* __restrict m, float* __restrict v) {
  for (std::size_t i = 0; i < n; ++i) {
    m[i] = 0.9f * m[i] + (1.0f - 0.9f) * g[i];
    v[i] = 0.999f * v[i] + (1.0f - 0.999f) * g[i] * g[i];
    w[i] -= rate * (c1 * m[i]) / (__builtin_sqrtf(c2 * v[i]) + epsilon);
  }
}

void Mse(std::size_t rows, std::size_t n, float scale, const float* __restrict a,
         const float* __restrict y, double* __restrict losses, float* __restrict delta) {
  for (std::size_t r = 0; r < rows; ++r) {
    double sum = 0.0;
    for (std::size_t j = 0; j < n; ++j) {
      const float error = a[r * n + j] - y[r * n + j];
      sum += static_cast<double>(error) * static_cast<double>(error);
      delta[r * n + j] = scale * 2.0f * error / static_cast<float>(n);
    }
    losses[r] = sum / static_cast<double>(n);
  }
}

// Exponentials relative to the largest of a row; returns their sum.
float Exponentials(std::size_t n, const float* z, float* e, float& largest) {
  largest = z[0];
  for (std::size_t j = 1; j < n; ++j) largest = z[j] > largest ? z[j] : largest;
  float sum = 0.0f;
  for (std::size_t j = 0; j < n; ++j) {
    e[j] = Exp(z[j] - largest);
    sum += e[j];
  }
  return sum;
}

void CrossEntropy(std::size_t rows, std::size_t n, float scale, const float* __restrict z,
                  const float* __restrict y, double* __restrict losses, float* __restrict delta) {
  for (std::size_t r = 0; r < rows; ++r) {
    float* row = delta + r * n;
    float largest = 0.0f;
    const float sum = Exponentials(n, z + r * n, row, largest);
    const float log = __builtin_logf(sum) + largest;
    float loss = 0.0f;
    for (std::size_t j = 0; j < n; ++j) {
      loss += y[r * n + j] * (log - z[r * n + j]);
      row[j] = scale * (row[j] / sum - y[r * n + j]);
    }
    losses[r] = static_cast<double>(loss);
  }
}

void Softmax(std::size_t rows, std::size_t n, float* z) {
  for (std::size_t r = 0; r < rows; ++r) {
    float* row = z + r * n;
    float largest = 0.0f;
    const float sum = Exponentials(n, row, row, largest);
    for (std::size_t j = 0; j < n; ++j) row[j] /= sum;
  }
}

double Sum(const double* terms, std::size_t n) {
  double sum = 0.0;
  for (std::size_t i = 0; i < n; ++i) sum += terms[i];
  return sum;
}

bool AllFinite(const float* values, std::size_t n) {
  const auto* bits = reinterpret_cast<const unsigned char*>(values);
  unsigned odd = 0;
  for (std::size_t i = 0; i < n; ++i) {
    std::uint32_t word = 0;
    __builtin_memcpy(&word, bits + 4 * i, 4);
    odd |= (word & 0x7f800000u) == 0x7f800000u ? 1u : 0u;
  }
  return odd == 0;
}

void Gather(const std::uint8_t* __restrict samples, std::size_t features,
            const std::uint32_t* __restrict chosen, std::size_t rows, float* __restrict x) {
  for (std::size_t r = 0; r < rows; ++r) {
    const std::uint8_t* sample = samples + chosen[r] * features;
    for (std::size_t j = 0; j < features; ++j) {
      x[r * features + j] = static_cast<float>(sample[j]) / 255.0f;
    }
  }
}

void Transpose(std::size_t rows, std::size_t cols, const float* __restrict from,
               float* __restrict to) {
  for (std::size_t j = 0; j < cols; ++j) {
    for (std::size_t i = 0; i < rows; ++i) to[j * rows + i] = from[i * cols + j];
  }
}

}  // namespace

extern const CompiledLoops LANEGRAD_LOOPS;
const CompiledLoops LANEGRAD_LOOPS = {.name = LANEGRAD_LOOPS_NAME,
                                      .flags = LANEGRAD_LOOPS_FLAGS,
                                      .multiply = &Multiply,
                                      .sigmoid = &Sigmoid,
                                      .tanh = &Tanh,
                                      .relu = &Relu,
                                      .gelu = &Gelu,
                                      .sgd = &Sgd,
                                      .adam = &Adam,
                                      .mse = &Mse,
                                      .cross_entropy = &CrossEntropy,
                                      .softmax = &Softmax,
                                      .sum = &Sum,
                                      .all_finite = &AllFinite,
                                      .gather = &Gather,
                                      .transpose = &Transpose};

}  // namespace lanegrad
