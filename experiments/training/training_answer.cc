// SPDX-License-Identifier: Apache-2.0
#include "experiments/training/training_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/cli/time_limit.h"
#include "experiments/comparison/comparison_figure.h"
#include "experiments/records/score.h"
#include "experiments/training/training_table.h"

namespace lanegrad {
namespace {

// "87.30 to 88.57 %".
std::string Between(const Interval& interval) {
  return fmt::format("{:.2f} to {:.2f} %", 100.0 * interval.low, 100.0 * interval.high);
}

// "0.42 points more than", "as many as".
std::string MoreThan(double difference) {
  const double points = 100.0 * difference;
  if (std::fabs(points) < 0.005) return "as many as";
  return fmt::format("{:.2f} points {} than", std::fabs(points), points > 0.0 ? "more" : "fewer");
}

// Means over the runs that did not diverge and have such a number; NaN of none.
template <class Get>
double MeanOf(const TrainedRuns& trained, Get&& get) {
  std::vector<double> values;
  for (const RunRecord& run : trained.runs) {
    if (run.status == Status::kDiverged || run.epochs.empty()) continue;
    if (const std::optional<double> value = get(run)) values.push_back(*value);
  }
  return Mean(values);
}

// "0.3912 to 0.5130".
std::string NumbersBetween(const Interval& interval) {
  return fmt::format("{} to {}", ScoreText(Score::kR2, interval.low),
                     ScoreText(Score::kR2, interval.high));
}

// Of a regression: how good it is, and how far off in the target's units.
std::string NumberSentence(const TrainedRuns& trained, const std::string& of) {
  const SharedMean test = TestAccuracy(trained);
  const double rmse = MeanOf(trained, [](const RunRecord& run) { return run.test_rmse; });
  std::string text = fmt::format("R² on {} is {}", of, ScoreText(Score::kR2, test.mean));
  if (trained.runs.size() > 1) {
    const auto [low, high] = std::minmax_element(test.by_seed.begin(), test.by_seed.end());
    text += fmt::format(", in the mean of {} (95 % interval of the mean: {}; the runs: {})",
                        RunsText(trained), NumbersBetween(test.interval),
                        NumbersBetween({*low, *high}));
  }
  return text + fmt::format(
                    ". The root of the mean squared error of '{}' is {}, in its own units; "
                    "R² is 1 without error, and 0 where naming the mean is as good.",
                    trained.data.target, Short(rmse));
}

std::string TestSentence(const TrainedRuns& trained) {
  const SharedMean test = TestAccuracy(trained);
  const std::string of = FoldsOf(trained) > 1
                             ? fmt::format("the test samples (each of all {} is one once)",
                                           Thousands(trained.data.train.count))
                             : fmt::format("the {} test samples", Thousands(TestCount(trained)));
  if (trained.runs.size() > 1 && CountDiverged(trained) == trained.runs.size()) {
    return fmt::format("All of {} diverged: their networks are of no use.", RunsText(trained));
  }
  if (trained.runs.size() > 1 && trained.data.regression()) return NumberSentence(trained, of);
  if (trained.runs.size() > 1) {
    const auto [low, high] = std::minmax_element(test.by_seed.begin(), test.by_seed.end());
    return fmt::format(
        "{} of {} are named rightly, in the mean of {} (95 % interval of the mean: {}; the {}: "
        "{}).",
        Percent(test.mean), of, RunsText(trained), Between(test.interval),
        FoldsOf(trained) > 1 ? "runs" : "seeds", Between({*low, *high}));
  }
  const RunRecord& run = trained.runs.front();
  if (run.status == Status::kDiverged) {
    return run.bad_step > 0
               ? fmt::format("The run diverged in step {}: its network is of no use.", run.bad_step)
               : "The run diverged: a loss is not finite before any step.";
  }
  if (run.status == Status::kOutOfTime) {
    return fmt::format(
        "The run reached its time limit{} after step {}, in epoch {}, before it read {}.",
        run.time_limit ? fmt::format(" of {}", SecondsText(*run.time_limit)) : "", run.steps,
        std::min(run.epochs.size() + 1, run.settings.epochs), of);
  }
  if (!run.test_accuracy) {
    return fmt::format("The run ended after step {}, before it read {}.", run.steps, of);
  }
  if (trained.data.regression()) return NumberSentence(trained, of);
  return fmt::format("{} of {} are named rightly (95 % interval, of so many samples: {}).",
                     Percent(test.mean), of, Between(test.interval));
}

std::string BesideNumbers(const TrainedRuns& trained, double training, double held_out) {
  const std::string learned = fmt::format(
      "On training samples R² is {} (each judged before its step, in the {} epoch)",
      ScoreText(Score::kR2, training), trained.runs.front().kept_epoch > 0 ? "kept" : "last");
  if (std::isfinite(held_out)) {
    return fmt::format("{}, and on the {} held-out samples {}.", learned,
                       Thousands(trained.runs.front().settings.validation),
                       ScoreText(Score::kR2, held_out));
  }
  return fmt::format(
      "{}. Nothing was held out: to choose settings by, add --validation N, since "
      "test samples are for the end.",
      learned);
}

// How it does on what it learned from and on what was held out, beside the test samples.
std::string BesideSentence(const TrainedRuns& trained) {
  const double test = MeanOf(trained, [](const RunRecord& run) { return run.test_accuracy; });
  const double held_out =
      MeanOf(trained, [](const RunRecord& run) { return LastEpoch(run).validation_accuracy; });
  const double training = MeanOf(trained, [](const RunRecord& run) -> std::optional<double> {
    return LastEpoch(run).train_accuracy;
  });
  if (!std::isfinite(test) || !std::isfinite(training)) return "";
  if (trained.data.regression()) return BesideNumbers(trained, training, held_out);
  const std::string learned = fmt::format(
      "training samples {}, {} of test samples (each judged before its step, in the {} epoch)",
      Percent(training), MoreThan(training - test),
      trained.runs.front().kept_epoch > 0 ? "kept" : "last");
  if (std::isfinite(held_out)) {
    return fmt::format("Of the {} held-out samples it is {}, {} of test samples; of {}.",
                       Thousands(trained.runs.front().settings.validation), Percent(held_out),
                       MoreThan(held_out - test), learned);
  }
  return fmt::format(
      "Of {}. Nothing was held out: to choose settings by, add --validation N, since test samples "
      "are for the end.",
      learned);
}

std::string ClassSentence(const TrainedRuns& trained) {
  const std::optional<Confusion> joint = JointConfusion(trained);
  if (!joint || joint->classes < 2) return "";
  std::size_t least = joint->classes;
  for (std::size_t c = 0; c < joint->classes; ++c) {
    const double recall = joint->Recall(c);
    if (std::isfinite(recall) && (least == joint->classes || recall < joint->Recall(least)))
      least = c;
  }
  if (least == joint->classes || joint->Recall(least) == 1.0) return "";
  std::size_t instead = least == 0 ? 1 : 0;
  for (std::size_t c = 0; c < joint->classes; ++c) {
    if (c != least && joint->Count(least, c) > joint->Count(least, instead)) instead = c;
  }
  return fmt::format("Recognised least is {}: {} of its samples; {} are taken for {}.",
                     ClassName(trained.data, least), Percent(joint->Recall(least)),
                     Percent(static_cast<double>(joint->Count(least, instead)) /
                             static_cast<double>(joint->OfClass(least))),
                     ClassName(trained.data, instead));
}

std::string HealthSentence(const TrainedRuns& trained) {
  const std::size_t diverged = CountDiverged(trained);
  std::string text;
  if (diverged > 0 && diverged < trained.runs.size()) {
    text = fmt::format("{} of {} runs diverged, and count as guessing. ", diverged,
                       trained.runs.size());
  }
  const Table faults = FaultTable(trained);
  if (faults.rows.empty()) return text + "No fault was found in the network.";
  return text + fmt::format("{} found: {}. To try first: {}.",
                            faults.rows.size() == 1
                                ? "A fault was"
                                : fmt::format("{} faults were", faults.rows.size()),
                            faults.rows.front()[0].text, faults.rows.front()[1].text);
}

}  // namespace

std::string Thousands(std::size_t count) {
  std::string text = fmt::format("{}", count);
  for (std::size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, ",");
  return text;
}

std::string SettingsLine(const Settings& settings) {
  return fmt::format("{} · {} · {} · rate {} · batch {} · {} epoch{}", settings.activation,
                     settings.loss, settings.optimizer, settings.rate, settings.batch,
                     settings.epochs, settings.epochs == 1 ? "" : "s");
}

std::vector<std::string> AnswerSentences(const TrainedRuns& trained) {
  std::vector<std::string> sentences = {TestSentence(trained)};
  for (std::string& sentence :
       std::vector{BesideSentence(trained), ClassSentence(trained), HealthSentence(trained)}) {
    if (!sentence.empty()) sentences.push_back(std::move(sentence));
  }
  return sentences;
}

}  // namespace lanegrad
