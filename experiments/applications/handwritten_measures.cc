// SPDX-License-Identifier: Apache-2.0
// What chapter 6.4 measures of handwritten digits, where they are installed.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <vector>

#include "experiments/applications/classifier.h"
#include "experiments/applications/measures.h"
#include "experiments/applications/search.h"
#include "experiments/little_data/subsets.h"
#include "experiments/records/numbered.h"
#include "experiments/trials/trainings.h"
#include "network/data_table.h"

namespace lanegrad {
namespace {

constexpr std::size_t kHeld = 297, kTest = 500;

// [handwritten]
Dataset Handwritten() {
  const DataTable table = ReadTable(kHandwritten, {.task = "classes", .header = "none"});
  Dataset data;
  data.name = "handwritten digits";
  data.source = kHandwritten;
  data.classes = table.classes;
  data.train = table.samples;
  // Grey values are whole numbers from 0 to 16, and neighbours are found among bytes.
  for (const float grey : data.train.values) {
    data.train.bytes.push_back(static_cast<std::uint8_t>(std::clamp(15.0f * grey, 0.0f, 255.0f)));
  }
  data.train.values.clear();
  return data;
}
// [handwritten]

}  // namespace

void MeasureHandwritten(const ApplicationScale& scale, std::string_view model, Measurement& row) {
  std::error_code ignored;
  const bool installed = std::filesystem::is_regular_file(kHandwritten, ignored);
  row.machine.Set("installed", installed ? 1.0 : 0.0);
  if (!installed) return;
  LearningRecipe recipe;
  recipe.model = model;
  recipe.epochs = scale.picture_epochs;
  recipe.trials = TrialsOf(model, {0.03162f, 0.1f, 0.3162f, 1.0f});
  const Dataset all = Handwritten();
  std::vector<Confusion> confusions(scale.seeds);
  const auto train = [&](const Trial& trial) -> std::vector<double> {
    Dataset data = Draw(all, scale.written_pictures + kHeld + kTest, 0, trial.seed);
    const std::size_t learned = scale.written_pictures + kHeld;
    data.test = Slice(data.train, {learned, data.train.count});
    data.train = Slice(data.train, {0, learned});
    const Classifier classifier(recipe, data, kHeld, trial.rate, trial.seed);
    if (!trial.final) {
      return {AccuracyOf(classifier.Ask(Slice(data.train, {scale.written_pictures, learned})))};
    }
    confusions[trial.seed - kFirstFinalSeed] = classifier.Ask(data.test);
    return {AccuracyOf(confusions[trial.seed - kFirstFinalSeed])};
  };
  const std::vector<std::string_view> names = {"new"};
  SearchInto(scale, recipe, names, train, row.machine);
  SetNumbers(row.machine, "confusion", SumOf(confusions));
}

}  // namespace lanegrad
