// SPDX-License-Identifier: Apache-2.0
#include "experiments/little_data/judgements.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/little_data/learning_curves.h"
#include "experiments/verdicts/pair_verdicts.h"

namespace lanegrad {
namespace {

// Regularisers are for few data: up to so many samples.
constexpr double kFew = 300.0;
// A law fits where it misses the means by less than this, root mean square, and foretells where
// it is surely no further off than this.
constexpr double kFits = 0.05, kForetells = 0.1;
// Exponents are the same where their difference is surely smaller.
constexpr double kSameExponent = 0.03;

std::vector<SeedPairs> Family(const Evidence& evidence, std::string_view family) {
  return FamilyOf(LittleDataPairs(evidence), family);
}

// "10 +3.2, 30 -0.1": differences in points.
std::string PointsBySize(const std::vector<SeedPairs>& family) {
  std::string text;
  for (const SeedPairs& each : family) {
    text += fmt::format("{}{}: {:+.1f}", text.empty() ? "" : "; ", each.name,
                        100.0 * each.found.difference);
  }
  return text;
}

std::string PercentOf(const std::vector<double>& accuracies) {
  return fmt::format("{:.1f} %", 100.0 * Mean(accuracies));
}

// "with 10 samples", or "with no number of samples".
std::string Where(const std::vector<SeedPairs>& family, bool (SeedPairs::*which)() const) {
  const std::string names = NamesOf(family, which);
  return names == "none" ? "at no size" : "with " + names + " samples";
}

// That another is ahead with few samples and behind with many: shown at some size, and shown the
// other way at a larger one.
Finding Crossing(const Evidence& evidence, std::string_view family_name) {
  const std::vector<SeedPairs> family = Family(evidence, family_name);
  const auto above =
      std::find_if(family.begin(), family.end(), [](const auto& each) { return each.above(); });
  const auto below =
      std::find_if(family.rbegin(), family.rend(), [](const auto& each) { return each.below(); });
  const bool ahead = above != family.end(), behind = below != family.rend();
  const bool other_way = ahead && (behind ? &*below < &*above : family.back().above());
  const Verdict verdict = other_way         ? Verdict::kNotSupported
                          : ahead && behind ? Verdict::kSupported
                          : ahead || behind ? Verdict::kQualified  // half of it
                                            : Verdict::kNotDecided;
  const double crossing = CrossingOf(CurveOf(evidence, family_name), CurveOf(evidence, "none"));
  return {verdict,
          fmt::format("shown to be ahead {}, behind {}; {}; in points, by size: {}",
                      Where(family, &SeedPairs::above), Where(family, &SeedPairs::below),
                      std::isnan(crossing)
                          ? "the means do not cross"
                          : fmt::format("the means first cross at {:.2g} samples", crossing),
                      PointsBySize(family))};
}

}  // namespace

Finding MoreDataIsBetter(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "more data");
  return {VerdictOf(family),
          fmt::format("points gained from one size to the next: {}", PointsBySize(family))};
}

// [much-data]
Finding MuchDataIsNeeded(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "tenth");
  const LearningCurve none = CurveOf(evidence, "none");
  return {VerdictOf(family),
          fmt::format(
              "from {} to {} samples accuracy goes from {} to {}; with a tenth of the data, "
              "it is lower by so many points: {}",
              CountText(none.n.front()), CountText(none.n.back()), PercentOf(none.accuracy.front()),
              PercentOf(none.accuracy.back()), PointsBySize(family))};
}
// [much-data]

Finding LinearLeadsWhenFew(const Evidence& evidence) { return Crossing(evidence, "linear"); }
Finding NeighboursLeadWhenFew(const Evidence& evidence) { return Crossing(evidence, "neighbours"); }

Finding RegularisersHelp(const Evidence& evidence) {
  std::vector<SeedPairs> few;
  const LearningCurve none = CurveOf(evidence, "none");
  for (const SeedPairs& each : Family(evidence, "regulariser")) {
    for (const double n : none.n) {
      if (n <= kFew && each.name.ends_with(" at " + CountText(n))) few.push_back(each);
    }
  }
  const auto best = std::max_element(few.begin(), few.end(), [](const auto& a, const auto& b) {
    return a.found.difference < b.found.difference;
  });
  return {VerdictOf(few),
          fmt::format("of {} comparisons, better are: {}; worse: {}; the largest gain is that of "
                      "{}, {}",
                      few.size(), NamesOf(few, &SeedPairs::above), NamesOf(few, &SeedPairs::below),
                      best->name, PointsText(best->found))};
}

Finding ShiftsHelp(const Evidence& evidence) {
  std::vector<SeedPairs> shifts = Family(evidence, "regulariser");
  const std::string label = CurveOf(evidence, "shifts").label;
  std::erase_if(shifts, [&](const SeedPairs& each) { return !each.name.starts_with(label); });
  for (SeedPairs& each : shifts) each.name.erase(0, label.size() + 4);  // "... at "
  return {VerdictOf(shifts), fmt::format("better {}, worse {}; in points, by size: {}",
                                         Where(shifts, &SeedPairs::above),
                                         Where(shifts, &SeedPairs::below), PointsBySize(shifts))};
}

