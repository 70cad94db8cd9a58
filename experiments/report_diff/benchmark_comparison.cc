// SPDX-License-Identifier: Apache-2.0
#include "experiments/report_diff/benchmark_comparison.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>
#include <set>

#include "experiments/statistics/shift.h"

namespace lanegrad {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kLevel = 0.05;

std::vector<double> Logarithms(std::span<const double> values) {
  std::vector<double> logarithms;
  for (const double value : values) logarithms.push_back(std::log(value));
  return logarithms;
}

// A shift of logarithms is a ratio.
void TakeShift(SpeedRow& row, const Shift& shift) {
  row.estimator = "Hodges-Lehmann";
  row.ratio = std::exp(shift.estimate);
  row.interval = {std::exp(shift.interval.low), std::exp(shift.interval.high)};
  row.p = shift.p;
  row.least_p = shift.least_p;
}

double MedianOf(const Measurement& m) {
  return m.nanoseconds.empty() ? m.median : Median(m.nanoseconds);
}

double MeanOf(const Measurement& m) { return m.nanoseconds.empty() ? m.mean : Mean(m.nanoseconds); }

// Medians alone have a ratio, and nothing that says how sure it is.
void TakeMedians(SpeedRow& row, const Measurement& a, const Measurement& b) {
  row.a = MedianOf(a);
  row.b = MedianOf(b);
  row.ratio = row.b / row.a;
  row.estimator = "medians";
  row.why = std::isnan(row.ratio) ? "a mean on one side, a median on the other: no ratio"
                                  : "medians alone: no interval";
}

// Aggregates alone: Welch's t on the logarithms, whose deviation is about the relative
// one. [Welch 1947]
void TakeAggregates(SpeedRow& row, const Measurement& a, const Measurement& b) {
  const double mean_a = MeanOf(a), mean_b = MeanOf(b);
  if (std::isnan(mean_a) || std::isnan(mean_b)) {
    TakeMedians(row, a, b);
    return;
  }
  const auto deviation = [](const Measurement& m) {
    return m.nanoseconds.empty() ? m.deviation : SampleDeviation(m.nanoseconds);
  };
  const double deviation_a = deviation(a), deviation_b = deviation(b);
  row.a = mean_a;
  row.b = mean_b;
  row.estimator = "means";
  row.ratio = mean_b / mean_a;
  const double n_a = static_cast<double>(row.n_a), n_b = static_cast<double>(row.n_b);
  const double share_a = std::pow(deviation_a / mean_a, 2) / n_a;
  const double share_b = std::pow(deviation_b / mean_b, 2) / n_b;
  const double error = std::sqrt(share_a + share_b);
  row.least_p = 0.0;
  if (row.n_a < 2 || row.n_b < 2 || !(error > 0.0) || !std::isfinite(error) ||
      !std::isnormal(row.ratio)) {
    row.why = "aggregates without a spread: no interval";
    return;
  }
  // As shares of the whole, whose squares do not vanish.
  const double part = share_a / (share_a + share_b);
  const double freedom =
      1.0 / (part * part / (n_a - 1.0) + (1.0 - part) * (1.0 - part) / (n_b - 1.0));
  const boost::math::students_t student(freedom);
  const double half = boost::math::quantile(student, 1.0 - kLevel / 2.0) * error;
  row.interval = {row.ratio * std::exp(-half), row.ratio * std::exp(half)};
  row.p = 2.0 * boost::math::cdf(
                    boost::math::complement(student, std::fabs(std::log(row.ratio)) / error));
}

SpeedRow Blank(std::string_view name) {
  SpeedRow row;
  row.name = name;
  row.a = row.b = row.ratio = row.p = row.adjusted = kNan;
  row.interval = {kNan, kNan};
  return row;
}

// What is counted, and how much of it is enough.
struct Unit {
  std::string_view one, many, enough;
};
constexpr Unit kRepetition = {"repetition", "repetitions", "4+4 at least, better 10+10"};
constexpr Unit kFile = {"file", "files", "4+4 at least, better 10+10"};
constexpr Unit kPair = {"process", "processes", "6 pairs at least"};

std::string TooFew(const SpeedRow& row, const Unit& unit) {
  if (row.n_a == 1 && row.n_b == 1) {
    return fmt::format("1 {} each: no interval; {}", unit.one, unit.enough);
  }
  return fmt::format("{}+{} {}: no interval at 95 %; {}", row.n_a, row.n_b, unit.many, unit.enough);
}

SpeedRow CompareMeasurements(std::string_view name, const Measurement& a, const Measurement& b,
                             const Unit& unit) {
  SpeedRow row = Blank(name);
  row.a = a.Typical();
  row.b = b.Typical();
  row.n_a = a.repetitions;
  row.n_b = b.repetitions;
  if (a.nanoseconds.empty() || b.nanoseconds.empty()) {
    TakeAggregates(row, a, b);
    return row;
  }
  TakeShift(row, SampleShift(Logarithms(a.nanoseconds), Logarithms(b.nanoseconds)));
  if (std::isnan(row.interval.low)) {
    row.why = TooFew(row, unit);
  }
  return row;
}

// Names of both, in the order of A with B's own ones at the end.
std::vector<std::string> JointOrder(const BenchmarkFile& a, const BenchmarkFile& b) {
  std::vector<std::string> order = a.order;
  for (const std::string& name : b.order) {
    if (!a.measurements.contains(name)) order.push_back(name);
  }
  return order;
}

// A row that needs no arithmetic: one side is missing, gave up, or took no time.
bool TakeAbsence(SpeedRow& row, const Measurement* a, const Measurement* b) {
  if (a != nullptr) row.a = a->Typical();
  if (b != nullptr) row.b = b->Typical();
  if (a != nullptr && !a->failure.empty()) {
    row.verdict = SpeedVerdict::kFailed;
    row.why = a->failure;
  } else if (b != nullptr && !b->failure.empty()) {
    row.verdict = a == nullptr ? SpeedVerdict::kFailed : SpeedVerdict::kFails;
    row.why = b->failure;
  } else if (b == nullptr) {
    row.verdict = SpeedVerdict::kOnlyA;
  } else if (a == nullptr) {
    row.verdict = SpeedVerdict::kOnlyB;
  } else if (!a->odd.empty() || !b->odd.empty()) {
    row.why = a->odd.empty() ? "in B: " + b->odd : "in A: " + a->odd;
  } else {
    return false;
  }
  return true;
}

const Measurement* Find(const BenchmarkFile& file, const std::string& name) {
  const auto place = file.measurements.find(name);
  return place == file.measurements.end() ? nullptr : &place->second;
}

std::vector<SpeedRow> CompareAll(const BenchmarkFile& a, const BenchmarkFile& b, double threshold,
                                 const Unit& unit) {
  std::vector<SpeedRow> rows;
  for (const std::string& name : JointOrder(a, b)) {
    const Measurement *in_a = Find(a, name), *in_b = Find(b, name);
    SpeedRow row = Blank(name);
    if (!TakeAbsence(row, in_a, in_b)) row = CompareMeasurements(name, *in_a, *in_b, unit);
    rows.push_back(std::move(row));
  }
  JudgeTogether(rows, threshold);
  return rows;
}

// Processes as if each were a repetition of one.
BenchmarkFile Pool(std::span<const BenchmarkFile> files) {
  BenchmarkFile pool;
  for (const BenchmarkFile& file : files) {
    for (const std::string& name : file.order) {
      const auto [place, is_new] = pool.measurements.try_emplace(name);
      if (is_new) pool.order.push_back(name);
      const Measurement& measured = file.measurements.at(name);
      if (!measured.failure.empty()) place->second.failure = measured.failure;
      if (!measured.odd.empty()) place->second.odd = measured.odd;
      const double time = ProcessTime(file, name);
      if (std::isfinite(time)) place->second.nanoseconds.push_back(time);
    }
  }
  for (auto& [name, measured] : pool.measurements) {
    measured.repetitions = measured.nanoseconds.size();
    // One process with an odd row is one process fewer.
    if (measured.repetitions > 0) measured.odd.clear();
  }
  return pool;
}

}  // namespace

