// SPDX-License-Identifier: Apache-2.0
#include "experiments/neuroscience/spiking_network.h"

#include <algorithm>

#include "kernels/gemm.h"
#include "kernels/random.h"
#include "kernels/reduce.h"
#include "network/settings.h"

namespace lanegrad {
namespace {

// Labels and features of chosen samples, ready for the kernels.
struct Rows {
  Rows(const Samples& samples, std::span<const std::uint32_t> chosen, const Network& network)
      : x(chosen.size(), network.inputs()), y(chosen.size(), network.outputs()) {
    Gather(samples, chosen, {0, chosen.size()}, x.view(), y.view());
    for (const std::uint32_t each : chosen) labels.push_back(samples.labels[each]);
  }
  Matrix x, y;
  std::vector<std::uint8_t> labels;
};

double Nonzero(ConstPanels m) {
  double count = 0.0;
  for (std::size_t r = 0; r < m.rows; ++r) {
    for (std::size_t j = 0; j < m.cols; ++j) count += m.At(r, j) != 0.0f;
  }
  return count;
}

// Lets neurons spike whose voltage is at least 1. Returns how many did.
// [spike]
double Spike(Panels voltage, Panels spikes) {
  double count = 0.0;
  for (std::size_t k = 0; k < voltage.size(); ++k) {
    const bool fires = voltage.data[k] >= 1.0f;
    spikes.data[k] = fires ? 1.0f : 0.0f;
    voltage.data[k] -= spikes.data[k];  // what is above the threshold is kept
    count += fires;
  }
  return count;
}
// [spike]

void Add(ConstPanels from, Panels to) {
  for (std::size_t k = 0; k < to.size(); ++k) to.data[k] += from.data[k];
}

}  // namespace

Network ScaledForSpiking(const Network& network, const Samples& samples,
                         std::span<const std::uint32_t> chosen, double quantile) {
  const Rows rows(samples, chosen, network);
  Workspace space = network.MakeWorkspace(chosen.size(), false);
  network.Forward(rows.x.view(), chosen.size(), space);
  Network scaled = network;
  float below = 1.0f;  // the scale of the layer below
  for (std::size_t l = 0; l < scaled.layers().size(); ++l) {
    Layer& layer = scaled.layers()[l];
    float scale = 1.0f;
    if (l + 1 < scaled.layers().size()) {
      if (layer.activation.info().name != "relu") {
        throw UsageError("only a network of relu can run on spikes; a hidden layer here is " +
                         std::string(layer.activation.info().name));
      }
      std::vector<float> values;
      for (std::size_t r = 0; r < chosen.size(); ++r) {
        for (std::size_t j = 0; j < layer.out(); ++j) values.push_back(space.values[l](r, j));
      }
      const auto at = values.begin() + static_cast<std::ptrdiff_t>(
                                           quantile * static_cast<double>(values.size() - 1));
      std::nth_element(values.begin(), at, values.end());
      scale = std::max(*at, 1e-6f);
    }
    for (std::size_t i = 0; i < layer.in(); ++i) {
      for (std::size_t j = 0; j < layer.out(); ++j) layer.weights(i, j) *= below / scale;
    }
    for (std::size_t j = 0; j < layer.out(); ++j) layer.bias[j] /= scale;
    below = scale;
  }
  return scaled;
}

std::vector<SpikingResult> RunSpiking(const Network& scaled, const Samples& samples,
                                      std::span<const std::uint32_t> chosen,
                                      std::span<const std::size_t> read_at, std::uint64_t seed) {
  const Rows rows(samples, chosen, scaled);
  const std::size_t count = chosen.size(), layers = scaled.layers().size();
  std::vector<Matrix> spikes, voltages, currents;
  spikes.emplace_back(count, scaled.inputs());
  for (const Layer& layer : scaled.layers()) {
    spikes.emplace_back(count, layer.out());
    voltages.emplace_back(count, layer.out());
    currents.emplace_back(count, layer.out());
  }
  std::vector<SpikingResult> results;
  SpikingResult so_far;
  std::size_t next = 0;
  for (std::size_t step = 1; next < read_at.size(); ++step) {
    RandomStream random(seed, Stream::kNoise, step);
    double fired = 0.0;
    const ConstPanels x = rows.x.view();
    for (std::size_t k = 0; k < x.size(); ++k) {
      const bool fires = random.Uniform() < x.data[k];
      spikes[0].view().data[k] = fires ? 1.0f : 0.0f;
      fired += fires;
    }
    for (std::size_t l = 0; l < layers; ++l) {
      const Layer& layer = scaled.layers()[l];
      so_far.spikes += fired;
      so_far.synaptic_events += fired * static_cast<double>(layer.out());
      Multiply(spikes[l].view(), layer.weights.view(), {0, count}, currents[l].view(),
               {.bias = layer.bias.data(), .factor = {}, .sweep = {}});
      Add(currents[l].view(), voltages[l].view());
      if (l + 1 < layers) fired = Spike(voltages[l].view(), spikes[l + 1].view());
    }
    if (step != read_at[next]) continue;
    ++next;
    const double n = static_cast<double>(count);
    results.push_back({.steps = step,
                       .accuracy = static_cast<double>(CountCorrect(
                                       voltages.back().view(), rows.labels.data(), {0, count})) /
                                   n,
                       .spikes = so_far.spikes / n,
                       .synaptic_events = so_far.synaptic_events / n});
  }
  return results;
}

double NonzeroProducts(const Network& network, const Samples& samples,
                       std::span<const std::uint32_t> chosen) {
  const Rows rows(samples, chosen, network);
  Workspace space = network.MakeWorkspace(chosen.size(), false);
  network.Forward(rows.x.view(), chosen.size(), space);
  double products = 0.0;
  ConstPanels below = rows.x.view();
  for (std::size_t l = 0; l < network.layers().size(); ++l) {
    products += Nonzero(below) * static_cast<double>(network.layers()[l].out());
    below = space.values[l].view();
  }
  return products / static_cast<double>(chosen.size());
}

}  // namespace lanegrad
