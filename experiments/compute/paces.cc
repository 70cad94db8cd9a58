// SPDX-License-Identifier: Apache-2.0
#include "experiments/compute/paces.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>

#include "experiments/compute/energy.h"
#include "experiments/compute/workload.h"
#include "experiments/records/numbered.h"
#include "experiments/trials/trainings.h"
#include "kernels/random.h"
#include "kernels/targets.h"
#include "network/evaluation.h"
#include "network/stopwatch.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

constexpr std::size_t kTeamBatch = 256;  // a step that is worth several threads

void SetPace(Fields& fields, const std::string& name, const Pace& pace) {
  fields.Set(name, pace.median);
  fields.Set(name + "_low", pace.low);
  fields.Set(name + "_high", pace.high);
}

// A network with data for it, for times only: what it learns does not matter.
class Bench {
 public:
  Bench(std::size_t width, std::size_t batch, std::size_t samples)
      : data_(Draw(FashionMnist(), samples, 0, 1)),
        settings_(ComputeSettings(width, 0.05f)),
        network_(settings_.layers, Activation::Named("relu"), Output::Named("softmax")),
        chosen_(samples) {
    settings_.batch = batch;
    settings_.epochs = 1;
    std::iota(chosen_.begin(), chosen_.end(), 0u);
    network_.Initialize(Initializer::Named("glorot_uniform"), 1);
  }

  RunResult TrainOn(std::size_t threads) const {
    RunOptions options;
    options.threads = threads;
    options.test = false;
    options.health = false;
    return Train(settings_, data_, options);
  }

  // Samples a second through the network and its loss.
  double ForwardOn(std::size_t threads) const {
    const Loss loss = Loss::Named(settings_.loss);
    Team team(threads);
    double seconds = 0.0;
    team.Run([&] {
      const double begin = Now();
      EvaluateNetwork(network_, loss, data_.train, chosen_, team, team.size());
      seconds = Now() - begin;
    });
    return static_cast<double>(chosen_.size()) / seconds;
  }

  const Network& network() const { return network_; }

 private:
  Dataset data_;
  Settings settings_;
  Network network_;
  std::vector<std::uint32_t> chosen_;
};

// 1, 2, 4, ... and all.
std::vector<std::size_t> TeamSizes(std::size_t threads) {
  std::vector<std::size_t> sizes;
  for (std::size_t size = 1; size < threads; size *= 2) sizes.push_back(size);
  sizes.push_back(threads);
  return sizes;
}

}  // namespace

Pace PaceOf(std::vector<double> rounds) {
  if (rounds.empty()) return {};
  std::sort(rounds.begin(), rounds.end());
  return {rounds[rounds.size() / 2], rounds.front(), rounds.back()};
}

// [targets]
void MeasureTargets(const ComputeScale& scale, std::size_t width, Measurement& row) {
  const Bench bench(width, 32, scale.pace_samples);
  const RunResult reference = bench.TrainOn(1);
  row.values.Set("loss", reference.epochs.back().train_loss);
  row.values.Set("digest", reference.digest);

  std::vector<Target> targets = Targets();
  std::reverse(targets.begin(), targets.end());
  std::map<std::string, std::array<std::vector<double>, 2>> paces;
  std::map<std::string, bool> differs;
  std::string names;
  for (const Target& target : targets)
    names += (names.empty() ? "" : " ") + std::string(target.name);
  for (std::size_t round = 0; round < scale.rounds; ++round) {
    for (const Target& target : targets) {
      const ScopedTarget only(target);
      const std::string name(target.name);
      const RunResult result = bench.TrainOn(1);
      differs[name] |= result.digest != reference.digest;
      paces[name][0].push_back(result.samples_per_second);
      paces[name][1].push_back(bench.ForwardOn(1));
    }
  }
  row.machine.Set("targets", names);
  for (const Target& target : targets) {
    const std::string name(target.name);
    SetPace(row.machine, name + "_train", PaceOf(paces[name][0]));
    SetPace(row.machine, name + "_forward", PaceOf(paces[name][1]));
    row.machine.Set(name + "_differs", differs[name] ? 1.0 : 0.0);
  }
}
// [targets]

