/// @file
/// The figures and tables of chapter 5.5, made from its records.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_ETHICS_PICTURES_H_
#define LANEGRAD_EXPERIMENTS_ETHICS_PICTURES_H_

#include "experiments/experiment/experiment.h"

namespace lanegrad {

Figure ClassFigure(const Evidence& evidence);     ///< Recall by class.
Figure RareFigure(const Evidence& evidence);      ///< A rare class, and what is done about it.
Figure SubgroupFigure(const Evidence& evidence);  ///< A rare subgroup, and what shows it.
Figure AttackFigure(const Evidence& evidence);    ///< Advantage and gap, by epochs.
Figure SamplesFigure(const Evidence& evidence);   ///< Advantage and gap, by samples.
Figure RocFigure(const Evidence& evidence);       ///< True by false positives.
Figure DefenceFigure(const Evidence& evidence);   ///< Area against accuracy.
Figure MarkFigure(const Evidence& evidence);      ///< What a mark changes.
Figure MapFigure(const Evidence& evidence);       ///< Maps of gradients.

NamedTable GroupTable(const Evidence& evidence);    ///< Recalls of rare groups and of others.
NamedTable AttackTable(const Evidence& evidence);   ///< Attacks, by epochs and samples.
NamedTable DefenceTable(const Evidence& evidence);  ///< Defences, and what they cost.
NamedTable MarkTable(const Evidence& evidence);     ///< What a mark changes.

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_ETHICS_PICTURES_H_
