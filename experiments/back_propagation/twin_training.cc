// SPDX-License-Identifier: Apache-2.0
#include "experiments/back_propagation/twin_training.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "experiments/statistics/statistics.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

UnitOrder RandomOrder(std::uint64_t seed, Stream stream, std::uint64_t substream, std::size_t n) {
  UnitOrder order(n);
  Permutation(RandomStream(seed, stream, substream), order.data(), n);
  return order;
}

// Batches that nobody else draws are told apart by this part of a substream.
constexpr std::uint64_t kTwinStream = std::uint64_t{1} << 40;

std::vector<UnitOrder> UnitOrders(const Network& network, SumOrder order, std::uint64_t seed) {
  std::vector<UnitOrder> orders;
  for (std::size_t l = 0; l < network.layers().size(); ++l) {
    const std::size_t n = network.layers()[l].out();
    UnitOrder units(n);
    std::iota(units.begin(), units.end(), 0u);
    if (order == SumOrder::kUnits && l + 1 < network.layers().size()) {
      units = RandomOrder(seed, Stream::kWeights, kTwinStream + l, n);
    }
    orders.push_back(std::move(units));
  }
  return orders;
}

// One of the networks with what it needs to learn.
class Learner {
 public:
  Learner(Network network, std::vector<UnitOrder> units, const TwinSettings& settings)
      : network_(std::move(network)),
        units_(std::move(units)),
        settings_(settings),
        space_(network_.MakeWorkspace(settings.batch)),
        x_(settings.batch, network_.inputs()),
        y_(settings.batch, network_.outputs()) {
    network_.Prepare(Optimizer::Named("sgd"));
  }

  void Step(const Samples& samples, std::span<const std::uint32_t> chosen) {
    const std::size_t count = chosen.size();
    std::vector<double> losses(count);
    Gather(samples, chosen, {0, count}, x_.view(), y_.view());
    network_.Forward(x_.view(), count, space_);
    network_.Evaluate(Loss::Named("softmax_cross_entropy"), y_.view(), {0, count},
                      1.0 / static_cast<double>(count), losses.data(), space_);
    network_.Backward(count, space_);
    network_.Update(Optimizer::Named("sgd"), {.rate = settings_.rate}, x_.view(), count, space_);
  }

  std::vector<std::size_t> Labels(const Samples& samples) const {
    std::vector<std::uint32_t> all(samples.count);
    std::iota(all.begin(), all.end(), 0u);
    Matrix x(samples.count, network_.inputs()), y(samples.count, network_.outputs());
    Gather(samples, all, {0, samples.count}, x.view(), y.view());
    Workspace space = network_.MakeWorkspace(samples.count, false);
    network_.Forward(x.view(), samples.count, space);
    std::vector<std::size_t> labels;
    for (std::size_t s = 0; s < samples.count; ++s) {
      std::size_t best = 0;
      for (std::size_t c = 1; c < network_.outputs(); ++c) {
        if (space.values.back()(s, c) > space.values.back()(s, best)) best = c;
      }
      labels.push_back(best);
    }
    return labels;
  }

  // |this - other| / |other| over all weights, `other` in its own numbering.
  double Distance(const Network& other) const {
    double difference = 0.0, length = 0.0;
    for (std::size_t l = 0; l < units_.size(); ++l) {
      const Layer &own = network_.layers()[l], &first = other.layers()[l];
      for (std::size_t i = 0; i < own.in(); ++i) {
        const std::size_t from = l == 0 ? i : units_[l - 1][i];
        for (std::size_t j = 0; j < own.out(); ++j) {
          const double w = first.weights(from, units_[l][j]);
          if (!std::isfinite(own.weights(i, j)) && !std::isfinite(w)) continue;  // both are lost
          const double d = static_cast<double>(own.weights(i, j)) - w;
          difference += d * d;
          length += w * w;
        }
      }
    }
    const double distance = std::sqrt(difference / length);
    return length == 0.0 ? 0.0 : std::isfinite(distance) ? distance : INFINITY;
  }

  const Network& network() const { return network_; }

 private:
  Network network_;
  std::vector<UnitOrder> units_;
  TwinSettings settings_;
  Workspace space_;
  Matrix x_, y_;
};

}  // namespace

std::string_view SumOrderName(SumOrder order) {
  return order == SumOrder::kSame ? "same" : order == SumOrder::kUnits ? "units" : "samples";
}

std::size_t TwinHistory::Horizon() const {
  return static_cast<std::size_t>(
             std::find_if(differing.begin(), differing.end(), [](double n) { return n > 0.0; }) -
             differing.begin()) +
         1;
}

