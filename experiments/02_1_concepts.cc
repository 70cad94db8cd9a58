/// @file
/// Article, section 2.1: what a network is made of, and what each part is for.
///
/// What is measured and drawn is in experiments/concepts/; here stand the claims.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/concepts/concepts.h"
#include "experiments/experiment/experiment_program.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"

namespace lanegrad {
namespace {

// A comparison by pairs of seeds, and its p value adjusted for all comparisons of the chapter.
struct Tested {
  std::string name;
  PairedComparison pairs;
  double adjusted = NAN;
  // Above or below zero, where that is shown.
  bool Above() const { return adjusted <= 0.05 && pairs.difference > 0.0; }
  bool Below() const { return adjusted <= 0.05 && pairs.difference < 0.0; }
};

std::vector<double> Accuracies(const Evidence& evidence, std::string_view data,
                               std::string_view network) {
  return NumbersOf(PlaneRow(evidence, data, network).values, "accuracy");
}

// Every comparison of the chapter, adjusted together.
// [family]
std::vector<Tested> Family(const Evidence& evidence) {
  std::vector<Tested> family;
  const auto add = [&](std::string name, const std::vector<double>& a,
                       const std::vector<double>& b) {
    family.push_back({.name = std::move(name), .pairs = ComparePairs(a, b)});
  };
  for (const PlaneSet& set : kConceptSets) {
    add(fmt::format("hidden/{}", set.data), Accuracies(evidence, set.data, kOneHidden),
        Accuracies(evidence, set.data, kNoHidden));
  }
  for (const Measurement& row : evidence.Series("lines")) {
    const std::string data = row.settings.Text("data");
    add(fmt::format("line/{}", data), Accuracies(evidence, data, kOneHidden),
        NumbersOf(row.values, "accuracy"));
  }
  const std::vector<Measurement> curves = evidence.Series("curve");
  for (std::size_t w = 0; w < curves.size(); ++w) {
    const std::vector<double> trained = NumbersOf(curves[w].values, "trained");
    const std::string width = curves[w].settings.Text("width");
    if (w > 0) add("narrower/" + width, NumbersOf(curves[w - 1].values, "trained"), trained);
    const std::vector<double> built(trained.size(), curves[w].values.Number("built"));
    add("built/" + width, trained, built);
  }
  std::vector<double> p;
  for (const Tested& each : family) p.push_back(each.pairs.p);
  const std::vector<double> adjusted = HolmAdjust(p);
  for (std::size_t i = 0; i < family.size(); ++i) family[i].adjusted = adjusted[i];
  return family;
}
// [family]

// The comparisons whose name begins so, in order.
std::vector<Tested> OfKind(const Evidence& evidence, std::string_view kind) {
  std::vector<Tested> family = Family(evidence);
  std::erase_if(family, [&](const Tested& each) { return !each.name.starts_with(kind); });
  return family;
}

template <class Predicate>
std::size_t CountOf(const std::vector<Tested>& family, Predicate predicate) {
  return static_cast<std::size_t>(std::count_if(family.begin(), family.end(), predicate));
}

// "blobs -0.1, moons +10.1", in points.
std::string Points(const std::vector<Tested>& family) {
  std::string text;
  for (const Tested& each : family) {
    text += fmt::format("{}{} {:+.1f}", text.empty() ? "" : ", ",
                        each.name.substr(each.name.find('/') + 1), 100.0 * each.pairs.difference);
  }
  return text;
}

Finding HiddenLayerIsNeeded(const Evidence& evidence) {
  const std::vector<Tested> tests = OfKind(evidence, "hidden/");
  const std::size_t above = CountOf(tests, [](const Tested& t) { return t.Above(); });
  const std::size_t below = CountOf(tests, [](const Tested& t) { return t.Below(); });
  return {above == tests.size() ? Verdict::kSupported
          : above > 0           ? Verdict::kQualified
          : below > 0           ? Verdict::kNotSupported
                                : Verdict::kNotDecided,
          fmt::format("one hidden layer is shown to be better than none on {} of {} sets (points "
                      "gained: {})",
                      above, tests.size(), Points(tests))};
}

Finding NoLineTellsXorOrSpirals(const Evidence& evidence) {
  std::vector<Tested> tests = OfKind(evidence, "line/");
  std::erase_if(tests, [](const Tested& t) { return t.name == "line/moons"; });
  const std::size_t above = CountOf(tests, [](const Tested& t) { return t.Above(); });
  const std::size_t below = CountOf(tests, [](const Tested& t) { return t.Below(); });
  std::string lines;
  for (const Measurement& row : evidence.Series("lines")) {
    const std::string data = row.settings.Text("data");
    if (data == "moons") continue;
    lines += fmt::format("{}{} {:.1f} %", lines.empty() ? "" : ", ", data,
                         100.0 * Mean(NumbersOf(row.values, "accuracy")));
  }
  std::string better;
  for (const Tested& each : tests) {
    better +=
        fmt::format("{}{:.1f}{} on {}", better.empty() ? "" : ", ", 100.0 * each.pairs.difference,
                    better.empty() ? " points" : "", each.name.substr(each.name.find('/') + 1));
  }
  return {above == tests.size()    ? Verdict::kSupported
          : below == tests.size()  ? Verdict::kNotSupported
          : above > 0 && below > 0 ? Verdict::kQualified
                                   : Verdict::kNotDecided,
          fmt::format("the best of all straight lines, chosen on the very test points, answers {}; "
                      "one hidden layer is better by {}",
                      lines, better)};
}

Finding IdentityAddsNothing(const Evidence& evidence) {
  double answers = 0.0, differ = 0.0;
  for (const Measurement& row : evidence.Series("plane")) {
    if (!row.values.Has("answers")) continue;
    answers += row.values.Number("answers");
    differ += row.values.Number("differ_from_one_layer");
  }
  return {
      differ == 0.0               ? Verdict::kSupported
      : differ <= 0.001 * answers ? Verdict::kQualified
                                  : Verdict::kNotSupported,
      fmt::format("of {:.0f} answers of networks with one and two hidden layers and no "
                  "activation, {:.0f} differ from those of the one layer that they multiply out "
                  "to; on the spirals two such layers reach {:.1f} %, none {:.1f} %",
                  answers, differ, 100.0 * Mean(Accuracies(evidence, "spirals", "16-16, identity")),
                  100.0 * Mean(Accuracies(evidence, "spirals", kNoHidden)))};
}

Finding OneHiddenLayerSuffices(const Evidence& evidence) {
  constexpr double kMargin = 0.01;
  std::size_t enough = 0, short_of = 0;
  std::string text;
  for (const PlaneSet& set : kConceptSets) {
    const PairedComparison pairs = ComparePairs(Accuracies(evidence, set.data, kTwoHidden),
                                                Accuracies(evidence, set.data, kOneHidden));
    enough += pairs.interval.high < kMargin;
    short_of += pairs.interval.low > kMargin;
    text += fmt::format("{}{} {:+.2f} ({:+.2f} to {:+.2f})", text.empty() ? "" : ", ", set.data,
                        100.0 * pairs.difference, 100.0 * pairs.interval.low,
                        100.0 * pairs.interval.high);
  }
  const std::size_t all = kConceptSets.size();
  return {enough == all     ? Verdict::kSupported
          : enough > 0      ? Verdict::kQualified
          : short_of == all ? Verdict::kNotSupported
                            : Verdict::kNotDecided,
          fmt::format("on {} of {} sets a second layer is shown to gain less than one point, on {} "
                      "more than one (points gained, 95 % interval: {})",
                      enough, all, short_of, text)};
}

Finding ActivationComputes(const Evidence& evidence) {
  std::size_t most = 0, all = 0;
  std::string text;
  for (const Measurement& row : evidence.Series("count")) {
    const double products = row.values.Number("multiply_adds");
    const double activations = row.values.Number("activations");
    const double share = activations / (products + activations);
    most += share > 0.5;
    ++all;
    text += fmt::format("{}{} {:.1f} %", text.empty() ? "" : ", ", row.settings.Text("network"),
                        100.0 * share);
  }
  return {most == all ? Verdict::kSupported
          : most > 0  ? Verdict::kQualified
                      : Verdict::kNotSupported,
          fmt::format("share of activations among all operations of a sample: {}", text)};
}

Finding LearningFindsTheBest(const Evidence& evidence) {
  const std::vector<double> before = evidence.Numbers("learning", "before_loss");
  const std::vector<double> after = evidence.Numbers("learning", "after_loss");
  const std::vector<double> right = evidence.Numbers("learning", "after_accuracy");
  const double best = *std::max_element(right.begin(), right.end());
  std::size_t improved = 0, reached = 0;
  for (std::size_t i = 0; i < right.size(); ++i) {
    improved += after[i] < before[i];
    reached += right[i] >= best - 0.01;
  }
  return {
      improved < right.size()   ? Verdict::kNotSupported
      : reached == right.size() ? Verdict::kSupported
                                : Verdict::kQualified,
      fmt::format("learning lowers the loss of {} of {} networks 2-2-1 on xor, and {} come "
                  "within one point of the best of them, {:.1f} %; the median loss falls from "
                  "{:.3f} to {:.3f}",
                  improved, right.size(), reached, 100.0 * best, Median(before), Median(after))};
}

Finding CapacityGrowsWithWidth(const Evidence& evidence) {
  const std::vector<double> built = evidence.Numbers("curve", "built");
  const std::vector<double> widths = evidence.Numbers("curve", "width");
  std::size_t fourfold = 0;
  for (std::size_t i = 1; i < built.size(); ++i)
    fourfold += built[i - 1] >= 2.0 * built[i] && built[i] > 0.0;
  return {
      fourfold + 1 == built.size() ? Verdict::kSupported
      : fourfold > 0               ? Verdict::kQualified
                                   : Verdict::kNotSupported,
      fmt::format("of networks built by hand each doubling of the width at least halves the "
                  "error in {} of {} cases: it falls from {:.2g} with {} units to {:.2g} with {}",
                  fourfold, built.size() - 1, built.front(), widths.front(), built.back(),
                  widths.back())};
}

Finding ErrorFallsWithWidth(const Evidence& evidence) {
  const std::vector<Tested> tests = OfKind(evidence, "narrower/");
  const std::size_t falls = CountOf(tests, [](const Tested& t) { return t.Above(); });
  const std::size_t rises = CountOf(tests, [](const Tested& t) { return t.Below(); });
  const std::vector<Measurement> rows = evidence.Series("curve");
  return {
      falls == tests.size() ? Verdict::kSupported
      : falls > rises       ? Verdict::kQualified
      : rises > 0           ? Verdict::kNotSupported
                            : Verdict::kNotDecided,
      fmt::format("{} of {} doublings of the width are shown to lower the error after training, "
                  "{} to raise it; in all it falls from {:.2g} to {:.2g}",
                  falls, tests.size(), rises, Mean(NumbersOf(rows.front().values, "trained")),
                  Mean(NumbersOf(rows.back().values, "trained")))};
}

Finding TrainingLimits(const Evidence& evidence) {
  const std::vector<Tested> tests = OfKind(evidence, "built/");
  const std::size_t above = CountOf(tests, [](const Tested& t) { return t.Above(); });
  const std::size_t below = CountOf(tests, [](const Tested& t) { return t.Below(); });
  const Measurement widest = evidence.Series("curve").back();
  const double trained = Mean(NumbersOf(widest.values, "trained"));
  return {
      above == tests.size()  ? Verdict::kSupported
      : tests.back().Above() ? Verdict::kQualified
      : tests.back().Below() ? Verdict::kNotSupported
                             : Verdict::kNotDecided,
      fmt::format("the error after training is shown to be above that of a network built by "
                  "hand at {} of {} widths, and below at {}; with {} units it is {:.1f} times "
                  "as large, and {:.1f} times that of hidden units left as they were drawn with "
                  "their best output weights",
                  above, tests.size(), below, widest.settings.Text("width"),
                  trained / widest.values.Number("built"),
                  trained / Mean(NumbersOf(widest.values, "random")))};
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  using namespace lanegrad;
  return RunExperiment(
      {.name = "02_1_concepts",
       .section = "2.1",
       .title = "What a network is",
       .summary = "Section 2.1 of the article: layers, activations, weights, and what each is for.",
       .question =
           "What does each part of a network contribute: hidden layers, activations, width, "
           "and learning?",
       .task_profiles = {{"quick", 5}, {"default", 20}, {"full", 50}},
       .tasks = ConceptTasks,
       .claims =
           {{"hidden-layer-is-needed",
             "A hidden layer belongs to the basic structure of a network.", "article, section 2.1",
             "four sets of points; 70 units of tanh", HiddenLayerIsNeeded, Verdict::kQualified},
            {"no-line-tells-xor", "Without a hidden layer xor and spirals cannot be learned.",
             "Minsky and Papert 1969, for xor", "360 directions of lines", NoLineTellsXorOrSpirals,
             Verdict::kSupported},
            {"identity-adds-nothing", "Without activation, hidden layers add nothing.",
             "ours, section 2.1.3", "what such layers can compute; learning may end elsewhere",
             IdentityAddsNothing},
            {"one-hidden-layer-suffices", "One hidden layer is enough for each of the four sets.",
             "Cybenko 1989, for networks of any width",
             "70 units against 16-16, about as many weights; one budget of training; an interval "
             "for each set alone",
             OneHiddenLayerSuffices},
            {"activation-computes", "The computing of a unit is done by its activation function.",
             "article, sections 2.1 and 6.1",
             "operations counted, each as one; what they cost is section 3.1's question",
             ActivationComputes, Verdict::kNotSupported},
            {"learning-finds-the-best",
             "Learning adjusts the weights so that the output is the best.", "article, section 2.1",
             "the smallest network that can tell xor", LearningFindsTheBest, Verdict::kQualified},
            {"capacity-grows-with-width",
             "One hidden layer comes as near to a curve as one likes, if it is wide enough.",
             "Cybenko 1989; Hornik, Stinchcombe and White 1989", "one curve, up to 128 rectifiers",
             CapacityGrowsWithWidth, Verdict::kSupported},
            {"error-falls-with-width", "A wider network, trained, comes nearer to the curve.",
             "ours, section 2.1.3", "Adam with one budget of steps for every width",
             ErrorFallsWithWidth},
            {"training-limits",
             "What limits a trained network is training and not what its width allows.",
             "ours, section 2.1.3", "one curve, Adam, one budget of steps", TrainingLimits}},
       .figures = {LearningDiagram, UnitFigure, RegionFigure, WidthFigure, FitFigure},
       .tables = {AccuracyTable, OperationTable, WidthTable}},
      argc, argv);
}
