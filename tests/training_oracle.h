/// @file
/// A whole training, written plainly in double precision: what the real one is held
/// against. It shares with it the random streams, the split of the data, and the
/// catalogues' own oracles of a single number; nothing of how layers, batches, steps,
/// limits or weights are reckoned.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_TESTS_TRAINING_ORACLE_H_
#define LANEGRAD_TESTS_TRAINING_ORACLE_H_

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "kernels/optimizer.h"
#include "kernels/random.h"
#include "network/network.h"
#include "network/noise.h"
#include "network/schedule.h"
#include "network/setting_text.h"
#include "network/split.h"

namespace lanegrad {

class TrainingOracle {
 public:
  using Row = std::vector<double>;
  struct PlainLayer {
    std::vector<Row> w;  // [in][out]
    Row b;
    std::vector<std::vector<std::array<double, kMaxStates>>> w_states;
    std::vector<std::array<double, kMaxStates>> b_states;
    Activation f;
    std::vector<Row> dw;
    Row db;
  };

  // `settings` resolved, without a head. Begins with the weights of `first`.
  TrainingOracle(const Settings& settings, const Dataset& data, const Network& first)
      : s_(settings), data_(data), split_(SplitSamples(settings, data)) {
    for (const Layer& layer : first.layers()) {
      PlainLayer plain{.w = std::vector<Row>(layer.in(), Row(layer.out())),
                       .b = Row(layer.out()),
                       .w_states = {},
                       .b_states = {},
                       .f = layer.activation,
                       .dw = {},
                       .db = {}};
      for (std::size_t i = 0; i < layer.in(); ++i) {
        for (std::size_t j = 0; j < layer.out(); ++j) plain.w[i][j] = layer.weights(i, j);
      }
      plain.w_states.resize(layer.in(), std::vector<std::array<double, kMaxStates>>(layer.out()));
      plain.b_states.resize(layer.out());
      layers_.push_back(std::move(plain));
    }
    labels_ = TaughtLabels(data, split_.train, s_.label_noise, s_.seed);
    // Weights of classes, by their definition.
    class_weights_.assign(data.classes, 1.0);
    if (s_.class_weights == "none") return;
    double mean = 0.0;
    std::map<int, double> counts;
    for (const std::uint32_t i : split_.train) counts[labels_[i]] += 1.0;
    for (std::size_t c = 0; c < data.classes; ++c) {
      class_weights_[c] = s_.class_weights == "balanced" ? 1.0 / counts[static_cast<int>(c)]
                                                         : std::stod(Pieces(s_.class_weights)[c]);
    }
    for (const std::uint32_t i : split_.train) mean += class_weights_[labels_[i]];
    mean /= static_cast<double>(split_.train.size());
    for (double& each : class_weights_) each /= mean;
  }

  // Trains, and returns the mean loss of each epoch.
  std::vector<double> Train() {
    std::vector<double> means;
    for (std::size_t epoch = 0; epoch < s_.epochs; ++epoch) {
      std::vector<std::uint32_t> order(split_.train.size());
      Permutation(RandomStream(s_.seed, Stream::kShuffle, epoch), order.data(), order.size());
      double sum = 0.0;
      for (std::size_t first = 0; first < order.size(); first += s_.batch) {
        const std::size_t end = std::min(first + s_.batch, order.size());
        sum += Batch(order, first, end, epoch);
        Step({.epoch = epoch,
              .sample = first,
              .samples = order.size(),
              .epochs = s_.epochs,
              .losses = means});
      }
      means.push_back(sum / static_cast<double>(order.size()));
    }
    return means;
  }

  const std::vector<PlainLayer>& layers() const { return layers_; }

 private:
  // Adds the gradients of a batch's mean loss up; returns the sum of its losses.
  double Batch(const std::vector<std::uint32_t>& order, std::size_t first, std::size_t end,
               std::size_t epoch) {
    for (PlainLayer& layer : layers_) {
      layer.dw.assign(layer.w.size(), Row(layer.b.size()));
      layer.db.assign(layer.b.size(), 0.0);
    }
    double sum = 0.0;
    for (std::size_t place = first; place < end; ++place) {
      const std::uint32_t sample = split_.train[order[place]];
      std::vector<Row> a = {Inputs(sample, epoch)}, slopes;
      for (std::size_t l = 0; l < layers_.size(); ++l) {
        Forward(l, place - first, a, slopes);
      }
      const double weight = class_weights_[labels_[sample]];
      Row y(a.back().size());
      y[labels_[sample]] = 1.0;
      const Loss loss = Loss::Named(s_.loss);
      sum += weight * loss.Value(a.back().data(), y.data(), y.size());
      Row delta(y.size());
      loss.Slope(a.back().data(), y.data(), y.size(), delta.data());
      for (std::size_t j = 0; j < delta.size(); ++j) {
        delta[j] = Factor(delta[j] / static_cast<double>(end - first)) * Factor(slopes.back()[j]);
        delta[j] = Factor(weight * delta[j]);
      }
      for (std::size_t l = layers_.size(); l-- > 0;) {
        PlainLayer& layer = layers_[l];
        Row before(a[l].size());
        for (std::size_t j = 0; j < delta.size(); ++j) {
          layer.db[j] += delta[j];
          for (std::size_t i = 0; i < before.size(); ++i) {
            layer.dw[i][j] += a[l][i] * delta[j];
            before[i] += layer.w[i][j] * delta[j];
          }
        }
        if (l == 0) break;
        for (std::size_t i = 0; i < before.size(); ++i) {
          before[i] = Factor(Factor(before[i]) * Factor(slopes[l - 1][i]));
        }
        delta = before;
      }
    }
    return sum;
  }

