/// @file
/// Article, section 3.3: activation functions, each at its own best learning rate.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>

#include "experiments/activations/activation_tasks.h"
#include "experiments/activations/grade_pairs.h"
#include "experiments/experiment/experiment_program.h"

namespace lanegrad {
namespace {

constexpr std::string_view kDeepLimits =
    "small pictures, 64 units a layer, plain gradient descent, few epochs, no normalisation";

// The cell of an activation; null where the grid has none.
const ComparisonCell* CellOf(const Evidence& evidence, std::string_view activation) {
  for (const ComparisonCell& cell : evidence.comparison->ranked) {
    if (cell.settings.activation == activation) return &cell;
  }
  return nullptr;
}

// How much better the first is than the second, by pairs of equal seeds.
std::string Difference(const ComparisonCell& a, const ComparisonCell& b,
                       const PairedComparison& pairs) {
  return fmt::format(
      "{} minus {} is {:+.2f} points of test accuracy (95 % interval {:+.2f} to "
      "{:+.2f}, {} seeds)",
      a.Name(), b.Name(), 100.0 * pairs.difference, 100.0 * pairs.interval.low,
      100.0 * pairs.interval.high, a.test.size());
}

bool IsNamed(const ComparisonCell& cell) { return IsNamedByArticle(cell.settings.activation); }

// The first in rank against the first of the other kind: named by the article, or not.
Finding OneOfThreeIsBest(const Evidence& evidence) {
  const std::vector<ComparisonCell>& ranked = evidence.comparison->ranked;
  const ComparisonCell& first = ranked.front();
  const auto rival = std::find_if(ranked.begin(), ranked.end(), [&](const ComparisonCell& cell) {
    return IsNamed(cell) != IsNamed(first);
  });
  if (rival == ranked.end()) return {Verdict::kNotDecided, "the grid has only one kind"};
  const bool shown = rival->verdict != kNoDifference;
  return {!shown           ? Verdict::kNotDecided
          : IsNamed(first) ? Verdict::kSupported
                           : Verdict::kNotSupported,
          fmt::format("{}; over all pairs of {} functions that is {}",
                      Difference(first, *rival, ComparePairs(first.test, rival->test)),
                      ranked.size(), shown ? "a difference" : "no difference shown")};
}

// Two lists of numbers by seed, and what they are called.
struct SeedPair {
  std::string claim, first, second;
  std::vector<double> a, b;
};

// The activation with the best held-out accuracy at a depth, of the article's or of the others.
std::string ChosenAtDepth(const Evidence& evidence, double depth, bool named) {
  std::string best;
  double most = -HUGE_VAL;
  for (const std::string& activation : ActivationsAtDepth()) {
    const auto row = DepthRow(evidence, activation, depth);
    if (!row.has_value() || IsNamedByArticle(activation) != named) continue;
    const double held_out = row->values.Number("held_out");
    if (held_out > most) best = activation, most = held_out;
  }
  return best;
}

// Every pair that a claim of this chapter rests on: they are tested together.
std::vector<SeedPair> ChapterPairs(const Evidence& evidence) {
  std::vector<SeedPair> pairs;
  const ComparisonCell* relu = CellOf(evidence, "relu");
  const ComparisonCell* sigmoid = CellOf(evidence, "sigmoid");
  if (relu != nullptr && sigmoid != nullptr) {
    pairs.push_back({"grid", relu->Name(), sigmoid->Name(), relu->test, sigmoid->test});
  }
  const std::vector<double> depths = DepthsIn(evidence);
  if (!depths.empty()) {
    const auto add = [&](std::string claim, const std::string& first, double first_depth,
                         const std::string& second, double second_depth) {
      const auto a = DepthRow(evidence, first, first_depth);
      const auto b = DepthRow(evidence, second, second_depth);
      if (!a.has_value() || !b.has_value()) return;
      pairs.push_back({std::move(claim),
                       fmt::format("{} with {:.0f} hidden layers", first, first_depth),
                       fmt::format("{} with {:.0f}", second, second_depth),
                       NumberedOf(*a, "accuracy"), NumberedOf(*b, "accuracy")});
    };
    const double deep = depths.back();
    add("deep-sigmoid", "relu", deep, "sigmoid", deep);
    add("deep-tanh", "relu", deep, "tanh", deep);
    add("sigmoid-depth", "sigmoid", depths.front(), "sigmoid", deep);
    add("deep-best", ChosenAtDepth(evidence, deep, true), deep,
        ChosenAtDepth(evidence, deep, false), deep);
  }
  const std::vector<double> rates = WatchedRates(evidence);
  if (rates.size() > 1) {
    const auto low = UnitRow(evidence, "relu", rates.front());
    const auto high = UnitRow(evidence, "relu", rates.back());
    const auto squashed = UnitRow(evidence, "sigmoid", rates.back());
    if (low.has_value() && high.has_value()) {
      pairs.push_back({"dead", fmt::format("the share of dead units at rate {:g}", rates.back()),
                       fmt::format("at rate {:g}", rates.front()), NumberedOf(*high, "end_dead"),
                       NumberedOf(*low, "end_dead")});
    }
    if (squashed.has_value()) {
      pairs.push_back(
          {"saturated",
           fmt::format("the share of saturated units at the end, at rate {:g},", rates.back()),
           "before the first step", NumberedOf(*squashed, "end_saturated"),
           NumberedOf(*squashed, "start_saturated")});
    }
  }
  return pairs;
}

// [claim-rule]
Finding JudgePair(const Evidence& evidence, std::string_view claim) {
  const std::vector<SeedPair> all = ChapterPairs(evidence);
  std::vector<PairedComparison> compared;
  std::vector<double> p;
  for (const SeedPair& each : all) {
    compared.push_back(ComparePairs(each.a, each.b));
    p.push_back(std::isfinite(compared.back().p) ? compared.back().p : 1.0);
  }
  const std::vector<double> adjusted = HolmAdjust(p);
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].claim != claim) continue;
    if (all[i].a == all[i].b) {
      return {Verdict::kNotDecided,
              fmt::format("{} and {}: the same in each of {} seeds, {:.2f} % in the mean",
                          all[i].first, all[i].second, all[i].a.size(), 100.0 * Mean(all[i].a))};
    }
    return {adjusted[i] > 0.05             ? Verdict::kNotDecided
            : compared[i].difference > 0.0 ? Verdict::kSupported
                                           : Verdict::kNotSupported,
            fmt::format("{} minus {}: {:+.2f} points (95 % interval {:+.2f} to {:+.2f}, {} seeds; "
                        "p = {:.2g} after Holm over {} pairs)",
                        all[i].first, all[i].second, 100.0 * compared[i].difference,
                        100.0 * compared[i].interval.low, 100.0 * compared[i].interval.high,
                        all[i].a.size(), adjusted[i], all.size())};
  }
  return {Verdict::kNotDecided, "not measured"};
}

