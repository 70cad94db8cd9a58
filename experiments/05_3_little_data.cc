/// @file
/// Article, section 5, challenges: little data. How many labelled samples are needed, and what
/// makes up for them.
// SPDX-License-Identifier: Apache-2.0
#include "experiments/experiment/experiment_program.h"
#include "experiments/little_data/judgements.h"
#include "experiments/little_data/measures.h"

namespace lanegrad {
namespace {

// [scales]
LittleDataScale ScaleOf(const Scope& scope) {
  LittleDataScale scale;
  if (scope.profile == "quick") {
    scale = {.sizes = {10, 30, 100}, .brief = true, .tests = 500, .further = 500};
  } else if (scope.profile == "default") {
    scale = {.sizes = {10, 30, 100, 300, 1000, 3000, 10000}, .tests = 5000, .further = 2000};
    scale.most_for_all = 3000;  // so that it takes minutes
  } else {
    scale = {.sizes = {10, 30, 100, 300, 1000, 3000, 10000, 30000, 60000},
             .tests = 10000,
             .further = 10000};
  }
  scale.seeds = scope.seeds;
  scale.threads = scope.threads;
  return scale;
}
// [scales]

std::vector<Task> Tasks(const Scope& scope) {
  const LittleDataScale scale = ScaleOf(scope);
  std::vector<Task> tasks;
  const auto add = [&](const char* series, Fields settings, auto measure) {
    settings.Set("tests", static_cast<double>(scale.tests));
    settings.Set("seeds", static_cast<double>(scale.seeds));
    tasks.push_back(
        {.series = series, .settings = std::move(settings), .seed = 0, .measure = measure});
  };
  // [tasks]
  for (const std::size_t n : scale.sizes) {
    const auto samples = static_cast<double>(n);
    const bool all = n <= scale.most_for_all;
    for (const Method& method : Methods()) {
      if (!all && method.regulariser() && !method.shifts) continue;
      add("method", {{"method", std::string(method.name)}, {"n", samples}},
          [=, &method](Measurement& row) { MeasureMethod(scale, method, n, row); });
    }
    add("neighbours", {{"n", samples}},
        [=](Measurement& row) { MeasureNeighbours(scale, n, row); });
    if (all && n + scale.further <= 60000) {
      add("choice", {{"n", samples}}, [=](Measurement& row) { MeasureChoice(scale, n, row); });
    }
  }
  // [tasks]
  add("shifted", {}, [](Measurement& row) { MeasureShifted(row); });
  return tasks;
}

}  // namespace
}  // namespace lanegrad

int main(int argc, char** argv) {
  using namespace lanegrad;
  return RunExperiment(
      {.name = "05_3_little_data",
       .section = "5",
       .title = "Little data",
       .summary = "Section 5 of the article: how many labelled samples a network needs.",
       .question = "How many labelled samples are needed, and what makes up for missing ones?",
       .task_profiles = {{"quick", 3}, {"default", 10}, {"full", 20}},
       .tasks = Tasks,
       .claims =
           {{"more-data", "With more labelled data a network is better, whatever it has already.",
             "folklore; Viering and Loog 2023 name exceptions",
             "three times as many at each step, 784-64-10", MoreDataIsBetter, Verdict::kSupported},
            {"much-data",
             "Much labelled data is needed: a tenth of it costs more than five points of accuracy.",
             "article, section 5", "one data set; five points are our measure of what matters",
             MuchDataIsNeeded},
            {"linear-first",
             "With little data softmax regression is ahead of the network, with much data behind.",
             "after Ng and Jordan 2002", "one hidden layer; the same trials for both",
             LinearLeadsWhenFew},
            {"neighbours-first",
             "With little data nearest neighbours are ahead of the network, with much data behind.",
             "folklore", "distances between raw pixels", NeighboursLeadWhenFew},
            {"regularisers-help", "Where data are few, a regulariser makes up for some of them.",
             "folklore",
             "up to 300 samples; eight regularisers, two strengths each, chosen by a "
             "fifth of the samples",
             RegularisersHelp},
            {"shifts-help", "Shifted copies of the images make the network better.",
             "after Simard et al. 2003", "five images of one, made before training; as many steps",
             ShiftsHelp},
            {"shifts-worth-data", "Shifted copies are worth as much as three times the data.",
             "ours, section 5.3", "the same; ahead of the next larger subset without them",
             ShiftsAreWorthData},
            {"power-law", "The error falls as a power of the number of samples.",
             "Hestness et al. 2017", "fits: misses the means by less than 5 % of them",
             ErrorIsAPowerLaw},
            {"law-foretells", "The law of small subsets predicts the error of large ones.",
             "Cortes et al. 1994; Hestness et al. 2017",
             "predicts: surely within a tenth of what was measured", LawForetells},
            {"exponent-stays", "A regulariser changes the factor of the law, not its exponent.",
             "after Hestness et al. 2017", "the same: surely within 0.03; law without offset",
             ExponentStays},
            {"choosing-costs", "Choosing the rate by a fifth of few samples costs accuracy.",
             "ours, section 5.3", "six rates; against a choice by many further samples",
             ChoosingCosts},
            {"train-again", "Once the rate is chosen, training again with all samples pays.",
             "folklore", "the held-out fifth is learned as well", TrainingAgainPays}},
       .figures = {CurveFigure, CrossingFigure, GainFigure, ExponentFigure, ChoiceFigure,
                   ShiftedFigure},
       .tables = {AccuracyTable, LawTable, ChosenTable}},
      argc, argv);
}
