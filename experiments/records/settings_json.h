/// @file
/// Settings as JSON: what every record says of how it was made.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RECORDS_SETTINGS_JSON_H_
#define LANEGRAD_EXPERIMENTS_RECORDS_SETTINGS_JSON_H_

#include "experiments/json/json.h"
#include "experiments/json/json_member.h"
#include "network/settings.h"

namespace lanegrad {

/// The settings as a JSON object: a member a field, numbers as numbers.
Json SettingsJson(const Settings& settings);

/// The settings back from such an object. What it lacks is as if nobody had said anything.
/// Throws DataError with the path of the member that cannot be read.
Settings SettingsFromJson(const JsonMember& object);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RECORDS_SETTINGS_JSON_H_
