// SPDX-License-Identifier: Apache-2.0
#include "experiments/likeness/credit.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/likeness/pairs.h"

namespace lanegrad {
namespace {

std::vector<std::string> Names(const Trials& trials) {
  std::vector<std::string> names;
  for (const Contender& each : trials.contenders()) names.push_back(each.name);
  return names;
}

// Whether its angles say anything: of back-propagation they are 0 and of no signal none.
bool HasAngles(CreditRule rule) {
  return rule != CreditRule::kBackPropagation && rule != CreditRule::kFrozenHidden;
}

void MeasureTrained(Trials& trials, Measurement& row) {
  const std::vector<std::string> names = Names(trials);
  const std::vector<const CreditRun*> runs = trials.Train(names, row.seed);
  std::vector<double> accuracies(names.size());
  trials.SideBySide(names.size(),
                    [&](std::size_t i) { accuracies[i] = trials.TestAccuracy(runs[i]->network); });
  for (std::size_t i = 0; i < names.size(); ++i) {
    row.values.Set(fmt::format("{}.accuracy", names[i]), accuracies[i]);
    if (trials.contenders()[i].wiring.connectivity < 1.0) {
      row.values.Set(fmt::format("{}.connections", names[i]),
                     static_cast<double>(runs[i]->connections));
    }
    if (!HasAngles(trials.contenders()[i].rule)) continue;
    for (std::size_t e = 0; e < runs[i]->probes.size(); ++e) {
      const CreditProbe& probe = runs[i]->probes[e];
      for (std::size_t l = 0; l < probe.signal.size(); ++l) {
        row.values.Set(fmt::format("{}.signal_{}_{}", names[i], e, l + 1), probe.signal[l]);
        row.values.Set(fmt::format("{}.weight_{}_{}", names[i], e, l + 1), probe.weight[l]);
      }
    }
  }
}

// In degrees, of a cosine that is recorded; figures alone use it.
double Angle(double cosine) { return std::acos(std::clamp(cosine, -1.0, 1.0)) * 180.0 / M_PI; }

std::size_t Epochs(const Evidence& evidence) {
  return static_cast<std::size_t>(evidence.Series("trained").at(0).settings.Number("epochs"));
}

double MeanAngle(const Evidence& evidence, std::string_view name, std::size_t epoch,
                 std::size_t layer) {
  return Angle(
      Mean(evidence.Numbers("trained", fmt::format("{}.signal_{}_{}", name, epoch, layer))));
}

// How much better than hidden layers that do not learn, and how near to back-propagation.
Finding Suffices(const Evidence& evidence, std::string_view rule) {
  const TestedPair gain = PairOf(evidence, rule, "frozen_hidden");
  const TestedPair cost = PairOf(evidence, "back_propagation", rule);
  return {gain.Worse()                  ? Verdict::kNotSupported
          : !gain.Better()              ? Verdict::kNotDecided
          : cost.Same() || cost.Worse() ? Verdict::kSupported
                                        : Verdict::kQualified,
          fmt::format("{}; {}", PairText(gain), PairText(cost))};
}

}  // namespace

void AddRateTasks(const std::shared_ptr<Trials>& trials, std::vector<Task>& tasks) {
  for (const Contender& contender : trials->contenders()) {
    tasks.push_back({.series = "rates",
                     .settings = {{"contender", contender.name},
                                  {"samples", static_cast<double>(trials->size().samples)},
                                  {"epochs", static_cast<double>(trials->size().epochs)},
                                  {"seeds", static_cast<double>(trials->size().tuning_seeds)}},
                     .seed = 0,
                     .measure = [trials, name = contender.name](Measurement& row) {
                       const std::vector<double>& accuracies = trials->Tune(name);
                       for (std::size_t i = 0; i < accuracies.size(); ++i) {
                         row.values.Set(fmt::format("at_{}", trials->size().rates[i]),
                                        accuracies[i]);
                       }
                       row.values.Set("chosen", trials->RateOf(name));
                     }});
  }
}

void AddTrainedTask(const std::shared_ptr<Trials>& trials, std::uint64_t seed,
                    std::vector<Task>& tasks) {
  tasks.push_back({.series = "trained",
                   .settings = {{"samples", static_cast<double>(trials->size().samples)},
                                {"epochs", static_cast<double>(trials->size().epochs)},
                                {"hidden", static_cast<double>(trials->size().hidden)}},
                   .seed = seed,
                   .measure = [trials](Measurement& row) { MeasureTrained(*trials, row); }});
}

Finding FrozenReachesMost(const Evidence& evidence) {
  const double frozen = Mean(Accuracies(evidence, "frozen_hidden"));
  const double full = Mean(Accuracies(evidence, "back_propagation"));
  return {frozen >= 0.9 * full   ? Verdict::kSupported
          : frozen >= 0.7 * full ? Verdict::kQualified
                                 : Verdict::kNotSupported,
          fmt::format("with hidden layers that keep their random weights the mean test accuracy is "
                      "{:.1f} %, by back-propagation {:.1f} %, without hidden layers {:.1f} %",
                      100.0 * frozen, 100.0 * full, 100.0 * Mean(Accuracies(evidence, "shallow")))};
}

Finding RandomFeedbackSuffices(const Evidence& evidence) {
  Finding finding = Suffices(evidence, "feedback_alignment");
  finding.figure += "; " + PairText(PairOf(evidence, "feedback_alignment", "shallow"));
  return finding;
}

Finding DirectFeedbackSuffices(const Evidence& evidence) {
  return Suffices(evidence, "direct_feedback_alignment");
}

Finding AnyActivationWillDo(const Evidence& evidence) {
  const TestedPair of_relu = PairOf(evidence, "relu", "relu_feedback_alignment");
  const TestedPair of_tanh = PairOf(evidence, "back_propagation", "feedback_alignment");
  const TestedPair gain = PairOf(evidence, "relu_feedback_alignment", "relu_frozen_hidden");
  const bool apart = of_relu.pairs.interval.low > of_tanh.pairs.interval.high;
  return {of_relu.Better() && apart              ? Verdict::kNotSupported
          : of_relu.Same() || of_relu.Worse()    ? Verdict::kSupported
          : of_relu.Better() && of_tanh.Better() ? Verdict::kQualified
                                                 : Verdict::kNotDecided,
          fmt::format("{}; {}; {}", PairText(of_relu), PairText(of_tanh), PairText(gain))};
}

Finding RedrawnTeachesNothing(const Evidence& evidence) {
  const TestedPair gain = PairOf(evidence, "redrawn_feedback", "frozen_hidden");
  return {gain.Better()                              ? Verdict::kNotSupported
          : gain.pairs.interval.high < kSameAccuracy ? Verdict::kSupported
                                                     : Verdict::kNotDecided,
          PairText(gain)};
}

Finding SignalsAlign(const Evidence& evidence) {
  std::size_t aligned = 0, against = 0;
  std::string text;
  for (std::size_t layer = 1; layer <= 2; ++layer) {
    const std::vector<double> cosines = evidence.Numbers(
        "trained", fmt::format("feedback_alignment.signal_{}_{}", Epochs(evidence), layer));
    const Interval interval = MeanInterval(cosines);
    aligned += interval.low > 0.0;
    against += interval.high < 0.0;
    text +=
        fmt::format("{}in hidden layer {} from {:.0f} to {:.0f} degrees", layer == 1 ? "" : ", ",
                    layer, MeanAngle(evidence, "feedback_alignment", 0, layer),
                    MeanAngle(evidence, "feedback_alignment", Epochs(evidence), layer));
  }
  return {aligned == 2  ? Verdict::kSupported
          : aligned > 0 ? Verdict::kQualified
          : against > 0 ? Verdict::kNotSupported
                        : Verdict::kNotDecided,
          fmt::format("during training the mean angle between its error signals and those of "
                      "back-propagation goes {}",
                      text)};
}

Finding KolenPollackMatches(const Evidence& evidence) {
  const TestedPair cost = PairOf(evidence, "back_propagation", "kolen_pollack");
  const TestedPair same_decay = PairOf(evidence, "decayed", "kolen_pollack");
  const std::size_t last = Epochs(evidence);
  const Verdict verdict = CostVerdict(same_decay);
  return {verdict == Verdict::kSupported && CostVerdict(cost) == Verdict::kNotSupported
              ? Verdict::kQualified
              : verdict,
          fmt::format(
              "against back-propagation with the same weight decay, {}; against it without, "
              "{}; its angles end at {:.0f} and {:.0f} degrees",
              PairText(same_decay), PairText(cost), MeanAngle(evidence, "kolen_pollack", last, 1),
              MeanAngle(evidence, "kolen_pollack", last, 2))};
}

Finding WeightMirrorMatches(const Evidence& evidence) {
  const TestedPair cost = PairOf(evidence, "back_propagation", "weight_mirror");
  const TestedPair gain = PairOf(evidence, "weight_mirror", "feedback_alignment");
  const std::size_t last = Epochs(evidence);
  return {CostVerdict(cost),
          fmt::format("{}; {}; its angles end at {:.0f} and {:.0f} degrees", PairText(cost),
                      PairText(gain), MeanAngle(evidence, "weight_mirror", last, 1),
                      MeanAngle(evidence, "weight_mirror", last, 2))};
}

Figure CreditFigure(const Evidence& evidence) {
  DotFigure figure = {
      .name = "02_3_likeness_credit",
      .title = "",
      .subtitle = fmt::format(
          "test accuracy with two hidden layers of tanh, and of relu where that is said; a "
          "pale dot a seed ({}); dot and bar: mean and its 95 % interval",
          evidence.Series("trained").size()),
      .x_label = "test accuracy, %",
      .percent = true,
      .rows = {}};
  for (const CreditRuleInfo& info : CreditRules()) {
    const bool control =
        info.rule == CreditRule::kRedrawnFeedback || info.rule == CreditRule::kFrozenHidden;
    figure.rows.push_back(AccuracyRow(evidence, info.name, control ? "control" : "rule"));
  }
  figure.rows.push_back(AccuracyRow(evidence, "shallow", "control"));
  figure.rows.push_back(AccuracyRow(evidence, "decayed", "control"));
  for (const char* name : {"relu", "relu_feedback_alignment", "relu_frozen_hidden"}) {
    figure.rows.push_back(AccuracyRow(evidence, name, "relu"));
  }
  const auto points = [&](const char* a, const char* b) {
    return 100.0 * PairOf(evidence, a, b).pairs.difference;
  };
  figure.title = fmt::format(
      "Against back-propagation random feedback costs {:.1f} points with tanh and {:.1f} with relu",
      points("back_propagation", "feedback_alignment"), points("relu", "relu_feedback_alignment"));
  return figure;
}

Figure AngleFigure(const Evidence& evidence) {
  const std::size_t last = Epochs(evidence);
  LineFigure figure = {
      .name = "02_3_likeness_angles",
      .title = fmt::format("Fixed random feedback ends {:.0f} and {:.0f} degrees from the "
                           "gradient's error signals",
                           MeanAngle(evidence, "feedback_alignment", last, 1),
                           MeanAngle(evidence, "feedback_alignment", last, 2)),
      .subtitle = fmt::format("angle between the error signals of a rule and of back-propagation, "
                              "on 500 training samples; means over {} seeds; 90 is no relation",
                              evidence.Series("trained").size()),
      .x_label = "epoch",
      .y_label = "angle, degrees",
      .x_whole = true,
      .y_low = 0.0,
      .y_high = 100.0,
      .panels = {}};
  for (std::size_t layer = 1; layer <= 2; ++layer) {
    LinePanel panel = {.title = fmt::format("hidden layer {}", layer), .series = {}};
    for (const CreditRuleInfo& info : CreditRules()) {
      if (!HasAngles(info.rule)) continue;
      LineSeries series = {.name = Spaced(info.name), .points = {}};
      for (std::size_t epoch = 0; epoch <= last; ++epoch) {
        series.points.push_back(
            {.x = static_cast<double>(epoch), .y = MeanAngle(evidence, info.name, epoch, layer)});
      }
      panel.series.push_back(std::move(series));
    }
    figure.panels.push_back(std::move(panel));
  }
  return figure;
}

NamedTable CreditTable(const Evidence& evidence) {
  NamedTable named = {.name = "credit",
                      .table = {.caption = "Where each rule takes its feedback from, whether that "
                                           "depends on the forward weights, and its accuracy",
                                .columns = {{"rule", false, ""},
                                            {"feedback", false, "", true},
                                            {"depends on forward weights", true,
                                             "share of hidden error signals that change with them"},
                                            {"rate", true, "chosen on held-out samples"},
                                            {"test accuracy", true, "mean over seeds"}},
                                .rows = {}}};
  const std::vector<Measurement> locality = evidence.Series("locality");
  for (std::size_t i = 0; i < CreditRules().size(); ++i) {
    const CreditRuleInfo& info = CreditRules()[i];
    const double changed = locality.at(i).values.Number("changed");
    const double rate = evidence.Numbers("rates", "chosen").at(i);
    const double accuracy = Mean(Accuracies(evidence, info.name));
    named.table.rows.push_back({{Spaced(info.name)},
                                {std::string(info.summary)},
                                {fmt::format("{:.0f} %", 100.0 * changed), changed},
                                {fmt::format("{}", rate), rate},
                                {fmt::format("{:.2f} %", 100.0 * accuracy), accuracy}});
  }
  return named;
}

}  // namespace lanegrad
