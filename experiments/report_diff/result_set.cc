// SPDX-License-Identifier: Apache-2.0
#include "experiments/report_diff/result_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "experiments/records/compared_run.h"
#include "experiments/runs/runner.h"
#include "network/dataset.h"

namespace lanegrad {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kLevel = 0.05;

RecordedRun RunOf(const Json& record) {
  RecordedRun run;
  run.phase = record.at("phase").get<std::string>();
  run.settings = SettingsFromJson(record.at("settings"));
  run.digest = record.at("digest").get<std::string>();
  run.diverged = record.at("status") == "diverged";
  const Json& epochs = record.at("epochs");
  if (record.contains("test_accuracy")) {
    run.measure = "test";
    run.accuracy = FromJson(record.at("test_accuracy"));
  } else if (run.settings.validation > 0) {
    run.measure = "validation";
    run.accuracy = epochs.empty() ? kNan : FromJson(epochs.back().at("validation_accuracy"));
  } else {
    run.measure = "training";
    run.accuracy = epochs.empty() ? kNan : FromJson(epochs.back().at("train_accuracy"));
  }
  if (run.diverged || std::isnan(run.accuracy)) run.accuracy = ChanceOf(record);
  return run;
}

// All settings but the seed, and the phase.
std::string CellKey(const RecordedRun& run) {
  Settings settings = run.settings;
  settings.seed = 0;
  return run.phase + "\n" + Canonical(settings);
}

std::vector<std::string> LabelsOf(const RecordedRun& run, const std::vector<std::string>& varying) {
  std::vector<std::string> labels;
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
};

void Finish(QualityRow& row, const Pairs& pairs) {
  row.pairs = pairs.a.size();
  row.a = Mean(pairs.a);
  row.b = Mean(pairs.b);
  const PairedComparison comparison = ComparePairs(pairs.b, pairs.a);
  row.difference = comparison.difference;
  row.interval = comparison.interval;
  row.p = comparison.p;
  row.adjusted = kNan;
  if (row.pairs == 0) {
    row.verdict = row.only_a > 0 ? QualityVerdict::kOnlyA : QualityVerdict::kOnlyB;
  } else if (row.identical == row.pairs) {
    row.verdict = QualityVerdict::kIdentical;
  }
}

// Cells with equal bits are no tests: there is nothing that chance could have done.
void Judge(std::vector<QualityRow>& rows, double threshold) {
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

}  // namespace

ResultSet SetFromRecords(std::span<const Json> records, std::string_view name) {
  ResultSet set;
  set.name = name;
  std::size_t number = 0;
  try {
    for (const Json& record : records) {
      ++number;
      const std::string checksum = record.at("data").at("checksum").get<std::string>();
      const int version = record.at("numeric_version").get<int>();
      if (number > 1 && (checksum != set.checksum || version != set.numeric_version)) {
        throw DataError("differs from the first in data or numeric version");
      }
      set.checksum = checksum;
      set.numeric_version = version;
      set.data = record.at("data").at("name").get<std::string>();
      RecordedRun run = RunOf(record);
      set.runs[run.phase + "\n" + Canonical(run.settings)] = std::move(run);
      set.provenance = record.value("provenance", Json::object());
    }
  } catch (const std::exception& why) {  // of JSON, of settings, or ours
    throw DataError(fmt::format("{}: record {}: {}", name, number, why.what()));
  }
  if (set.runs.empty()) throw DataError(fmt::format("{}: holds no record", name));
  return set;
}

ResultSet ReadResultSet(const std::filesystem::path& path) {
  std::error_code ignored;
  const bool directory = std::filesystem::is_directory(path, ignored);
  const std::filesystem::path file = directory ? path / "runs.jsonl" : path;
  return SetFromRecords(ReadRecords(file), file.string());
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

QualityComparison CompareSets(const ResultSet& a, const ResultSet& b, double threshold) {
  RequireComparable(a, b);
  QualityComparison comparison;
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
      throw DataError(fmt::format("not comparable: {} has the {} accuracy of {}, {} the {}", a.name,
                                  run.measure, NameOf(run, comparison.varying), b.name,
                                  other->second.measure));
    }
    const bool same = run.digest == other->second.digest;
    row.identical += same;
    row.diverged_a += run.diverged;
    row.diverged_b += other->second.diverged;
    comparison.identical += same;
    ++comparison.pairs;
    pairs[at].a.push_back(run.accuracy);
    pairs[at].b.push_back(other->second.accuracy);
  }
  for (const auto& [key, run] : b.runs) {
    if (a.runs.contains(key)) continue;
    ++comparison.rows[row_of(run)].only_b;
    comparison.only_b.push_back(NameOf(run, comparison.varying));
  }
  if (comparison.pairs == 0) {
    throw DataError(fmt::format("not comparable: {} and {} have no run in common", a.name, b.name));
  }
  for (std::size_t i = 0; i < comparison.rows.size(); ++i) Finish(comparison.rows[i], pairs[i]);
  Judge(comparison.rows, threshold);
  return comparison;
}

}  // namespace lanegrad
