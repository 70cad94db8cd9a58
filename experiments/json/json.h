/// @file
/// JSON as every program here writes it. Only declared: a source that looks into it includes
/// `<nlohmann/json.hpp>` as well, which takes a compiler more than a second, so no header does.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_JSON_JSON_H_
#define LANEGRAD_EXPERIMENTS_JSON_JSON_H_

#include <nlohmann/json_fwd.hpp>
#include <string>
#include <string_view>

namespace lanegrad {

/// JSON that keeps the order of its members.
using Json = nlohmann::ordered_json;

/// A double as JSON, which has no infinities: "nan", "inf" and "-inf" are strings.
Json ToJson(double value);

/// A text as JSON where a number might stand as well: one that would be taken for what ToJson()
/// makes of a number, such as "inf", gets an apostrophe before it, as in spreadsheets.
/// FromTextBesideNumbers() takes it away again.
std::string TextBesideNumbers(std::string_view text);

/// The text of which TextBesideNumbers() made `written`.
std::string FromTextBesideNumbers(std::string_view written);

/// JSON as text: in one line, or indented by so many spaces a level. Bytes that are not UTF-8,
/// as a path may have, are replaced by U+FFFD: a run must not be lost for the name of a file.
std::string JsonText(const Json& json, int indent = -1);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_JSON_JSON_H_
