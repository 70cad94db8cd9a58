// SPDX-License-Identifier: Apache-2.0
#include "experiments/descent/judgements.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/comparison/expected_best.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/bootstrap.h"
#include "experiments/statistics/statistics.h"
#include "experiments/statistics/variance_components.h"
#include "experiments/trials/trainings.h"
#include "experiments/verdicts/pair_verdicts.h"

namespace lanegrad {
namespace {

std::vector<SeedPairs> Family(const Evidence& evidence, std::string_view family) {
  return FamilyOf(ChapterPairs(evidence), family);
}

// Of widths of plateaus: shown to be wider; or not, where a difference that matters, a factor
// of 1.8 in rates, is out of the interval.
Verdict ByWidth(const SeedPairs& pairs) {
  constexpr double kMatters = 0.25;
  return pairs.above()                                           ? Verdict::kSupported
         : pairs.below() || pairs.found.interval.high < kMatters ? Verdict::kNotSupported
                                                                 : Verdict::kNotDecided;
}

}  // namespace

std::vector<double> PlateauWidths(const Measurement& row) {
  std::vector<double> widths;
  for (std::size_t seed = 1;; ++seed) {
    const std::vector<double> scores = NumbersOf(row.values, fmt::format("seed_{}", seed));
    if (scores.size() < 2) return widths;
    widths.push_back(PlateauWidth(EvenRates(1e-3, 100.0, scores.size()), scores, kPlateauSlack));
  }
}

namespace {

// The causes in the order of the accuracies of "seeds": samples, weights, order.
constexpr CauseSet kOfSamples = 1, kOfWeights = 2, kOfOrder = 4;

// The accuracies of "seeds", by samples, weights and order; as many levels of each.
std::vector<double> SeedAccuracies(const std::vector<Measurement>& rows, std::string_view stem) {
  std::vector<double> y;
  for (const Measurement& row : rows) {
    for (std::size_t w = 1; w <= rows.size(); ++w) {
      const std::vector<double> each = NumbersOf(row.values, fmt::format("{}_{}", stem, w));
      y.insert(y.end(), each.begin(), each.end());
    }
  }
  return y;
}

}  // namespace

std::vector<double> SeedDeviations(const Evidence& evidence, std::string_view stem) {
  const std::vector<Measurement> rows = evidence.Series("seeds");
  const std::size_t n = rows.size();
  const VarianceSplit split =
      SplitVariance(SeedAccuracies(rows, stem), std::vector<std::size_t>{n, n, n});
  std::vector<double> deviations;
  for (const double variance : {split.variances[kOfWeights], split.variances[kOfOrder],
                                split.variances[kOfSamples], split.Sum(split.Together())}) {
    deviations.push_back(std::sqrt(std::max(0.0, variance)));
  }
  return deviations;
}

Finding BowlHasItsLimit(const Evidence& evidence) {
  double least = HUGE_VAL, most = 0.0;
  std::size_t bowls = 0;
  for (const Measurement& row : evidence.Series("bowl_limit")) {
    for (const double multiple : NumbersOf(row.values, "multiple")) {
      least = std::min(least, multiple);
      most = std::max(most, multiple);
      ++bowls;
    }
  }
  return {
      least >= 0.99 && most <= 1.01 ? Verdict::kSupported : Verdict::kNotSupported,
      fmt::format("with momentum from 0 to 0.99, descent on {} bowls begins to diverge at {:.4f} "
                  "to {:.4f} times that rate",
                  bowls, least, most)};
}

Finding NetworkHasTheLimitOfItsStart(const Evidence& evidence) {
  std::string figure;
  std::vector<SeedPairs> family = Family(evidence, "network limit");
  for (const SeedPairs& each : family) {
    std::vector<double> multiples = each.a;
    for (double& multiple : multiples) multiple = std::exp2(multiple);
    figure += fmt::format(
        "{}{} networks still halve their loss at {:.2g} times the limit in the median (95 % "
        "interval of the geometric mean {:.1f} to {:.1f})",
        figure.empty() ? "" : "; ", each.name, Median(multiples),
        std::exp2(each.found.interval.low), std::exp2(each.found.interval.high));
  }
  const bool beyond = std::any_of(family.begin(), family.end(), std::mem_fn(&SeedPairs::above));
  const bool all_near = std::all_of(family.begin(), family.end(), [](const SeedPairs& each) {
    return std::fabs(each.found.difference) < 0.5;
  });
  return {beyond     ? Verdict::kNotSupported
          : all_near ? Verdict::kSupported
                     : Verdict::kNotDecided,
          figure};
}

Finding CurvatureRisesToTheLimit(const Evidence& evidence) {
  std::string figure;
  std::size_t near = 0;
  const std::vector<Measurement> rows = evidence.Series("stability");
  for (const Measurement& row : rows) {
    const std::vector<double> late = NumbersOf(row.values, "late");
    const Interval interval = MeanInterval(late);
    near += interval.low >= 0.75 && interval.high <= 1.5;
    figure += fmt::format("{}{:.2f} at rate {} ({:.2f} to {:.2f})", figure.empty() ? "" : ", ",
                          Mean(late), row.settings.Number("rate"), interval.low, interval.high);
  }
  return {ByCount(near, rows.size()),
          "in the second half of the steps, curvature times rate over 2 is " + figure};
}

Finding RangeTestFindsTheRate(const Evidence& evidence) {
  const SeedPairs pairs = Family(evidence, "range test").at(0);
  const Measurement row = evidence.Series("range_test").at(0);
  return {VerdictOf(pairs),
          fmt::format("its rates, {:.2g} in the median, lead to {} of test accuracy against the "
                      "best rate of the grid, {:.2g}",
                      Median(NumbersOf(row.values, "suggested")), PointsText(pairs.found),
                      row.values.Number("best_rate"))};
}

Finding ArticlesRateWillDo(const Evidence& evidence) {
  std::string figure;
  std::size_t good = 0;
  const std::vector<Measurement> rows = evidence.Series("plateau");
  for (const Measurement& row : rows) {
    std::vector<double> mean;
    std::size_t seeds = 0;
    for (std::vector<double> scores = NumbersOf(row.values, "seed_1"); !scores.empty();
         scores = NumbersOf(row.values, fmt::format("seed_{}", seeds + 1))) {
      mean.resize(scores.size());
      for (std::size_t r = 0; r < scores.size(); ++r) mean[r] += scores[r];
      ++seeds;
    }
    const std::vector<double> rates = EvenRates(1e-3, 100.0, mean.size());
    // The rate of the grid nearest to 0.1 in ratio.
    std::size_t at = 0;
    for (std::size_t r = 0; r < rates.size(); ++r) {
      if (std::fabs(std::log(rates[r] / 0.1)) < std::fabs(std::log(rates[at] / 0.1))) at = r;
    }
    const double best = *std::max_element(mean.begin(), mean.end());
    const double lost = (best - mean[at]) / static_cast<double>(seeds);
    good += lost <= kPlateauSlack;
    figure += fmt::format("{}{} with {} {:.1f}", figure.empty() ? "" : ", ",
                          row.settings.Text("activation"), row.settings.Text("loss"), 100.0 * lost);
  }
  return {ByCount(good, rows.size()),
          fmt::format("it is within a point of the best rate in {} of {} networks; what it loses, "
                      "in points: {}",
                      good, rows.size(), figure)};
}

Finding EntropyIsWider(const Evidence& evidence) {
  const SeedPairs pairs = Family(evidence, "plateau by loss").at(0);
  return {ByWidth(pairs),
          fmt::format("the rates within a point of the best span {:.2f} decades with cross-entropy "
                      "and {:.2f} with squared error; the difference is {:+.2f} ({:+.2f} to "
                      "{:+.2f}), where 0.30, a factor of two, would matter",
                      Mean(pairs.a), Mean(pairs.b), pairs.found.difference,
                      pairs.found.interval.low, pairs.found.interval.high)};
}

Finding ReluIsWider(const Evidence& evidence) {
  const SeedPairs pairs = Family(evidence, "plateau by activation").at(0);
  return {ByWidth(pairs),
          fmt::format("{:.2f} decades with ReLU and {:.2f} with the sigmoid; the difference is "
                      "{:+.2f} ({:+.2f} to {:+.2f}), where 0.30 would matter",
                      Mean(pairs.a), Mean(pairs.b), pairs.found.difference,
                      pairs.found.interval.low, pairs.found.interval.high)};
}

Finding FallingRatesAreBetter(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "schedule");
  const auto best = std::max_element(
      family.begin(), family.end(),
      [](const auto& a, const auto& b) { return a.found.difference < b.found.difference; });
  return {VerdictOf(family),
          fmt::format("of {} schedules these are shown to end better than the constant rate: {}; "
                      "{} by {}",
                      family.size(), NamesOf(family, &SeedPairs::above), best->name,
                      PointsText(best->found))};
}