Finding ReluBeatsSigmoid(const Evidence& evidence) { return JudgePair(evidence, "grid"); }
// [claim-rule]
Finding DeepReluBeatsSigmoid(const Evidence& e) { return JudgePair(e, "deep-sigmoid"); }
Finding DeepReluBeatsTanh(const Evidence& e) { return JudgePair(e, "deep-tanh"); }
Finding SigmoidFailsWithDepth(const Evidence& e) { return JudgePair(e, "sigmoid-depth"); }
Finding ThreeAreBestAtDepth(const Evidence& e) { return JudgePair(e, "deep-best"); }
Finding RatesKillUnits(const Evidence& e) { return JudgePair(e, "dead"); }
Finding SigmoidsSaturate(const Evidence& e) { return JudgePair(e, "saturated"); }

Finding MostCommonIsBest(const Evidence& evidence) {
  const std::vector<ComparisonCell>& ranked = evidence.comparison->ranked;
  const auto relu = std::find_if(ranked.begin(), ranked.end(), [](const ComparisonCell& cell) {
    return cell.settings.activation == "relu";
  });
  if (relu == ranked.end()) return {Verdict::kNotDecided, "ReLU is not in the grid"};
  if (relu == ranked.begin()) {
    const bool alone = ranked.size() > 1 && ranked[1].verdict != kNoDifference;
    return {alone ? Verdict::kSupported : Verdict::kNotDecided,
            fmt::format("it ranks first of {}; {} from the second", ranked.size(),
                        alone ? "shown to differ" : "no difference shown")};
  }
  return {relu->verdict == kNoDifference ? Verdict::kNotDecided : Verdict::kNotSupported,
          fmt::format(
              "it ranks {} of {}; {}", relu - ranked.begin() + 1, ranked.size(),
              Difference(ranked.front(), *relu, ComparePairs(ranked.front().test, relu->test)))};
}

