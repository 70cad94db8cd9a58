/// @file
/// Activations in float lanes, the grades beside the exact one: a translation unit of their own,
/// since those of activation.cc already take a compiler a minute.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_KERNELS_ACTIVATION_GRADES_H_
#define LANEGRAD_KERNELS_ACTIVATION_GRADES_H_

#include <cstddef>

#include "kernels/activation.h"

namespace lanegrad {

/// The sweep of a row of Activations() in a grade other than the exact one, on the target in
/// force. The row must have that grade.
ActivationSweep FloatSweepOf(std::size_t row, Precision precision, float parameter);

}  // namespace lanegrad

#endif  // LANEGRAD_KERNELS_ACTIVATION_GRADES_H_
