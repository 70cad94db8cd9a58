// SPDX-License-Identifier: Apache-2.0
#include "experiments/recipes/recipe_claims.h"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <string>

#include "experiments/recipes/recipe.h"
#include "experiments/recipes/recipe_measures.h"
#include "experiments/recipes/recipe_pairs.h"
#include "experiments/records/numbered.h"
#include "experiments/trials/trainings.h"
#include "experiments/verdicts/pair_verdicts.h"

namespace lanegrad {
namespace {

using Family = std::vector<SeedPairs>;

Family Of(const Evidence& evidence, std::string_view family) {
  return FamilyOf(RecipePairs(evidence), family);
}

std::size_t Count(const Family& family, bool (SeedPairs::*which)() const) {
  return static_cast<std::size_t>(std::count_if(family.begin(), family.end(), std::mem_fn(which)));
}

// "+0.42 (+0.10 to +0.74)".
std::string Points(const PairedComparison& found) {
  return fmt::format("{:+.1f} ({:+.1f} to {:+.1f})", 100.0 * found.difference,
                     100.0 * found.interval.low, 100.0 * found.interval.high);
}

// "a with 2 layers +0.4 (+0.1 to +0.7); b with 5 layers ...".
std::string Listed(const Family& family) {
  std::string text;
  for (const SeedPairs& each : family) {
    text += (text.empty() ? "" : "; ") + each.name + " " + Points(each.found);
  }
  return text;
}

// Those of a family whose name ends in this depth.
Family AtDepth(Family family, std::size_t depth) {
  std::erase_if(family, [&](const SeedPairs& each) {
    return !each.name.ends_with(fmt::format(" with {} layers", depth));
  });
  return family;
}

// Of a claim that there is one, at each depth: there is one at all depths; at some; at none.
// That there is none is shown where all are shown to be otherwise.
Verdict ByOneAtEachDepth(const Family& family) {
  std::size_t found = 0, refuted = 0;
  for (const std::size_t depth : kDepths) {
    const Family here = AtDepth(family, depth);
    found += Count(here, &SeedPairs::above) > 0;
    refuted += Count(here, &SeedPairs::below) == here.size();
  }
  return found == kDepths.size()     ? Verdict::kSupported
         : found > 0                 ? Verdict::kQualified
         : refuted == kDepths.size() ? Verdict::kNotSupported
                                     : Verdict::kNotDecided;
}

double MeanOf(const Evidence& evidence, std::string_view series, std::string_view name,
              std::size_t depth, std::string_view stem) {
  return Mean(NumbersOf(RowOf(evidence, series, name, depth).values, stem));
}

}  // namespace

double DecadesOfRates(const Measurement& row) {
  const std::vector<double> scores = NumbersOf(row.values, "tune");
  // Rates in equal ratios over three decades: where they begin does not matter.
  return PlateauWidth(EvenRates(1.0, 1000.0, scores.size()), scores, kPoint);
}

Finding LaterIsBetter(const Evidence& evidence) {
  const Family family = Of(evidence, "later");
  return {VerdictOf(family),
          fmt::format("{} of {} steps from one recipe to the next are shown to be "
                      "better, these are shown to be worse: {}; in points: {}",
                      Count(family, &SeedPairs::above), family.size(),
                      NamesOf(family, &SeedPairs::below), Listed(family))};
}

Finding LaterIsBetterWithoutDropout(const Evidence& evidence) {
  const Family family = Of(evidence, "later without dropout");
  return {VerdictOf(family),
          fmt::format("{} of {} steps are shown to be better, in points: {}",
                      Count(family, &SeedPairs::above), family.size(), Listed(family))};
}

Finding ModernIsBetter(const Evidence& evidence) {
  const Family family = Of(evidence, "modern");
  return {VerdictOf(family), "in points of test accuracy: " + Listed(family)};
}

namespace {

Finding Sooner(const Evidence& evidence, std::string_view than) {
  std::string figure;
  for (const std::size_t depth : kDepths) {
    figure +=
        fmt::format("{}{:.1f} epochs against {:.1f} with {} hidden layers",
                    figure.empty() ? "" : ", ", MeanOf(evidence, "recipe", "2020", depth, "epochs"),
                    MeanOf(evidence, "recipe", than, depth, "epochs"), depth);
  }
  const Family family = Of(evidence, fmt::format("sooner than {}", than));
  Verdict verdict = VerdictOf(family);
  // Epochs are whole numbers, and a few seeds that all agree have no spread to be tested by. The
  // claim is also refuted where every interval lies on the other side.
  const bool later = std::all_of(family.begin(), family.end(), [](const SeedPairs& each) {
    return each.found.interval.high < 0.0;
  });
  if (verdict == Verdict::kNotDecided && later) verdict = Verdict::kNotSupported;
  return {verdict, figure};
}

}  // namespace

Finding ModernIsSooner(const Evidence& evidence) { return Sooner(evidence, "1986"); }
Finding SoonerThan2010(const Evidence& evidence) { return Sooner(evidence, "2010"); }

Finding MoreRatesAreGood(const Evidence& evidence) {
  std::size_t wider = 0;
  std::string figure;
  for (const std::size_t depth : kDepths) {
    const double modern = DecadesOfRates(RowOf(evidence, "recipe", "2020", depth));
    const double old = DecadesOfRates(RowOf(evidence, "recipe", "1986", depth));
    wider += modern > old;
    figure += fmt::format("{}{:.2f} decades against {:.2f} with {} hidden layers",
                          figure.empty() ? "" : ", ", modern, old, depth);
  }
  return {wider == kDepths.size() ? Verdict::kSupported
          : wider > 0             ? Verdict::kQualified
                                  : Verdict::kNotSupported,
          figure};
}

Finding OldFailsDeep(const Evidence& evidence) {
  const Measurement row = RowOf(evidence, "recipe", "1986", kDeep);
  const std::vector<double> epochs = NumbersOf(row.values, "epochs");
  const double limit = row.settings.Number("epochs");
  const auto arrived = static_cast<std::size_t>(
      std::count_if(epochs.begin(), epochs.end(), [&](double each) { return each <= limit; }));
  return {arrived == 0              ? Verdict::kSupported
          : arrived < epochs.size() ? Verdict::kQualified
                                    : Verdict::kNotSupported,
          fmt::format("{} of {} networks reach {:.0f} % within {:.0f} epochs; their test accuracy "
                      "is {:.1f} % in the mean, where guessing has 10 %",
                      arrived, epochs.size(), 100.0 * kTarget, limit,
                      100.0 * Mean(NumbersOf(row.values, "test")))};
}

Finding DepthWidensTheGap(const Evidence& evidence) {
  const SeedPairs pairs = Of(evidence, "depth").at(0);
  return {VerdictOf({pairs}),
          fmt::format("from 1986 to 2020 it is {:.1f} points with {} hidden layers and {:.1f} "
                      "with {}; the difference is {}",
                      100.0 * Mean(pairs.a), kDeep, 100.0 * Mean(pairs.b), kShallow,
                      Points(pairs.found))};
}

Finding OneIsEnough(const Evidence& evidence) {
  const Family family = Of(evidence, "suffices");
  return {ByOneAtEachDepth(family),
          "these are shown to close it: " + NamesOf(family, &SeedPairs::above) +
              "; these are shown not to: " + NamesOf(family, &SeedPairs::below)};
}

Finding OneIsNeeded(const Evidence& evidence) {
  const Family family = Of(evidence, "needed");
  const auto most = std::max_element(
      family.begin(), family.end(),
      [](const auto& a, const auto& b) { return a.found.difference < b.found.difference; });
  return {ByOneAtEachDepth(family),
          fmt::format("{} of {} exchanges are shown to lose that much, and {} are shown not to; "
                      "nearest to it comes {}",
                      Count(family, &SeedPairs::above), family.size(),
                      Count(family, &SeedPairs::below), most->name)};
}

Finding EveryOneCounts(const Evidence& evidence) {
  const Family family = Of(evidence, "counts");
  return {VerdictOf(family),
          fmt::format("{} of {} exchanges are shown to cost accuracy; in points: {}",
                      Count(family, &SeedPairs::above), family.size(), Listed(family))};
}

Finding EffectsAdd(const Evidence& evidence) {
  const Family least = Of(evidence, "not less"), most = Of(evidence, "not more");
  std::size_t within = 0, beyond = 0;
  std::string figure;
  for (std::size_t i = 0; i < least.size(); ++i) {
    within += least[i].above() && most[i].above();
    beyond += least[i].below() || most[i].below();
    figure += fmt::format("{}{} {:.1f} against {:.1f}", figure.empty() ? "" : "; ", least[i].name,
                          100.0 * Mean(least[i].a), 100.0 * Mean(least[i].b));
  }
  return {within == least.size()     ? Verdict::kSupported
          : within > 0 && beyond > 0 ? Verdict::kQualified
          : beyond > 0               ? Verdict::kNotSupported
                                     : Verdict::kNotDecided,
          fmt::format("{} of {} sums are shown to be within a point of the whole, {} are shown not "
                      "to be; in points, sum against whole: {}",
                      within, least.size(), beyond, figure)};
}

Finding TheyStandIn(const Evidence& evidence) {
  const Family family = Of(evidence, "stand in");
  return {VerdictOf(family),
          "excess of the gains over the whole, and of the whole over the losses, in "
          "points: " +
              Listed(family)};
}

namespace {

// More than any other: shown against all; or shown to be less than one of them.
Finding Foremost(const Evidence& evidence, std::string_view family_name, std::string_view does) {
  const Family family = Of(evidence, family_name);
  return {Count(family, &SeedPairs::above) == family.size() ? Verdict::kSupported
          : Count(family, &SeedPairs::below) > 0            ? Verdict::kNotSupported
                                                            : Verdict::kNotDecided,
          fmt::format("with {} hidden layers the activation is shown to {} more than: {}; and less "
                      "than: {}; its lead in points: {}",
                      kDeep, does, NamesOf(family, &SeedPairs::above),
                      NamesOf(family, &SeedPairs::below), Listed(family))};
}

}  // namespace

Finding ActivationDidIt(const Evidence& evidence) {
  return Foremost(evidence, "activation", "help");
}
Finding ActivationIsMissed(const Evidence& evidence) {
  return Foremost(evidence, "missed", "be missed");
}

Finding TwoAreEnough(const Evidence& evidence) {
  const Family family = Of(evidence, "two suffice");
  const std::size_t enough = Count(family, &SeedPairs::above);
  const std::size_t too_few = Count(family, &SeedPairs::below);
  return {enough > 0                 ? Verdict::kSupported
          : too_few == family.size() ? Verdict::kNotSupported
                                     : Verdict::kNotDecided,
          fmt::format("with {} hidden layers within a point: {}; shown not to be: {}; "
                      "differences in points: {}",
                      kDeep, NamesOf(family, &SeedPairs::above), NamesOf(family, &SeedPairs::below),
                      Listed(family))};
}

Finding DropoutPays(const Evidence& evidence) {
  const Family family = Of(evidence, "dropout");
  std::string figure;
  for (const SeedPairs& each : family) {
    figure += fmt::format("{}{} with {} hidden layers", figure.empty() ? "" : ", ",
                          Points(each.found), each.name.ends_with("2 layers") ? kShallow : kDeep);
  }
  return {VerdictOf(family), "in points: " + figure};
}

Finding TimeMakesUpForIt(const Evidence& evidence) {
  const SeedPairs pairs = Of(evidence, "longer").at(0);
  return {
      VerdictOf({pairs}),
      fmt::format("after {} times the epochs it has {:.1f} % against {:.1f} %, a difference "
                  "of {} points",
                  kTimesLonger, 100.0 * Mean(pairs.a), 100.0 * Mean(pairs.b), Points(pairs.found))};
}

}  // namespace lanegrad
