/// @file
/// Article, section 1: a network learns by adjusting the weights of its connections. One is watched
/// while it does.
// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "experiments/experiment/experiment_program.h"
#include "experiments/first_learning/first_findings.h"
#include "experiments/first_learning/first_learning.h"

namespace lanegrad {
namespace {

std::vector<Task> Tasks(const Scope& scope) {
  const FirstScale scale = FirstScaleOf(scope);
  const auto settings = [&] {
    return Fields{{"samples", static_cast<double>(scale.train)},
                  {"epochs", static_cast<double>(scale.epochs)},
                  {"seeds", static_cast<double>(scale.seeds)}};
  };
  std::vector<Task> tasks;
  for (const double noise : {0.0, kByLot}) {
    Fields of = settings();
    of.Set("label_noise", noise);
    tasks.push_back(
        {.series = "training", .settings = of, .seed = 0, .measure = [=](Measurement& row) {
           MeasureFirstLearning(scale, noise, row);
         }});
  }
  tasks.push_back({.series = "mean_pictures",
                   .settings = settings(),
                   .seed = 0,
                   .measure = [=](Measurement& row) { MeasureMeanPictures(scale, row); }});
  return tasks;
}

constexpr const char* kLimits = "one network of 32 hidden units, small pictures of clothes";

std::vector<Claim> Claims() {
  return {
      {"adjusting-weights-is-learning",
       "A network learns by adjusting the weights of its connections.", "article, section 1",
       kLimits, AdjustingIsLearning, Verdict::kSupported},
      {"labels-teach", "Trained with random labels, the same network learns nothing useful.",
       "ours", "of use: two points more than guessing, on pictures it has not seen", LabelsTeach,
       Verdict::kSupported},
      {"lots-are-learned", "It learns random labels nevertheless.", "Zhang et al. 2017",
       "more of the labels it was taught than guessing gets", LotsAreLearned, Verdict::kSupported},
      {"more-than-averages", "A network learns more than the mean picture of each class.", "ours",
       kLimits, MoreThanAverages, Verdict::kSupported},
      {"first-pass", "It learns more in its first pass through the pictures than in all others.",
       "ours", "accuracy gained on pictures it has not seen", FirstPassTeachesMost}};
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  using namespace lanegrad;
  return RunExperiment(
      {.name = "01_introduction",
       .section = "1",
       .title = "A network learns",
       .summary = "Section 1 of the article: a network, watched while it learns.",
       .question = "What changes when a network learns, and what has it learned then?",
       .task_profiles = {{"quick", 10}, {"default", 20}, {"full", 30}},
       .tasks = Tasks,
       .claims = Claims(),
       .figures = {LearningFigure, WhatWasLearnedFigure},
       .tables = {FirstTable}},
      argc, argv);
}