  // The rule of tiny numbers (docs/reproducibility.md) on what enters a product.
  static double Factor(double x) { return std::fabs(x) < 0x1p-56 ? 0.0 : x; }

  Row Inputs(std::uint32_t sample, std::size_t epoch) const {
    Row x(data_.train.features);
    RandomStream noise(s_.seed, Stream::kNoise, (std::uint64_t{epoch} + 1) << 32 | sample);
    for (std::size_t j = 0; j < x.size(); ++j) {
      x[j] = data_.train.values[sample * x.size() + j];
      if (s_.input_noise > 0.0f) {
        x[j] += static_cast<double>(s_.input_noise) * static_cast<double>(noise.Normal());
      }
    }
    return x;
  }

  void Forward(std::size_t l, std::size_t row, std::vector<Row>& a, std::vector<Row>& slopes) {
    const PlainLayer& layer = layers_[l];
    Row value = layer.b, slope(value.size());
    RandomStream mask(s_.seed, Stream::kDropout, (std::uint64_t{steps_} * 256 + l) << 20 | row);
    for (std::size_t j = 0; j < value.size(); ++j) {
      for (std::size_t i = 0; i < layer.w.size(); ++i) value[j] += a[l][i] * layer.w[i][j];
      slope[j] = layer.f.Slope(value[j]);
      value[j] = layer.f.Value(value[j]);
      if (l + 1 < layers_.size()) value[j] = Factor(value[j]);
      if (s_.dropout > 0.0f && l + 1 < layers_.size()) {
        const double factor =
            mask.Uniform() < s_.dropout ? 0.0 : 1.0 / (1.0 - static_cast<double>(s_.dropout));
        value[j] *= factor;
        slope[j] *= factor;
      }
    }
    a.push_back(std::move(value));
    slopes.push_back(std::move(slope));
  }

  void Step(const Progress& at) {
    ++steps_;
    double rate = s_.rate * Schedule::Named(s_.schedule).Factor(at);
    const double length = static_cast<double>(s_.batch) / static_cast<double>(at.samples);
    if (s_.warmup > 0.0) rate *= std::min(1.0, (at.time() + length) / s_.warmup);
    const double t = static_cast<double>(steps_), b1 = s_.momentum, b2 = s_.decay;
    PlainScalars p = {.rate = rate,
                      .beta1 = b1,
                      .beta2 = b2,
                      .epsilon = s_.epsilon,
                      .weight_decay = s_.weight_decay,
                      .bias_correction1 = 1.0 / (1.0 - std::pow(b1, t)),
                      .bias_correction2 = 1.0 / (1.0 - std::pow(b2, t)),
                      .next_bias_correction1 = 1.0 / (1.0 - std::pow(b1, t + 1.0))};
    PlainScalars of_bias = p;
    of_bias.weight_decay = 0.0;
    double squares = 0.0;
    for (const PlainLayer& layer : layers_) {
      for (const double g : layer.db) squares += g * g;
      for (const Row& row : layer.dw) {
        for (const double g : row) squares += g * g;
      }
    }
    const double norm = std::sqrt(squares), most = s_.clip_norm;
    const double scale = most > 0.0 && norm > most ? most / norm : 1.0;
    if (scale < 1.0) ++shortened;
    const auto cut = [&](double g) {
      const double c = s_.clip;
      return c > 0.0 ? std::clamp(scale * g, -c, c) : scale * g;
    };
    const StepOracle step = Optimizer::Named(s_.optimizer).info().oracle;
    for (std::size_t l = 0; l < layers_.size(); ++l) {
      PlainLayer& layer = layers_[l];
      for (std::size_t j = 0; j < layer.b.size(); ++j) {
        step(layer.b[j], cut(layer.db[j]), layer.b_states[j], of_bias);
        double length2 = 0.0;
        for (std::size_t i = 0; i < layer.w.size(); ++i) {
          double& w = layer.w[i][j];
          const double sign = w > 0.0 ? 1.0 : w < 0.0 ? -1.0 : 0.0;
          const double penalty = s_.l1 * sign + s_.l2 * w;
          step(w, cut(layer.dw[i][j]) + penalty, layer.w_states[i][j], p);
          length2 += w * w;
        }
        const double limit = s_.max_norm;
        if (limit == 0.0 || l + 1 == layers_.size() || std::sqrt(length2) <= limit) continue;
        ++limited;
        for (std::size_t i = 0; i < layer.w.size(); ++i)
          layer.w[i][j] *= limit / std::sqrt(length2);
      }
    }
  }

  const Settings s_;
  const Dataset& data_;
  const Split split_;
  std::vector<PlainLayer> layers_;
  std::vector<std::uint8_t> labels_;
  std::vector<double> class_weights_;
  std::size_t steps_ = 0;

 public:
  std::size_t shortened = 0;  // steps that --clip-norm has cut
  std::size_t limited = 0;    // times that --max-norm has scaled a unit
};

}  // namespace lanegrad

#endif  // LANEGRAD_TESTS_TRAINING_ORACLE_H_
