// SPDX-License-Identifier: Apache-2.0
#include "experiments/likeness/pairs.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lanegrad {
namespace {

constexpr std::pair<std::string_view, std::string_view> kPlanned[] = {
    {"feedback_alignment", "frozen_hidden"},
    {"direct_feedback_alignment", "frozen_hidden"},
    {"redrawn_feedback", "frozen_hidden"},
    {"feedback_alignment", "shallow"},
    {"back_propagation", "feedback_alignment"},
    {"back_propagation", "direct_feedback_alignment"},
    {"back_propagation", "sign_symmetry"},
    {"back_propagation", "kolen_pollack"},
    {"decayed", "kolen_pollack"},
    {"back_propagation", "weight_mirror"},
    {"weight_mirror", "feedback_alignment"},
    {"relu_feedback_alignment", "relu_frozen_hidden"},
    {"relu", "relu_feedback_alignment"},
    {"relu", "dale"},
    {"relu", "connectivity_20"},
    {"relu", "connectivity_10"},
    {"connectivity_10", "narrow"},
};

}  // namespace

std::vector<double> Accuracies(const Evidence& evidence, std::string_view name) {
  return evidence.Numbers("trained", fmt::format("{}.accuracy", name));
}

std::vector<TestedPair> TestedPairs(const Evidence& evidence) {
  std::vector<TestedPair> tested;
  std::vector<double> p;
  for (const auto& [a, b] : kPlanned) {
    const std::vector<double> of_a = Accuracies(evidence, a);
    tested.push_back({.a = a,
                      .b = b,
                      .pairs = ComparePairs(of_a, Accuracies(evidence, b)),
                      .seeds = of_a.size()});
    // Of fewer than ten seeds sign flips cannot reach 5 % after the adjustment; of one there is
    // none.
    const PairedComparison& pairs = tested.back().pairs;
    const double each = tested.back().seeds >= 10 ? pairs.sign_p : pairs.p;
    p.push_back(std::isfinite(each) ? each : 1.0);
  }
  const std::vector<double> adjusted = HolmAdjust(p);
  for (std::size_t i = 0; i < tested.size(); ++i) tested[i].p = adjusted[i];
  return tested;
}

TestedPair PairOf(const Evidence& evidence, std::string_view a, std::string_view b) {
  const std::vector<TestedPair> all = TestedPairs(evidence);
  return *std::find_if(all.begin(), all.end(),
                       [&](const auto& each) { return each.a == a && each.b == b; });
}

std::string PairText(const TestedPair& pair) {
  return fmt::format("{} minus {}: {:+.2f} points (95 % interval {:+.2f} to {:+.2f}, p {:.2g})",
                     Spaced(pair.a), Spaced(pair.b), 100.0 * pair.pairs.difference,
                     100.0 * pair.pairs.interval.low, 100.0 * pair.pairs.interval.high, pair.p);
}

std::string Spaced(std::string_view name) {
  // Where underlines for blanks are not enough to say what is meant.
  constexpr std::pair<std::string_view, std::string_view> kInWords[] = {
      {"back_propagation", "back-propagation"},
      {"connectivity_10", "10 % of connections"},
      {"connectivity_20", "20 % of connections"},
      {"dale", "Dale's law"},
      {"frozen_hidden", "frozen hidden layers"},
      {"kolen_pollack", "Kolen and Pollack"},
      {"logistic", "sigmoid"},
      {"narrow", "narrow network"},
      {"relu_feedback_alignment", "relu, feedback alignment"},
      {"relu_frozen_hidden", "relu, frozen hidden layers"},
      {"shallow", "no hidden layer"}};
  for (const auto& [recorded, words] : kInWords) {
    if (name == recorded) return std::string(words);
  }
  std::string spaced(name);
  std::replace(spaced.begin(), spaced.end(), '_', ' ');
  return spaced;
}

Verdict CostVerdict(const TestedPair& cost) {
  return cost.Same() || cost.Worse() ? Verdict::kSupported
         : cost.Better()             ? Verdict::kNotSupported
                                     : Verdict::kNotDecided;
}

DotRow AccuracyRow(const Evidence& evidence, std::string_view name, std::string_view group) {
  const std::vector<double> accuracies = Accuracies(evidence, name);
  const Interval interval = MeanInterval(accuracies);
  return {.label = Spaced(name),
          .group = std::string(group),
          .value = Mean(accuracies),
          .low = interval.low,
          .high = interval.high,
          .points = accuracies,
          .text = fmt::format("{:.2f} %", 100.0 * Mean(accuracies)),
          .note = ""};
}

NamedTable PairTable(const Evidence& evidence) {
  NamedTable named = {.name = "pairs",
                      .table = {.caption = "Test accuracy, pair by pair of equal seeds, in points",
                                .columns = {{"first", false, ""},
                                            {"second", false, ""},
                                            {"first minus second", true, "mean over seeds"},
                                            {"95 % interval", false, "Student's, of the mean"},
                                            {"p", true,
                                             "of sign flips (of fewer than ten seeds Student's), "
                                             "after Holm's adjustment over this "
                                             "table"}},
                                .rows = {}}};
  for (const TestedPair& pair : TestedPairs(evidence)) {
    named.table.rows.push_back(
        {{Spaced(pair.a)},
         {Spaced(pair.b)},
         {fmt::format("{:+.2f}", 100.0 * pair.pairs.difference), pair.pairs.difference},
         {fmt::format("{:+.2f} to {:+.2f}", 100.0 * pair.pairs.interval.low,
                      100.0 * pair.pairs.interval.high)},
         {fmt::format("{:.2g}", pair.p), pair.p}});
  }
  return named;
}

}  // namespace lanegrad
