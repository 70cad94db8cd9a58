// SPDX-License-Identifier: Apache-2.0
// What chapter 6.4 measures of letters.
#include <vector>

#include "experiments/applications/classifier.h"
#include "experiments/applications/measures.h"
#include "experiments/applications/search.h"
#include "experiments/letters/letter_counts.h"
#include "experiments/letters/letter_network.h"
#include "experiments/letters/letters.h"
#include "experiments/little_data/subsets.h"
#include "experiments/records/numbered.h"

namespace lanegrad {
namespace {

Letters Beginning(Letters text, std::size_t letters) {
  if (letters > 0 && letters < text.size()) text.resize(letters);
  return text;
}

// Where the ring is cut for a seed. Final seeds divide it evenly, tuning ones cut between.
double ShareOf(const ApplicationScale& scale, const Trial& trial) {
  const auto seeds = static_cast<double>(scale.seeds);
  return trial.final
             ? static_cast<double>(trial.seed - kFirstFinalSeed) / seeds
             : (static_cast<double>(trial.seed) - 0.5) / static_cast<double>(scale.tune_seeds);
}

}  // namespace

void MeasureLetters(const ApplicationScale& scale, std::string_view model, std::size_t context,
                    Measurement& row) {
  LearningRecipe recipe;
  recipe.model = model;
  recipe.epochs = scale.letter_epochs;
  recipe.optimizer = "adam";
  recipe.trials = {0.001f, 0.003162f, 0.01f, 0.03162f};
  const Letters text = Beginning(ConstitutionLetters(), scale.letters);
  const Samples other = LetterSamples(Beginning(DeclarationLetters(), scale.letters), context);
  const std::set<std::string> words = WordsOf(text);
  const bool writes = model == "network" && context == scale.context;
  std::string low, high;  // of the first final seed
  // [letter-trial]
  const auto train = [&](const Trial& trial) -> std::vector<double> {
    const TextParts parts = CutRing(text, ShareOf(scale, trial));
    const Samples held = LetterSamples(parts.held, context);
    Dataset data;
    data.name = "letters";
    data.source = "constitution";
    data.classes = kLetters;
    data.train = Joined(LetterSamples(parts.train, context), held);
    SetChecksum(data);
    const Classifier classifier(recipe, data, held.count, trial.rate, trial.seed);
    if (!trial.final) return {-classifier.Bits(held)};

    std::vector<double> numbers = {classifier.Bits(LetterSamples(parts.test, context)),
                                   classifier.Bits(other)};
    if (!writes) return numbers;
    for (const double temperature : {kLowTemperature, kHighTemperature}) {
      const Letters written =
          Write(*classifier.network(), parts.test, temperature, scale.written, trial.seed);
      numbers.push_back(KnownWordShare(written, words));
      if (trial.seed == kFirstFinalSeed) {
        (temperature == kLowTemperature ? low : high) = ToText(written);
      }
    }
    return numbers;
  };
  // [letter-trial]
  const std::vector<std::string_view> names = {"bits", "other", "words_low", "words_high"};
  SearchInto(scale, recipe, std::span(names).first(writes ? 4 : 2), train, row.values);
  if (!writes) return;
  row.values.Set("low", low);
  row.values.Set("high", high);
}

void MeasureCounts(const ApplicationScale& scale, std::size_t order, Measurement& row) {
  const Letters text = Beginning(ConstitutionLetters(), scale.letters);
  const Letters other = Beginning(DeclarationLetters(), scale.letters);
  std::vector<double> bits, held, others;
  for (std::size_t i = 0; i < scale.seeds; ++i) {
    const Trial trial = {.rate = 0.0f, .seed = kFirstFinalSeed + i, .final = true};
    const TextParts parts = CutRing(text, ShareOf(scale, trial));
    const LetterCounts counts(parts.train, order);
    bits.push_back(BitsPerLetter(counts, parts.test, scale.context));
    held.push_back(BitsPerLetter(counts, parts.held, scale.context));
    others.push_back(BitsPerLetter(counts, other, scale.context));
  }
  SetNumbers(row.values, "bits", bits);
  SetNumbers(row.values, "held", held);
  SetNumbers(row.values, "other", others);
}

}  // namespace lanegrad
