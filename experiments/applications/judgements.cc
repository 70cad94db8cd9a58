// SPDX-License-Identifier: Apache-2.0
#include "experiments/applications/judgements.h"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/letters/letter_counts.h"
#include "experiments/records/numbered.h"
#include "experiments/verdicts/pair_verdicts.h"

namespace lanegrad {
namespace {

std::vector<SeedPairs> Family(const Evidence& evidence, std::string_view family) {
  return FamilyOf(ApplicationPairs(evidence), family);
}

std::string Percent(const std::vector<double>& shares) {
  return fmt::format("{:.1f} %", 100.0 * Mean(shares));
}

// "women 61.2 against 94.0 %; ...": the means of every pair.
std::string Shares(const std::vector<SeedPairs>& family) {
  std::string text;
  for (const SeedPairs& each : family) {
    text += fmt::format("{}{} {:.1f} against {:.1f} %", text.empty() ? "" : "; ", each.name,
                        100.0 * Mean(each.a), 100.0 * Mean(each.b));
  }
  return text;
}

// "linear +2.1 points (...); ...".
std::string Points(const std::vector<SeedPairs>& family) {
  std::string text;
  for (const SeedPairs& each : family) {
    text += fmt::format("{}{} {}", text.empty() ? "" : "; ", each.name, PointsText(each.found));
  }
  return text;
}

// That one is better than all others: not so where one of them is shown to be better.
// [better-than-all]
Verdict BetterThanAll(const std::vector<SeedPairs>& others) {
  const bool behind =
      std::any_of(others.begin(), others.end(), [](const auto& each) { return each.below(); });
  return behind ? Verdict::kNotSupported : VerdictOf(others);
}
// [better-than-all]

// Whether accuracy stays within a margin: supported or qualified as shown; not supported where it
// is shown of none.
Finding Stays(const std::vector<SeedPairs>& family, std::string_view margin) {
  return {VerdictOf(family), fmt::format("shown to stay within {}: {}; shown to lose more: {}; {}",
                                         margin, NamesOf(family, &SeedPairs::above),
                                         NamesOf(family, &SeedPairs::below), Shares(family))};
}

}  // namespace

// [used]
Finding UsedForAllThree(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "used");
  return {
      VerdictOf(family),
      fmt::format("shown for {}; pictures {} right, vowels {} and spoken digits {}, where one in "
                  "ten is guessing; {:.2f} bits a letter, where frequencies alone need {:.2f}",
                  NamesOf(family, &SeedPairs::above), Percent(family[0].a), Percent(family[1].a),
                  Percent(family[2].a), -Mean(family[3].a), -Mean(family[3].b))};
}
// [used]

Finding BestOnPictures(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "pictures");
  return {BetterThanAll(family),
          fmt::format("{} right; ahead of {}", Percent(family[0].a), Points(family))};
}

Finding BestOnVowels(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "vowels");
  return {BetterThanAll(family),
          fmt::format("{} right; ahead of {}", Percent(family[0].a), Points(family))};
}

Finding BestOnSpoken(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "spoken");
  return {BetterThanAll(family),
          fmt::format("{} right; ahead of {}", Percent(family[0].a), Points(family))};
}

Finding BestOnLetters(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "letters");
  std::string text = fmt::format("network {:.3f} bits a letter (perplexity {:.2f})",
                                 -Mean(family[0].a), Perplexity(-Mean(family[0].a)));
  for (const SeedPairs& each : family) {
    text += fmt::format(
        "; {} {:.3f}, {:+.3f} ({:+.3f} to {:+.3f})",
        each.name == "counts"
            ? "counts after " + BestCounts(evidence).settings.Text("order") + " letters"
            : each.name,
        -Mean(each.b), -each.found.difference, -each.found.interval.high, -each.found.interval.low);
  }
  return {BetterThanAll(family), text};
}

Finding MistakesAreAlike(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "alike");
  return {VerdictOf(family),
          fmt::format("{} of the mistakes take one top for another, {}; equally spread it would be "
                      "20 of 90 pairs, 22.2 %",
                      Percent(family[0].a), "against a half " + PointsText(family[0].found))};
}

Finding AlteredPictures(const Evidence& evidence) {
  return Stays(Family(evidence, "altered"), "five points");
}

Finding NeighboursBearMore(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "bear");
  return {VerdictOf(family),
          fmt::format("shown to lose less: {}; shown to lose more: {}; by so much less: {}",
                      NamesOf(family, &SeedPairs::above), NamesOf(family, &SeedPairs::below),
                      Points(family))};
}

Finding KnownSpeakersTell(const Evidence& evidence) {
  return Stays(Family(evidence, "known"), "two points");
}

Finding MenTeachAll(const Evidence& evidence) {
  return Stays(Family(evidence, "by men"), "five points of what men get");
}

Finding AllVoicesTeachAll(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "by all");
  return {VerdictOf(family), Shares(family)};
}

Finding NoisyVowels(const Evidence& evidence) {
  return Stays(Family(evidence, "noisy"), "five points of what quiet gives");
}

Finding FewVoicesTeachAll(const Evidence& evidence) {
  return Stays(Family(evidence, "few voices"), "five points of what known voices get");
}

Finding SpokenOtherwise(const Evidence& evidence) {
  return Stays(Family(evidence, "otherwise"), "five points");
}

// [other-words]
Finding OtherWordsRefused(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "refused");
  const std::vector<double> kept = NumbersOf(SpokenRow(evidence, "network", "six").values, "kept");
  return {VerdictOf(family),
          fmt::format("{} of the other words refused, against a half {}; {} of new digits kept",
                      Percent(family[0].a), PointsText(family[0].found), Percent(kept))};
}
// [other-words]

Finding OtherTextIsRead(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "other text");
  const PairedComparison& found = family[0].found;
  return {VerdictOf(family),
          fmt::format("{:.2f} bits a letter of the Declaration against {:.2f} of unread parts of "
                      "the Constitution, {:+.2f} ({:+.2f} to {:+.2f})",
                      -Mean(family[0].a), -Mean(family[0].b), -found.difference,
                      -found.interval.high, -found.interval.low)};
}

Finding LowTemperatureSpells(const Evidence& evidence) {
  const std::vector<SeedPairs> family = Family(evidence, "words");
  return {VerdictOf(family),
          fmt::format("{} of the words are in the text, against {}, {}", Percent(family[0].a),
                      Percent(family[0].b), PointsText(family[0].found))};
}

}  // namespace lanegrad