// Formulas that give up although the nearest float is neither 0 nor NaN there.
Finding FormulasHold(const Evidence& evidence, std::string_view kind) {
  std::vector<std::string> broken;
  std::size_t tried = 0;
  for (const Measurement& row : evidence.Series("formula")) {
    if (row.settings.Text("kind") != kind) continue;
    ++tried;
    const double at = row.values.Number("breaks_at");
    if (at == row.values.Number("kernel_breaks_at")) continue;
    broken.push_back(
        fmt::format("{} as {} gives {:.3g} at z = {:.4g}, where the nearest float is "
                    "{:.4g}",
                    row.settings.Text("activation"), row.settings.Text("written"),
                    row.values.Number("plain_there"), at, row.values.Number("kernel_there")));
  }
  if (tried == 0) return {Verdict::kNotDecided, "not measured"};
  return {broken.empty()           ? Verdict::kSupported
          : broken.size() == tried ? Verdict::kNotSupported
                                   : Verdict::kQualified,
          broken.empty() ? fmt::format("none of {} gives up", tried)
                         : fmt::format("{}", fmt::join(broken, "; "))};
}
Finding ValueFormulasHold(const Evidence& evidence) { return FormulasHold(evidence, "value"); }
Finding SlopeFormulasHold(const Evidence& evidence) { return FormulasHold(evidence, "slope"); }

Finding ReluIsSparse(const Evidence& evidence) {
  const std::vector<double> rates = WatchedRates(evidence);
  const auto row = rates.empty() ? std::nullopt : UnitRow(evidence, "relu", rates.front());
  if (!row.has_value()) return {Verdict::kNotDecided, "not measured"};
  const std::vector<double> start = NumberedOf(*row, "zeros_start");
  const auto [low, high] = std::minmax_element(start.begin(), start.end());
  const double mean = Mean(start);
  const auto half = [](double share) { return share >= 0.4 && share <= 0.6; };
  return {half(*low) && half(*high) ? Verdict::kSupported
          : half(mean)              ? Verdict::kQualified
                                    : Verdict::kNotSupported,
          fmt::format("before training {:.0f} to {:.0f} % of a layer's outputs are exactly zero, "
                      "{:.0f} % on average; after it, at rate {:g}, {:.0f} %",
                      100.0 * *low, 100.0 * *high, 100.0 * mean, rates.front(),
                      100.0 * Mean(NumberedOf(*row, "zeros_end")))};
}

Finding RatesAreForgiven(const Evidence& evidence) {
  const std::vector<CellPlateau> plateaus = PlateausIn(evidence);
  if (plateaus.empty()) return {Verdict::kNotDecided, "not measured"};
  std::vector<double> widths;
  for (const CellPlateau& each : plateaus) widths.push_back(each.decades);
  const auto wide = std::count_if(widths.begin(), widths.end(), [](double w) { return w >= 1.0; });
  const auto all = static_cast<std::ptrdiff_t>(widths.size());
  return {wide == all       ? Verdict::kSupported
          : 2 * wide >= all ? Verdict::kQualified
                            : Verdict::kNotSupported,
          fmt::format("for {} of {} functions the rates within one point of the best span a decade "
                      "or more; the median is {:.2f} decades",
                      wide, all, Median(widths))};
}

