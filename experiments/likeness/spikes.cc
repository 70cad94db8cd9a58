// SPDX-License-Identifier: Apache-2.0
#include "experiments/likeness/spikes.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "experiments/likeness/pairs.h"
#include "experiments/neuroscience/spiking_network.h"
#include "experiments/trials/trainings.h"
#include "network/evaluation.h"
#include "network/parallel.h"
#include "network/split.h"

namespace lanegrad {
namespace {

constexpr std::size_t kSteps[] = {1, 2, 4, 8, 16, 32, 64, 128, 256};
constexpr std::size_t kChunks = 4;  // that run side by side
constexpr std::size_t kScaledBy = 1000;

std::size_t Images(const Trials& trials) { return trials.size().tests / 20; }

void MeasureSpiking(Trials& trials, Measurement& row) {
  const Dataset& data = FashionMnist();
  const Network& network = trials.Train({"relu"}, row.seed)[0]->network;
  std::vector<std::uint32_t> learned =
      SplitSamples(trials.contenders().front().settings, data).train;
  learned.resize(std::min(learned.size(), kScaledBy));
  const Network scaled = ScaledForSpiking(network, data.train, learned, 0.999);

  const std::span<const std::uint32_t> images =
      std::span(trials.test_samples()).first(Images(trials));
  std::vector<std::vector<SpikingResult>> chunks(kChunks);
  trials.SideBySide(kChunks, [&](std::size_t c) {
    const Range part = Slice({0, images.size()}, c, kChunks);
    chunks[c] = RunSpiking(scaled, data.test, images.subspan(part.begin, part.size()), kSteps,
                           row.seed * kChunks + c);
  });
  row.values.Set(
      "network",
      EvaluateNetwork(network, Loss::Named("softmax_cross_entropy"), data.test, images).accuracy);
  double dense = 0.0;
  for (const Layer& layer : network.layers())
    dense += static_cast<double>(layer.in() * layer.out());
  row.values.Set("dense_products", dense);
  row.values.Set("nonzero_products", NonzeroProducts(network, data.test, images));
  for (std::size_t t = 0; t < std::size(kSteps); ++t) {
    double accuracy = 0.0, spikes = 0.0, events = 0.0;
    for (std::size_t c = 0; c < kChunks; ++c) {
      const double share = static_cast<double>(Slice({0, images.size()}, c, kChunks).size()) /
                           static_cast<double>(images.size());
      accuracy += share * chunks[c][t].accuracy;
      spikes += share * chunks[c][t].spikes;
      events += share * chunks[c][t].synaptic_events;
    }
    row.values.Set(fmt::format("accuracy_{}", kSteps[t]), accuracy);
    row.values.Set(fmt::format("spikes_{}", kSteps[t]), spikes);
    row.values.Set(fmt::format("events_{}", kSteps[t]), events);
  }
}

double MeanOf(const Evidence& evidence, const char* name, std::size_t steps) {
  return Mean(evidence.Numbers("spiking", fmt::format("{}_{}", name, steps)));
}

// The first number of steps after which the mean accuracy is within a point of the network's; 0:
// none.
std::size_t StepsNeeded(const Evidence& evidence) {
  const double network = Mean(evidence.Numbers("spiking", "network"));
  for (const std::size_t steps : kSteps) {
    if (MeanOf(evidence, "accuracy", steps) >= network - kSameAccuracy) return steps;
  }
  return 0;
}

}  // namespace

void AddSpikingTask(const std::shared_ptr<Trials>& trials, std::uint64_t seed,
                    std::vector<Task>& tasks) {
  tasks.push_back({.series = "spiking",
                   .settings = {{"samples", static_cast<double>(trials->size().samples)},
                                {"epochs", static_cast<double>(trials->size().epochs)},
                                {"hidden", static_cast<double>(trials->size().hidden)},
                                {"images", static_cast<double>(Images(*trials))}},
                   .seed = seed,
                   .measure = [trials](Measurement& row) { MeasureSpiking(*trials, row); }});
}

Finding SpikesCarryTheNetwork(const Evidence& evidence) {
  const std::size_t last = kSteps[std::size(kSteps) - 1];
  const PairedComparison pairs =
      ComparePairs(evidence.Numbers("spiking", fmt::format("accuracy_{}", last)),
                   evidence.Numbers("spiking", "network"));
  const std::size_t needed = StepsNeeded(evidence);
  const bool same = pairs.interval.low > -kSameAccuracy && pairs.interval.high < kSameAccuracy;
  return {
      same                                   ? Verdict::kSupported
      : pairs.interval.high < -kSameAccuracy ? Verdict::kNotSupported
                                             : Verdict::kNotDecided,
      fmt::format("after {} time steps spikes minus network: {:+.2f} points (95 % interval "
                  "{:+.2f} to {:+.2f}); {}",
                  last, 100.0 * pairs.difference, 100.0 * pairs.interval.low,
                  100.0 * pairs.interval.high,
                  needed > 0 ? fmt::format("the mean is within a point from {} steps on", needed)
                             : "the mean never comes within a point")};
}

Finding SpikesSaveOperations(const Evidence& evidence) {
  const std::size_t needed = StepsNeeded(evidence);
  const double dense = Mean(evidence.Numbers("spiking", "dense_products"));
  const double nonzero = Mean(evidence.Numbers("spiking", "nonzero_products"));
  if (needed == 0)
    return {Verdict::kNotDecided, "spikes do not come within a point of the network"};
  const double events = MeanOf(evidence, "events", needed);
  return {
      events < nonzero ? Verdict::kSupported
      : events < dense ? Verdict::kQualified
                       : Verdict::kNotSupported,
      fmt::format("an image takes {:.0f} additions at synapses in the {} steps that come within "
                  "a point of the network, which takes {:.0f} multiplications, {:.0f} of them by "
                  "a number that is not zero",
                  events, needed, dense, nonzero)};
}

Figure SpikingFigure(const Evidence& evidence) {
  const double network = Mean(evidence.Numbers("spiking", "network"));
  const std::size_t needed = StepsNeeded(evidence);
  LineSeries spikes = {.name = "spiking", .points = {}};
  LineSeries truth = {.name = "the network itself", .points = {}, .theory = true};
  for (const std::size_t steps : kSteps) {
    const std::vector<double> accuracies =
        evidence.Numbers("spiking", fmt::format("accuracy_{}", steps));
    const Interval interval = MeanInterval(accuracies);
    spikes.points.push_back({.x = MeanOf(evidence, "events", steps),
                             .y = Mean(accuracies),
                             .low = interval.low,
                             .high = interval.high,
                             .note = fmt::format("{} time steps", steps)});
    truth.points.push_back({.x = spikes.points.back().x, .y = network});
  }
  LinePanel panel = {.title = "", .series = {spikes, truth}};
  panel.marks = {{Mean(evidence.Numbers("spiking", "nonzero_products")), "not zero"},
                 {Mean(evidence.Numbers("spiking", "dense_products")), "all"}};
  return LineFigure{
      .name = "02_3_likeness_spiking",
      .title = needed > 0
                   ? fmt::format("Spikes come within a point of the network after {} steps, "
                                 "with {:.1f} times as many additions as it has multiplications",
                                 needed,
                                 MeanOf(evidence, "events", needed) /
                                     Mean(evidence.Numbers("spiking", "dense_products")))
                   : "Spikes do not come within a point of the network",
      .subtitle = fmt::format("a dot after 1, 2, 4 ... {} time steps; {} networks; band: 95 % "
                              "interval; upright lines: multiplications of the network itself",
                              kSteps[std::size(kSteps) - 1], evidence.Series("spiking").size()),
      .x_label = "additions at synapses, an image",
      .y_label = "accuracy, %",
      .x_log = true,
      .y_percent = true,
      .y_low = 0.0,
      .y_high = 1.0,
      .panels = {panel}};
}

NamedTable SpikingTable(const Evidence& evidence) {
  NamedTable named = {
      .name = "spiking",
      .table = {.caption = "A trained network run on spikes",
                .columns = {{"time steps", true, ""},
                            {"accuracy", true, "mean over seeds"},
                            {"spikes an image", true, "those of the inputs included"},
                            {"synaptic events", true, "an image"},
                            {"events a product", true, "of the network itself"}},
                .rows = {}}};
  const double dense = Mean(evidence.Numbers("spiking", "dense_products"));
  for (const std::size_t steps : kSteps) {
    const double accuracy = MeanOf(evidence, "accuracy", steps);
    const double spikes = MeanOf(evidence, "spikes", steps);
    const double events = MeanOf(evidence, "events", steps);
    named.table.rows.push_back({{fmt::format("{}", steps), static_cast<double>(steps)},
                                {fmt::format("{:.2f} %", 100.0 * accuracy), accuracy},
                                {fmt::format("{:.0f}", spikes), spikes},
                                {fmt::format("{:.0f}", events), events},
                                {fmt::format("{:.2f}", events / dense), events / dense}});
  }
  return named;
}

}  // namespace lanegrad
