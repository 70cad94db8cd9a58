// SPDX-License-Identifier: Apache-2.0
#include "experiments/back_propagation/training_findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "experiments/back_propagation/evidence_rows.h"
#include "experiments/back_propagation/training_figures.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

constexpr std::string_view kSlowRate = "0.1", kFastRate = "0.4";

// The accuracies of twins less those of their first networks: a mean a seed.
std::vector<double> AccuracyDifferences(const Evidence& evidence) {
  std::vector<double> sums;
  double count = 0.0;
  for (const Measurement& row : evidence.Series("twins")) {
    const std::vector<double> first = Numbered(row, "accuracy");
    sums.resize(first.size());
    for (const char* order : {"units", "samples"}) {
      const std::vector<double> twin = Numbered(row, fmt::format("{}_accuracy", order));
      for (std::size_t s = 0; s < sums.size(); ++s) sums[s] += twin[s] - first[s];
      count += 1.0;
    }
  }
  for (double& each : sums) each /= count;
  return sums;
}

// One activation at the smallest and the largest rate at which it was trained.
struct RatePair {
  std::string activation;
  std::vector<double> slow, fast;  // horizons, a seed each: the mean of both orders
};

std::vector<double> Horizons(const Measurement& row) {
  std::vector<double> units = Numbered(row, "units_horizon");
  const std::vector<double> samples = Numbered(row, "samples_horizon");
  for (std::size_t s = 0; s < units.size(); ++s) units[s] = 0.5 * (units[s] + samples[s]);
  return units;
}

std::vector<RatePair> RatePairs(const Evidence& evidence) {
  std::vector<RatePair> pairs;
  for (const Measurement& row : evidence.Series("twins")) {
    const std::string activation = row.settings.Text("activation");
    const std::string rate = row.settings.Text("rate");
    if (rate == kSlowRate) pairs.push_back({activation, Horizons(row), {}});
    if (rate == kFastRate) pairs.back().fast = Horizons(row);
  }
  return pairs;
}

// The p values of all claims of the chapter that rest on a test, adjusted together: first that of
// the accuracies, then one a pair of rates.
std::vector<double> AdjustedP(const Evidence& evidence) {
  std::vector<double> p = {ZeroMeanP(AccuracyDifferences(evidence))};
  for (const RatePair& pair : RatePairs(evidence))
    p.push_back(ComparePairs(pair.slow, pair.fast).p);
  return HolmAdjust(p);
}

}  // namespace

Finding SigmoidsDivideByFour(const Evidence& evidence) {
  const Measurement row = evidence.Row("flow", {{"activation", "sigmoid"}});
  double below = 0.0, all = 0.0, largest = 0.0;
  for (const std::string& name : FlowInitializers(row)) {
    const std::string high = fmt::format("{}_high", name);
    if (!row.machine.Has(high)) continue;  // no signal is left at all
    all += 1.0;
    below += row.machine.Number(high) < 0.25;
    largest = std::max(largest, row.values.Number(name));
  }
  return {ByCount(below, all),
          fmt::format("the factor of a layer is below 1/4 for {} of {} ways to draw weights; the "
                      "largest is {:.3f}: weights count as well as slopes",
                      below, all, largest)};
}

Finding HeKeepsRelu(const Evidence& evidence) {
  const Measurement row = evidence.Row("flow", {{"activation", "relu"}});
  const double factor = row.values.Number("he_normal"), low = row.machine.Number("he_normal_low");
  const double high = row.machine.Number("he_normal_high");
  const double glorot = row.values.Number("glorot_normal");
  return {
      low >= 0.95 && high <= 1.05      ? Verdict::kSupported
      : factor >= 0.9 && factor <= 1.1 ? Verdict::kQualified
                                       : Verdict::kNotSupported,
      fmt::format("a layer of ReLUs changes the length of the error signal by a factor of {:.3f} "
                  "[{:.3f}, {:.3f}] with weights of variance 2/n, and of {:.3f} with 1/n",
                  factor, low, high, glorot)};
}

