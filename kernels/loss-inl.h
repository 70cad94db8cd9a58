/// @file
/// The catalogue of losses: the lists of three families, one after the other.
///
/// Two kinds. An elementwise loss is a mean over the n outputs; its Eval works on
/// one register of doubles. A row-wise loss (softmax) needs all outputs of a
/// sample together: its EvalRow works on one row of a matrix, or its EvalRows on many.
// SPDX-License-Identifier: Apache-2.0
#include "kernels/loss.h"
#include "kernels/op_list.h"

#if defined(LANEGRAD_KERNELS_LOSS_INL_H_) == defined(HWY_TARGET_TOGGLE)
#ifdef LANEGRAD_KERNELS_LOSS_INL_H_
#undef LANEGRAD_KERNELS_LOSS_INL_H_
#else
#define LANEGRAD_KERNELS_LOSS_INL_H_
#endif

#include "hwy/highway.h"
#include "kernels/loss_answer-inl.h"
#include "kernels/loss_regression-inl.h"
#include "kernels/loss_softmax-inl.h"

HWY_BEFORE_NAMESPACE();
namespace lanegrad {
namespace HWY_NAMESPACE {

/// Every loss there is: a family's own list says which are in it. Their order is
/// the order of tables and of plots.
using LossList = Joined<RegressionList, AnswerList, SoftmaxList>;

}  // namespace HWY_NAMESPACE
}  // namespace lanegrad
HWY_AFTER_NAMESPACE();

#endif  // per-target include guard