Finding WarmupHelps(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "warm-up");
  std::string figure;
  for (const SeedPairs& each : family) {
    figure += (figure.empty() ? "an epoch of it changes " : ", ") + each.name + " by " +
              PointsText(each.found);
  }
  return {VerdictOf(family), figure};
}

Finding AdamNeedsFewerTrials(const Evidence& evidence) {
  std::vector<double> adam, sgd;
  for (const Measurement& row : evidence.Series("optimizer")) {
    if (row.settings.Text("optimizer") == "adam") adam = NumbersOf(row.values, "trial");
    if (row.settings.Text("optimizer") == "sgd") sgd = NumbersOf(row.values, "trial");
  }
  constexpr std::size_t kTrials = 3;
  // Trials are pairs: each has the same rate and the same seed for both.
  const auto gain = [](std::span<const double> a, std::span<const double> b) {
    return ExpectedBest(a)[kTrials - 1] - ExpectedBest(b)[kTrials - 1];
  };
  if (adam.size() < kTrials || adam.size() != sgd.size())
    return {Verdict::kNotDecided, "no trials"};
  const double difference = gain(adam, sgd);
  const Interval interval = PairedBootstrapInterval(adam, sgd, gain, {.resamples = 1999});
  return {
      interval.low > 0.0    ? Verdict::kSupported
      : interval.high < 0.0 ? Verdict::kNotSupported
                            : Verdict::kNotDecided,
      fmt::format("the best of {} random rates has, on average, a held-out accuracy of {:.1f} % "
                  "with Adam and {:.1f} % with plain descent (difference {:+.1f} points, "
                  "bootstrap interval {:+.1f} to {:+.1f})",
                  kTrials, 100.0 * ExpectedBest(adam)[kTrials - 1],
                  100.0 * ExpectedBest(sgd)[kTrials - 1], 100.0 * difference, 100.0 * interval.low,
                  100.0 * interval.high)};
}

