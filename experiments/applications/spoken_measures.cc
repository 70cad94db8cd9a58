// SPDX-License-Identifier: Apache-2.0
// What chapter 6.4 measures of spoken digits.
#include <algorithm>
#include <array>
#include <cstdint>
#include <numeric>
#include <vector>

#include "experiments/applications/classifier.h"
#include "experiments/applications/measures.h"
#include "experiments/applications/search.h"
#include "experiments/little_data/subsets.h"
#include "experiments/records/numbered.h"
#include "experiments/spoken_digits/recordings.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

using Voices = std::vector<std::string_view>;

constexpr std::array<std::string_view, 6> kMen = {"m1", "m2", "m3", "m4", "m5", "m6"};
constexpr std::array<std::string_view, 6> kWomen = {"f1", "f2", "f3", "f4", "f5", "steph"};
constexpr std::array<std::string_view, 4> kKlatt = {"klatt", "klatt2", "klatt3", "klatt4"};
constexpr std::array<std::string_view, 2> kWhispered = {"whisper", "whisperf"};
constexpr std::array<std::string_view, 2> kUsualAccents = {"en", "en-us"};
constexpr std::array<std::string_view, 1> kBritish = {"en"}, kScottish = {"en-gb-scotland"};
constexpr std::array<std::size_t, 2> kTaughtSpeeds = {140, 210};
constexpr std::array<std::size_t, 1> kUsualSpeed = {175}, kFast = {300};

// Who teaches, who is chosen by, and who is new.
struct Cast {
  Voices teachers, choosers, men, women;
};

// [spoken-cast]
Cast DrawCast(std::string_view taught, std::uint64_t seed) {
  std::array<std::uint32_t, 6> man{}, woman{};
  Permutation(RandomStream(seed, Stream::kData, 0), man.data(), man.size());
  Permutation(RandomStream(seed, Stream::kData, 1), woman.data(), woman.size());
  Cast cast;
  for (std::size_t i = 0; i < man.size(); ++i) {
    const std::string_view a_man = kMen[man[i]], a_woman = kWomen[woman[i]];
    if (i < 3) cast.teachers.insert(cast.teachers.end(), {a_man, a_woman});
    if (i == 3) cast.choosers = {a_man, a_woman};
    if (i > 3) cast.men.push_back(a_man), cast.women.push_back(a_woman);
  }
  // One: a man with even seeds, a woman with odd ones.
  if (taught == "one") cast.teachers = {cast.teachers[seed % 2]};
  return cast;
}
// [spoken-cast]

Samples Said(std::span<const std::string_view> voices,
             std::span<const std::string_view> accents = kUsualAccents,
             std::span<const std::size_t> speeds = kUsualSpeed, bool digits = true) {
  return SpokenSamples(StoredRecordings(), {voices, accents, speeds, digits});
}

// The share that is at least `bound`.
double ShareFrom(const std::vector<double>& numbers, double bound) {
  const auto many =
      std::count_if(numbers.begin(), numbers.end(), [&](double number) { return number >= bound; });
  return static_cast<double>(many) / static_cast<double>(numbers.size());
}

LearningRecipe RecipeOf(const ApplicationScale& scale, std::string_view model) {
  LearningRecipe recipe;
  recipe.model = model;
  recipe.hidden = 32;
  recipe.epochs = scale.spoken_epochs;
  recipe.scale = "standard";
  recipe.trials = TrialsOf(model, {0.01f, 0.03162f, 0.1f, 0.3162f});
  return recipe;
}

}  // namespace

void MeasureSpoken(const ApplicationScale& scale, std::string_view model, std::string_view taught,
                   Measurement& row) {
  const LearningRecipe recipe = RecipeOf(scale, model);
  std::vector<Confusion> confusions(scale.seeds);
  // [spoken-trial]
  const auto train = [&](const Trial& trial) -> std::vector<double> {
    const Cast cast = DrawCast(taught, trial.seed);
    const Samples held = Said(cast.choosers);
    Dataset data;
    data.name = "spoken digits";
    data.source = StoredRecordings().synthesizer;
    data.classes = kDigitWords.size();
    data.train = Joined(Said(cast.teachers, kUsualAccents, kTaughtSpeeds), held);
    SetChecksum(data);
    const Classifier classifier(recipe, data, held.count, trial.rate, trial.seed);
    if (!trial.final) return {AccuracyOf(classifier.Ask(held))};

    Voices all = cast.men;
    all.insert(all.end(), cast.women.begin(), cast.women.end());
    const Samples asked = Said(all);
    confusions[trial.seed - kFirstFinalSeed] = classifier.Ask(asked);
    std::vector<double> numbers = {AccuracyOf(confusions[trial.seed - kFirstFinalSeed])};
    for (const Samples& each :
         {Said(cast.teachers), Said(cast.men), Said(cast.women), Said(all, kBritish, kFast),
          Said(all, kScottish), Said(kKlatt), Said(kWhispered)}) {
      numbers.push_back(AccuracyOf(classifier.Ask(each)));
    }
    if (model == "neighbours") return numbers;
    std::vector<double> sure = classifier.Certainties(held);
    std::sort(sure.begin(), sure.end());
    const double bound = sure[sure.size() / 20];
    const Samples other_words = Said(all, kBritish, kUsualSpeed, false);
    numbers.push_back(1.0 - ShareFrom(classifier.Certainties(other_words), bound));
    numbers.push_back(ShareFrom(classifier.Certainties(asked), bound));
    return numbers;
  };
  // [spoken-trial]
  std::vector<std::string_view> names = {"new",  "known",    "men",   "women",
                                         "fast", "scottish", "klatt", "whispered"};
  if (model != "neighbours") names.insert(names.end(), {"refused", "kept"});
  SearchInto(scale, recipe, names, train, row.values);
  SetNumbers(row.values, "confusion", SumOf(confusions));
}

void MeasureHeard(std::string_view voice, std::string_view word, Measurement& row) {
  for (const SpokenWord& each : StoredRecordings().words) {
    if (each.voice != voice || each.word != word || each.accent != kBritish[0] ||
        each.speed != kUsualSpeed[0]) {
      continue;
    }
    SetNumbers(row.values, "level", std::vector<double>(each.levels.begin(), each.levels.end()));
  }
}

}  // namespace lanegrad
