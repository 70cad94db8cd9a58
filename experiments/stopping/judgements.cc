// SPDX-License-Identifier: Apache-2.0
#include "experiments/stopping/judgements.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string>

#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"
#include "experiments/stopping/condition.h"
#include "experiments/stopping/measures.h"
#include "experiments/verdicts/pair_verdicts.h"

namespace lanegrad {
namespace {

constexpr double kPoint = 0.01;
// A condition fits all where it is right in so many of all trainings.
constexpr double kFits = 0.9;

constexpr std::string_view kTen = "held-out loss, patience 10";
constexpr std::string_view kOne = "held-out loss, patience 1";
constexpr std::string_view kLast = "held-out loss, patience 10, last weights";
constexpr std::string_view kTraining = "training loss, patience 10";
constexpr std::string_view kAccuracy = "held-out accuracy, patience 10";

// The rows of a condition, a kind of training each, in their order.
std::vector<Measurement> RowsOf(const Evidence& evidence, std::string_view condition) {
  std::vector<Measurement> rows = evidence.Series("condition");
  std::erase_if(
      rows, [&](const Measurement& row) { return row.settings.Text("condition") != condition; });
  return rows;
}

std::string CellName(const Measurement& row) {
  return TrainingCell{static_cast<std::size_t>(row.settings.Number("width")),
                      row.settings.Number("label_noise")}
      .Name();
}

// One pair a kind of training: a under one condition, b under another.
void AddCells(const std::vector<Measurement>& a, const std::vector<Measurement>& b,
              const std::string& family, double margin, std::vector<SeedPairs>& all) {
  for (std::size_t cell = 0; cell < std::min(a.size(), b.size()); ++cell) {
    all.push_back({.family = family,
                   .name = CellName(a[cell]),
                   .a = NumbersOf(a[cell].values, "accuracy"),
                   .b = NumbersOf(b[cell].values, "accuracy"),
                   .margin = margin});
  }
}

// The share of kinds of training in which a condition stops too early, a seed each.
std::vector<double> EarlyShares(const Evidence& evidence, std::string_view condition) {
  std::vector<double> shares;
  const std::vector<Measurement> rows = RowsOf(evidence, condition);
  for (const Measurement& row : rows) {
    const std::vector<double> epoch = NumbersOf(row.values, "epoch");
    const std::vector<double> gain = NumbersOf(row.values, "gain");
    shares.resize(std::min(epoch.size(), gain.size()));
    for (std::size_t s = 0; s < shares.size(); ++s) {
      const bool early = epoch[s] > 0.0 && gain[s] > kMatters;
      shares[s] += early ? 1.0 / static_cast<double>(rows.size()) : 0.0;
    }
  }
  return shares;
}

std::string Each(const std::vector<SeedPairs>& family) {
  std::string text;
  for (const SeedPairs& each : family) {
    text += fmt::format("{}{} for {}", text.empty() ? "" : "; ", PointsText(each.found), each.name);
  }
  return text;
}

std::vector<SeedPairs> Family(const Evidence& evidence, std::string_view family) {
  return FamilyOf(StoppingPairs(evidence), family);
}

// Whether the best of the conditions whose names `of_kind` picks fits all trainings, by Wilson's
// interval of the share in which it is right; or whether some of them fits one kind of trainings.
Finding BestFitsAll(const Evidence& evidence,
                    const std::function<bool(const std::string&)>& of_kind) {
  std::string best_name = "none", fits;
  StopCounts best;
  for (const std::string& name : ConditionNames(evidence)) {
    if (!of_kind(name)) continue;
    const StopCounts counts = CountStops(evidence, name);
    if (best.runs == 0 || counts.right > best.right) {
      best = counts;
      best_name = name;
    }
    for (const Measurement& row : RowsOf(evidence, name)) {
      const StopCounts here = CountStops(row);
      if (static_cast<double>(here.right) < kFits * static_cast<double>(here.runs)) continue;
      fits += fmt::format("{}{} ({})", fits.empty() ? "" : ", ", CellName(row), name);
    }
  }
  if (best.runs == 0) return {Verdict::kNotDecided, "there is no such condition"};
  const Interval share = ShareInterval(best.right, best.runs);
  return {share.low >= kFits    ? Verdict::kSupported
          : share.high >= kFits ? Verdict::kNotDecided
          : !fits.empty()       ? Verdict::kQualified
                                : Verdict::kNotSupported,
          fmt::format("the best of them, {}, is right in {} of {} trainings (95 % interval {:.0f} "
                      "to {:.0f} %), too early in {}, too late in {} and never met in {}; right "
                      "in nine of ten of one kind: {}",
                      best_name, best.right, best.runs, 100.0 * share.low, 100.0 * share.high,
                      best.early, best.late, best.never, fits.empty() ? "none" : fits)};
}

bool EndsWithEpochs(const std::string& name) { return name.ends_with(" epochs"); }

}  // namespace

StopCounts CountStops(const Measurement& row) {
  const std::vector<double> epoch = NumbersOf(row.values, "epoch");
  const std::vector<double> gain = NumbersOf(row.values, "gain");
  const std::vector<double> lost = NumbersOf(row.values, "lost");
  StopCounts counts = {.runs = std::min({epoch.size(), gain.size(), lost.size()})};
  for (std::size_t s = 0; s < counts.runs; ++s) {
    if (!(epoch[s] > 0.0)) {
      ++counts.never;
    } else if (gain[s] > kMatters) {
      ++counts.early;
    } else if (lost[s] > kMatters) {
      ++counts.late;
    } else {
      ++counts.right;
    }
  }
  return counts;
}

StopCounts CountStops(const Evidence& evidence, std::string_view condition) {
  StopCounts sum;
  for (const Measurement& row : RowsOf(evidence, condition)) {
    const StopCounts counts = CountStops(row);
    sum.runs += counts.runs;
    sum.right += counts.right;
    sum.early += counts.early;
    sum.late += counts.late;
    sum.never += counts.never;
  }
  return sum;
}

std::vector<std::string> ConditionNames(const Evidence& evidence) {
  std::vector<std::string> names;
  for (const Measurement& row : evidence.Series("condition")) {
    const std::string name = row.settings.Text("condition");
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  return names;
}

// [stopping-pairs]
std::vector<SeedPairs> StoppingPairs(const Evidence& evidence) {
  std::vector<SeedPairs> all;
  const std::vector<Measurement> ten = RowsOf(evidence, kTen);
  std::string whole;  // the longest budget
  for (const std::string& name : ConditionNames(evidence)) {
    if (EndsWithEpochs(name)) whole = name;
  }
  all.push_back({.family = "impatience",
                 .name = "",
                 .a = EarlyShares(evidence, kOne),
                 .b = EarlyShares(evidence, kTen)});
  AddCells(ten, RowsOf(evidence, kTraining), "held out", 0.0, all);
  AddCells(RowsOf(evidence, whole), ten, "budget", kPoint, all);
  AddCells(ten, RowsOf(evidence, kLast), "best weights", 0.0, all);
  AddCells(ten, RowsOf(evidence, kAccuracy), "loss or accuracy", kPoint, all);
  AddCells(RowsOf(evidence, kAccuracy), ten, "loss or accuracy", kPoint, all);
  AddCells(evidence.Series("retrained"), ten, "retrained", 0.0, all);
  JudgeTogether(all);
  return all;
}
// [stopping-pairs]

Finding OneErrorFitsAll(const Evidence& evidence) {
  return BestFitsAll(evidence, [](const std::string& name) {
    return name.find("at most") != name.npos || name.find("at least") != name.npos;
  });
}

Finding OneChangeFitsAll(const Evidence& evidence) {
  return BestFitsAll(evidence,
                     [](const std::string& name) { return name.find("changes") != name.npos; });
}

Finding OneBudgetFitsAll(const Evidence& evidence) { return BestFitsAll(evidence, EndsWithEpochs); }

Finding PatienceFitsAll(const Evidence& evidence) {
  return BestFitsAll(evidence, [](const std::string& name) {
    return name.starts_with("held-out") && name.find("patience") != name.npos &&
           !name.ends_with("last weights");
  });
}

Finding ImpatienceStopsEarly(const Evidence& evidence) {
  const SeedPairs pairs = Family(evidence, "impatience").at(0);
  return {VerdictOf(pairs),
          fmt::format("one epoch of patience stops too early in {:.0f} % of trainings, ten in "
                      "{:.0f} %: {}",
                      100.0 * Mean(pairs.a), 100.0 * Mean(pairs.b), PointsText(pairs.found))};
}

Finding HeldOutBeatsTraining(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "held out");
  return {VerdictOf(family),
          "ten epochs of patience on held-out rather than training loss change "
          "test accuracy by " +
              Each(family)};
}

Finding WholeBudgetCostsNothing(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "budget");
  const bool some_worse = std::any_of(family.begin(), family.end(), std::mem_fn(&SeedPairs::below));
  const Verdict verdict = VerdictOf(family);
  return {verdict == Verdict::kNotDecided && some_worse ? Verdict::kNotSupported : verdict,
          "against patience it changes test accuracy by " + Each(family)};
}

Finding BestWeightsAreBetter(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "best weights");
  return {VerdictOf(family), "they change test accuracy by " + Each(family)};
}

Finding LossOrAccuracyIsTheSame(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "loss or accuracy");
  const std::vector<SeedPairs> half(
      family.begin(), family.begin() + static_cast<std::ptrdiff_t>(family.size() / 2));
  const auto same = std::count_if(family.begin(), family.end(), std::mem_fn(&SeedPairs::above));
  const bool differ = std::any_of(family.begin(), family.end(), std::mem_fn(&SeedPairs::below));
  return {same == static_cast<std::ptrdiff_t>(family.size()) ? Verdict::kSupported
          : differ                                           ? Verdict::kNotSupported
                                                             : Verdict::kNotDecided,
          "to watch loss rather than accuracy changes test accuracy by " + Each(half)};
}

Finding RetrainingIsBetter(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "retrained");
  return {VerdictOf(family), "it changes test accuracy by " + Each(family)};
}

}  // namespace lanegrad
