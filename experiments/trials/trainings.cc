// SPDX-License-Identifier: Apache-2.0
#include "experiments/trials/trainings.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>

#include "experiments/cli/interrupt.h"
#include "experiments/trials/side_by_side.h"
#include "kernels/elementary.h"
#include "kernels/random.h"
#include "network/idx.h"
#include "network/trainer.h"

namespace lanegrad {
namespace {

Samples Chosen(const Samples& all, std::size_t count, std::uint64_t seed, std::uint64_t part) {
  if (count > all.count) {
    throw DataError(fmt::format("{} samples are asked for, and there are {}", count, all.count));
  }
  std::vector<std::uint32_t> order(all.count);
  Permutation(RandomStream(seed, Stream::kSplit, part), order.data(), order.size());
  order.resize(count);
  Samples chosen = {
      .count = count, .features = all.features, .bytes = {}, .values = {}, .labels = {}};
  for (const std::uint32_t each : order) {
    const auto first = static_cast<std::ptrdiff_t>(each * all.features);
    const auto last = first + static_cast<std::ptrdiff_t>(all.features);
    if (!all.bytes.empty()) {
      chosen.bytes.insert(chosen.bytes.end(), all.bytes.begin() + first, all.bytes.begin() + last);
    } else {
      chosen.values.insert(chosen.values.end(), all.values.begin() + first,
                           all.values.begin() + last);
    }
    chosen.labels.push_back(all.labels[each]);
  }
  return chosen;
}

double Guessing(const Dataset& data) { return 1.0 / static_cast<double>(data.classes); }

}  // namespace

const Dataset& FashionMnist() {
  static const Dataset data = [] {
    Dataset read = ReadIdxDirectory(kFashionMnistDirectory);
    if (read.checksum != kFashionMnistChecksum) {
      throw DataError(fmt::format("{} is not Fashion-MNIST as Debian's package has it",
                                  kFashionMnistDirectory));
    }
    return read;
  }();
  return data;
}

Dataset Draw(const Dataset& data, std::size_t train, std::size_t test, std::uint64_t seed) {
  Dataset drawn = {.name = data.name,
                   .source = fmt::format("{} and {} samples of {}", train, test, data.source),
                   .checksum = {},
                   .classes = data.classes,
                   .width = data.width,
                   .height = data.height,
                   .train = Chosen(data.train, train, seed, 1),
                   .test = Chosen(data.test, test, seed, 2),
                   .class_names = data.class_names};
  SetChecksum(drawn);
  return drawn;
}

std::function<const Dataset&()> MadeOnce(std::function<Dataset()> make) {
  const auto kept = std::make_shared<std::optional<Dataset>>();
  return [kept, make = std::move(make)]() -> const Dataset& {
    if (!kept->has_value()) *kept = make();
    return **kept;
  };
}

std::vector<RunResult> TrainAll(std::span<const Settings> runs, const Dataset& data,
                                std::size_t threads, bool test) {
  std::vector<RunResult> results(runs.size());
  SideBySide(runs.size(), threads, [&](std::size_t i) {
    RunOptions options;
    options.test = test;
    options.health = false;
    options.stop = &InterruptRequested();
    results[i] = Train(runs[i], data, options);
  });
  return results;
}

double HeldOutAccuracy(const RunResult& result, const Dataset& data) {
  if (result.status == Status::kDiverged || result.epochs.empty()) return Guessing(data);
  return result.epochs.back().validation_accuracy.value_or(Guessing(data));
}

double TestAccuracy(const RunResult& result, const Dataset& data) {
  return result.status == Status::kDiverged ? Guessing(data) : result.test_accuracy;
}

std::vector<double> EvenRates(double low, double high, std::size_t count) {
  std::vector<double> rates;
  for (std::size_t i = 0; i < count; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(count - 1);
    rates.push_back(low * Exponential(share * Logarithm(high / low)));
  }
  return rates;
}

std::vector<double> RandomRates(double low, double high, std::size_t count, std::uint64_t seed) {
  RandomStream random(seed, Stream::kNoise);
  std::vector<double> rates;
  while (rates.size() < count) {
    rates.push_back(low * Exponential(random.Uniform() * Logarithm(high / low)));
  }
  return rates;
}

double PlateauWidth(std::span<const double> rates, std::span<const double> scores, double slack) {
  const auto best =
      static_cast<std::size_t>(std::max_element(scores.begin(), scores.end()) - scores.begin());
  const double level = scores[best] - slack;
  // From `best` in steps of -1 or +1 to where the score falls below the level.
  const auto end = [&](std::ptrdiff_t step) {
    std::size_t at = best;
    while (true) {
      const auto next = static_cast<std::ptrdiff_t>(at) + step;
      if (next < 0 || next >= static_cast<std::ptrdiff_t>(scores.size())) {
        return Logarithm(rates[at]);
      }
      const auto to = static_cast<std::size_t>(next);
      if (!(scores[to] >= level)) {
        const double share = (scores[at] - level) / (scores[at] - scores[to]);
        return Logarithm(rates[at]) + share * (Logarithm(rates[to]) - Logarithm(rates[at]));
      }
      at = to;
    }
  };
  return (end(1) - end(-1)) / Logarithm(10.0);
}

}  // namespace lanegrad
