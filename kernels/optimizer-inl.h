/// @file
/// The catalogue of optimizers: the lists of the families, one after the other.
///
/// A Step works on one register of weights; `s0`, `s1`, `s2` are its states. It uses
/// correctly rounded operations only, in a stated order: that order is part of
/// the numeric specification.
// SPDX-License-Identifier: Apache-2.0
#include "kernels/op_list.h"
#include "kernels/optimizer.h"

#if defined(LANEGRAD_KERNELS_OPTIMIZER_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_OPTIMIZER_INL_H_
#undef LANEGRAD_KERNELS_OPTIMIZER_INL_H_
#else
#define LANEGRAD_KERNELS_OPTIMIZER_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/optimizer_adam-inl.h"
#include "kernels/optimizer_descent-inl.h"
#include "kernels/optimizer_sign-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// Every optimizer there is: a family's own list says which are in it. Their order is
/// the order of tables and of plots.
using OptimizerList = Joined<DescentList, AdamList, SignList>;

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
