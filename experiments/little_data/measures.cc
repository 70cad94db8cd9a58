// SPDX-License-Identifier: Apache-2.0
#include "experiments/little_data/measures.h"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>

#include "experiments/little_data/subsets.h"
#include "experiments/neighbours/nearest_neighbours.h"
#include "experiments/records/numbered.h"
#include "experiments/trials/side_by_side.h"
#include "experiments/trials/trainings.h"
#include "network/dataset.h"
#include "network/run_result.h"

namespace lanegrad {
namespace {

// Seeds of trainings that choose: no final one has them.
constexpr std::uint64_t kTuningSeeds = 1000;

// What was chosen, and what came of it.
struct Outcome {
  double final = 0.0;      // accuracy on test samples
  double held_out = 0.0;   // accuracy of the chosen trial on the samples it was chosen by
  std::size_t chosen = 0;  // number of that trial
};

// The data of a training: `held` samples at the end are there to choose or to stop by. Only what
// is learned from is shifted.
Dataset DataFor(const Method& method, const LittleTrial& trial, const Dataset& drawn,
                std::size_t held, std::uint64_t seed) {
  if (!method.shifts) return drawn;
  Dataset data = drawn;
  const std::size_t learned = drawn.train.count - held;
  data.train = Joined(ShiftedCopies(Slice(drawn.train, {0, learned}), drawn.width, drawn.height,
                                    kCopies, static_cast<int>(trial.strength), seed),
                      Slice(drawn.train, {learned, drawn.train.count}));
  SetChecksum(data);
  return data;
}

RunResult TrainOnce(const Method& method, const LittleTrial& trial, const Dataset& drawn,
                    std::size_t passes, std::size_t held, std::uint64_t seed, bool test) {
  Settings settings = SettingsOf(method, trial, passes);
  settings.validation = held;
  settings.seed = seed;
  return TrainAll(std::span(&settings, 1), DataFor(method, trial, drawn, held, seed), 1, test)
      .front();
}

// What a trial is chosen by: accuracy, and of equals the smaller loss.
struct Score {
  double accuracy = 0.0;
  double loss = std::numeric_limits<double>::infinity();
  bool operator>(const Score& other) const {
    return accuracy > other.accuracy || (accuracy == other.accuracy && loss < other.loss);
  }
};

// That of the epoch whose weights were kept.
Score HeldOutScore(const RunResult& result, const Dataset& data) {
  if (result.status == Status::kDiverged || result.epochs.empty()) {
    return {.accuracy = HeldOutAccuracy(result, data)};
  }
  const EpochMetrics& kept =
      result.kept_epoch > 0 ? result.epochs[result.kept_epoch - 1] : result.epochs.back();
  return {kept.validation_accuracy.value_or(0.0), kept.validation_loss.value_or(0.0)};
}

std::size_t Best(const std::vector<Score>& scores) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < scores.size(); ++i) {
    if (scores[i] > scores[best]) best = i;
  }
  return best;
}

// [choose]
// The trial of `method` that does best on a fifth of the samples, having learned from the others.
std::size_t ChosenByOwn(const LittleDataScale& scale, const Method& method, const Dataset& drawn,
                        std::uint64_t seed, Score& score) {
  const std::size_t n = drawn.train.count, held = HeldOutOf(n);
  std::vector<Score> scores;
  for (const LittleTrial& trial : TrialsOf(method)) {
    scores.push_back(HeldOutScore(TrainOnce(method, trial, drawn, PassesOf(scale, n), held,
                                            kTuningSeeds + seed, /*test=*/false),
                                  drawn));
  }
  score = scores[Best(scores)];
  return Best(scores);
}

Outcome ChooseAndTrain(const LittleDataScale& scale, const Method& method, std::size_t n,
                       std::uint64_t seed) {
  // The first n of one random order a seed: the subset of 30 contains that of 10.
  const Dataset drawn = Draw(FashionMnist(), n, scale.tests, seed);
  Score score;
  Outcome outcome = {.chosen = ChosenByOwn(scale, method, drawn, seed, score)};
  outcome.held_out = score.accuracy;
  const std::size_t held = method.stops_early ? HeldOutOf(n) : 0;
  const RunResult last = TrainOnce(method, TrialsOf(method)[outcome.chosen], drawn,
                                   PassesOf(scale, n), held, seed, /*test=*/true);
  outcome.final = TestAccuracy(last, drawn);
  return outcome;
}
// [choose]