std::string_view VerdictName(SpeedVerdict verdict) {
  switch (verdict) {
    case SpeedVerdict::kFaster:
      return "faster";
    case SpeedVerdict::kSlower:
      return "slower";
    case SpeedVerdict::kNoChange:
      return "no change shown";
    case SpeedVerdict::kUnjudged:
      return "cannot be judged";
    case SpeedVerdict::kOnlyA:
      return "only in A: did not run in B";
    case SpeedVerdict::kOnlyB:
      return "only in B";
    case SpeedVerdict::kFails:
      return "fails in B";
    case SpeedVerdict::kFailed:
      return "failed in A";
  }
  return "";
}

std::vector<SpeedRow> CompareFiles(const BenchmarkFile& a, const BenchmarkFile& b,
                                   double threshold) {
  return CompareAll(a, b, threshold, kRepetition);
}

std::vector<SpeedRow> CompareSamples(std::span<const BenchmarkFile> a,
                                     std::span<const BenchmarkFile> b, double threshold) {
  return CompareAll(Pool(a), Pool(b), threshold, kFile);
}

double ProcessTime(const BenchmarkFile& file, const std::string& name) {
  const auto place = file.measurements.find(name);
  if (place == file.measurements.end()) return kNan;
  const Measurement& measured = place->second;
  return measured.failure.empty() && measured.odd.empty() ? measured.Typical() : kNan;
}

