/// @file
/// What test samples were taken for, as members of a record.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RECORDS_CONFUSION_JSON_H_
#define LANEGRAD_EXPERIMENTS_RECORDS_CONFUSION_JSON_H_

#include "experiments/json/json.h"
#include "experiments/json/json_member.h"
#include "network/confusion.h"

namespace lanegrad {

/// The member of a record that tables leave out: all of it but the recalls.
inline constexpr const char* kConfusionMember = "test_confusion";

/// Counts, a list a class, and the worst mistakes.
Json ConfusionJson(const Confusion& confusion);

/// The recall of each class under its number; null of a class without samples.
Json RecallJson(const Confusion& confusion);

/// The confusion back from ConfusionJson(). Throws DataError with the path of the member that
/// cannot be read, also where counts are not square or a mistake is of no class.
Confusion ConfusionFromJson(const JsonMember& member);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RECORDS_CONFUSION_JSON_H_