Finding SomeWeightsSuit(const Evidence& evidence) {
  std::vector<std::string> without;
  const std::vector<Measurement> rows = evidence.Series("flow");
  for (const Measurement& row : rows) {
    const std::vector<std::string> names = FlowInitializers(row);
    const bool suited = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      return std::fabs(row.values.Number(name) - 1.0) <= 0.1;
    });
    if (!suited) without.push_back(row.settings.Text("activation"));
  }
  const std::size_t found = rows.size() - without.size();
  return {ByCount(static_cast<double>(found), static_cast<double>(rows.size())),
          fmt::format(
              "{} of {} activations have an initializer in the catalogue that keeps the factor "
              "of a layer between 0.9 and 1.1{}{}",
              found, rows.size(), without.empty() ? "" : "; none has: ", fmt::join(without, ", "))};
}

Finding TheoryPredicts(const Evidence& evidence) {
  double all = 0.0, within = 0.0, lost = 0.0;
  for (const Measurement& row : evidence.Series("flow")) {
    for (const std::string& name : FlowInitializers(row)) {
      const double theory = row.values.Number(fmt::format("{}_theory", name));
      const double factor = row.values.Number(name);
      if (!(theory > 0.0)) continue;
      all += factor > 0.0;
      lost += !(factor > 0.0);
      within += std::fabs(factor / theory - 1.0) <= 0.05;
    }
  }
  return {
      all == 0.0             ? Verdict::kNotDecided
      : within >= 0.95 * all ? Verdict::kSupported
      : within >= 0.5 * all  ? Verdict::kQualified
                             : Verdict::kNotSupported,
      fmt::format("the factor of a layer is within 5 % of theory in {} of {} pairs of activation "
                  "and initializer, {} left out because nothing was left of the signal",
                  within, all, lost)};
}

Finding ArticleRuleConverges(const Evidence& evidence) {
  const auto steps = [&](std::string_view rule) {
    return evidence.Row("paths", {{"rule", rule}}).values.Number("steps");
  };
  const auto far = [&](std::string_view rule) {
    return evidence.Row("paths", {{"rule", rule}}).values.Number("last");
  };
  const bool plus = far(kRuleAsPrinted) < 1.0, minus = far(kRuleSignMended) < 1.0;
  return {plus    ? Verdict::kSupported
          : minus ? Verdict::kQualified
                  : Verdict::kNotSupported,
          fmt::format(
              "with α = 0.1 as its learning rate and β = 0.9 as its decay the distance "
              "to the minimum ends at {:.0e} times the first (cut off at 1e30), and at {:.0e} if "
              "the step is subtracted; with the names set right at {:.0e}, below a thousandth "
              "from step {} on",
              far(kRuleAsPrinted), far(kRuleSignMended), far(kRuleSetRight), steps(kRuleSetRight))};
}

Finding RegionIsTheory(const Evidence& evidence) {
  const PlaneCount count = CountPlane(evidence.Row("plane", {{"update", "subtracted"}}));
  const PlaneCount added = CountPlane(evidence.Row("plane", {{"update", "added"}}));
  const double share = count.agree / count.all;
  return {share >= 0.99  ? Verdict::kSupported
          : share >= 0.9 ? Verdict::kQualified
                         : Verdict::kNotSupported,
          fmt::format("{} of {} pairs of α and β do as 0 < β < 2 (1 + α) / λ_max, α < 1 says; {} "
                      "of them converge if the step is subtracted, {} if it is added",
                      count.agree, count.all, count.converge, added.converge)};
}

