/// @file
/// The plain loops of the kernels' work, as the compiler makes vector code of them.
///
/// An honest rung between the scalar target and hand-made vector code: who leaves
/// the work to the compiler gets this. The loops live in one file, which is compiled
/// for several instruction sets with -O3 and with -Ofast; the latter may change the
/// order of sums, and calls the C library's vector functions.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_BENCH_COMPILED_LOOPS_H_
#define LANEGRAD_BENCH_COMPILED_LOOPS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace lanegrad {

/// The loops of one compilation. Arrays do not overlap; matrices are plain rows.
struct CompiledLoops {
  const char* name;   ///< "O3" or "Ofast".
  const char* flags;  ///< What it was compiled with.
  /// c (m, n) = a (m, k) b (k, n).
  void (*multiply)(std::size_t m, std::size_t n, std::size_t k, const float* a, const float* b,
                   float* c);
  /// Value and slope of n floats, of each.
  void (*sigmoid)(const float* z, std::size_t n, float* a, float* slope);
  void (*tanh)(const float* z, std::size_t n, float* a, float* slope);  ///< Likewise.
  void (*relu)(const float* z, std::size_t n, float* a, float* slope);  ///< Likewise.
  void (*gelu)(const float* z, std::size_t n, float* a, float* slope);  ///< Likewise.
  /// A step of plain gradient descent.
  void (*sgd)(std::size_t n, float rate, const float* g, float* w);
  /// A step of Adam; `rate` and `epsilon` as they are, `c1` and `c2` the corrections of its means.
  void (*adam)(std::size_t n, float rate, float c1, float c2, float epsilon, const float* g,
               float* w, float* m, float* v);
  /// Loss and slope of rows: mean of squares, and softmax cross-entropy of logits.
  void (*mse)(std::size_t rows, std::size_t n, float scale, const float* a, const float* y,
              double* losses, float* delta);
  void (*cross_entropy)(std::size_t rows, std::size_t n, float scale, const float* z,
                        const float* y, double* losses, float* delta);  ///< Likewise.
  /// Rows of z become their softmax.
  void (*softmax)(std::size_t rows, std::size_t n, float* z);
  double (*sum)(const double* terms, std::size_t n);       ///< Of n doubles.
  bool (*all_finite)(const float* values, std::size_t n);  ///< By the bits of the exponents.
  /// Samples of bytes to rows of numbers from 0 to 1.
  void (*gather)(const std::uint8_t* samples, std::size_t features, const std::uint32_t* chosen,
                 std::size_t rows, float* x);
  /// to (cols, rows) = from (rows, cols), turned over.
  void (*transpose)(std::size_t rows, std::size_t cols, const float* from, float* to);
};

/// Those for the widest registers of this processor: -O3, then -Ofast. None where the compiler
/// did not make any.
std::vector<const CompiledLoops*> LoopsOfThisMachine();

}  // namespace lanegrad

#endif  // LANEGRAD_BENCH_COMPILED_LOOPS_H_