SpeedRow ComparePairedTimes(std::string_view name, std::span<const double> a,
                            std::span<const double> b) {
  SpeedRow row = Blank(name);
  row.n_a = row.n_b = std::min(a.size(), b.size());
  row.a = Median({a.begin(), a.end()});
  row.b = Median({b.begin(), b.end()});
  std::vector<double> differences;
  for (std::size_t i = 0; i < row.n_a; ++i) differences.push_back(std::log(b[i] / a[i]));
  TakeShift(row, PairedShift(differences));
  if (std::isnan(row.interval.low)) row.why = TooFew(row, kPair);
  return row;
}

std::vector<SpeedRow> CompareProcesses(std::span<const BenchmarkFile> a,
                                       std::span<const BenchmarkFile> b, double threshold) {
  std::vector<SpeedRow> rows;
  if (a.empty() || b.empty()) return rows;
  for (const std::string& name : JointOrder(a.front(), b.front())) {
    SpeedRow row = Blank(name);
    if (!TakeAbsence(row, Find(a.front(), name), Find(b.front(), name))) {
      std::vector<double> times_a, times_b;
      for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
        const double time_a = ProcessTime(a[i], name), time_b = ProcessTime(b[i], name);
        if (std::isnan(time_a) || std::isnan(time_b)) continue;
        times_a.push_back(time_a);
        times_b.push_back(time_b);
      }
      row = ComparePairedTimes(name, times_a, times_b);
    }
    rows.push_back(std::move(row));
  }
  JudgeTogether(rows, threshold);
  return rows;
}

void JudgeTogether(std::vector<SpeedRow>& rows, double threshold) {
  std::vector<SpeedRow*> measured;
  std::vector<double> p;
  for (SpeedRow& row : rows) {
    if (std::isnan(row.p) || std::isnan(row.interval.low)) continue;
    measured.push_back(&row);
    p.push_back(row.p);
  }
  const std::vector<double> adjusted = HolmAdjust(p);
  for (std::size_t i = 0; i < measured.size(); ++i) {
    SpeedRow& row = *measured[i];
    row.adjusted = adjusted[i];
    // Both ways alike: what is 2 % slower one way is 2 % faster the other.
    const bool far = std::fabs(std::log(row.ratio)) > std::log1p(threshold);
    const bool apart = row.interval.low > 1.0 || row.interval.high < 1.0;
    row.verdict = SpeedVerdict::kNoChange;
    if (adjusted[i] <= kLevel && apart && far) {
      row.verdict = row.ratio > 1.0 ? SpeedVerdict::kSlower : SpeedVerdict::kFaster;
    } else if (apart && far && row.least_p * static_cast<double>(p.size()) > kLevel) {
      row.verdict = SpeedVerdict::kUnjudged;
      row.why = fmt::format("too few measurements to be sure of one among {} benchmarks", p.size());
    }
  }
}

bool IsJudged(const SpeedRow& row) {
  return row.verdict == SpeedVerdict::kFaster || row.verdict == SpeedVerdict::kSlower ||
         row.verdict == SpeedVerdict::kNoChange;
}

std::size_t Regressions(std::span<const SpeedRow> rows) {
  return static_cast<std::size_t>(std::count_if(rows.begin(), rows.end(), [](const SpeedRow& row) {
    return row.verdict == SpeedVerdict::kSlower || row.verdict == SpeedVerdict::kFails;
  }));
}

std::string RatioWords(double ratio) {
  if (!std::isfinite(ratio)) return "-";
  const std::string times = fmt::format("{:.2f}", ratio < 1.0 ? 1.0 / ratio : ratio);
  if (times == "1.00") return "the same";
  return fmt::format("{}× {}", times, ratio < 1.0 ? "faster" : "slower");
}

std::string TimeText(double nanoseconds) {
  if (!std::isfinite(nanoseconds)) return "-";
  double value = nanoseconds;
  const char* unit = "ns";
  for (const char* larger : {"µs", "ms", "s"}) {
    if (value < 999.5) break;
    value /= 1000.0;
    unit = larger;
  }
  return fmt::format("{:.{}f} {}", value, value < 9.995 ? 2 : value < 99.95 ? 1 : 0, unit);
}

}  // namespace lanegrad
