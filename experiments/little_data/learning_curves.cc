// SPDX-License-Identifier: Apache-2.0
#include "experiments/little_data/learning_curves.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <span>

#include "experiments/little_data/methods.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/bootstrap.h"
#include "kernels/elementary.h"

namespace lanegrad {
namespace {

constexpr std::size_t kResamples = 1999;

double ErrorOf(double accuracy) { return std::max(1.0 - accuracy, 1e-6); }

void AddRow(LearningCurve& curve, const Measurement& row) {
  curve.n.push_back(row.settings.Number("n"));
  curve.accuracy.push_back(NumbersOf(row.values, "final"));
}

Interval Over(const std::vector<double>& seeds, const Statistic& statistic) {
  return BootstrapInterval(seeds, statistic, {.resamples = kResamples});
}

std::vector<double> Copied(std::span<const double> values) {
  return {values.begin(), values.end()};
}

PowerLaw Fit(bool with_offset, std::span<const double> n, std::span<const double> error) {
  return with_offset ? FitPowerLawWithOffset(n, error) : FitPowerLaw(n, error);
}

}  // namespace

std::string CountText(double n) {
  const long whole = std::lround(n);
  return whole < 1000 ? fmt::format("{}", whole)
                      : fmt::format("{},{:03}", whole / 1000, whole % 1000);
}

LearningCurve CurveOf(const Evidence& evidence, std::string_view name) {
  LearningCurve curve = {.name = std::string(name), .label = {}, .n = {}, .accuracy = {}};
  if (name == "neighbours") {
    curve.label = "k nearest neighbours";
    for (const Measurement& row : evidence.Series("neighbours")) AddRow(curve, row);
    return curve;
  }
  curve.label = MethodNamed(name).label;
  for (const Measurement& row : evidence.Series("method")) {
    if (row.settings.Text("method") == name) AddRow(curve, row);
  }
  return curve;
}

std::vector<LearningCurve> AllCurves(const Evidence& evidence) {
  std::vector<LearningCurve> curves;
  for (const Method& method : Methods()) curves.push_back(CurveOf(evidence, method.name));
  curves.push_back(CurveOf(evidence, "neighbours"));
  return curves;
}

LearningCurve CommonPart(const LearningCurve& curve, const LearningCurve& other) {
  LearningCurve part = {.name = curve.name, .label = curve.label, .n = {}, .accuracy = {}};
  for (std::size_t i = 0; i < curve.n.size(); ++i) {
    if (std::find(other.n.begin(), other.n.end(), curve.n[i]) == other.n.end()) continue;
    part.n.push_back(curve.n[i]);
    part.accuracy.push_back(curve.accuracy[i]);
  }
  return part;
}

std::vector<double> MeanErrors(const LearningCurve& curve, const std::vector<double>& seeds) {
  std::vector<double> errors;
  for (const std::vector<double>& accuracy : curve.accuracy) {
    double sum = 0.0;
    for (const double seed : seeds) sum += accuracy[static_cast<std::size_t>(seed)];
    errors.push_back(ErrorOf(sum / static_cast<double>(seeds.size())));
  }
  return errors;
}

std::vector<double> SeedsOf(const LearningCurve& curve) {
  std::size_t count = curve.accuracy.empty() ? 0 : curve.accuracy.front().size();
  for (const std::vector<double>& each : curve.accuracy) count = std::min(count, each.size());
  std::vector<double> seeds;
  while (seeds.size() < count) seeds.push_back(static_cast<double>(seeds.size()));
  return seeds;
}

// [curve-law]
CurveLaw LawOf(const LearningCurve& curve) {
  const std::vector<double> seeds = SeedsOf(curve);
  const std::vector<double> errors = MeanErrors(curve, seeds);
  const PowerLaw better = FitBetterPowerLaw(curve.n, errors);
  const bool with_offset = better.offset > 0.0;
  const auto fitted = [&](std::span<const double> resampled) {
    return Fit(with_offset, curve.n, MeanErrors(curve, Copied(resampled)));
  };
  return {.law = better,
          .with_offset = with_offset,
          .exponent = Over(seeds, [&](auto resampled) { return fitted(resampled).exponent; }),
          .offset = Over(seeds, [&](auto resampled) { return fitted(resampled).offset; })};
}
// [curve-law]

Interval ExponentInterval(const LearningCurve& curve) {
  return Over(SeedsOf(curve), [&](auto resampled) {
    return FitPowerLaw(curve.n, MeanErrors(curve, Copied(resampled))).exponent;
  });
}

Foretold ForetoldOf(const LearningCurve& curve) {
  Foretold foretold;
  if (curve.n.size() < 3) return foretold;
  const std::vector<double> seeds = SeedsOf(curve);
  const std::size_t left_out = curve.n.size() < 5 ? 1 : 2, known = curve.n.size() - left_out;
  const auto first = std::span<const double>(curve.n).first(known);
  foretold.n = curve.n.back();
  foretold.last = first.back();
  const auto said = [&](bool with_offset, const std::vector<double>& errors) {
    return Fit(with_offset, first, std::span(errors).first(known)).At(foretold.n);
  };
  const auto ratio = [&](bool with_offset) {
    return Over(seeds, [&](auto resampled) {
      const std::vector<double> errors = MeanErrors(curve, Copied(resampled));
      return said(with_offset, errors) / errors.back();
    });
  };
  const std::vector<double> errors = MeanErrors(curve, seeds);
  foretold.error = errors.back();
  foretold.plain = said(false, errors);
  foretold.plain_ratio = ratio(false);
  foretold.offset = NAN;
  foretold.offset_ratio = {NAN, NAN};
  if (known >= 4) {
    foretold.offset = said(true, errors);
    foretold.offset_ratio = ratio(true);
  }
  return foretold;
}

double CrossingOf(const LearningCurve& a, const LearningCurve& b) {
  for (std::size_t i = 0; i + 1 < std::min(a.n.size(), b.n.size()); ++i) {
    const double here = Mean(a.accuracy[i]) - Mean(b.accuracy[i]);
    const double next = Mean(a.accuracy[i + 1]) - Mean(b.accuracy[i + 1]);
    if (here * next >= 0.0) continue;
    const double share = here / (here - next);
    return Exponential(Logarithm(a.n[i]) + share * (Logarithm(a.n[i + 1]) - Logarithm(a.n[i])));
  }
  return NAN;
}

namespace {

// Method against method, a size each.
void AddSizes(std::vector<SeedPairs>& all, std::string_view family, const LearningCurve& a,
              const LearningCurve& b, bool named) {
  for (std::size_t i = 0; i < a.n.size(); ++i) {
    all.push_back({.family = std::string(family),
                   .name = (named ? a.label + " at " : "") + CountText(a.n[i]),
                   .a = a.accuracy[i],
                   .b = b.accuracy[i]});
  }
}

// An exponent a seed: a law without offset, for few points of one seed cannot tell more.
std::vector<double> ExponentsOf(const LearningCurve& curve) {
  std::vector<double> exponents;
  for (const double seed : SeedsOf(curve)) {
    exponents.push_back(FitPowerLaw(curve.n, MeanErrors(curve, {seed})).exponent);
  }
  return exponents;
}

// How much of accuracy one may lose before it matters: five points of a hundred.
constexpr double kMatters = 0.05;

void AddMoreData(std::vector<SeedPairs>& all, const LearningCurve& none) {
  for (std::size_t i = 0; i + 1 < none.n.size(); ++i) {
    all.push_back({.family = "more data",
                   .name = CountText(none.n[i]) + " to " + CountText(none.n[i + 1]),
                   .a = none.accuracy[i + 1],
                   .b = none.accuracy[i]});
  }
  for (std::size_t i = 0; i < none.n.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (none.n[i] != 10.0 * none.n[j]) continue;
      all.push_back({.family = "tenth",
                     .name = CountText(none.n[i]),
                     .a = none.accuracy[i],
                     .b = none.accuracy[j],
                     .margin = -kMatters});
    }
  }
}

void AddChoices(const Evidence& evidence, std::vector<SeedPairs>& all, const LearningCurve& none) {
  for (const Measurement& row : evidence.Series("choice")) {
    const double n = row.settings.Number("n");
    const auto at = std::find(none.n.begin(), none.n.end(), n);
    if (at == none.n.end()) continue;
    const std::vector<double>& own = none.accuracy[static_cast<std::size_t>(at - none.n.begin())];
    all.push_back(
        {.family = "choice", .name = CountText(n), .a = NumbersOf(row.values, "luxury"), .b = own});
    all.push_back(
        {.family = "again", .name = CountText(n), .a = own, .b = NumbersOf(row.values, "kept")});
  }
}

}  // namespace

// [pairs]
std::vector<SeedPairs> LittleDataPairs(const Evidence& evidence) {
  std::vector<SeedPairs> all;
  const LearningCurve none = CurveOf(evidence, "none");
  AddMoreData(all, none);
  AddSizes(all, "linear", CurveOf(evidence, "linear"), none, false);
  AddSizes(all, "neighbours", CurveOf(evidence, "neighbours"), none, false);
  AddChoices(evidence, all, none);
  for (const Method& method : Methods()) {
    if (!method.regulariser()) continue;
    const LearningCurve curve = CurveOf(evidence, method.name);
    AddSizes(all, "regulariser", curve, none, true);
    all.push_back({.family = "exponent",
                   .name = curve.label,
                   .a = ExponentsOf(curve),
                   .b = ExponentsOf(CommonPart(none, curve))});
    if (!method.shifts) continue;
    for (std::size_t i = 0; i + 1 < none.n.size(); ++i) {
      all.push_back({.family = "worth",
                     .name = CountText(none.n[i]),
                     .a = curve.accuracy[i],
                     .b = none.accuracy[i + 1]});
    }
  }
  JudgeTogether(all);
  return all;
}
// [pairs]

}  // namespace lanegrad
