// SPDX-License-Identifier: Apache-2.0
// What chapter 6.2 measures.
#include "experiments/experience/experience.h"

#include <cstdint>
#include <memory>
#include <numeric>
#include <optional>

#include "experiments/cli/interrupt.h"
#include "experiments/experience/lessons.h"
#include "experiments/records/numbered.h"
#include "experiments/trials/rate_search.h"
#include "experiments/trials/side_by_side.h"
#include "experiments/trials/trainings.h"
#include "network/evaluation.h"
#include "network/parameters.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

struct Size {
  std::size_t train, held_out, test, epochs, tune_seeds;
};

Size SizeOf(const Scope& scope) {
  if (scope.profile == "quick") return {400, 200, 500, 6, 1};
  if (scope.profile == "default") return {4000, 2000, 4000, 15, 2};
  return {20000, 5000, 10000, 20, 3};
}

// What it learns with; the same in all lessons.
struct Pupil {
  Size size;
  float rate = 0.1f;
};

Settings SettingsOf(const Pupil& pupil, const Dataset& data, std::size_t epochs,
                    std::uint64_t seed) {
  Settings settings;
  settings.layers = {data.train.features, 64, data.classes};
  settings.rate = pupil.rate;
  settings.epochs = epochs;
  settings.seed = seed;
  return settings;
}

// [lesson]
// A network after a lesson: from where `known` has got to, or from drawn weights.
Network Taught(const Pupil& pupil, const Dataset& lesson, std::size_t epochs, std::uint64_t seed,
               const Network* known) {
  Settings settings = SettingsOf(pupil, lesson, epochs, seed);
  RunOptions options;
  options.test = false;
  options.health = false;
  options.stop = &InterruptRequested();
  std::optional<InitialWeights> weights;
  if (known != nullptr) {
    weights = {.layers = settings.layers, .numbers = TakeNumbers(*known, Numbers::kWeights)};
    settings.initializer = weights->Initializer();
    options.weights = &*weights;
  }
  Network network(settings.layers, Activation::Named(settings.activation),
                  Output::Named("softmax"));
  Train(settings, lesson, options, &network);
  return network;
}
// [lesson]

double AccuracyOn(const Network& network, const Samples& samples) {
  std::vector<std::uint32_t> all(samples.count);
  std::iota(all.begin(), all.end(), 0u);
  return EvaluateNetwork(network, Loss::Named("softmax_cross_entropy"), samples, all).accuracy;
}

// The rate at which both lessons together are learned best, on held-out samples.
float BestRate(const Size& size, std::size_t threads) {
  const auto train = [&](const Trial& trial) {
    const Dataset data = Draw(FashionMnist(), size.train + size.held_out, 1, trial.seed);
    Settings settings = SettingsOf({size, trial.rate}, data, size.epochs, trial.seed);
    settings.validation = size.held_out;
    RunOptions options;
    options.test = false;
    options.health = false;
    options.stop = &InterruptRequested();
    return std::vector<double>{HeldOutAccuracy(Train(settings, data, options), data)};
  };
  const RateSearch search = {.rates = {0.03f, 0.1f, 0.3f},
                             .tune_seeds = size.tune_seeds,
                             .final_seeds = 0,
                             .threads = threads};
  return search.rates[SearchRate(search, train).best];
}

// The two lessons of a seed.
struct Lessons {
  Dataset first, second;
};

Lessons LessonsOf(const Size& size, std::uint64_t seed) {
  const Dataset data = Draw(FashionMnist(), size.train, size.test, seed);
  const auto lesson = [&](std::size_t low, std::size_t high) {
    return Lesson(data, OfClasses(data.train, low, high), OfClasses(data.test, low, high));
  };
  return {lesson(0, kFirstLesson), lesson(kFirstLesson, data.classes)};
}