void MeasureThreads(const ComputeScale& scale, std::size_t width, Measurement& row) {
  const Bench bench(width, kTeamBatch, std::max(scale.pace_samples, 2 * kTeamBatch));
  row.values.Set("multiply_adds", TrainingWork(width));
  const std::vector<std::size_t> sizes = TeamSizes(scale.threads);
  std::vector<std::vector<double>> train(sizes.size()), forward(sizes.size());
  std::vector<double> gains;
  for (std::size_t round = 0; round < scale.rounds; ++round) {
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      train[i].push_back(bench.TrainOn(sizes[i]).samples_per_second);
      forward[i].push_back(bench.ForwardOn(sizes[i]));
    }
    gains.push_back(train.back().back() / train.front().back());
  }
  std::vector<double> teams, train_medians, forward_medians;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    teams.push_back(static_cast<double>(sizes[i]));
    train_medians.push_back(PaceOf(train[i]).median);
    forward_medians.push_back(PaceOf(forward[i]).median);
  }
  SetNumbers(row.machine, "team", teams);
  SetNumbers(row.machine, "train", train_medians);
  SetNumbers(row.machine, "forward", forward_medians);
  SetPace(row.machine, "gain", PaceOf(gains));
}

void MeasureShape(const ComputeScale& scale, std::size_t width, std::size_t batch,
                  Measurement& row) {
  // Ten steps at least, of which none is cut short.
  const std::size_t steps = std::max<std::size_t>(10, scale.pace_samples / batch);
  const Bench bench(width, batch, steps * batch);
  const double work = static_cast<double>(batch) * TrainingWork(width);
  row.values.Set("multiply_adds", work);
  row.values.Set("bytes", StepBytes(width, batch));

  Matrix x(batch, kPixels);
  RandomStream random(1, Stream::kData);
  for (std::size_t s = 0; s < batch; ++s) {
    for (std::size_t j = 0; j < kPixels; ++j) x(s, j) = static_cast<float>(random.Uniform());
  }
  Workspace space = bench.network().MakeWorkspace(batch, false);
  std::vector<double> train, forward;
  for (std::size_t round = 0; round < scale.rounds; ++round) {
    train.push_back(bench.TrainOn(1).samples_per_second);
    const double begin = Now();
    for (std::size_t step = 0; step < steps; ++step) {
      bench.network().Forward(x.view(), batch, space);
    }
    forward.push_back(static_cast<double>(steps * batch) / (Now() - begin));
  }
  // Beside it: the clock of a processor is not the same a minute later.
  const Roof roof = MeasureRoof(kPixels, width);
  SetPace(row.machine, "train", PaceOf(train));
  SetPace(row.machine, "forward", PaceOf(forward));
  row.machine.Set("train_flops", 2.0 * TrainingWork(width) * PaceOf(train).median);
  row.machine.Set("peak_flops", roof.flops_per_second);
  row.machine.Set("read_bytes", roof.bytes_per_second);
}

// [energy]
void MeasureEnergy(const ComputeScale& scale, std::size_t width, Measurement& row) {
  row.values.Set("multiply_adds", TrainingWork(width));
  const double counters = static_cast<double>(ReadEnergy().size());
  std::vector<double> one, all;
  if (counters > 0.0) {
    // Counters move once in a millisecond: trainings must be much longer.
    const Bench bench(width, kTeamBatch, 20 * kTeamBatch);
    for (std::size_t round = 0; round < scale.rounds; ++round) {
      for (const std::size_t threads : {std::size_t{1}, scale.threads}) {
        const std::vector<EnergyCounter> before = ReadEnergy();
        bench.TrainOn(threads);
        const double joules = JoulesBetween(before, ReadEnergy());
        const bool alone = one.size() == all.size();
        (alone ? one : all).push_back(joules > 0.0 ? 20.0 * kTeamBatch / joules : 0.0);
      }
    }
  } else {
    one = all = std::vector<double>(scale.rounds, 0.0);
  }
  row.machine.Set("counters", counters);
  row.machine.Set("team", static_cast<double>(scale.threads));
  SetNumbers(row.machine, "one", one);
  SetNumbers(row.machine, "all", all);
}
// [energy]

}  // namespace lanegrad
