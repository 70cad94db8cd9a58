// SPDX-License-Identifier: Apache-2.0
//
// One step of training, gather to update, one thread: the article's networks on every target,
// larger ones on those with a fused multiply-add. On random bytes, which cost what pictures
// cost. An element is a sample; operations are those of the necessary products alone.
#include <fmt/format.h>

#include <memory>
#include <numeric>

#include "bench/suite.h"
#include "kernels/random.h"
#include "network/training_pass.h"

namespace lanegrad {
namespace {

constexpr std::size_t kSamples = 4096;  // 3 MB: beyond the second cache

const Dataset& Pictures() {
  static const Dataset data = [] {
    Dataset set;
    set.name = "random";
    set.classes = 10;
    set.train = {.count = kSamples, .features = 784, .bytes = {}, .values = {}, .labels = {}};
    RandomStream random(1, Stream::kData);
    for (std::size_t i = 0; i < kSamples * 784; ++i) {
      set.train.bytes.push_back(static_cast<std::uint8_t>(random.Word() >> 24));
    }
    for (std::size_t i = 0; i < kSamples; ++i) {
      set.train.labels.push_back(static_cast<std::uint8_t>(i % 10));
    }
    set.test = set.train;
    return set;
  }();
  return data;
}

struct Training {
  ResolvedSettings resolved;
  std::vector<std::uint32_t> chosen = std::vector<std::uint32_t>(kSamples);
  EpochHistory history;
  Network network;
  std::unique_ptr<TrainingPass> pass;
  std::size_t taken = 0;

  explicit Training(const Settings& settings)
      : resolved(Resolve(settings, Pictures())),
        history(resolved.settings, resolved.schedule),
        network(resolved.settings.layers, resolved.activations, resolved.output) {
    std::iota(chosen.begin(), chosen.end(), 0u);
    network.Initialize(resolved.initializers, 1);
    network.Prepare(resolved.optimizer);
    pass = std::make_unique<TrainingPass>(resolved, Pictures(), chosen, history, network, 1);
    pass->Begin(0, {}, 0);
  }
  void Step() {
    const std::size_t size = pass->step_size(), first = taken * size % (kSamples - size);
    Stopwatch none(false);
    pass->Step(Member(), {first, first + size}, taken++, none);
  }
};

Subject Of(const char* layers, std::size_t batch) {
  Settings settings;
  FieldNamed("layers").set(settings, layers);
  settings.batch = batch;
  settings.rate = 0.01f;
  auto training = std::make_shared<Training>(settings);
  const double samples = static_cast<double>(batch);
  return {.work = {.elements = samples, .flops = samples * training->network.FlopsPerSample()},
          .run = [=] { training->Step(); },
          .result =
              [=] {
                std::vector<double> weights;
                for (const Layer& layer : training->network.layers()) {
                  for (std::size_t i = 0; i < layer.in() * layer.out(); ++i) {
                    weights.push_back(
                        static_cast<double>(layer.weights(i / layer.out(), i % layer.out())));
                  }
                }
                return weights;
              }};
}

const bool kRegistered = [] {
  for (const auto& [layers, batch, small] :
       {std::tuple{"784-30-10", std::size_t{10}, true},
        std::tuple{"784-128-10", std::size_t{32}, true},
        std::tuple{"784-128-10", std::size_t{128}, false},
        std::tuple{"784-512-512-10", std::size_t{128}, false}}) {
    const auto make = [layers = layers, batch = batch] { return Of(layers, batch); };
    const std::string name = fmt::format("step_of/{}", layers), shape = fmt::format("{}", batch);
    for (const Target& target : Targets()) {
      if (small || target.native_fma) RegisterOnTarget(name, target, shape, make);
    }
  }
  return true;
}();

}  // namespace
}  // namespace lanegrad
