/// @file
/// One layer computed in six ways, from the plain loop to all threads, each with the order of
/// additions that it is bound to, and that order as a loop of its own to hold it to.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_FORWARD_LADDER_LADDER_H_
#define LANEGRAD_EXPERIMENTS_FORWARD_LADDER_LADDER_H_

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "kernels/gemm.h"
#include "kernels/matrix.h"

namespace lanegrad {

/// A layer of sigmoids with a batch for it, as panels and as plain rows of the same numbers:
/// inputs and biases in (-1, 1), weights in (-1/20, 1/20).
struct LayerProblem {
  /// Draws x, then w, then the bias. Throws std::bad_alloc.
  LayerProblem(std::size_t batch, std::size_t in, std::size_t out);
  /// The layer as the library computes it: product, bias and sigmoid in one sweep, for the
  /// samples of `rows`.
  void Fused(Range rows);

  Matrix x;                   ///< (batch, in).
  Matrix w;                   ///< (in, out).
  Matrix a;                   ///< (batch, out): what the kernels answer.
  Matrix slopes;              ///< (batch, out): their slopes.
  Array bias;                 ///< (out), padded to panels.
  std::vector<float> x_rows;  ///< x, row after row; FillRows() fills it.
  std::vector<float> w_rows;  ///< w, likewise.
  std::vector<float> a_rows;  ///< What the loops answer.
  void FillRows();            ///< Copies x and w into plain rows.
};

/// In which order, and how often rounded, a weighted sum is added up.
struct SumOrder {
  std::size_t block = kSumBlock;  ///< Terms of a chain; the chains' sums are added in order.
  bool fused = true;              ///< Product and sum rounded once together, or each by itself.
};

/// z_sj by a plain loop in that order, with its bias added last: the specification.
float SpecifiedSum(const LayerProblem& problem, std::size_t s, std::size_t j, SumOrder order);

/// The project's sigmoid of one number.
float SigmoidOf(float z);

/// One way to compute the layer.
struct Rung {
  std::string_view name;  ///< "plain loop".
  SumOrder order;         ///< What it is held to.
  bool panels = false;    ///< Whether it answers in `a`, or else in `a_rows`.
  /// Computes every output of the problem, on `threads` threads if it knows of threads.
  void (*run)(LayerProblem& problem, std::size_t threads) = nullptr;
};

/// All of them, from the slowest idea to the last.
std::span<const Rung> Rungs();

/// How far the outputs of a rung are from other ways to add.
struct RungCheck {
  double differ = 0.0;         ///< Outputs with other bits than its own specification's.
  double differ_kernel = 0.0;  ///< Outputs with other bits than the library's order gives.
  /// Mean error of z in units of 2^-24 of the sum of |x w| [Higham 2002, chapter 4], against a
  /// sum of exact products in double precision.
  double mean_error = 0.0;
};

/// Runs the rung and compares every output. Cost: three plain loops over the layer.
RungCheck CheckRung(const Rung& rung, LayerProblem& problem, std::size_t threads);

/// What becomes of weights that are carried from z = x W to z = W x.
struct ConventionCheck {
  double differ_turned = 0.0;  ///< Outputs with other bits, W transposed on the way.
  double differ_as_is = 0.0;   ///< The same, W taken as it lies; 0 where it is not square.
  double mean_change = 0.0;    ///< Mean |change| of an answer, W taken as it lies.
};

/// Computes a layer by columns, from W^T and, where W is square, from W as it lies.
ConventionCheck CheckConvention(LayerProblem& problem);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_FORWARD_LADDER_LADDER_H_
