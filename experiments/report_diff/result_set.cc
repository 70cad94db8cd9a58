// SPDX-License-Identifier: Apache-2.0
#include "experiments/report_diff/result_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "experiments/records/compared_run.h"
#include "experiments/records/provenance.h"
#include "experiments/report_diff/setting_difference.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kLevel = 0.05;

// Every number that a run measured, to the last bit.
std::string Measured(const RunRecord& record) {
  std::string text = fmt::format("{} {}", StatusName(record.status), record.steps);
  for (const EpochMetrics& epoch : record.epochs) {
    text.append(fmt::format("\n{} {} {} {}", epoch.train_loss, epoch.train_accuracy,
                            epoch.validation_loss.value_or(kNan),
                            epoch.validation_accuracy.value_or(kNan)));
  }
  return text.append(
      fmt::format("\n{} {}", record.test_loss.value_or(kNan), record.test_accuracy.value_or(kNan)));
}

RecordedRun ViewOf(const RunRecord& record) {
  RecordedRun run = {
      .phase = record.phase,
      // What has no effect tells no two runs apart.
      .settings = WithoutIdle(record.settings, record.settings),
      .digest = record.digest,
      .measure = {},
      .diverged = record.status == Status::kDiverged || record.status == Status::kOutOfTime};
  run.recorded_settings = Canonical(record.settings);
  run.measured = Measured(record);
  const EpochMetrics* last = record.epochs.empty() ? nullptr : &record.epochs.back();
  if (record.test_accuracy) {
    run.measure = "test";
    run.accuracy = *record.test_accuracy;
  } else if (run.settings.validation > 0) {
    run.measure = "validation";
    run.accuracy = last == nullptr ? kNan : last->validation_accuracy.value_or(kNan);
  } else {
    run.measure = "training";
    run.accuracy = last == nullptr ? kNan : last->train_accuracy;
  }
  if (run.diverged || std::isnan(run.accuracy)) run.accuracy = ChanceOf(record);
  if (!run.diverged) run.rmse = record.test_rmse.value_or(kNan);
  return run;
}

// Whether two runs that differ in settings without effect, which are part of their digests,
// measured the same to the last bit.
bool SameButForIdle(const RecordedRun& a, const RecordedRun& b) {
  return a.recorded_settings != b.recorded_settings && a.measured == b.measured;
}

// All settings but the seed, and the phase.
std::string CellKey(const RecordedRun& run) {
  Settings settings = run.settings;
  settings.seed = 0;
  return run.phase + "\n" + Canonical(settings);
}

std::vector<std::string> LabelsOf(const RecordedRun& run, const std::vector<std::string>& varying) {
  std::vector<std::string> labels;
  labels.reserve(varying.size());
  for (const std::string& name : varying) labels.push_back(FieldNamed(name).get(run.settings));
  return labels;
}

// The settings that tell the cells apart. One that follows from those before it, as
// initial weights follow from the activation, tells nothing more.
std::vector<std::string> Varying(const ResultSet& a, const ResultSet& b) {
  std::vector<std::string> names;
  for (const SettingsField& field : SettingsFields()) {
    if (field.name == "seed") continue;
    std::map<std::vector<std::string>, std::string> known;
    bool tells = false;
    for (const ResultSet* set : {&a, &b}) {
      for (const auto& [key, run] : set->runs) {
        const std::string value = field.get(run.settings);
        tells |= known.try_emplace(LabelsOf(run, names), value).first->second != value;
      }
    }
    if (tells) names.emplace_back(field.name);
  }
  return names;
}

std::string NameOf(const RecordedRun& run, const std::vector<std::string>& varying) {
  std::string name = run.phase;
  for (const std::string& label : LabelsOf(run, varying)) name.append(" · ").append(label);
  return fmt::format("{}, seed {}", name, run.settings.seed);
}

// The runs of one cell that are in both.
struct Pairs {
  std::vector<double> a, b;
  std::vector<double> rmse_a, rmse_b;  // of those that know it on both sides
};