Finding ReluIsCheaper(const Evidence& evidence) {
  double relu = 0.0, sigmoid = 0.0;
  for (const Measurement& row : evidence.Series("cost")) {
    const std::string name = row.settings.Text("activation");
    if (name == "relu") relu = row.machine.Number("nanoseconds");
    if (name == "sigmoid") sigmoid = row.machine.Number("nanoseconds");
  }
  if (relu == 0.0 && sigmoid == 0.0) return {Verdict::kNotDecided, "not measured"};
  return {sigmoid > 1.5 * relu ? Verdict::kSupported
          : sigmoid > relu     ? Verdict::kQualified
                               : Verdict::kNotSupported,
          fmt::format("on this machine the sigmoid takes {:.2f} ns an element and ReLU {:.2f}",
                      sigmoid, relu)};
}

Finding IdentityIsWorst(const Evidence& evidence) {
  const ComparisonCell* identity = CellOf(evidence, "identity");
  if (identity == nullptr) return {Verdict::kNotDecided, "the identity is not in the grid"};
  std::vector<PairedComparison> pairs;
  std::vector<double> p;
  for (const ComparisonCell& cell : evidence.comparison->ranked) {
    if (&cell == identity) continue;
    pairs.push_back(ComparePairs(cell.test, identity->test));
    p.push_back(pairs.back().p);
  }
  const std::vector<double> adjusted = HolmAdjust(p);
  std::size_t above = 0, below = 0;
  std::vector<double> differences;
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    differences.push_back(100.0 * pairs[i].difference);
    if (!(adjusted[i] <= 0.05)) continue;
    ++(pairs[i].difference > 0.0 ? above : below);
  }
  return {below > 0               ? Verdict::kNotSupported
          : above == pairs.size() ? Verdict::kSupported
          : above > 0             ? Verdict::kQualified
                                  : Verdict::kNotDecided,
          fmt::format("of {} functions {} are shown to be better than the identity and {} worse "
                      "(Holm, 5 %); the median difference is {:+.2f} points",
                      pairs.size(), above, below, Median(differences))};
}

Finding RateMattersMore(const Evidence& evidence) {
  double best = 0.0, least = 1.0;
  std::vector<double> spreads;
  for (const ComparisonCell& cell : evidence.comparison->cells) {
    if (cell.settings.activation == "identity") continue;
    const auto mean = [](const RateTrials& a, const RateTrials& b) { return a.mean() < b.mean(); };
    const auto [low, high] = std::minmax_element(cell.trials.begin(), cell.trials.end(), mean);
    spreads.push_back(high->mean() - low->mean());
    best = std::max(best, high->mean());
    least = std::min(least, high->mean());
  }
  const double typical = Median(spreads);
  return {
      typical > 2.0 * (best - least) ? Verdict::kSupported
      : typical > best - least       ? Verdict::kQualified
                                     : Verdict::kNotSupported,
      fmt::format("on held-out samples the best and the worst function, each at its best rate, "
                  "are {:.1f} points apart; the best and the worst rate of one function, in the "
                  "median, {:.1f}",
                  100.0 * (best - least), 100.0 * typical)};
}

}  // namespace
}  // namespace lanegrad

