/// @file
/// Article, section 4.2: its training program, why it cannot run, where its formula leads, and one
/// that learns; and all of the programs between the two.
///
/// What is measured and drawn is in experiments/article_code/; here stand the claims.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include <algorithm>

#include "experiments/article_code/training_tasks.h"
#include "experiments/experiment/experiment_program.h"
#include "experiments/records/numbered.h"
#include "experiments/statistics/statistics.h"
#include "experiments/verdicts/pair_verdicts.h"

namespace lanegrad {
namespace {

Finding ProgramRuns(const Evidence& evidence) {
  for (const Measurement& row : evidence.Series("shapes")) {
    const double outputs = row.settings.Number("outputs");
    if (row.values.Number("error_defined") == 0.0) {
      return {Verdict::kNotSupported,
              fmt::format("its first call takes a (1 x {}) output from a (1 x 2) target, which has "
                          "no meaning",
                          outputs)};
    }
    if (row.values.Number("step_defined") == 0.0) {
      return {Verdict::kNotSupported,
              fmt::format("its step of ({} x {}) has not the shape of its weights",
                          row.values.Number("gradient_rows"), row.values.Number("gradient_cols"))};
    }
  }
  return {Verdict::kSupported, "the shapes of both calls fit"};
}

Finding ArticleStepDescends(const Evidence& evidence) {
  const std::vector<double> cosines = evidence.Numbers("gradient", "article_cosine");
  const auto down = std::count_if(cosines.begin(), cosines.end(), [](double c) { return c > 0.0; });
  const std::vector<double> before = evidence.Numbers("gradient", "loss_before");
  const std::vector<double> after = evidence.Numbers("gradient", "loss_article");
  return {
      down == 0                                             ? Verdict::kNotSupported
      : down == static_cast<std::ptrdiff_t>(cosines.size()) ? Verdict::kSupported
                                                            : Verdict::kQualified,
      fmt::format("made to fit, its formula points downhill in {} of {} problems (median cosine "
                  "to the gradient {:.2f}), and 1,000 steps take the median loss from {:.3f} to "
                  "{:.3f}",
                  down, cosines.size(), Median(cosines), Median(before), Median(after))};
}

Finding RightGradientAgrees(const Evidence& evidence) {
  const std::vector<double> cosines = evidence.Numbers("gradient", "right_cosine");
  const double least = *std::min_element(cosines.begin(), cosines.end());
  return {least > 0.999999 ? Verdict::kSupported : Verdict::kNotSupported,
          fmt::format("its cosine to differences of the loss is at least {:.9f} in {} problems",
                      least, cosines.size())};
}

// Of so many networks: all, most, or fewer.
Verdict ByShare(std::size_t learned, std::size_t all) {
  return learned == all       ? Verdict::kSupported
         : 2 * learned >= all ? Verdict::kQualified
                              : Verdict::kNotSupported;
}

Finding ThousandStepsSuffice(const Evidence& evidence) {
  const std::vector<Measurement> rows = RowsOf(evidence, {0.1f, 1000});
  std::vector<double> losses;
  for (const Measurement& row : rows) losses.push_back(row.values.Number("loss"));
  const std::size_t learned = LearnedIn(rows);
  return {ByShare(learned, rows.size()),
          fmt::format("with the right gradient {} of {} networks learn xor at rate 0.1 in 1,000 "
                      "iterations; the median loss is {:.4f}, that of answering 1/2 always 0.25",
                      learned, rows.size(), Median(losses))};
}

Finding BackPropagationLearns(const Evidence& evidence) {
  const std::vector<Measurement> rows = RowsOf(evidence, {10.0f, 5000});
  const std::size_t learned = LearnedIn(rows);
  return {ByShare(learned, rows.size()),
          fmt::format("at rate 10, {} of {} networks have learned xor after 5,000 iterations, {} "
                      "after 1,000",
                      learned, rows.size(), LearnedIn(RowsOf(evidence, {10.0f, 1000})))};
}

std::size_t CountIf(const std::vector<double>& values, bool (*test)(double)) {
  return static_cast<std::size_t>(std::count_if(values.begin(), values.end(), test));
}

Finding SignIsEnough(const Evidence& evidence) {
  const std::vector<double> turned = evidence.Numbers("gradient", "turned_cosine");
  const std::vector<double> sloped = evidence.Numbers("gradient", "sloped_cosine");
  const std::vector<double> input = evidence.Numbers("gradient", "input_cosine");
  const std::size_t same = CountIf(turned, [](double c) { return c > 0.999; });
  const std::size_t down = CountIf(turned, [](double c) { return c > 0.0; });
  return {
      same == turned.size()   ? Verdict::kSupported
      : down == turned.size() ? Verdict::kQualified
                              : Verdict::kNotSupported,
      fmt::format("with its sign turned the formula goes down in {} of {} problems, and in {} in "
                  "the direction of the gradient (median cosine {:.3f}; with the slope {:.3f}, "
                  "with the input {:.3f})",
                  down, turned.size(), same, Median(turned), Median(sloped), Median(input))};
}

Finding OutputGradientIsRight(const Evidence& evidence) {
  const std::vector<double> cosines = evidence.Numbers("gradient", "output_cosine");
  const std::vector<double> factors = evidence.Numbers("gradient", "output_factor");
  const std::size_t right = CountIf(cosines, [](double c) { return c > 0.999; });
  return {ByCount(right, cosines.size()),
          fmt::format("in {} of {} problems it points the same way; the median cosine is {:.3f}, "
                      "and it is {:.3g} times as long as the gradient",
                      right, cosines.size(), Median(cosines), Median(factors))};
}

Finding OwnOutputTeaches(const Evidence& evidence) {
  const std::vector<double> steps = evidence.Numbers("gradient", "own_target_step");
  const std::size_t moved = CountIf(steps, [](double s) { return s != 0.0; });
  return {ByCount(moved, steps.size()),
          fmt::format("in {} of {} problems the step differs from zero", moved, steps.size())};
}

Finding CallerKeepsWeights(const Evidence& evidence) {
  const std::vector<double> in_place = evidence.Numbers("gradient", "in_place_changed");
  const std::vector<double> copies = evidence.Numbers("gradient", "copy_changed");
  const std::size_t kept = CountIf(in_place, [](double c) { return c == 0.0; });
  return {
      ByCount(kept, in_place.size()),
      fmt::format("subtracting in place leaves the caller's weights alone in {} of {} problems, "
                  "training a copy in {}",
                  kept, in_place.size(), CountIf(copies, [](double c) { return c == 0.0; }))};
}

Finding ApartIsAsGood(const Evidence& evidence) {
  std::string text;
  std::size_t worse = 0, all = 0;
  for (const SeedPairs& each : FamilyOf(ComparedInTraining(evidence), "apart")) {
    ++all;
    worse += each.above();  // a larger loss
    text += fmt::format("{}{}: loss {:+.3f} (p = {:.1g}, Holm)", text.empty() ? "" : "; ",
                        each.name == "stale" ? "apart, on old answers" : "apart, on new answers",
                        each.found.difference, each.p);
  }
  const std::vector<double> right = NumbersOf(ApartRow(evidence, "together").values, "right");
  text += fmt::format(", against training together, by which {} of {} networks learn",
                      std::count(right.begin(), right.end(), 4.0), right.size());
  return {worse == all ? Verdict::kNotSupported
          : worse > 0  ? Verdict::kQualified
                       : Verdict::kNotDecided,
          text};
}

Finding EveryRepairHelps(const Evidence& evidence) {
  std::string helped, hurt;
  std::size_t above = 0, below = 0, all = 0;
  const auto add = [](std::string& list, const std::string& name) {
    list += (list.empty() ? "" : ", ") + name;
  };
  for (const SeedPairs& each : FamilyOf(ComparedInTraining(evidence), "stage")) {
    ++all;
    above += each.above();
    below += each.below();
    if (each.above()) add(helped, each.name);
    if (each.below()) add(hurt, each.name);
  }
  return {above == all ? Verdict::kSupported
          : above > 0  ? Verdict::kQualified
          : below > 0  ? Verdict::kNotSupported
                       : Verdict::kNotDecided,
          fmt::format("{} of {} steps are shown to raise the accuracy ({}), {} to lower it{}",
                      above, all, helped.empty() ? "none" : helped, below,
                      hurt.empty() ? "" : fmt::format(" ({})", hurt))};
}

Finding EveryRepairIsNeeded(const Evidence& evidence) {
  std::string spared;
  std::size_t below = 0, above = 0, all = 0;
  for (const SeedPairs& each : FamilyOf(ComparedInTraining(evidence), "without")) {
    ++all;
    below += each.below();
    above += each.above();
    if (!each.below()) spared += (spared.empty() ? "" : ", ") + each.name;
  }
  return {
      below == all ? Verdict::kSupported
      : below > 0  ? Verdict::kQualified
      : above > 0  ? Verdict::kNotSupported
                   : Verdict::kNotDecided,
      fmt::format("taking one out of the program that has all is shown to lower the accuracy for "
                  "{} of {}, to raise it for {}; not shown to be missed: {}",
                  below, all, above, spared.empty() ? "none" : spared)};
}

Finding LibraryIsFaster(const Evidence& evidence) {
  const Measurement *plain = nullptr, *kernels = nullptr;
  const std::vector<Measurement> rows = evidence.Series("stage");
  for (const Measurement& row : rows) {
    if (row.settings.Text("name") == "cross-entropy") plain = &row;
    if (row.settings.Text("name") == "kernels") kernels = &row;
  }
  const double faster = plain->machine.Number("pass_ms") / kernels->machine.Number("pass_ms");
  return {!(faster > 0.0) ? Verdict::kNotDecided
          : faster >= 2.0 ? Verdict::kSupported
          : faster > 1.0  ? Verdict::kQualified
                          : Verdict::kNotSupported,
          fmt::format("a plain loop takes {:.1f} times as long a pass, at an accuracy of {:.1f} %, "
                      "with the kernels {:.1f} %",
                      faster, 100.0 * Mean(NumbersOf(plain->values, "accuracy")),
                      100.0 * Mean(NumbersOf(kernels->values, "accuracy")))};
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  using namespace lanegrad;
  return RunExperiment(
      {.name = "04_2_backward",
       .section = "4.2",
       .title = "The training program",
       .summary =
           "Section 4.2 of the article: why its training program cannot run, and one that can.",
       .question = "Does the program of section 4.2 train a network?",
       .task_profiles = {{"quick", 5}, {"default", 20}, {"full", 200}},
       .tasks = TrainingProgramTasks,
       .claims =
           {{"program-runs", "The program trains both weight matrices.", "article, section 4.2",
             "judged by the shapes of its two calls", ProgramRuns, Verdict::kNotSupported},
            {"article-step-descends", "Its step goes down the gradient of the loss.",
             "article, section 4.2",
             "one layer, 4 to 4, where its formula has the shape of the "
             "weights",
             ArticleStepDescends, Verdict::kNotSupported},
            {"right-gradient-agrees",
             "Input times slope times error, summed over samples, is the gradient.",
             "Rumelhart, Hinton and Williams 1986", "checked by central differences, in double",
             RightGradientAgrees, Verdict::kSupported},
            {"sign-is-enough", "All that is wrong with its formula is the sign.",
             "ours, section 4.2",
             "the same problems; a cosine of 0.999 counts as the same direction", SignIsEnough,
             Verdict::kQualified},
            {"output-gradient", "Twice target minus output is the gradient by the outputs.",
             "article, section 4.2", "the article defines it and never uses it",
             OutputGradientIsRight, Verdict::kNotSupported},
            {"own-output-teaches", "The network's own output is a target to learn from.",
             "article, section 4.2", "the step of its formula, before the first iteration",
             OwnOutputTeaches, Verdict::kNotSupported},
            {"caller-keeps-weights", "The weights that a call is given stay as they are.",
             "article, section 4.2, by the names of its results", "in place, and on a copy",
             CallerKeepsWeights, Verdict::kNotSupported},
            {"apart-is-as-good",
             "Training each layer alone against the final target does as well as back-propagation.",
             "article, section 4.2", "xor, 2-2-2 sigmoids with biases, each at its own rate",
             ApartIsAsGood, Verdict::kNotSupported},
            {"thousand-steps-suffice", "1,000 iterations at rate 0.1 train such a network.",
             "article, section 4.2", "on xor, 2-4-1", ThousandStepsSuffice, Verdict::kNotSupported},
            {"back-propagation-learns", "Back-propagation through both layers learns xor.",
             "Rumelhart, Hinton and Williams 1986",
             "four hidden sigmoids; some starts end in a flat "
             "place",
             BackPropagationLearns},
            {"every-repair-helps", "Every repair of the program raises its accuracy.",
             "ours, section 4.2",
             "one order of repairs; small pictures of clothes, few of them, each stage at its own "
             "rate out of a few",
             EveryRepairHelps},
            {"every-repair-is-needed", "Every repair is needed, once the others are made.",
             "ours, section 4.2", "the program in plain loops, with ten hidden sigmoids",
             EveryRepairIsNeeded},
            {"library-is-faster", "The kernels train the same program in less time.",
             "ours, section 4.2", "one thread of one machine; ten hidden units are few",
             LibraryIsFaster}},
       .figures = {ErrorFigure, CosineFigure, StageFigure, WithoutFigure},
       .tables = {GradientTable, ApartTable, XorRunTable, StageTable, WithoutTable}},
      argc, argv);
}
