// SPDX-License-Identifier: Apache-2.0
#include "experiments/runs/explain.h"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/report/text_table.h"

namespace lanegrad {
namespace {

// What a setting is called in a formula where it is open.
std::string Letter(std::string_view setting) {
  const std::pair<std::string_view, std::string_view> letters[] = {
      {"rate", "η"},         {"momentum", "β₁"}, {"decay", "β₂"},    {"epsilon", "ε"},
      {"weight-decay", "λ"}, {"clip", "c"},      {"clip-norm", "c"}, {"max-norm", "c"},
      {"l1", "λ₁"},          {"l2", "λ₂"},       {"batch", "B"}};
  for (const auto& [name, letter] : letters) {
    if (name == setting) return std::string(letter);
  }
  return std::string(setting);
}

bool IsOpen(std::string_view setting, std::span<const std::string> open) {
  return std::find(open.begin(), open.end(), setting) != open.end();
}

// A number, or its letter.
template <class Number>
std::string Shown(std::string_view setting, Number value, std::span<const std::string> open) {
  return IsOpen(setting, open) ? Letter(setting) : fmt::format("{}", value);
}

// One minus a number, or minus its letter.
std::string Rest(std::string_view setting, float value, std::span<const std::string> open) {
  return IsOpen(setting, open) ? fmt::format("(1 − {})", Letter(setting))
                               : fmt::format("{:.6g}", 1.0 - std::stod(fmt::format("{}", value)));
}

// Lines of formulas, indented.
std::string Formulas(std::string_view lines) {
  std::string text;
  for (std::size_t begin = 0; begin <= lines.size();) {
    const std::size_t end = std::min(lines.find('\n', begin), lines.size());
    text.append(WrapText(lines.substr(begin, end - begin), "    ", kExplainColumns));
    begin = end + 1;
  }
  return text;
}

std::string Sentence(const std::string& text) { return WrapText(text, "", kExplainColumns); }

}  // namespace

std::string FillIn(std::string_view formula, const std::map<std::string, std::string>& texts) {
  std::string filled;
  while (!formula.empty()) {
    const std::size_t open = formula.find('{');
    filled.append(formula.substr(0, open));
    if (open == formula.npos) break;
    const std::size_t close = formula.find('}', open);
    filled.append(texts.at(std::string(formula.substr(open + 1, close - open - 1))));
    formula.remove_prefix(close + 1);
  }
  return filled;
}

std::string ExplainLoss(const ResolvedSettings& run, std::span<const std::string> open) {
  const Settings& s = run.settings;
  const LossInfo& info = run.loss.info();
  const std::size_t n = s.layers.back();
  const double parameter = static_cast<double>(run.loss.parameter());
  const bool mean = info.is_mean && !run.loss.sum();
  std::string text = Sentence(fmt::format(
      "The loss {} of one sample, with n = {} outputs{} and targets yⱼ:", s.loss, n,
      info.outputs == Outputs::kLogits ? " zⱼ" : fmt::format(" aⱼ = {}(zⱼ)", s.output)));
  text.append(
      Formulas(FillIn(info.plain, {{"mean", mean ? fmt::format("1/{}·", n) : std::string()},
                                   {"parameter", fmt::format("{:.6g}", parameter)},
                                   {"1-parameter", fmt::format("{:.6g}", 1.0 - parameter)}})));
  std::string batch = fmt::format("The loss of a batch is the mean of E over its {} samples",
                                  Shown("batch", s.batch, open));
  const auto penalty = [&](std::string_view name, float value, std::string_view of) {
    if (value == 0.0f && !IsOpen(name, open)) return;
    batch.append(fmt::format(" + {}·{}", Shown(name, value, open), of));
  };
  penalty("l1", s.l1, "Σ |w|");
  penalty("l2", s.l2, "½ Σ w²");
  if (s.class_weights != "none") {
    batch.append(fmt::format(", each times the weight of its class ({})", s.class_weights));
  }
  return text.append(Sentence(batch + "."));
}

std::string ExplainUpdate(const ResolvedSettings& run, std::span<const std::string> open) {
  const Settings& s = run.settings;
  std::string before, after;
  const auto given = [&](std::string_view name, float value) {
    return value != 0.0f || IsOpen(name, open);
  };
  if (given("clip-norm", s.clip_norm)) {
    before.append(fmt::format("g ← g·min(1, {} / ‖g‖), ‖g‖ over all layers\n",
                              Shown("clip-norm", s.clip_norm, open)));
  }
  if (given("clip", s.clip)) {
    before.append(fmt::format("g ← min({0}, max(−{0}, g))\n", Shown("clip", s.clip, open)));
  }
  if (given("l1", s.l1)) {
    before.append(fmt::format("g ← g + {}·sign(w), w no bias\n", Shown("l1", s.l1, open)));
  }
  if (given("l2", s.l2)) {
    before.append(fmt::format("g ← g + {}·w, w no bias\n", Shown("l2", s.l2, open)));
  }
  if (given("max-norm", s.max_norm)) {
    after = fmt::format("\nw ← w·min(1, {} / ‖w‖), ‖w‖ over the weights into a hidden unit",
                        Shown("max-norm", s.max_norm, open));
  }
  const OptimizerInfo& info = run.optimizer.info();
  const std::string step =
      FillIn(info.plain, {{"rate", Shown("rate", s.rate, open)},
                          {"beta1", Shown("momentum", s.momentum, open)},
                          {"beta2", Shown("decay", s.decay, open)},
                          {"epsilon", Shown("epsilon", s.epsilon, open)},
                          {"weight_decay", Shown("weight-decay", s.weight_decay, open)},
                          {"1-beta1", Rest("momentum", s.momentum, open)},
                          {"1-beta2", Rest("decay", s.decay, open)}});
  std::string text = Sentence(fmt::format(
      "Step t = 1, 2, ... of {} on a weight w, with g the slope of the loss of a batch by w{}:",
      s.optimizer, info.states > 0 ? "; what is kept from step to step begins at 0" : ""));
  text.append(Formulas(before + step + after));
  if (s.schedule != "constant" || s.warmup > 0.0) {
    std::string rate =
        fmt::format("The rate {} is that of the beginning", Shown("rate", s.rate, open));
    if (s.schedule != "constant") {
      rate.append(fmt::format(": schedule {} multiplies it by a factor of the epoch", s.schedule));
    }
    if (s.warmup > 0.0) {
      rate.append(fmt::format("; in the first {} epochs it rises from 0", s.warmup));
    }
    text.append(Sentence(rate + "."));
  }
  return text;
}

}  // namespace lanegrad