// [grid-experiment]
int main(int argc, char** argv) {
  using namespace lanegrad;
  Settings fixed;
  fixed.loss = "softmax_cross_entropy";
  return RunExperiment(
      {.name = "03_3_activations",
       .section = "3.3",
       .title = "Activation functions",
       .summary = "Section 3.3 of the article: activation functions, each at its own best rate.",
       .question = "Does the choice of the activation matter, once each has its own best rate?",
       .task_profiles = {{"quick", 10}, {"default", 10}, {"full", 20}},
       .tasks = ActivationTasks,
       .profiles = {{.name = "quick",
                     .axes = {"activation=identity,sigmoid,tanh,relu,gelu",
                              "rate=0.01,0.03162,0.1,0.3162,1,3.162"},
                     .tune_seeds = 1,
                     .final_seeds = 3,
                     .epochs = 2,
                     .samples = 10000,
                     .validation = 2000},
                    {.name = "default",
                     .axes = {"activation=all", "rate=0.003162,0.01,0.03162,0.1,0.3162,1,3.162,10"},
                     .tune_seeds = 2,
                     .final_seeds = 10,
                     .epochs = 3,
                     .samples = 0,
                     .validation = 10000},
                    {.name = "full",
                     .axes = {"activation=all", "rate=log:0.0001:100:25"},
                     .tune_seeds = 5,
                     .final_seeds = 20,
                     .epochs = 10,
                     .samples = 0,
                     .validation = 10000}},
       .fixed = fixed,
       .claims =
           {{"one-of-three-is-best", "The best function is one of the three that are named.",
             "article, section 3.3, by its choice", "one hidden layer of 128, one data set",
             OneOfThreeIsBest},
            {"relu-beats-sigmoid", "ReLU learns better than the sigmoid.",
             "Glorot, Bordes and Bengio 2011", "one hidden layer; depth is not tried here",
             ReluBeatsSigmoid},
            {"most-common-is-best", "The most used activation, ReLU, is the best there is.",
             "common opinion; that it is the most used: Ramachandran, Zoph and Le 2017",
             "one hidden layer, one data set", MostCommonIsBest},
            {"identity-is-worst", "Without a bend, a hidden layer is worth nothing.",
             "ours, section 3.3.3", "one hidden layer", IdentityIsWorst},
            {"rate-matters-more", "The learning rate matters more than the function.",
             "ours, section 3.3.5", "within the rates of this grid", RateMattersMore,
             Verdict::kSupported},
            {"a-rate-may-be-wrong",
             "A rate that is wrong by a factor of three costs less than a point.",
             "ours, section 3.3.5", "held-out accuracy, few seeds; one hidden layer",
             RatesAreForgiven},
            {"formulas-as-written", "Sigmoid and tanh can be computed as they are written.",
             "article, sections 3.3 and 4, by its formulas", "single precision", ValueFormulasHold,
             Verdict::kNotSupported},
            {"slope-from-value", "The slope can be computed from the value: a(1 - a), 1 - a^2.",
             "common practice", "single precision; where it is 0 the true slope is small",
             SlopeFormulasHold, Verdict::kNotSupported},
            {"deep-relu-beats-sigmoid", "In deep networks ReLU learns better than the sigmoid.",
             "Glorot, Bordes and Bengio 2011", kDeepLimits, DeepReluBeatsSigmoid},
            {"deep-relu-beats-tanh", "In deep networks ReLU learns better than tanh.",
             "Glorot, Bordes and Bengio 2011", kDeepLimits, DeepReluBeatsTanh},
            {"sigmoid-fails-with-depth", "The more hidden layers, the worse the sigmoid learns.",
             "Glorot and Bengio 2010", kDeepLimits, SigmoidFailsWithDepth},
            {"three-are-best-at-depth",
             "In deep networks, too, the best function is one of the three that are named.",
             "article, section 3.3, by its choice",
             "against the first function of each family alone; both chosen by held-out samples",
             ThreeAreBestAtDepth},
            {"rates-kill-units", "A large rate kills ReLU units.",
             "Maas, Hannun and Ng 2013, on units that are never active",
             "four hidden layers, two fixed rates", RatesKillUnits},
            {"sigmoids-saturate", "In training, sigmoid units saturate.", "Glorot and Bengio 2010",
             "four hidden layers, the larger of two fixed rates", SigmoidsSaturate},
            {"relu-is-sparse", "About half of ReLU's outputs are zero before training.",
             "Glorot, Bordes and Bengio 2011", "about half: 40 to 60 %", ReluIsSparse},
            {"relu-is-cheaper", "ReLU costs less than the sigmoid.",
             "Glorot, Bordes and Bengio 2011",
             "the function alone; the products of a layer cost far more", ReluIsCheaper},
            {"precision-matters",
             "Precision matters for training: an activation that is rounded correctly learns "
             "better "
             "than one that is off by a unit in the last place.",
             "ours, section 3.3.5", "one hidden layer of 128, one data set; products stay exact",
             PrecisionMatters},
            {"fast-saves-time", "The fast grade makes training faster.", "ours, section 3.3.5",
             "one thread; shorter by a hundredth or more counts", FastSavesTime}},
       .figures = {PlateauFigure, DepthFigure, DepthRateFigure, UnitFigureOf33, ZeroFigure,
                   CostFigure, GradeFigure},
       .tables = {DepthTable, FormulaTable, GradeTable, StepTable}},
      argc, argv);
}
// [grid-experiment]
