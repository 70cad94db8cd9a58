// SPDX-License-Identifier: Apache-2.0
#include "experiments/compute/judgements.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/compute/frontier.h"
#include "experiments/compute/laws.h"
#include "experiments/compute/workload.h"
#include "experiments/records/numbered.h"
#include "experiments/verdicts/pair_verdicts.h"

namespace lanegrad {
namespace {

// A law fits where it misses the means by less than this, root mean square.
constexpr double kFits = 0.05;
// Within this factor two paces are the same, and a bound explains what is measured.
constexpr double kFactor = 2.0;

// "to 10^8 +3.2, to 10^9 -0.1": differences in points.
std::string PointsByName(const std::vector<SeedPairs>& family) {
  std::string text;
  for (const SeedPairs& each : family) {
    text += fmt::format("{}{} {:+.1f}", text.empty() ? "" : ", ", each.name,
                        100.0 * each.found.difference);
  }
  return text;
}

// "64 against 16 0.41": what the second needs, as a share of what the first does.
std::string SharesByName(const std::vector<SeedPairs>& family) {
  std::string text;
  for (const SeedPairs& each : family) {
    text += fmt::format("{}{}: {:.2f}", text.empty() ? "" : ", ", each.name,
                        Mean(each.b) / Mean(each.a));
  }
  return text;
}

Verdict WithinFactor(double ratio) {
  return ratio <= kFactor             ? Verdict::kSupported
         : ratio <= kFactor * kFactor ? Verdict::kQualified
                                      : Verdict::kNotSupported;
}

Finding WideNeedsLess(const Evidence& evidence, std::string_view family_name,
                      std::string_view what) {
  const std::vector<SeedPairs> family = ComputeFamily(evidence, family_name);
  std::string missed;
  for (const Reach& reach : ReachesOf(evidence)) {
    const double seeds = static_cast<double>(reach.samples.size());
    if (reach.reached == seeds) continue;
    missed += fmt::format("; {} of {} networks of width {} reached it", reach.reached, seeds,
                          reach.width);
  }
  return {VerdictOf(family),
          fmt::format("{} that a width needs, as a share of what the next narrower one does: {}{}",
                      what, SharesByName(family), missed)};
}

}  // namespace

// [more-is-better]
Finding MoreComputeIsBetter(const Evidence& evidence) {
  const std::vector<SeedPairs> family = ComputeFamily(evidence, "tenfold");
  const std::vector<Budget> budgets = BudgetsOf(evidence);
  return {VerdictOf(family),
          fmt::format("from {} to {} multiply-adds accuracy goes from {:.1f} % to {:.1f} %; points "
                      "that each factor of ten adds: {}",
                      WorkText(budgets.front().work), WorkText(budgets.back().work),
                      100.0 * Mean(budgets.front().Best().accuracy),
                      100.0 * Mean(budgets.back().Best().accuracy), PointsByName(family))};
}
// [more-is-better]

Finding TenfoldBuysLess(const Evidence& evidence) {
  const std::vector<SeedPairs> family = ComputeFamily(evidence, "less");
  return {VerdictOf(family), fmt::format("points by which the next factor of ten adds less: {}",
                                         PointsByName(family))};
}

Finding ErrorIsAPowerOfWork(const Evidence& evidence) {
  const WorkLaw found = WorkLawOf(BudgetsOf(evidence));
  if (found.budgets < 3) return {Verdict::kNotDecided, "too few budgets"};
  const bool fits = found.law.exponent > 0.0 && found.law.deviation < kFits;
  return {!fits                    ? Verdict::kNotSupported
          : found.law.offset > 0.0 ? Verdict::kQualified
                                   : Verdict::kSupported,
          fmt::format("the error falls with exponent {:.3f}{}, so that ten times the computing "
                      "leaves {:.2f} of what can be taken away; the law misses the means by {:.1f} "
                      "% of them, root mean square",
                      found.law.exponent,
                      found.law.offset > 0.0
                          ? fmt::format(" above an offset of {:.1f} %", 100.0 * found.law.offset)
                          : " (an offset does not pay)",
                      std::pow(10.0, -found.law.exponent), 100.0 * found.law.deviation)};
}

Finding WiderIsBetter(const Evidence& evidence) {
  const std::vector<SeedPairs> family = ComputeFamily(evidence, "wider");
  return {VerdictOf(family),
          fmt::format("shown to be better: {}; worse: {}", NamesOf(family, &SeedPairs::above),
                      NamesOf(family, &SeedPairs::below))};
}

Finding BestWidthGrows(const Evidence& evidence) {
  const std::vector<SeedPairs> family = ComputeFamily(evidence, "grows");
  std::string best;
  for (const Budget& budget : BudgetsOf(evidence)) {
    best += fmt::format("{}{} at {}", best.empty() ? "" : ", ", budget.Best().width,
                        WorkText(budget.work));
  }
  return {VerdictOf(family), fmt::format("points of width {}; best on held-out samples: {}",
                                         PointsByName(family), best)};
}

Finding WideNeedsFewerSamples(const Evidence& evidence) {
  return WideNeedsLess(evidence, "samples", "samples");
}

Finding WideNeedsLessWork(const Evidence& evidence) {
  return WideNeedsLess(evidence, "work", "multiply-adds");
}

// [same-bits]
Finding TargetsGiveSameBits(const Evidence& evidence) {
  const std::vector<TargetPace> targets = TargetsOf(evidence);
  if (targets.size() < 2) return {Verdict::kNotDecided, "this machine has a single one"};
  std::string names;
  std::size_t same = 0;
  for (const TargetPace& target : targets) {
    same += target.differs == 0.0 ? 1 : 0;
    names += (names.empty() ? "" : ", ") + target.name;
  }
  return {same == targets.size() ? Verdict::kSupported : Verdict::kNotSupported,
          fmt::format("of {} instruction sets ({}), {} give the digest that is recorded",
                      targets.size(), names, same)};
}
// [same-bits]

Finding NewerTargetsPay(const Evidence& evidence) {
  const std::vector<TargetPace> targets = TargetsOf(evidence);
  if (targets.size() < 2) return {Verdict::kNotDecided, "this machine has a single one"};
  std::size_t faster = 0;
  std::string figure;
  for (std::size_t i = 1; i < targets.size(); ++i) {
    faster += targets[i].train.low > targets[i - 1].train.high ? 1 : 0;
    figure +=
        fmt::format("{}{} {:.1f} times {}", figure.empty() ? "" : ", ", targets[i].name,
                    targets[i].train.median / targets[i - 1].train.median, targets[i - 1].name);
  }
  return {ByCount(faster, targets.size() - 1),
          fmt::format("{} of {} steps are faster in every round; training: {}", faster,
                      targets.size() - 1, figure)};
}

Finding ThreadsPay(const Evidence& evidence) {
  const std::vector<Measurement> rows = evidence.Series("threads");
  std::size_t faster = 0;
  double most = 1.0;
  std::string figure;
  for (const Measurement& row : rows) {
    most = std::max(most, NumbersOf(row.machine, "team").back());
    faster += row.machine.Number("gain_low") > 1.0 ? 1 : 0;
    figure +=
        fmt::format("{}{:.2f} times at width {} ({:.2f} to {:.2f})", figure.empty() ? "" : ", ",
                    row.machine.Number("gain"), row.settings.Number("width"),
                    row.machine.Number("gain_low"), row.machine.Number("gain_high"));
  }
  if (most < 2.0) return {Verdict::kNotDecided, "there is one thread only"};
  return {ByCount(faster, rows.size()), fmt::format("{} threads: {}", most, figure)};
}

Finding WorkTellsTime(const Evidence& evidence) {
  double least = INFINITY, most = 0.0;
  std::string figure;
  for (const Measurement& row : evidence.Series("shape")) {
    if (row.settings.Number("batch") != 32.0) continue;
    const double pace = row.machine.Number("train_flops");
    least = std::min(least, pace);
    most = std::max(most, pace);
    figure += fmt::format("{}{:.1f} at width {}", figure.empty() ? "" : ", ", pace / 1e9,
                          row.settings.Number("width"));
  }
  if (!(least > 0.0)) return {Verdict::kNotDecided, "no time was measured"};
  return {WithinFactor(most / least),
          fmt::format("Gflop/s of training: {}; a factor of {:.1f} between", figure, most / least)};
}

Finding RooflineExplains(const Evidence& evidence) {
  double least = INFINITY, most = 0.0;
  for (const Measurement& row : evidence.Series("shape")) {
    const double share = row.machine.Number("train_flops") / RoofOf(row);
    least = std::min(least, share);
    most = std::max(most, share);
  }
  const bool above = most > 1.5;  // a bound that is surpassed explains nothing
  return {least > 0.0 && !above ? WithinFactor(1.0 / least) : Verdict::kNotSupported,
          fmt::format("over all widths and batches training reaches {:.0f} to {:.0f} % of the "
                      "lower of the two bounds",
                      100.0 * least, 100.0 * most)};
}

Finding ThreadsSaveEnergy(const Evidence& evidence) {
  const Measurement row = evidence.Series("energy").front();
  const std::vector<double> one = NumbersOf(row.machine, "one"),
                            all = NumbersOf(row.machine, "all");
  if (!(row.machine.Number("counters") > 0.0)) {
    return {Verdict::kNotDecided, "this machine has no energy counters that may be read"};
  }
  if (row.machine.Number("team") == 1.0) return {Verdict::kNotDecided, "there is one thread only"};
  std::size_t more = 0, rounds = std::min(one.size(), all.size());
  for (std::size_t i = 0; i < rounds; ++i) more += all[i] > one[i] ? 1 : 0;
  return {
      more == rounds && rounds > 0 ? Verdict::kSupported
      : more == 0                  ? Verdict::kNotSupported
                                   : Verdict::kNotDecided,
      fmt::format("{:.0f} samples a joule on one thread, {:.0f} on all; more in {} of {} rounds",
                  Median(one), Median(all), more, rounds)};
}

}  // namespace lanegrad