// [renumbered]
Network Renumbered(const Network& network, std::span<const UnitOrder> orders) {
  Network twin = network;
  for (std::size_t l = 0; l < orders.size(); ++l) {
    const Layer& from = network.layers()[l];
    Layer& to = twin.layers()[l];
    for (std::size_t j = 0; j < to.out(); ++j) {
      to.bias[j] = from.bias[orders[l][j]];
      for (std::size_t i = 0; i < to.in(); ++i) {
        to.weights(i, j) = from.weights(l == 0 ? i : orders[l - 1][i], orders[l][j]);
      }
    }
  }
  return twin;
}
// [renumbered]

std::vector<TwinHistory> TrainTwins(const TwinSettings& settings, const Dataset& data,
                                    std::span<const SumOrder> orders) {
  Network network(settings.sizes, settings.activation, Activation::Named("identity"));
  network.Initialize(settings.initializer, settings.seed);
  Learner first(network, UnitOrders(network, SumOrder::kSame, settings.seed), settings);
  std::vector<Learner> twins;
  for (const SumOrder order : orders) {
    std::vector<UnitOrder> units = UnitOrders(network, order, settings.seed);
    twins.emplace_back(Renumbered(network, units), units, settings);
  }
  std::vector<TwinHistory> histories(twins.size());
  for (std::size_t epoch = 0; epoch < settings.epochs; ++epoch) {
    const UnitOrder order = RandomOrder(settings.seed, Stream::kShuffle, epoch, data.train.count);
    for (std::size_t begin = 0; begin < order.size(); begin += settings.batch) {
      const std::size_t count = std::min(settings.batch, order.size() - begin);
      const std::span<const std::uint32_t> chosen = std::span(order).subspan(begin, count);
      first.Step(data.train, chosen);
      for (std::size_t t = 0; t < twins.size(); ++t) {
        std::vector<std::uint32_t> own(chosen.begin(), chosen.end());
        if (orders[t] == SumOrder::kSamples) std::reverse(own.begin(), own.end());
        twins[t].Step(data.train, own);
      }
    }
    const std::vector<std::size_t> labels = first.Labels(data.test);
    double first_right = 0.0;
    for (std::size_t s = 0; s < labels.size(); ++s) first_right += labels[s] == data.test.labels[s];
    for (std::size_t t = 0; t < twins.size(); ++t) {
      const std::vector<std::size_t> own = twins[t].Labels(data.test);
      double differing = 0.0, right = 0.0;
      for (std::size_t s = 0; s < own.size(); ++s) {
        differing += own[s] != labels[s];
        right += own[s] == data.test.labels[s];
      }
      histories[t].differing.push_back(differing);
      histories[t].distance.push_back(twins[t].Distance(first.network()));
      histories[t].accuracy = right / static_cast<double>(own.size());
      histories[t].first_accuracy = first_right / static_cast<double>(own.size());
    }
  }
  return histories;
}

void MeasureTwins(TwinSettings settings, const Dataset& data, std::size_t seeds, Measurement& row) {
  constexpr std::array kOrders = {SumOrder::kSame, SumOrder::kUnits, SumOrder::kSamples};
  std::array<std::vector<TwinHistory>, kOrders.size()> all;
  for (settings.seed = 1; settings.seed <= seeds; ++settings.seed) {
    const std::vector<TwinHistory> histories = TrainTwins(settings, data, kOrders);
    row.values.Set(fmt::format("accuracy_{:02}", settings.seed), histories[0].first_accuracy);
    for (std::size_t o = 0; o < kOrders.size(); ++o) {
      const auto set = [&](std::string_view what, double number) {
        row.values.Set(fmt::format("{}_{}_{:02}", SumOrderName(kOrders[o]), what, settings.seed),
                       number);
      };
      set("distance", histories[o].distance.back());
      all[o].push_back(histories[o]);
      if (kOrders[o] == SumOrder::kSame) continue;
      set("horizon", static_cast<double>(histories[o].Horizon()));
      set("accuracy", histories[o].accuracy);
    }
  }
  const std::size_t stride = std::max<std::size_t>(settings.epochs / 12, 1);
  for (std::size_t epoch = 1; epoch <= settings.epochs; epoch += stride) {
    for (std::size_t o = 1; o < kOrders.size(); ++o) {
      std::vector<double> distances;
      for (const TwinHistory& each : all[o]) distances.push_back(each.distance[epoch - 1]);
      row.values.Set(fmt::format("{}_after_{:03}", SumOrderName(kOrders[o]), epoch),
                     Median(distances));
    }
  }
}

}  // namespace lanegrad
