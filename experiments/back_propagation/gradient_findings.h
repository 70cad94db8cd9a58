/// @file
/// Rules that judge claims on the gradient itself: is it right, who notices if not, what does it
/// cost?
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_GRADIENT_FINDINGS_H_
#define LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_GRADIENT_FINDINGS_H_

#include "experiments/experiment/experiment.h"

namespace lanegrad {

Finding RecursionIsTheGradient(
    const Evidence& evidence);  ///< The delta recursion against central differences.
Finding KernelsAgree(const Evidence& evidence);  ///< The kernels against the recursion.
Finding ArticleIsAGradient(
    const Evidence& evidence);  ///< The formula of section 4.2 against central differences.
Finding DifferencesCatchAll(
    const Evidence& evidence);  ///< Planted mistakes against central differences.
Finding FallingLossProves(const Evidence& evidence);  ///< Planted mistakes against a small step.
Finding BackwardCostsTwo(const Evidence& evidence);   ///< Multiply-adds of both passes.
Finding RecursionIsCheap(const Evidence& evidence);  ///< Multiply-adds of three ways to a gradient.
Finding SmallerStepIsBetter(const Evidence& evidence);  ///< Errors of differences by their step.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_BACK_PROPAGATION_GRADIENT_FINDINGS_H_
