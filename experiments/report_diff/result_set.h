/// @file
/// Two sets of records, compared: the same bits or not, as good or not.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_REPORT_DIFF_RESULT_SET_H_
#define LANEGRAD_EXPERIMENTS_REPORT_DIFF_RESULT_SET_H_

#include <cstddef>
#include <filesystem>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/records/run_record.h"
#include "experiments/records/score.h"
#include "experiments/statistics/statistics.h"
#include "network/settings.h"

namespace lanegrad {

/// One run as a record tells it.
struct RecordedRun {
  std::string phase;      ///< "tune", "final", ...
  Settings settings;      ///< With its seed; what has no effect is at its default.
  std::string digest;     ///< Of everything that decides.
  std::string measure;    ///< "test", "validation" or "training": whose accuracy it is.
  double accuracy = 0.0;  ///< The last, of a regression R2; chance where the run diverged.
  double rmse = std::numeric_limits<double>::quiet_NaN();  ///< Of a regression's test; NaN: none.
  bool diverged = false;                                   ///< Whether it did, or ran out of time.
  std::string recorded_settings = {};  ///< As they were recorded, what has no effect included.
  std::string measured = {};           ///< All that it measured, to the last bit.
};

/// The records of one experiment, each run once: of several with one key, the last.
struct ResultSet {
  std::string name;                           ///< Of the file, for people.
  std::string data;                           ///< Name of the data.
  std::string checksum;                       ///< Of the data.
  int numeric_version = 0;                    ///< Of the arithmetic.
  Score score = Score::kAccuracy;             ///< What "accuracy" is here.
  std::map<std::string, RecordedRun> runs;    ///< By phase, settings and seed.
  std::map<std::string, std::string> origin;  ///< OriginOf() of the last record.
};

/// Builds a set from records. Throws DataError where there is none, or where two have
/// different data or numeric versions.
ResultSet SetFromRecords(std::span<const RunRecord> records, std::string_view name);

/// Reads runs.jsonl, or a directory that holds it, whole: a damaged line is refused.
/// Throws DataError.
ResultSet ReadResultSet(const std::filesystem::path& path);

/// What can be said of one cell.
enum class QualityVerdict {
  kIdentical,  ///< Every digest agrees.
  kBetter,     ///< B is better, beyond the threshold.
  kWorse,      ///< B is worse, beyond the threshold: a regression.
  kNoChange,   ///< No difference beyond the threshold is shown.
  kUnjudged,   ///< One seed: the digests differ, and nothing else can be said.
  kOnlyA,      ///< None of its runs is in B.
  kOnlyB,      ///< None of its runs is in A.
};

/// "bit-identical", "better", "worse", "no difference shown", ...
std::string_view VerdictName(QualityVerdict verdict);

/// One cell: all settings but the seed, in one phase.
struct QualityRow {
  std::string phase;                ///< "tune", "final", ...
  std::vector<std::string> labels;  ///< Its value of each setting that varies.
  std::string measure;              ///< Whose accuracy is compared.
  std::size_t pairs = 0;            ///< Seeds that are in both.
  std::size_t identical = 0;        ///< Pairs with equal digests.
  std::size_t only_a = 0;           ///< Seeds in A alone.
  std::size_t only_b = 0;           ///< Seeds in B alone.
  std::size_t diverged_a = 0;       ///< Runs of the pairs that diverged in A; they count as chance.
  std::size_t diverged_b = 0;       ///< In B.
  double a = 0.0;                   ///< Mean accuracy of the pairs in A; NaN: no pairs.
  double b = 0.0;                   ///< In B.
  double rmse_a = 0.0;              ///< Mean test RMSE of the pairs in A; NaN where none is known.
  double rmse_b = 0.0;              ///< In B.
  double difference = 0.0;          ///< B - A.
  Interval interval = {0.0, 0.0};   ///< Student's 95% of it; NaN: of fewer than two.
  double p = 0.0;                   ///< Student's, this cell alone.
  double adjusted = 0.0;            ///< By Holm, over the cells that are not bit-identical.
  QualityVerdict verdict = QualityVerdict::kUnjudged;  ///< In the light of all rows.
};

/// What two sets were compared along (along.h).
struct AlongFacts {
  std::vector<std::string> names;    ///< The settings.
  std::string a;                     ///< A's values: "he_uniform"; of several settings, with names.
  std::string b;                     ///< B's.
  std::vector<std::string> follows;  ///< What differs with them: "rate (0.1; 0.001)".
  std::vector<std::string> warnings;  ///< What must not be overlooked, in sentences.
  std::size_t left_out = 0;           ///< Runs of other values.
};

/// The comparison of two sets.
struct QualityComparison {
  Score score = Score::kAccuracy;        ///< What "accuracy" is here.
  std::vector<std::string> varying;      ///< Names of the settings that differ among the cells.
  std::vector<QualityRow> rows;          ///< A cell each, those of A first.
  std::vector<std::string> only_a;       ///< Runs that are in A alone: phase, labels, seed.
  std::vector<std::string> only_b;       ///< Runs that are in B alone.
  std::size_t pairs = 0;                 ///< Runs in both.
  std::size_t identical = 0;             ///< Of those, with equal digests.
  std::optional<AlongFacts> along = {};  ///< Where runs of different settings were paired.
  /// How many cells have a verdict.
  std::size_t Count(QualityVerdict verdict) const;
};

/// Throws DataError where two sets are of different data, or of different arithmetic.
void RequireComparable(const ResultSet& a, const ResultSet& b);

/// Compares two sets, pair by pair of equal phase, settings and seed. `threshold` is
/// the least difference of accuracy, or of R2, worth a word: 0.005 for half a point. Throws
/// DataError where the sets cannot be compared: other data, other arithmetic, or no run
/// in common: then with the settings that differ.
QualityComparison CompareSets(const ResultSet& a, const ResultSet& b, double threshold);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_REPORT_DIFF_RESULT_SET_H_