Finding ShiftsAreWorthData(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "worth");
  return {
      VerdictOf(family),
      fmt::format("points that they leave it ahead of the next larger number of samples without "
                  "them: {}",
                  PointsBySize(family))};
}

Finding ErrorIsAPowerLaw(const Evidence& evidence) {
  const CurveLaw found = LawOf(CurveOf(evidence, "none"));
  const bool falls = found.exponent.low > 0.0, fits = found.law.deviation < kFits;
  return {
      !(falls && fits)    ? Verdict::kNotSupported
      : found.with_offset ? Verdict::kQualified
                          : Verdict::kSupported,
      fmt::format("the error of the network is {:.3g} n⁻ᵇ{} with b = {:.3f} ({:.3f} to {:.3f} by "
                  "the bootstrap over subsets); it misses the means by {:.1f} % of them, root "
                  "mean square",
                  found.law.factor,
                  found.with_offset ? fmt::format(" + {:.3f}", found.law.offset)
                                    : " (an offset does not pay)",
                  found.law.exponent, found.exponent.low, found.exponent.high,
                  100.0 * found.law.deviation)};
}

namespace {

// Within the margin as a whole, outside as a whole, or neither.
Verdict WithinMargin(const Interval& ratio) {
  if (ratio.low >= 1.0 - kForetells && ratio.high <= 1.0 + kForetells) return Verdict::kSupported;
  if (ratio.low > 1.0 + kForetells || ratio.high < 1.0 - kForetells) return Verdict::kNotSupported;
  return Verdict::kNotDecided;
}

}  // namespace

Finding LawForetells(const Evidence& evidence) {
  const Foretold foretold = ForetoldOf(CurveOf(evidence, "none"));
  if (foretold.n == 0.0) return {Verdict::kNotDecided, "too few sizes"};
  const bool offset = std::isfinite(foretold.offset);
  const Verdict plain = WithinMargin(foretold.plain_ratio);
  const Verdict other = offset ? WithinMargin(foretold.offset_ratio) : Verdict::kNotDecided;
  std::string figure = fmt::format(
      "fitted up to {} samples, the law without offset says an error of {:.1f} % for {}, {:.2f} to "
      "{:.2f} times the {:.1f} % that were measured",
      CountText(foretold.last), 100.0 * foretold.plain, CountText(foretold.n),
      foretold.plain_ratio.low, foretold.plain_ratio.high, 100.0 * foretold.error);
  if (offset) {
    figure +=
        fmt::format("; the law with offset {:.1f} %, {:.2f} to {:.2f} times",
                    100.0 * foretold.offset, foretold.offset_ratio.low, foretold.offset_ratio.high);
  }
  const bool either = plain == Verdict::kSupported || other == Verdict::kSupported;
  const bool both = plain == Verdict::kSupported && (!offset || other == Verdict::kSupported);
  return {both     ? Verdict::kSupported
          : either ? Verdict::kQualified
          : plain == Verdict::kNotSupported && (!offset || other == Verdict::kNotSupported)
              ? Verdict::kNotSupported
              : Verdict::kNotDecided,
          figure};
}

Finding ExponentStays(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "exponent");
  std::string figure;
  std::size_t same = 0, differs = 0;
  for (const SeedPairs& each : family) {
    const Interval& interval = each.found.interval;
    same += interval.low > -kSameExponent && interval.high < kSameExponent ? 1 : 0;
    differs += each.above() || each.below() ? 1 : 0;
    figure += fmt::format("{}{} {:+.3f} ({:+.3f} to {:+.3f})", figure.empty() ? "" : ", ",
                          each.name, each.found.difference, interval.low, interval.high);
  }
  return {same == family.size() && differs == 0 ? Verdict::kSupported
          : differs > 0 && same > 0             ? Verdict::kQualified
          : differs > 0                         ? Verdict::kNotSupported
                                                : Verdict::kNotDecided,
          fmt::format("of {} regularisers {} leave the exponent within {} of the network's, and {} "
                      "are shown to change it: {}",
                      family.size(), same, kSameExponent, differs, figure)};
}

Finding ChoosingCosts(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "choice");
  return {VerdictOf(family),
          fmt::format("shown {}; points that a choice by many more samples would have gained, by "
                      "size: {}",
                      Where(family, &SeedPairs::above), PointsBySize(family))};
}

Finding TrainingAgainPays(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "again");
  return {VerdictOf(family), fmt::format("shown {}; points gained by it, by size: {}",
                                         Where(family, &SeedPairs::above), PointsBySize(family))};
}

}  // namespace lanegrad
