// SPDX-License-Identifier: Apache-2.0
// What chapter 6.4 measures of pictures.
#include <algorithm>
#include <iterator>
#include <vector>

#include "experiments/applications/alterations.h"
#include "experiments/applications/classifier.h"
#include "experiments/applications/measures.h"
#include "experiments/applications/search.h"
#include "experiments/little_data/subsets.h"
#include "experiments/records/numbered.h"
#include "experiments/trials/trainings.h"

namespace lanegrad {
namespace {

LearningRecipe RecipeOf(const ApplicationScale& scale, std::string_view model) {
  LearningRecipe recipe;
  recipe.model = model;
  recipe.epochs = scale.picture_epochs;
  recipe.trials = TrialsOf(model, {0.03162f, 0.1f, 0.3162f, 1.0f});
  return recipe;
}

// Whether a class covers the upper half of a body: T-shirt, pullover, dress, coat, shirt.
bool IsTop(std::size_t label) {
  return label == 0 || label == 2 || label == 3 || label == 4 || label == 6;
}

double ShareAmongTops(const Confusion& confusion) {
  double among = 0.0, all = 0.0;
  for (std::size_t label = 0; label < confusion.classes; ++label) {
    for (std::size_t named = 0; named < confusion.classes; ++named) {
      if (label == named) continue;
      const double count = confusion.Count(label, named);
      all += count;
      if (IsTop(label) && IsTop(named)) among += count;
    }
  }
  return all > 0.0 ? among / all : 0.0;
}

}  // namespace

void MeasurePictures(const ApplicationScale& scale, std::string_view model, Measurement& row) {
  const LearningRecipe recipe = RecipeOf(scale, model);
  const Dataset& fashion = FashionMnist();  // read before there are threads
  std::vector<Confusion> confusions(scale.seeds);
  // [picture-trial]
  const auto train = [&](const Trial& trial) -> std::vector<double> {
    const Dataset data =
        Draw(fashion, scale.pictures + scale.held_pictures, scale.test_pictures, trial.seed);
    const Classifier classifier(recipe, data, scale.held_pictures, trial.rate, trial.seed);
    if (!trial.final) {
      return {AccuracyOf(classifier.Ask(Slice(data.train, {scale.pictures, data.train.count})))};
    }
    std::vector<double> numbers;
    for (const Alteration& each : kAlterations) {
      const Confusion found =
          classifier.Ask(Altered(data.test, data.width, data.height, each.name, trial.seed));
      numbers.push_back(AccuracyOf(found));
      if (each.name == "clean") confusions[trial.seed - kFirstFinalSeed] = found;
    }
    numbers.push_back(ShareAmongTops(confusions[trial.seed - kFirstFinalSeed]));
    return numbers;
  };
  // [picture-trial]
  std::vector<std::string_view> names;
  for (const Alteration& each : kAlterations) names.push_back(each.name);
  names.push_back("alike");
  SearchInto(scale, recipe, names, train, row.values);
  SetNumbers(row.values, "confusion", SumOf(confusions));
}

void MeasureAltered(Measurement& row) {
  const Dataset& data = FashionMnist();
  const Samples picture = Slice(data.test, {0, 1});
  for (const Alteration& each : kAlterations) {
    const Samples altered = Altered(picture, data.width, data.height, each.name, 1);
    SetNumbers(row.values, each.name,
               std::vector<double>(altered.bytes.begin(), altered.bytes.end()));
  }
}

}  // namespace lanegrad
