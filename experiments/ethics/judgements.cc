// SPDX-License-Identifier: Apache-2.0
#include "experiments/ethics/judgements.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "experiments/ethics/measures.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"
#include "experiments/verdicts/pair_verdicts.h"

namespace lanegrad {
namespace {

std::vector<SeedPairs> Family(const Evidence& evidence, std::string_view family) {
  return FamilyOf(EthicsPairs(evidence), family);
}

std::size_t Above(const std::vector<SeedPairs>& family) {
  return static_cast<std::size_t>(
      std::count_if(family.begin(), family.end(), std::mem_fn(&SeedPairs::above)));
}

std::size_t Below(const std::vector<SeedPairs>& family) {
  return static_cast<std::size_t>(
      std::count_if(family.begin(), family.end(), std::mem_fn(&SeedPairs::below)));
}

// "coat: +12.00 points (...); trouser: ...".
std::string Each(const std::vector<SeedPairs>& family) {
  std::string text;
  for (const SeedPairs& each : family) {
    text += fmt::format("{}{}{}{}", text.empty() ? "" : "; ", each.name,
                        each.name.empty() ? "" : ": ", PointsText(each.found));
  }
  return text;
}

// Both means, in per cent.
std::string Both(const SeedPairs& pairs) {
  return fmt::format("{:.1f} % against {:.1f} %", 100.0 * Mean(pairs.a), 100.0 * Mean(pairs.b));
}

// A warning is a fall of more than a point: shown in all, in some; or shown not to be in all.
Verdict Warns(const std::vector<SeedPairs>& family) {
  return Below(family) == family.size()   ? Verdict::kSupported
         : Below(family) > 0              ? Verdict::kQualified
         : Above(family) == family.size() ? Verdict::kNotSupported
                                          : Verdict::kNotDecided;
}

// Pairs that come twice, a with b and b with a: the same within the margin in all of them, or
// shown to differ by more in some.
Verdict TheSame(const std::vector<SeedPairs>& family) {
  return Above(family) == family.size() ? Verdict::kSupported
         : Below(family) > 0            ? Verdict::kNotSupported
                                        : Verdict::kNotDecided;
}

std::vector<SeedPairs> EverySecond(const std::vector<SeedPairs>& family, std::size_t first) {
  std::vector<SeedPairs> some;
  for (std::size_t i = first; i < family.size(); i += 2) some.push_back(family[i]);
  return some;
}

}  // namespace

Finding AccuracyHoldsForAll(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "class");
  const auto [least, most] =
      std::minmax_element(family.begin(), family.end(),
                          [](const auto& a, const auto& b) { return Mean(a.a) < Mean(b.a); });
  return {TheSame(family),
          fmt::format("accuracy is {:.1f} %; the classes that are shown to be more than ten points "
                      "below it: {}; recall is {:.1f} % for the class {} and {:.1f} % for the "
                      "class {}",
                      100.0 * Mean(family.at(0).b), NamesOf(family, &SeedPairs::below),
                      100.0 * Mean(least->a), least->name, 100.0 * Mean(most->a), most->name)};
}

Finding RareClassSuffers(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "rare");
  return {VerdictOf(family), "with equal counts its recall is higher, by class: " + Each(family)};
}

Finding WeightsBringItBack(const Evidence& evidence) {
  const std::vector<SeedPairs> helped = Family(evidence, "weights help");
  const std::vector<SeedPairs> enough = Family(evidence, "weights suffice");
  const Verdict verdict = Above(enough) == enough.size() ? Verdict::kSupported
                          : Above(helped) > 0            ? Verdict::kQualified
                          : Below(enough) > 0            ? Verdict::kNotSupported
                                                         : Verdict::kNotDecided;
  return {verdict,
          "against no weights: " + Each(helped) +
              "; against equal counts, where up to five points less will do: " + Each(enough)};
}

Finding BalancingIsFree(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "others");
  const Verdict verdict = Above(family) == family.size() ? Verdict::kSupported
                          : Above(family) > 0            ? Verdict::kQualified
                          : Below(family) > 0            ? Verdict::kNotSupported
                                                         : Verdict::kNotDecided;
  return {verdict, "mean recall of the nine others changes with " + Each(family)};
}

Finding WeightsAreResampling(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "weights as repeat");
  return {TheSame(family), "recall of the rare class with weights, less that with repetition: " +
                               Each(EverySecond(family, 0))};
}

Finding AccuracyShowsSubgroup(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "subgroup");
  const SeedPairs& accuracy = family.at(0);
  const SeedPairs& recall = family.at(1);
  // Nothing is to be shown where shirts are served better.
  const Verdict verdict = accuracy.below()                      ? Verdict::kSupported
                          : accuracy.above() && !recall.below() ? Verdict::kNotSupported
                                                                : Verdict::kNotDecided;
  return {verdict,
          fmt::format("where shirts are rare, accuracy on samples drawn alike is {}, with {}; "
                      "shirts are recognised in {}",
                      Both(accuracy), PointsText(accuracy.found),
                      fmt::format("{:.1f} % against {:.1f} %", 100.0 * Mean(recall.b),
                                  100.0 * Mean(recall.a)))};
}

