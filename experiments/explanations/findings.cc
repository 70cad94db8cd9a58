// SPDX-License-Identifier: Apache-2.0
#include "experiments/explanations/findings.h"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/explanations/measures.h"
#include "experiments/report/text_table.h"
#include "experiments/statistics/statistics.h"
#include "experiments/verdicts/pair_verdicts.h"

namespace lanegrad {
namespace {

std::string Percent(double share) { return fmt::format("{:.1f} %", 100.0 * share); }

SeedPairs One(const Evidence& evidence, std::string_view family, std::string_view name) {
  const std::vector<SeedPairs> all = FamilyOf(ExplanationPairs(evidence), family);
  return *std::find_if(all.begin(), all.end(), [&](const auto& each) { return each.name == name; });
}

std::string Signed(const PairedComparison& found) {
  return fmt::format("{:+.3f} ({:+.3f} to {:+.3f})", found.difference, found.interval.low,
                     found.interval.high);
}

std::string Points(const PairedComparison& found) {
  return fmt::format("{:+.1f} points ({:+.1f} to {:+.1f})", 100.0 * found.difference,
                     100.0 * found.interval.low, 100.0 * found.interval.high);
}

// "gradient 0.12, occlusion 0.3".
template <class Write>
std::string Each(const std::vector<SeedPairs>& family, const Write& write) {
  std::string text;
  for (const SeedPairs& each : family) {
    text += fmt::format("{}{} {}", text.empty() ? "" : "; ", each.name, write(each));
  }
  return text;
}

std::string MeanOfB(const SeedPairs& pair) { return fmt::format("{:.2f}", Mean(pair.b)); }
std::string BothMeans(const SeedPairs& pair) {
  return fmt::format("{:.2f} and {:.2f}", Mean(pair.a), Mean(pair.b));
}

std::vector<SeedPairs> Family(const Evidence& evidence, std::string_view family) {
  return FamilyOf(ExplanationPairs(evidence), family);
}

}  // namespace

Finding GradientsAreExact(const Evidence& evidence) {
  const std::vector<double> errors = ListOf(evidence, "check", "plain", "gradient_error");
  const std::vector<double> gaps = ListOf(evidence, "check", "plain", "completeness_gap");
  const double error = *std::max_element(errors.begin(), errors.end());
  const double gap = *std::max_element(gaps.begin(), gaps.end());
  return {error <= 1e-4 && gap <= 0.02 ? Verdict::kSupported
          : error <= 1e-4              ? Verdict::kQualified
                                       : Verdict::kNotSupported,
          fmt::format("over {} networks the largest error of a gradient is {:.1g} of the largest "
                      "gradient; integrated gradients miss their sum by at most {:.1g} of it",
                      errors.size(), error, gap)};
}

Finding FirstLayerIsReadable(const Evidence& evidence) {
  const SeedPairs learned = One(evidence, "smoothness", "learned");
  const SeedPairs half = One(evidence, "smoothness", "half");
  return {VerdictOf(half),
          fmt::format("the correlation of neighbouring weights is {} before training and {:.2f} "
                      "after it, more by {}; a picture would have more than 0.5",
                      UnsignedZero(fmt::format("{:.2f}", Mean(learned.b))), Mean(learned.a),
                      Signed(learned.found))};
}

Finding DecaySmooths(const Evidence& evidence) {
  const SeedPairs smooth = One(evidence, "decay", "smoothness");
  const SeedPairs accuracy = One(evidence, "decay", "accuracy");
  return {!smooth.above()    ? VerdictOf(smooth)
          : accuracy.above() ? Verdict::kSupported
                             : Verdict::kQualified,
          fmt::format("the correlation of neighbouring weights is {:.2f} with decay and {:.2f} "
                      "without; accuracy changes by {}, where a loss of 1 point is allowed",
                      Mean(smooth.a), Mean(smooth.b), Points(accuracy.found))};
}

Finding MapsPointAtPixels(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "deletion against random");
  return {VerdictOf(family),
          fmt::format("without 5 % of the pixels, taken at random, {} of the decisions stay; "
                      "without those that a map calls important: {}",
                      Percent(Mean(family[0].a)),
                      Each(family, [](const SeedPairs& each) { return Percent(Mean(each.b)); }))};
}

Finding MapsBeatContrast(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "deletion against contrast");
  return {VerdictOf(family),
          fmt::format("without the 5 % of the pixels that differ most from the mean picture, {} "
                      "of the decisions stay; without those of a map: {}",
                      Percent(Mean(family[0].a)),
                      Each(family, [](const SeedPairs& each) { return Percent(Mean(each.b)); }))};
}

Finding PathBeatsPoint(const Evidence& evidence) {
  const SeedPairs path = One(evidence, "path", "integrated");
  return {VerdictOf(path),
          fmt::format("without 5 % of the pixels {} of the decisions stay by one gradient and {} "
                      "by integrated ones: {}",
                      Percent(Mean(path.a)), Percent(Mean(path.b)), Points(path.found))};
}

Finding ForeignMapsPoint(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "foreign map");
  return {VerdictOf(family),
          fmt::format("without 5 % of the pixels so many decisions stay, if the network's own map "
                      "chooses them and if its twin's does: {}",
                      Each(family, [](const SeedPairs& each) {
                        return Percent(Mean(each.a)) + " and " + Percent(Mean(each.b));
                      }))};
}

Finding TwinsAgreeOnMaps(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "twin");
  return {VerdictOf(family),
          fmt::format("of the 5 % of the pixels that are most important, so many are the same, "
                      "where both networks decide alike: {}",
                      Each(family, [](const SeedPairs& each) { return Percent(Mean(each.a)); }))};
}

