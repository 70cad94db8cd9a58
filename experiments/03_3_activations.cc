/// @file
/// Article, section 3.3: activation functions, each at its own best learning rate.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "experiments/experiment/experiment_program.h"

namespace lanegrad {
namespace {

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

Verdict BySign(const PairedComparison& pairs) {
  return !(pairs.p <= 0.05)       ? Verdict::kNotDecided
         : pairs.difference > 0.0 ? Verdict::kSupported
                                  : Verdict::kNotSupported;
}

bool IsNamed(const ComparisonCell& cell) {
  const std::string& name = cell.settings.activation;
  return name == "sigmoid" || name == "tanh" || name == "relu";
}

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

// [claim-rule]
Finding ReluBeatsSigmoid(const Evidence& evidence) {
  const ComparisonCell* relu = CellOf(evidence, "relu");
  const ComparisonCell* sigmoid = CellOf(evidence, "sigmoid");
  if (relu == nullptr || sigmoid == nullptr)
    return {Verdict::kNotDecided, "one is not in the grid"};
  const PairedComparison pairs = ComparePairs(relu->test, sigmoid->test);
  return {BySign(pairs), Difference(*relu, *sigmoid, pairs)};
}
// [claim-rule]

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
       .claims = {{"one-of-three-is-best", "The best function is one of the three that are named.",
                   "article, section 3.3, by its choice", "one hidden layer of 128, one data set",
                   OneOfThreeIsBest},
                  {"relu-beats-sigmoid", "ReLU learns better than the sigmoid.",
                   "Glorot, Bordes and Bengio 2011", "one hidden layer; depth is not tried here",
                   ReluBeatsSigmoid},
                  {"identity-is-worst", "Without a bend, a hidden layer is worth nothing.",
                   "ours, section 3.3.3", "one hidden layer", IdentityIsWorst},
                  {"rate-matters-more", "The learning rate matters more than the function.",
                   "ours, section 3.3.5", "within the rates of this grid", RateMattersMore,
                   Verdict::kSupported}}},
      argc, argv);
}
// [grid-experiment]
