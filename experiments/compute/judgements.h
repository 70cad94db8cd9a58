/// @file
/// The rules of chapter 5.1: what its records say of each claim; its figures and tables.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_COMPUTE_JUDGEMENTS_H_
#define LANEGRAD_EXPERIMENTS_COMPUTE_JUDGEMENTS_H_

#include "experiments/experiment/experiment.h"

namespace lanegrad {

Finding MoreComputeIsBetter(const Evidence& evidence);  ///< Budget by budget.
Finding TenfoldBuysLess(const Evidence& evidence);      ///< Gains in points.
Finding ErrorIsAPowerOfWork(const Evidence& evidence);  ///< Of the best widths.
Finding WiderIsBetter(const Evidence& evidence);        ///< At equal work.
Finding BestWidthGrows(const Evidence& evidence);       ///< From the least budget to the greatest.
Finding WideNeedsFewerSamples(const Evidence& evidence);  ///< To a level of accuracy.
Finding WideNeedsLessWork(const Evidence& evidence);      ///< To the same level.
Finding TargetsGiveSameBits(const Evidence& evidence);    ///< By digests.
Finding NewerTargetsPay(const Evidence& evidence);        ///< Each against the one before.
Finding ThreadsPay(const Evidence& evidence);             ///< All against one.
Finding WorkTellsTime(const Evidence& evidence);          ///< Over widths.
Finding RooflineExplains(const Evidence& evidence);       ///< Over widths and batches.
Finding ThreadsSaveEnergy(const Evidence& evidence);      ///< Where the machine tells.

Figure FrontierFigure(const Evidence& evidence);  ///< Error over work, a curve a width.
Figure ReachFigure(const Evidence& evidence);     ///< Samples and work to a level, by width.
Figure TargetFigure(const Evidence& evidence);    ///< Samples a second by instruction set.
Figure RoofFigure(const Evidence& evidence);      ///< Operations a second under their bounds.

NamedTable BudgetTable(const Evidence& evidence);  ///< Budgets by widths.
NamedTable ReachTable(const Evidence& evidence);   ///< What the level costs.
NamedTable TargetTable(const Evidence& evidence);  ///< Instruction sets.
NamedTable ShapeTable(const Evidence& evidence);   ///< Widths and batches.
NamedTable ThreadTable(const Evidence& evidence);  ///< Threads.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_COMPUTE_JUDGEMENTS_H_