Finding DecayMakesMapsAgree(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "decayed twin");
  return {VerdictOf(family),
          fmt::format("rank correlations with decay and without it: {}", Each(family, BothMeans))};
}

Finding TinyChangeKeepsMaps(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "tiny change");
  return {VerdictOf(family),
          fmt::format("of the 5 % of the pixels that are most important, so many still are when "
                      "every pixel has changed by 8 of 255 levels and the decision has not: {}",
                      Each(family, [](const SeedPairs& each) { return Percent(Mean(each.a)); }))};
}

Finding MapsShowWhatWasLearned(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "learned weights");
  return {VerdictOf(family),
          fmt::format("rank correlations with a trained twin and with an untrained network: {}",
                      Each(family, BothMeans))};
}

Finding UntrainedMapsDiffer(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "untrained");
  return {VerdictOf(family),
          fmt::format("rank correlations with an untrained network: {}", Each(family, MeanOfB))};
}

Finding MapsKnowLabels(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "labels");
  const std::vector<double> learned =
      ListOf(evidence, "training", "random_labels", "train_accuracy");
  return {VerdictOf(family),
          fmt::format("rank correlations with a twin that has learned the same labels, and with "
                      "one that has learned random ones ({} of them by heart): {}",
                      Percent(Mean(learned)), Each(family, BothMeans))};
}

Finding PrototypesLookAlike(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "like class");
  return {VerdictOf(family),
          fmt::format("so many are more like the mean picture of their own class than like that "
                      "of any other, by ascent of either kind: {}",
                      Each(family, [](const SeedPairs& each) { return Percent(Mean(each.a)); }))};
}

Finding PrototypesConvince(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "convince");
  const auto named = [&](const char* ascent) {
    return Percent(Mean(ListOf(evidence, "prototype", ascent, "twin")));
  };
  return {VerdictOf(family),
          fmt::format("the mean probability that a twin and the network itself give to the class "
                      "of a prototype: {}; a twin names {} of the plain and {} of the smooth ones "
                      "rightly",
                      Each(family,
                           [](const SeedPairs& each) {
                             return Percent(Mean(each.a)) + " and " + Percent(Mean(each.b));
                           }),
                      named("plain"), named("smooth"))};
}

Finding MistakesAreShared(const Evidence& evidence) {
  const SeedPairs chance = One(evidence, "mistakes", "chance");
  const SeedPairs half = One(evidence, "mistakes", "half");
  return {chance.above() && half.above() ? Verdict::kSupported
          : chance.above()               ? Verdict::kQualified
          : half.below()                 ? Verdict::kNotSupported
                                         : Verdict::kNotDecided,
          fmt::format("of a network's mistakes its twin makes {}, naming the same wrong class; by "
                      "chance, given the class, it would be {}; {} of the mistakes are made with "
                      "a probability of 90 % or more",
                      Percent(Mean(chance.a)), Percent(Mean(chance.b)),
                      Percent(Mean(ListOf(evidence, "mistakes", "plain", "confident"))))};
}

Finding NeighboursDecide(const Evidence& evidence) {
  const SeedPairs agree = One(evidence, "neighbours", "agree");
  const SeedPairs accuracy = One(evidence, "neighbours", "accuracy");
  const SeedPairs pixels = One(evidence, "neighbours", "pixels");
  return {agree.above() && accuracy.above()   ? Verdict::kSupported
          : agree.above() || accuracy.above() ? Verdict::kQualified
          : agree.below() && accuracy.below() ? Verdict::kNotSupported
                                              : Verdict::kNotDecided,
          fmt::format("ten neighbours in the last hidden layer decide as the network in {} of the "
                      "cases, and are right in {}, the network in {}, neighbours in pixels in {}",
                      Percent(Mean(agree.a)), Percent(Mean(accuracy.a)), Percent(Mean(accuracy.b)),
                      Percent(Mean(pixels.b)))};
}

Finding NeighboursWarn(const Evidence& evidence) {
  const SeedPairs warning = One(evidence, "neighbours", "warning");
  return {VerdictOf(warning),
          fmt::format("a mistake has more neighbours against it than a right decision with "
                      "probability {:.3f}; it has less confidence with probability {:.3f}: {}",
                      Mean(warning.a), Mean(warning.b), Signed(warning.found))};
}

Finding NothingIsExplained(const Evidence& evidence) {
  const std::vector<SeedPairs> points = Family(evidence, "deletion against random");
  const std::vector<SeedPairs> learned = Family(evidence, "learned weights");
  const std::vector<SeedPairs> stable = Family(evidence, "twin");
  std::size_t pass = 0, fail = 0;
  std::string figure;
  for (std::size_t m = 0; m < points.size(); ++m) {
    std::string passed;
    bool failed = false, all = true;
    const auto test = [&](const SeedPairs& pair, const char* name) {
      if (pair.above()) passed += fmt::format("{}{}", passed.empty() ? "" : ", ", name);
      all = all && pair.above();
      failed = failed || pair.below();
    };
    test(points[m], "points at pixels that matter");
    test(learned[m], "shows what was learned");
    test(stable[m], "is about the same for a twin");
    pass += all;
    fail += failed;
    figure += fmt::format("{}{}: {}", figure.empty() ? "" : "; ", points[m].name,
                          passed.empty() ? "nothing shown" : passed);
  }
  return {pass == points.size()   ? Verdict::kNotSupported
          : pass > 0              ? Verdict::kQualified
          : fail == points.size() ? Verdict::kSupported
                                  : Verdict::kNotDecided,
          figure};
}

}  // namespace lanegrad
