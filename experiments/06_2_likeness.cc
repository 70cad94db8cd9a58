/// @file
/// Article, section 6.2: network and brain both learn from experience. One thing after another?
// SPDX-License-Identifier: Apache-2.0
#include "experiments/experience/experience.h"
#include "experiments/experiment/experiment_program.h"

namespace lanegrad {
namespace {

constexpr const char* kLimits =
    "two lessons of five classes each; one hidden layer, plain descent at one rate";

std::vector<Claim> Claims() {
  return {
      {"experience-adds-up", "What a network learns is added to what it has learned before.",
       "article, section 6.2, by its wording", kLimits, ExperienceAddsUp, Verdict::kNotSupported},
      {"both-fit", "The same network learns both lessons where they are mixed.",
       "McCloskey and Cohen 1989", "more accurate on both than one after the other", BothFit,
       Verdict::kSupported},
      {"few-rehearsed", "A few old samples among the new ones save most of what was learned.",
       "Robins 1995", "few: 5 % and 20 % of the old; most: more than half of what is lost without",
       FewRehearsedSuffice},
      {"relearned-faster", "What was forgotten is learned again faster than at first.",
       "Hinton and Plaut 1987",
       "one pass through a tenth of it; against a network that learned the second lesson alone",
       RelearnedFaster}};
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  using namespace lanegrad;
  return RunExperiment(
      {.name = "06_2_likeness",
       .section = "6.2",
       .title = "Learning from experience",
       .summary = "Section 6.2 of the article: whether a network learns one thing after another.",
       .question =
           "Brain and network learn from experience. Can both learn one thing after another "
           "without forgetting the first?",
       .task_profiles = {{"quick", 10}, {"default", 20}, {"full", 30}},
       .tasks = ExperienceTasks,
       .claims = Claims(),
       .figures = {LessonsFigure, AgainFigure},
       .tables = {LessonTable}},
      argc, argv);
}