void Finish(QualityRow& row, const Pairs& pairs) {
  row.pairs = pairs.a.size();
  row.a = Mean(pairs.a);
  row.b = Mean(pairs.b);
  row.rmse_a = Mean(pairs.rmse_a);
  row.rmse_b = Mean(pairs.rmse_b);
  const PairedComparison comparison = ComparePairs(pairs.b, pairs.a);
  row.difference = comparison.difference;
  row.interval = comparison.interval;
  // Differences that are all alike, as coarse scores of few seeds may be, say nothing of their
  // spread.
  if (row.interval.low == row.interval.high) row.interval = {kNan, kNan};
  row.p = comparison.p;
  row.adjusted = kNan;
  if (row.pairs == 0) {
    row.verdict = row.only_a > 0 ? QualityVerdict::kOnlyA : QualityVerdict::kOnlyB;
  } else if (row.identical == row.pairs) {
    row.verdict = QualityVerdict::kIdentical;
  }
}

// Numbers by value, texts by their bytes, numbers first.
int Compared(const std::string& a, const std::string& b) {
  const auto number = [](const std::string& text) -> std::optional<double> {
    double value = 0.0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size()) return {};
    return value;
  };
  const std::optional<double> x = number(a), y = number(b);
  if (x && y) return *x < *y ? -1 : *x > *y;
  if (x || y) return x ? -1 : 1;
  return a.compare(b);
}

// The order of rows: those of A before those of B alone, then by phase and by what varies.
bool ComesBefore(const QualityRow& a, const QualityRow& b) {
  const bool a_last = a.verdict == QualityVerdict::kOnlyB;
  const bool b_last = b.verdict == QualityVerdict::kOnlyB;
  if (a_last != b_last) return b_last;
  if (a.phase != b.phase) return a.phase < b.phase;
  for (std::size_t i = 0; i < a.labels.size(); ++i) {
    if (const int compared = Compared(a.labels[i], b.labels[i]); compared != 0) return compared < 0;
  }
  return false;
}

// Cells with equal bits are no tests: there is nothing that chance could have done.
void Evaluate(std::vector<QualityRow>& rows, double threshold) {
  std::vector<QualityRow*> tested;
  std::vector<double> p;
  for (QualityRow& row : rows) {
    if (row.pairs == 0 || row.verdict == QualityVerdict::kIdentical || std::isnan(row.p)) continue;
    tested.push_back(&row);
    p.push_back(row.p);
  }
  const std::vector<double> adjusted = HolmAdjust(p);
  for (std::size_t i = 0; i < tested.size(); ++i) {
    QualityRow& row = *tested[i];
    row.adjusted = adjusted[i];
    row.verdict = QualityVerdict::kNoChange;
    if (adjusted[i] > kLevel || std::fabs(row.difference) <= threshold) continue;
    row.verdict = row.difference > 0.0 ? QualityVerdict::kBetter : QualityVerdict::kWorse;
  }
}

}  // namespace

ResultSet SetFromRecords(std::span<const RunRecord> records, std::string_view name) {
  ResultSet set;
  set.name = name;
  if (records.empty()) throw DataError(fmt::format("{}: holds no record", name));
  const RunRecord& first = records.front();
  set.data = first.data;
  set.checksum = first.checksum;
  set.numeric_version = first.numeric_version;
  set.score = ScoreOf(first);
  for (const RunRecord& record : records) {
    if (record.checksum != first.checksum || ScoreOf(record) != set.score ||
        record.numeric_version != first.numeric_version) {
      throw DataError(fmt::format("{}: record {} differs from the first in data or numeric version",
                                  name, &record - &first + 1));
    }
    RecordedRun run = ViewOf(record);
    set.runs[run.phase + "\n" + Canonical(run.settings)] = std::move(run);
  }
  for (auto& [entry, value] : OriginOf(records.back().provenance)) set.origin[entry] = value;
  return set;
}

ResultSet ReadResultSet(const std::filesystem::path& path) {
  std::error_code ignored;
  const bool directory = std::filesystem::is_directory(path, ignored);
  const std::filesystem::path file = directory ? path / "runs.jsonl" : path;
  return SetFromRecords(ReadRuns(file), file.string());
}

