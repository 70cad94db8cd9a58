/// @file
/// A row of an experiment that measures something else than trainings of a grid: what was set,
/// what came out, and what depends on the machine. A record like any other, with key and digest.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RECORDS_MEASUREMENT_H_
#define LANEGRAD_EXPERIMENTS_RECORDS_MEASUREMENT_H_

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "experiments/json/json.h"

namespace lanegrad {

/// Named numbers and texts, in the order in which they were set.
class Fields {
 public:
  using Value = std::variant<double, std::string>;  ///< A number or a text.
  Fields() = default;
  /// Of a list: `{{"network", "3-4-2"}, {"width", 4.0}}`.
  Fields(std::initializer_list<std::pair<std::string, Value>> all) : all_(all) {}

  /// Sets a number; in its place, where the name is there already.
  void Set(std::string_view name, double value);
  /// Sets a text.
  void Set(std::string_view name, std::string_view text);
  /// Whether the name is there.
  bool Has(std::string_view name) const;
  /// The number of a name. Throws DataError where it is absent, or a text.
  double Number(std::string_view name) const;
  /// The text of a name; of a number, its shortest text that reads back exactly. Throws
  /// DataError where it is absent.
  std::string Text(std::string_view name) const;
  /// All, in order.
  const std::vector<std::pair<std::string, Value>>& all() const { return all_; }

 private:
  const Value* Find(std::string_view name) const;
  void SetValue(std::string_view name, Value value);
  std::vector<std::pair<std::string, Value>> all_;
};

/// One row.
struct Measurement {
  std::string series;      ///< Which of the experiment's tables it is in: "gradient", "time", ...
  std::uint64_t seed = 0;  ///< Of its random numbers; 0: it has none.
  Fields settings;         ///< What was set; with series and seed, what it is known by.
  Fields values;           ///< What came out, the same on every machine: in the digest.
  Fields machine;          ///< What depends on the machine, such as times: never in the digest.
  std::string digest;  ///< Of all but the last; made by RecordOf(), checked by ReadMeasurement().
};

/// What identifies a row among the records of an experiment: its series, and the hash of
/// settings and seed.
std::string MeasurementKey(std::string_view experiment, const Measurement& row);

/// The digest of a row: over experiment, key, and every value. Numbers count by their bits, but
/// every NaN as the same one and both zeros as one.
std::string MeasurementDigest(std::string_view experiment, const Measurement& row);

/// The record of a row, with digest, numeric version and provenance.
Json RecordOf(std::string_view experiment, const Measurement& row);

/// Whether a record is a row, and not a run.
bool IsMeasurement(const Json& record);

/// The row of a record. Throws DataError, with what is wrong where, also where its digest is not
/// that of its values.
Measurement ReadMeasurement(const Json& record);

/// Rows of one series as CSV: settings, seed, values, then what depends on the machine. Columns
/// are those of any row; what a row lacks is NA.
std::string MeasurementCsv(std::span<const Measurement> rows);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RECORDS_MEASUREMENT_H_