Finding MomentumPays(const Evidence& evidence) {
  const double plain = evidence.Row("paths", {{"rule", kRuleBestDescent}}).values.Number("steps");
  const double momentum =
      evidence.Row("paths", {{"rule", kRuleBestMomentum}}).values.Number("steps");
  return {momentum < 0.5 * plain ? Verdict::kSupported
          : momentum < plain     ? Verdict::kQualified
                                 : Verdict::kNotSupported,
          fmt::format(
              "to a thousandth of the distance it takes {} steps at the best rate and momentum, "
              "and {} at the best rate without",
              momentum, plain)};
}

Finding OrderIsForgotten(const Evidence& evidence) {
  double control = 0.0, all = 0.0, parted = 0.0, slow = 0.0, slow_parted = 0.0;
  std::vector<double> epochs;
  for (const Measurement& row : evidence.Series("twins")) {
    for (const double each : Numbered(row, "same_distance")) control = std::max(control, each);
    for (const char* order : {"units", "samples"}) {
      for (const double each : Numbered(row, fmt::format("{}_horizon", order))) {
        const bool is_slow = row.settings.Text("rate") == kSlowRate;
        all += 1.0;
        slow += is_slow;
        if (each > row.settings.Number("epochs")) continue;
        parted += 1.0;
        slow_parted += is_slow;
        epochs.push_back(each);
      }
    }
  }
  if (control != 0.0) {
    return {
        Verdict::kNotDecided,
        fmt::format("twins that do nothing differently are {:.1g} apart: nothing can be said of "
                    "others",
                    control)};
  }
  return {parted == 0.0        ? Verdict::kSupported
          : slow_parted == 0.0 ? Verdict::kQualified
                               : Verdict::kNotSupported,
          fmt::format(
              "of {} twins {} gave some test sample another label within {} epochs{}; of {} at "
              "rate {}, {}; the weights of those that add in the same order never differed in a "
              "bit",
              all, parted, evidence.Numbers("twins", "epochs").front(),
              epochs.empty() ? "" : fmt::format(", in the median after {}", Median(epochs)), slow,
              kSlowRate, slow_parted)};
}

Finding OrderCostsNothing(const Evidence& evidence) {
  const std::vector<double> differences = AccuracyDifferences(evidence);
  const Interval interval = MeanInterval(differences);
  constexpr double kMargin = 0.01;
  const bool inside = interval.low > -kMargin && interval.high < kMargin;
  const double p = AdjustedP(evidence).front();
  return {inside     ? Verdict::kSupported
          : p < 0.05 ? Verdict::kNotSupported
                     : Verdict::kNotDecided,
          fmt::format(
              "the twins' test accuracy differs by {:+.3f} percentage points [{:+.3f}, {:+.3f}] in "
              "the mean of {} seeds (p = {:.2g}); less than {} point counts as none",
              100.0 * Mean(differences), 100.0 * interval.low, 100.0 * interval.high,
              differences.size(), p, 100.0 * kMargin)};
}

Finding RateShortensTheHorizon(const Evidence& evidence) {
  const std::vector<RatePair> pairs = RatePairs(evidence);
  const std::vector<double> p = AdjustedP(evidence);
  double shorter = 0.0, longer = 0.0;
  std::vector<std::string> parts;
  for (std::size_t k = 0; k < pairs.size(); ++k) {
    const double slow = Mean(pairs[k].slow), fast = Mean(pairs[k].fast);
    shorter += fast < slow && p[k + 1] < 0.05;
    longer += fast > slow && p[k + 1] < 0.05;
    parts.push_back(fmt::format("{} {:.0f} and {:.0f}", pairs[k].activation, slow, fast));
  }
  return {shorter + longer == 0.0                        ? Verdict::kNotDecided
          : shorter == static_cast<double>(pairs.size()) ? Verdict::kSupported
          : shorter > longer                             ? Verdict::kQualified
                                                         : Verdict::kNotSupported,
          fmt::format("shown to be sooner for {} of {} activations, later for {}; mean horizon in "
                      "epochs at rate {} and at {}: {}",
                      shorter, pairs.size(), longer, kSlowRate, kFastRate, fmt::join(parts, ", "))};
}

}  // namespace lanegrad