Outcome ChooseNeighbours(const LittleDataScale& scale, std::size_t n, std::uint64_t seed) {
  const Dataset drawn = Draw(FashionMnist(), n, scale.tests, seed);
  const std::size_t learned = n - HeldOutOf(n);
  const std::vector<double> tried = NeighbourAccuracies(
      Slice(drawn.train, {0, learned}), Slice(drawn.train, {learned, n}), kNeighbourCounts);
  const auto best = std::max_element(tried.begin(), tried.end());
  const auto chosen = static_cast<std::size_t>(best - tried.begin());
  return {.final = NeighbourAccuracies(drawn.train, drawn.test,
                                       std::span(kNeighbourCounts).subspan(chosen, 1))
                       .front(),
          .held_out = *best,
          .chosen = chosen};
}

template <class Measured>
void MeasureSeeds(const LittleDataScale& scale, Measurement& row, const Measured& measured) {
  std::vector<Outcome> outcomes(scale.seeds);
  SideBySide(scale.seeds, scale.threads, [&](std::size_t i) { outcomes[i] = measured(i + 1); });
  std::vector<double> finals, held_out, chosen;
  for (const Outcome& each : outcomes) {
    finals.push_back(each.final);
    held_out.push_back(each.held_out);
    chosen.push_back(static_cast<double>(each.chosen));
  }
  SetNumbers(row.values, "final", finals);
  SetNumbers(row.values, "held_out", held_out);
  SetNumbers(row.values, "chosen", chosen);
}

}  // namespace

std::size_t PassesOf(const LittleDataScale& scale, std::size_t n) {
  if (scale.brief) return 5;
  return n <= 100 ? 100 : n <= 300 ? 60 : n <= 1000 ? 30 : n <= 3000 ? 15 : n <= 10000 ? 10 : 5;
}

std::size_t HeldOutOf(std::size_t n) { return std::max<std::size_t>(1, n / 5); }

void MeasureMethod(const LittleDataScale& scale, const Method& method, std::size_t n,
                   Measurement& row) {
  MeasureSeeds(scale, row,
               [&](std::uint64_t seed) { return ChooseAndTrain(scale, method, n, seed); });
}

void MeasureNeighbours(const LittleDataScale& scale, std::size_t n, Measurement& row) {
  MeasureSeeds(scale, row, [&](std::uint64_t seed) { return ChooseNeighbours(scale, n, seed); });
}

void MeasureChoice(const LittleDataScale& scale, std::size_t n, Measurement& row) {
  const Method& method = MethodNamed("none");
  const std::vector<LittleTrial> trials = TrialsOf(method);
  const std::size_t passes = PassesOf(scale, n);
  std::vector<double> kept(scale.seeds), luxury(scale.seeds);
  SideBySide(scale.seeds, scale.threads, [&](std::size_t i) {
    const std::uint64_t seed = i + 1;
    const Dataset drawn = Draw(FashionMnist(), n, scale.tests, seed);
    Score score;
    const std::size_t own = ChosenByOwn(scale, method, drawn, seed, score);
    kept[i] = TestAccuracy(
        TrainOnce(method, trials[own], drawn, passes, HeldOutOf(n), seed, /*test=*/true), drawn);
    // The luxury: the next `further` training samples in the place of test samples.
    const Dataset more = Draw(FashionMnist(), n + scale.further, 0, seed);
    Dataset judged = drawn;
    judged.test = Slice(more.train, {n, n + scale.further});
    SetChecksum(judged);
    std::vector<Score> scores;
    for (const LittleTrial& trial : trials) {
      const RunResult tried =
          TrainOnce(method, trial, judged, passes, 0, kTuningSeeds + seed, /*test=*/true);
      scores.push_back({TestAccuracy(tried, judged), tried.test_loss});
    }
    luxury[i] = TestAccuracy(
        TrainOnce(method, trials[Best(scores)], drawn, passes, 0, seed, /*test=*/true), drawn);
  });
  SetNumbers(row.values, "kept", kept);
  SetNumbers(row.values, "luxury", luxury);
}

void MeasureShifted(Measurement& row) {
  const Dataset& data = FashionMnist();
  const Samples copies =
      ShiftedCopies(Slice(data.train, {0, 1}), data.width, data.height, kCopies, 2, 1);
  std::vector<double> pixels;
  for (const std::uint8_t byte : copies.bytes) pixels.push_back(byte);
  SetNumbers(row.values, "pixel", pixels);
}

}  // namespace lanegrad