// [experience-measure]
void MeasureLessons(const Pupil& pupil, double rehearsed, const Scope& scope, Measurement& row) {
  std::vector<double> before(scope.seeds), old(scope.seeds), later(scope.seeds);
  SideBySide(scope.seeds, scope.threads, [&](std::size_t s) {
    const std::uint64_t seed = kFirstFinalSeed + s;
    const Lessons lessons = LessonsOf(pupil.size, seed);
    const Network taught = Taught(pupil, lessons.first, pupil.size.epochs, seed, nullptr);
    before[s] = AccuracyOn(taught, lessons.first.test);
    const Dataset second = Lesson(
        lessons.second, Together(lessons.second.train, ShareOf(lessons.first.train, rehearsed)),
        lessons.second.test);
    const Network after = Taught(pupil, second, pupil.size.epochs, seed, &taught);
    old[s] = AccuracyOn(after, lessons.first.test);
    later[s] = AccuracyOn(after, lessons.second.test);
  });
  SetNumbers(row.values, "before", before);
  SetNumbers(row.values, "old", old);
  SetNumbers(row.values, "new", later);
}
// [experience-measure]

void MeasureTogether(const Pupil& pupil, const Scope& scope, Measurement& row) {
  std::vector<double> old(scope.seeds), later(scope.seeds);
  SideBySide(scope.seeds, scope.threads, [&](std::size_t s) {
    const std::uint64_t seed = kFirstFinalSeed + s;
    const Lessons lessons = LessonsOf(pupil.size, seed);
    const Dataset both = Lesson(lessons.first, Together(lessons.first.train, lessons.second.train),
                                lessons.first.test);
    const Network taught = Taught(pupil, both, pupil.size.epochs, seed, nullptr);
    old[s] = AccuracyOn(taught, lessons.first.test);
    later[s] = AccuracyOn(taught, lessons.second.test);
  });
  row.values.Set("rate", static_cast<double>(pupil.rate));
  SetNumbers(row.values, "old", old);
  SetNumbers(row.values, "new", later);
}

// [experience-again]
void MeasureAgain(const Pupil& pupil, const Scope& scope, Measurement& row) {
  std::vector<double> forgotten(scope.seeds), novice(scope.seeds);
  SideBySide(scope.seeds, scope.threads, [&](std::size_t s) {
    const std::uint64_t seed = kFirstFinalSeed + s;
    const std::size_t epochs = pupil.size.epochs;
    const Lessons lessons = LessonsOf(pupil.size, seed);
    const Network first = Taught(pupil, lessons.first, epochs, seed, nullptr);
    const Network forgetful = Taught(pupil, lessons.second, epochs, seed, &first);
    const Network stranger = Taught(pupil, lessons.second, epochs, seed, nullptr);
    const Dataset little =
        Lesson(lessons.first, ShareOf(lessons.first.train, kRelearned), lessons.first.test);
    forgotten[s] = AccuracyOn(Taught(pupil, little, 1, seed, &forgetful), lessons.first.test);
    novice[s] = AccuracyOn(Taught(pupil, little, 1, seed, &stranger), lessons.first.test);
  });
  SetNumbers(row.values, "forgotten", forgotten);
  SetNumbers(row.values, "novice", novice);
}
// [experience-again]

}  // namespace

std::vector<Task> ExperienceTasks(const Scope& scope) {
  // Chosen once, when the first row asks.
  struct Plan {
    Pupil pupil;
    bool chosen = false;
  };
  const auto plan = std::make_shared<Plan>(Plan{{SizeOf(scope)}});
  const auto pupil = [=]() -> const Pupil& {
    if (!plan->chosen) plan->pupil.rate = BestRate(plan->pupil.size, scope.threads);
    plan->chosen = true;
    return plan->pupil;
  };
  const auto settings = [&] {
    return Fields{{"samples", static_cast<double>(plan->pupil.size.train)},
                  {"epochs", static_cast<double>(plan->pupil.size.epochs)},
                  {"seeds", static_cast<double>(scope.seeds)}};
  };
  std::vector<Task> tasks;
  for (const double share : kRehearsed) {
    Fields of = settings();
    of.Set("rehearsed", share);
    tasks.push_back(
        {.series = "lessons", .settings = of, .seed = 0, .measure = [=](Measurement& row) {
           MeasureLessons(pupil(), share, scope, row);
         }});
  }
  tasks.push_back(
      {.series = "together", .settings = settings(), .seed = 0, .measure = [=](Measurement& row) {
         MeasureTogether(pupil(), scope, row);
       }});
  tasks.push_back(
      {.series = "again", .settings = settings(), .seed = 0, .measure = [=](Measurement& row) {
         MeasureAgain(pupil(), scope, row);
       }});
  return tasks;
}

}  // namespace lanegrad