Finding ClassWeightsReachSubgroup(const Evidence& evidence) {
  const SeedPairs pairs = Family(evidence, "weights and subgroup").at(0);
  return {VerdictOf(pairs), fmt::format("shirts are recognised in {} where each of the four kinds "
                                        "is brought to equal counts: {}",
                                        Both(pairs), PointsText(pairs.found))};
}

Finding LossBetraysMembers(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "betrayed");
  std::string figure;
  for (const SeedPairs& each : family) {
    figure += fmt::format("{}{:.3f} ({})", figure.empty() ? "" : ", ", Mean(each.a), each.name);
  }
  return {VerdictOf(family), "a member has the smaller loss with probability " + figure};
}

Finding LongTrainingBetraysMore(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "longer");
  std::string figure;
  for (const SeedPairs& each : family) {
    figure += fmt::format("{}{:+.3f} at {}", figure.empty() ? "" : ", ", each.found.difference,
                          each.name);
  }
  return {VerdictOf(family),
          "the area under the curve grows from one number of epochs to the next by " + figure};
}

Finding MoreSamplesBetrayLess(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "more samples");
  std::string figure;
  for (const SeedPairs& each : family) {
    figure += fmt::format("{}{:.3f} at {} samples ({:.3f} at fewer)", figure.empty() ? "" : ", ",
                          Mean(each.b), each.name, Mean(each.a));
  }
  return {VerdictOf(family), "the area under the curve is " + figure};
}

Finding GapIsTheAdvantage(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "gap");
  std::string figure;
  for (const SeedPairs& each : EverySecond(family, 1)) {
    figure += fmt::format("{}{:.1f} and {:.1f} at {} epochs", figure.empty() ? "" : ", ",
                          100.0 * Mean(each.a), 100.0 * Mean(each.b), each.name);
  }
  return {TheSame(family), "advantage and gap, in points, are " + figure};
}

Finding AttackIsSureOfSome(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "sure");
  std::string figure;
  for (const SeedPairs& each : family) {
    figure += fmt::format("{}{:.1f} % at {} epochs", figure.empty() ? "" : ", ",
                          100.0 * Mean(each.a), each.name);
  }
  return {VerdictOf(family),
          "where one in a hundred others is named by mistake, members are found: " + figure};
}

Finding DefencesProtect(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "protects");
  const auto best = std::max_element(
      family.begin(), family.end(),
      [](const auto& a, const auto& b) { return a.found.difference < b.found.difference; });
  return {
      VerdictOf(family),
      fmt::format("without a defence the area is {:.3f}; shown to be lower with {}; lowest "
                  "with {}, {:.3f}",
                  Mean(best->a), NamesOf(family, &SeedPairs::above), best->name, Mean(best->b))};
}

Finding ProtectionCostsAccuracy(const Evidence& evidence) {
  const std::vector<SeedPairs> protects = Family(evidence, "protects");
  const std::vector<SeedPairs> cost = Family(evidence, "cost");
  std::vector<SeedPairs> of_protective;
  for (std::size_t i = 0; i < protects.size(); ++i) {
    if (protects[i].above()) of_protective.push_back(cost[i]);
  }
  if (of_protective.empty()) return {Verdict::kNotDecided, "no defence is shown to protect"};
  const std::size_t lower = Below(of_protective);
  const Verdict verdict = lower == of_protective.size() ? Verdict::kSupported
                          : lower > 0                   ? Verdict::kQualified
                          : Above(of_protective) > 0    ? Verdict::kNotSupported
                                                        : Verdict::kNotDecided;
  return {verdict, fmt::format("of {} that protect, accuracy is shown to be lower with {}, and "
                               "higher with {}; {}",
                               of_protective.size(), NamesOf(of_protective, &SeedPairs::below),
                               NamesOf(of_protective, &SeedPairs::above), Each(of_protective))};
}

Finding TrainingAccuracyShowsMark(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "trained");
  return {Warns(family),
          "against no mark it changes, by the share of shirts that bear it: " + Each(family)};
}

Finding HeldOutAccuracyShowsMark(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "alike");
  return {Warns(family),
          "against no mark it changes, by the share of shirts that bear it: " + Each(family)};
}

Finding UnmarkedTestShowsMark(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "unmarked");
  return {
      VerdictOf(family),
      "accuracy without the mark falls, by the share that bore it in training: " + Each(family)};
}

Finding SaliencyShowsMark(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "map");
  std::string figure;
  bool largest = true;
  for (const Measurement& row : evidence.Series("mark")) {
    const double share = row.settings.Number("share");
    const double rank = Median(NumbersOf(row.values, "map_rank"));
    if (share >= 0.9) largest = largest && rank <= 1.0;
    figure += fmt::format("{}{:.0f} where {:.0f} % of the shirts bear it",
                          figure.empty() ? "" : ", ", rank, 100.0 * share);
  }
  const Verdict shown = VerdictOf(family);
  return {shown == Verdict::kSupported && !largest ? Verdict::kQualified : shown,
          "among the 676 squares of its size, the corner's place in the map is, in the median, " +
              figure};
}

Finding FewCounterexamplesSuffice(const Evidence& evidence) {
  const SeedPairs pairs = Family(evidence, "few").at(0);
  return {VerdictOf(pairs),
          fmt::format("shirts without a mark are recognised in {} after training without marks: {}",
                      Both(pairs), PointsText(pairs.found))};
}

}  // namespace lanegrad
