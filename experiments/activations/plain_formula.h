/// @file
/// Activations and slopes computed as their usual formulas are written, in single precision, and
/// where that fails.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_ACTIVATIONS_PLAIN_FORMULA_H_
#define LANEGRAD_EXPERIMENTS_ACTIVATIONS_PLAIN_FORMULA_H_

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

namespace lanegrad {

/// e^x in single precision, rounded once: infinite where it overflows, 0 where it underflows.
float FloatExponential(float x);

/// A formula, and the direction in which it is tried.
struct PlainFormula {
  std::string_view name;        ///< "tanh-ratio-large".
  std::string_view activation;  ///< What it computes.
  std::string_view text;        ///< As it is written.
  bool slope;                   ///< Whether it is the slope that it computes.
  bool negative;                ///< Tried for negative z.
  bool growing;                 ///< Tried away from 0; else towards 0.
  float (*plain)(float z);      ///< The formula, operation by operation in float.
};

/// All that are tried.
std::span<const PlainFormula> PlainFormulas();

/// What the kernels give for the same.
float KernelValue(const PlainFormula& formula, float z);

/// Where a formula gives up.
struct FormulaBreak {
  /// The first float z from 1 (or -1) on, away from 0 or towards it, for which the answer is 0 or
  /// no number; infinite or 0 where there is none.
  float z = 0.0f;
  float answer = 0.0f;  ///< There.
  bool found = false;   ///< Whether there is one.
};

/// Searches by bisection over floats: once a formula has given up, it stays so.
FormulaBreak FindBreak(const PlainFormula& formula, float (*value)(const PlainFormula&, float));
FormulaBreak FindPlainBreak(const PlainFormula& formula);   ///< Of the formula.
FormulaBreak FindKernelBreak(const PlainFormula& formula);  ///< Of the kernel.

/// How many floats lie from a to b: 0 where they are equal, or where both are zero. Neither is NaN.
std::uint64_t FloatsBetween(float a, float b);

/// The largest error of a formula between |z| = 1 and its break, against the kernels, whose values
/// are the nearest floats (tests/exhaustive.cc).
struct FormulaError {
  std::uint64_t ulp = 0;  ///< Floats between the two.
  float z = 0.0f;         ///< Where.
};

/// Tries `count` floats, evenly spread by their bits.
FormulaError LargestError(const PlainFormula& formula, const FormulaBreak& end, std::size_t count);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_ACTIVATIONS_PLAIN_FORMULA_H_
