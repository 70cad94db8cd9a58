// SPDX-License-Identifier: Apache-2.0
// What chapter 6.4 measures of vowels.
#include <numbers>
#include <vector>

#include "experiments/applications/classifier.h"
#include "experiments/applications/measures.h"
#include "experiments/applications/search.h"
#include "experiments/little_data/subsets.h"
#include "experiments/records/numbered.h"
#include "experiments/vowels/spectrum.h"
#include "experiments/vowels/vowel_data.h"
#include "kernels/elementary.h"

namespace lanegrad {
namespace {

// Numbers of speakers begin here: nobody who is taught by is asked about.
constexpr std::size_t kHeldSpeakers = 10000, kTestSpeakers = 20000;

LearningRecipe RecipeOf(const ApplicationScale& scale, std::string_view model) {
  LearningRecipe recipe;
  recipe.model = model;
  recipe.hidden = 32;
  recipe.epochs = scale.vowel_epochs;
  recipe.scale = "standard";
  recipe.trials = TrialsOf(model, {0.03162f, 0.1f, 0.3162f, 1.0f});
  return recipe;
}

}  // namespace

void MeasureVowels(const ApplicationScale& scale, std::string_view model, std::string_view taught,
                   Measurement& row) {
  const LearningRecipe recipe = RecipeOf(scale, model);
  const std::vector<Voice> all(kVoices.begin(), kVoices.end());
  const std::vector<Voice> voices = taught == "men" ? std::vector<Voice>{Voice::kMan} : all;
  std::vector<Confusion> confusions(scale.seeds);
  // [vowel-trial]
  const auto train = [&](const Trial& trial) -> std::vector<double> {
    const Recording lesson = {.voices = voices, .speakers = scale.speakers, .first = 0, .times = 2};
    const Recording choice = {
        .voices = voices, .speakers = scale.other_speakers, .first = kHeldSpeakers};
    const Samples learned = Record(lesson, trial.seed), held = Record(choice, trial.seed);
    Dataset data;
    data.name = "vowels";
    data.source = "synthesised";
    data.classes = kVowels;
    data.train = Joined(learned, held);
    SetChecksum(data);
    const Classifier classifier(recipe, data, held.count, trial.rate, trial.seed);
    if (!trial.final) return {AccuracyOf(classifier.Ask(held))};

    Recording again = lesson;
    again.times = 1;
    again.take = 1;
    std::vector<double> numbers = {AccuracyOf(classifier.Ask(Record(again, trial.seed)))};
    Recording test = {
        .voices = all, .speakers = all.size() * scale.other_speakers, .first = kTestSpeakers};
    for (const double decibels : {kQuiet, 10.0, 0.0}) {
      test.decibels = decibels;
      const Confusion found = classifier.Ask(Record(test, trial.seed));
      numbers.push_back(AccuracyOf(found));
      if (decibels == kQuiet) confusions[trial.seed - kFirstFinalSeed] = found;
    }
    for (const Voice voice : all) {
      const Recording own = {
          .voices = {voice}, .speakers = scale.other_speakers, .first = kTestSpeakers};
      numbers.push_back(AccuracyOf(classifier.Ask(Record(own, trial.seed))));
    }
    return numbers;
  };
  // [vowel-trial]
  const std::vector<std::string_view> names = {"known", "new",   "noisy_10", "noisy_0",
                                               "men",   "women", "children"};
  SearchInto(scale, recipe, names, train, row.values);
  SetNumbers(row.values, "confusion", SumOf(confusions));
}

void MeasureSpectrum(std::size_t voice, std::size_t vowel, Measurement& row) {
  const VowelSound mean = MeanVowel(kVoices.at(voice), vowel);
  const std::vector<double> sound = Synthesize(mean, kFrame), window = HannWindow(kFrame);
  std::vector<double> faded, levels;
  for (std::size_t i = 0; i < kFrame; ++i) faded.push_back(window[i] * sound[i]);
  for (const double power : PowerSpectrum(faded)) {
    levels.push_back(10.0 / std::numbers::ln10 * Logarithm(power + 1e-10));
  }
  SetPictured(row.values, "level", levels);
  SetNumbers(row.values, "formant",
             std::vector<double>(mean.formants.begin(), mean.formants.end()));
}

}  // namespace lanegrad
