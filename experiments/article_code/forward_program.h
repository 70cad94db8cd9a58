/// @file
/// The article's forward program, 3-4-2 sigmoids, in plain loops, and small checks of it: what its
/// formula multiplies, what a missing bias fixes, and which of its written formulas overflow.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_ARTICLE_CODE_FORWARD_PROGRAM_H_
#define LANEGRAD_EXPERIMENTS_ARTICLE_CODE_FORWARD_PROGRAM_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

namespace lanegrad {

/// Its input; 1, 0, 1 in the article.
using ProgramInput = std::array<double, 3>;

/// Its weights, and biases that the article leaves out.
struct ForwardProgram {
  std::array<double, 12> w1{};  ///< From input i to hidden unit j: number i * 4 + j.
  std::array<double, 4> b1{};   ///< Of hidden units.
  std::array<double, 8> w2{};   ///< From hidden unit j to output k: number j * 2 + k.
  std::array<double, 2> b2{};   ///< Of outputs.
  bool operator==(const ForwardProgram&) const = default;  ///< Number by number.
};

/// Weights uniform in [0, 1), and biases likewise or 0, from stream kWeights of `seed`.
ForwardProgram DrawProgram(std::uint64_t seed, bool biases);

/// What its hidden units answer: x W + b as rows, then sigmoids.
std::array<double, 4> HiddenAnswers(const ForwardProgram& program, const ProgramInput& x);
/// What it prints.
std::array<double, 2> ProgramAnswers(const ForwardProgram& program, const ProgramInput& x);
/// The hidden units' weighted sums by the article's formula, W x with x as a column, where W is
/// the program's transposed; the program's own W cannot be multiplied so.
std::array<double, 4> ColumnSums(const ForwardProgram& program, const ProgramInput& x);
/// The same sums as the program has them, x W with x as a row.
std::array<double, 4> RowSums(const ForwardProgram& program, const ProgramInput& x);

/// Whether a product of two matrices exists: the columns of the left are the rows of the right.
inline bool Multipliable(std::size_t left_columns, std::size_t right_rows) {
  return left_columns == right_rows;
}

/// A formula as section 3.3 or 3.4 writes it, at a place where it is tried, and one that means the
/// same and holds there.
struct WrittenFormula {
  std::string_view name;   ///< "tanh at 1000".
  std::string_view trick;  ///< What the other one does.
  double (*written)();     ///< Operation by operation, in double.
  double (*mended)();      ///< The other.
};

/// All that are tried.
std::span<const WrittenFormula> WrittenFormulas();

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_ARTICLE_CODE_FORWARD_PROGRAM_H_