std::string_view VerdictName(QualityVerdict verdict) {
  switch (verdict) {
    case QualityVerdict::kIdentical:
      return "bit-identical";
    case QualityVerdict::kBetter:
      return "better";
    case QualityVerdict::kWorse:
      return "worse";
    case QualityVerdict::kNoChange:
      return "no difference shown";
    case QualityVerdict::kUnjudged:
      return "other bits; one seed cannot be judged";
    case QualityVerdict::kOnlyA:
      return "only in A: did not run in B";
    case QualityVerdict::kOnlyB:
      return "only in B";
  }
  return "";
}

std::size_t QualityComparison::Count(QualityVerdict verdict) const {
  return static_cast<std::size_t>(std::count_if(
      rows.begin(), rows.end(), [&](const QualityRow& row) { return row.verdict == verdict; }));
}

void RequireComparable(const ResultSet& a, const ResultSet& b) {
  if (a.numeric_version != b.numeric_version) {
    throw DataError(fmt::format(
        "not comparable: {} is of numeric specification {}, {} of {}; run one of them again",
        a.name, a.numeric_version, b.name, b.numeric_version));
  }
  if (a.checksum != b.checksum) {
    throw DataError(fmt::format("not comparable: {} learned from {} ({}), {} from {} ({})", a.name,
                                a.data, a.checksum, b.name, b.data, b.checksum));
  }
}

QualityComparison CompareSets(const ResultSet& a, const ResultSet& b, double threshold) {
  RequireComparable(a, b);
  QualityComparison comparison;
  comparison.score = a.score;
  comparison.varying = Varying(a, b);
  std::map<std::string, std::size_t> places;
  std::vector<Pairs> pairs;
  const auto row_of = [&](const RecordedRun& run) {
    const auto [place, is_new] = places.try_emplace(CellKey(run), comparison.rows.size());
    if (is_new) {
      pairs.emplace_back();
      comparison.rows.push_back({.phase = run.phase,
                                 .labels = LabelsOf(run, comparison.varying),
                                 .measure = run.measure});
    }
    return place->second;
  };
  for (const auto& [key, run] : a.runs) {
    const std::size_t at = row_of(run);
    QualityRow& row = comparison.rows[at];
    const auto other = b.runs.find(key);
    if (other == b.runs.end()) {
      ++row.only_a;
      comparison.only_a.push_back(NameOf(run, comparison.varying));
      continue;
    }
    if (other->second.measure != run.measure) {
      throw DataError(fmt::format("not comparable: {} has the {} {} of {}, {} the {}", a.name,
                                  run.measure, ScoreName(a.score), NameOf(run, comparison.varying),
                                  b.name, other->second.measure));
    }
    const bool same = run.digest == other->second.digest || SameButForIdle(run, other->second);
    row.identical += same;
    row.diverged_a += run.diverged;
    row.diverged_b += other->second.diverged;
    comparison.identical += same;
    ++comparison.pairs;
    pairs[at].a.push_back(run.accuracy);
    pairs[at].b.push_back(other->second.accuracy);
    if (std::isfinite(run.rmse) && std::isfinite(other->second.rmse)) {
      pairs[at].rmse_a.push_back(run.rmse);
      pairs[at].rmse_b.push_back(other->second.rmse);
    }
  }
  for (const auto& [key, run] : b.runs) {
    if (a.runs.contains(key)) continue;
    ++comparison.rows[row_of(run)].only_b;
    comparison.only_b.push_back(NameOf(run, comparison.varying));
  }
  if (comparison.pairs == 0) {
    throw DataError(NothingInCommon(a, b));
  }
  for (std::size_t i = 0; i < comparison.rows.size(); ++i) Finish(comparison.rows[i], pairs[i]);
  Evaluate(comparison.rows, threshold);
  std::stable_sort(comparison.rows.begin(), comparison.rows.end(), ComesBefore);
  return comparison;
}

}  // namespace lanegrad