Finding AdaptiveEndsBetter(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "optimizer");
  return {VerdictOf(family),
          fmt::format("against momentum, each at the best of its trials, these are shown to end "
                      "better: {}; and worse: {}",
                      NamesOf(family, &SeedPairs::above), NamesOf(family, &SeedPairs::below))};
}

namespace {

Finding RuleHolds(const Evidence& evidence, std::string_view rule) {
  const std::vector<SeedPairs> family = Family(evidence, rule);
  std::string figure;
  for (const SeedPairs& each : family) {
    figure += fmt::format("{}{}: {:+.1f}", figure.empty() ? "" : ", ", each.name,
                          100.0 * each.found.difference);
  }
  return {
      VerdictOf(family),
      fmt::format("from the best rate of batches of 16 it leads to within a point of a search "
                  "at sizes {}, and is shown not to at {}; in points, by size: {}",
                  NamesOf(family, &SeedPairs::above), NamesOf(family, &SeedPairs::below), figure)};
}

}  // namespace

Finding LinearRuleHolds(const Evidence& evidence) { return RuleHolds(evidence, "linear rule"); }
Finding RootRuleHolds(const Evidence& evidence) { return RuleHolds(evidence, "root rule"); }

Finding FullBatchLearnsLess(const Evidence& evidence) {
  const SeedPairs pairs = Family(evidence, "full batch").at(0);
  return {VerdictOf(pairs), fmt::format("batches of 16 are ahead of the {} by {}", pairs.name,
                                        PointsText(pairs.found))};
}

Finding ErrorConditionIsMet(const Evidence& evidence) {
  std::size_t met = 0, all = 0;
  std::string figure;
  for (const Measurement& row : evidence.Series("stopping")) {
    if (!row.settings.Text("condition").starts_with("loss")) continue;
    const std::vector<double> stopped = NumbersOf(row.values, "stopped");
    const auto here = static_cast<std::size_t>(std::count(stopped.begin(), stopped.end(), 1.0));
    met += here;
    all += stopped.size();
    figure += fmt::format("{}{} of {} below {} with {:.0f} % of the labels wrong",
                          figure.empty() ? "" : ", ", here, stopped.size(),
                          row.settings.Text("condition").substr(5),
                          100.0 * row.settings.Number("label_noise"));
  }
  return {ByCount(met, all), figure};
}

Finding PatienceCostsNothing(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "patience");
  std::string figure;
  for (const Measurement& row : evidence.Series("stopping")) {
    if (!row.settings.Text("condition").starts_with("patience")) continue;
    const std::string noise = row.settings.Text("label_noise");
    for (const SeedPairs& each : family) {
      if (each.name != noise) continue;
      figure +=
          fmt::format("{}with {:.0f} % of the labels wrong it ends after {:.0f} epochs with {}",
                      figure.empty() ? "" : ", ", 100.0 * row.settings.Number("label_noise"),
                      Mean(NumbersOf(row.values, "epochs")), PointsText(each.found));
    }
  }
  return {VerdictOf(family), figure};
}

Finding WeightsMakeTheSpread(const Evidence& evidence) {
  const std::vector<Measurement> rows = evidence.Series("seeds");
  const std::size_t n = rows.size();
  const std::vector<double> y = SeedAccuracies(rows, "held_out");
  const double share =
      VariancePivots(SplitVariance(y, std::vector<std::size_t>{n, n, n})).LargestShare(1);
  const std::vector<double> own = SeedDeviations(evidence, "held_out");
  return {
      share >= 0.975   ? Verdict::kSupported
      : share <= 0.025 ? Verdict::kNotSupported
                       : Verdict::kNotDecided,
      fmt::format("standard deviations in points are {:.2f} by weights, {:.2f} by order, {:.2f} "
                  "by samples and {:.2f} by what they do together; the weights are the largest "
                  "of the three causes with a probability of {:.1f} %",
                  100.0 * own[0], 100.0 * own[1], 100.0 * own[2], 100.0 * own[3], 100.0 * share)};
}

}  // namespace lanegrad
