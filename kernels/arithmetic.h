/// @file
/// Whether the processor computes as the numeric specification takes for granted:
/// rounding, subnormals, products that stay products. A library loaded into the
/// process can change the first two behind its back.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_KERNELS_ARITHMETIC_H_
#define LANEGRAD_KERNELS_ARITHMETIC_H_

#include <stdexcept>
#include <string_view>

namespace lanegrad {

/// Arithmetic whose results would have other bits. Programs end with exit code 1 and
/// this one line, before they compute anything.
class ArithmeticError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// What this thread computes otherwise than rule 6 of the numeric specification says, on
/// the target in force; empty where nothing: rounding to nearest even, no flushing of
/// subnormals in operands or results, no contraction of a product with a sum, and one
/// rounding where a fused multiply-add is asked for. Cost: some forty operations.
std::string_view ArithmeticFault();

/// Throws ArithmeticError, with the cure, where ArithmeticFault() finds something.
void RequireArithmetic();

}  // namespace lanegrad

#endif  // LANEGRAD_KERNELS_ARITHMETIC_H_
