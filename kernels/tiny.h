/// @file
/// Numbers that are too small to count: the rule by which training keeps clear of
/// subnormal numbers.
///
/// A float below 2^-126 is subnormal: it has lost digits, and a processor may compute
/// with it in microcode. On the Intel processors of today a multiply-add takes a
/// hundred times as long if one lane of its operands or of its result is subnormal.
/// A training meets them by the million: error signals behind units that are
/// saturated, answers of a softmax that is sure, and the states of optimizers, which
/// decay by a factor a step.
///
/// The rule. With T = 2^-56,
///
///     a value of a hidden unit, its slope, an error signal, and the sum that slope
///     is multiplied by, are zero where they are smaller than T in magnitude;
///     so is a number that an optimizer squares, and a weight that is shrunk;
///     a state of an optimizer is zero where it is smaller than T^2 = 2^-112 after
///     every 64th step.
///
/// So products of two of them are zero or at least 2^-112, and 2^-126 when multiplied
/// once more by an optimizer's factor of at least 2^-14. Sums of such products
/// are not subnormal either, save where 14 bits or more of them cancel.
///
/// It is stated with numbers and not left to the processor's flush-to-zero, because that
/// is not one rule: x86 and Arm disagree on what is tiny before and after rounding, it
/// belongs to a thread and not to a program, and std::fma may not obey it.
///
/// What it costs in accuracy: T is 2^-33 of the last bit of a number of size one.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_KERNELS_TINY_H_
#define LANEGRAD_KERNELS_TINY_H_

#include <cstddef>

#include "kernels/matrix.h"

namespace lanegrad {

/// Factors that are smaller than this in magnitude are zero.
inline constexpr float kTiny = 0x1p-56f;
/// Products and squares of factors, kept from step to step, that are smaller are zero.
inline constexpr float kTinyState = kTiny * kTiny;

/// x, but zero where |x| < bound. A NaN is not below, and passes.
constexpr float WithoutTiny(float x, float bound = kTiny) {
  return -bound < x && x < bound ? 0.0f : x;
}

/// Replaces every tiny number in the rows of `rows` by zero, padding included. Cost: one
/// read, one write.
void DropTiny(Range rows, Panels m);

}  // namespace lanegrad

#endif  // LANEGRAD_KERNELS_TINY_H_
