/// @file
/// The book's tables of every catalogue: one row an operation, from what its struct
/// says of it.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_CATALOGUE_TABLES_H_
#define LANEGRAD_DOCS_CATALOGUE_TABLES_H_

#include <string>

namespace lanegrad {

// HTML, because Doxygen takes no formulas from included Markdown.
std::string ActivationTable();   ///< Activations.
std::string HeadTable();         ///< Heads.
std::string LossTable();         ///< Losses.
std::string OptimizerTable();    ///< Optimizers.
std::string ScheduleTable();     ///< Schedules.
std::string InitializerTable();  ///< Initialisers.
std::string SearchTable();       ///< Ranges of searches, by setting and optimizer.
std::string SyntheticTable();    ///< Synthetic data sets.

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_CATALOGUE_TABLES_H_
