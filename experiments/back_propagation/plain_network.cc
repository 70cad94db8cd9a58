// SPDX-License-Identifier: Apache-2.0
#include "experiments/back_propagation/plain_network.h"

#include "kernels/elementary.h"

namespace lanegrad {

Curve CurveOf(Activation activation) {
  return {[=](double z) { return activation.Value(z); },
          [=](double z) { return activation.Slope(z); }};
}

Curve PortableSigmoid() {
  const auto value = [](double z) { return 1.0 / (1.0 + Exponential(-z)); };
  return {value, [=](double z) { return value(z) * value(-z); }};
}

PlainNetwork::PlainNetwork(std::span<const std::size_t> sizes, std::span<const Curve> f, Loss loss,
                           std::optional<Head> head)
    : loss_(loss), head_(head) {
  for (std::size_t l = 0; l + 1 < sizes.size(); ++l) {
    layers_.push_back({.in = sizes[l],
                       .out = sizes[l + 1],
                       .w = std::vector<double>(sizes[l] * sizes[l + 1]),
                       .b = std::vector<double>(sizes[l + 1]),
                       .f = f[l]});
  }
}

PlainNetwork::PlainNetwork(const Network& network, Loss loss) : loss_(loss), head_(network.head()) {
  for (const Layer& layer : network.layers()) {
    PlainLayer plain = {
        .in = layer.in(), .out = layer.out(), .w = {}, .b = {}, .f = CurveOf(layer.activation)};
    for (std::size_t i = 0; i < layer.in(); ++i) {
      for (std::size_t j = 0; j < layer.out(); ++j) plain.w.push_back(layer.weights(i, j));
    }
    for (std::size_t j = 0; j < layer.out(); ++j) plain.b.push_back(layer.bias[j]);
    layers_.push_back(std::move(plain));
  }
}

std::vector<double*> PlainNetwork::Parameters() {
  std::vector<double*> all;
  for (PlainLayer& layer : layers_) {
    for (double& each : layer.w) all.push_back(&each);
    for (double& each : layer.b) all.push_back(&each);
  }
  return all;
}

std::size_t PlainNetwork::ParameterCount() const {
  std::size_t count = 0;
  for (const PlainLayer& layer : layers_) count += layer.w.size() + layer.b.size();
  return count;
}

PlainPass PlainNetwork::Forward(const PlainBatch& batch) const {
  PlainPass pass;
  const std::vector<double>* input = &batch.x;
  for (const PlainLayer& layer : layers_) {
    const std::size_t numbers = batch.count * layer.out;
    std::vector<double> z(numbers), a(numbers);
    for (std::size_t s = 0; s < batch.count; ++s) {
      for (std::size_t j = 0; j < layer.out; ++j) {
        double sum = 0.0;
        for (std::size_t i = 0; i < layer.in; ++i) {
          sum += (*input)[s * layer.in + i] * layer.w[i * layer.out + j];
        }
        multiply_adds_ += layer.in;
        z[s * layer.out + j] = sum + layer.b[j];
        a[s * layer.out + j] = layer.f.value(z[s * layer.out + j]);
      }
    }
    pass.z.push_back(std::move(z));
    pass.a.push_back(std::move(a));
    input = &pass.a.back();
  }
  if (head_) {
    const std::size_t n = layers_.back().out;
    std::vector<double> a(n);
    for (std::size_t s = 0; s < batch.count; ++s) {
      head_->info().value(pass.a.back().data() + s * n, n, a.data());
      std::copy(a.begin(), a.end(), pass.a.back().begin() + static_cast<std::ptrdiff_t>(s * n));
    }
  }
  return pass;
}

double PlainNetwork::MeanLoss(const PlainBatch& batch) const {
  return MeanLoss(batch, Forward(batch));
}

double PlainNetwork::MeanLoss(const PlainBatch& batch, const PlainPass& pass) const {
  const std::size_t n = layers_.back().out;
  double sum = 0.0;
  for (std::size_t s = 0; s < batch.count; ++s) {
    sum += loss_.Value(pass.a.back().data() + s * n, batch.y.data() + s * n, n);
  }
  return sum / static_cast<double>(batch.count);
}

std::vector<double> PlainNetwork::OutputSlopes(const PlainBatch& batch,
                                               const PlainPass& pass) const {
  const std::size_t n = layers_.back().out;
  std::vector<double> slopes(batch.count * n);
  for (std::size_t s = 0; s < batch.count; ++s) {
    loss_.Slope(pass.a.back().data() + s * n, batch.y.data() + s * n, n, slopes.data() + s * n);
  }
  for (double& each : slopes) each /= static_cast<double>(batch.count);
  if (!head_) return slopes;
  Matrix a(batch.count, n), delta(batch.count, n);
  for (std::size_t s = 0; s < batch.count; ++s) {
    for (std::size_t j = 0; j < n; ++j) {
      a(s, j) = static_cast<float>(pass.a.back()[s * n + j]);
      delta(s, j) = static_cast<float>(slopes[s * n + j]);
    }
  }
  Backward(*head_, a.view(), {0, batch.count}, delta.view());
  for (std::size_t s = 0; s < batch.count; ++s) {
    for (std::size_t j = 0; j < n; ++j) slopes[s * n + j] = delta(s, j);
  }
  return slopes;
}

namespace {

// out[s][i] = sum_j delta[s][j] w[i][j]: an error signal, carried back through the weights.
// [carry-back]
std::vector<double> CarryBack(const PlainLayer& layer, const std::vector<double>& delta,
                              std::size_t count, bool transposed) {
  std::vector<double> below(count * layer.in);
  for (std::size_t s = 0; s < count; ++s) {
    for (std::size_t i = 0; i < layer.in; ++i) {
      for (std::size_t j = 0; j < layer.out; ++j) {
        const double w = transposed ? layer.w[i * layer.out + j] : layer.w[j * layer.in + i];
        below[s * layer.in + i] += delta[s * layer.out + j] * w;
      }
    }
  }
  return below;
}
// [carry-back]

// dw[i][j] = sum_s a[s][i] delta[s][j], and db[j] = sum_s delta[s][j].
// [weight-gradient]
std::vector<double> WeightGradient(const PlainLayer& layer, const std::vector<double>& a,
                                   const std::vector<double>& delta, std::size_t count) {
  std::vector<double> g(layer.w.size() + layer.b.size());
  for (std::size_t s = 0; s < count; ++s) {
    for (std::size_t j = 0; j < layer.out; ++j) {
      for (std::size_t i = 0; i < layer.in; ++i) {
        g[i * layer.out + j] += a[s * layer.in + i] * delta[s * layer.out + j];
      }
      g[layer.w.size() + j] += delta[s * layer.out + j];
    }
  }
  return g;
}
// [weight-gradient]

// The rate of the step that is taken too early.
constexpr double kEarlyRate = 0.1;

}  // namespace

std::vector<double> PlainNetwork::BackPropagate(const PlainBatch& batch, const PlainPass& pass,
                                                GradientMistake mistake) const {
  PlainBatch taught = batch;
  if (mistake == GradientMistake::kOwnOutput) taught.y = pass.a.back();
  std::vector<double> delta = OutputSlopes(taught, pass);
  if (mistake == GradientMistake::kSum) {
    for (double& each : delta) each *= static_cast<double>(delta.size());
  }
  const auto times_slope = [&](std::size_t l) {
    if (mistake == GradientMistake::kNoSlope) return;
    const std::vector<double>& at =
        mistake == GradientMistake::kSlopeOfValue ? pass.a[l] : pass.z[l];
    for (std::size_t k = 0; k < delta.size(); ++k) delta[k] *= layers_[l].f.slope(at[k]);
  };
  times_slope(layers_.size() - 1);

  std::vector<std::vector<double>> gradients(layers_.size());
  for (std::size_t l = layers_.size(); l-- > 0;) {
    PlainLayer layer = layers_[l];
    if (mistake == GradientMistake::kArticle) {
      for (std::size_t k = 0; k < delta.size(); ++k) delta[k] = batch.y[k] - pass.a[l][k];
    }
    const bool outputs =
        mistake == GradientMistake::kNoInput || mistake == GradientMistake::kArticle;
    const std::vector<double>& input = outputs ? pass.a[l] : l == 0 ? batch.x : pass.a[l - 1];
    gradients[l] = WeightGradient(layer, input, delta, batch.count);
    multiply_adds_ += batch.count * layer.w.size();
    if (l == 0) break;
    if (mistake == GradientMistake::kOwnTarget) {
      for (std::size_t s = 0; s < batch.count; ++s) {
        const std::size_t at = s * layer.in;
        loss_.Slope(pass.a[l - 1].data() + at, batch.y.data() + at, layer.in, delta.data() + at);
      }
      for (double& each : delta) each /= static_cast<double>(batch.count);
    } else {
      if (mistake == GradientMistake::kStepFirst) {
        for (std::size_t k = 0; k < layer.w.size(); ++k) {
          layer.w[k] -= kEarlyRate * gradients[l][k];
        }
      }
      delta = CarryBack(layer, delta, batch.count, mistake != GradientMistake::kTransposed);
      multiply_adds_ += batch.count * layer.w.size();
    }
    times_slope(l - 1);
  }

  std::vector<double> all;
  for (std::size_t l = 0; l < layers_.size(); ++l) {
    const std::size_t weights = layers_[l].w.size();
    for (std::size_t k = 0; k < gradients[l].size(); ++k) {
      const bool dropped = k >= weights && (mistake == GradientMistake::kNoBias ||
                                            mistake == GradientMistake::kArticle);
      const double sign = mistake == GradientMistake::kWrongSign ? -1.0 : 1.0;
      all.push_back(dropped ? 0.0 : sign * gradients[l][k]);
    }
  }
  return all;
}

// [differences]
std::vector<double> PlainNetwork::Differences(const PlainBatch& batch, double h) {
  std::vector<double> gradient;
  for (double* w : Parameters()) {
    const double saved = *w;
    *w = saved + h;
    const double above = MeanLoss(batch);
    *w = saved - h;
    gradient.push_back((above - MeanLoss(batch)) / (2.0 * h));
    *w = saved;
  }
  return gradient;
}
// [differences]

std::vector<double> PlainNetwork::ForwardMode(const PlainBatch& batch) const {
  std::vector<double> gradient;
  for (std::size_t of = 0; of < layers_.size(); ++of) {
    const PlainLayer& owner = layers_[of];
    for (std::size_t k = 0; k < owner.w.size() + owner.b.size(); ++k) {
      const PlainPass pass = Forward(batch);
      const std::size_t j = k % owner.out;  // of weight i * out + j, and of bias w.size() + j
      std::vector<double> tangent(batch.count * owner.out);
      for (std::size_t s = 0; s < batch.count; ++s) {
        const std::vector<double>& input = of == 0 ? batch.x : pass.a[of - 1];
        const double moved = k < owner.w.size() ? input[s * owner.in + k / owner.out] : 1.0;
        tangent[s * owner.out + j] = moved * owner.f.slope(pass.z[of][s * owner.out + j]);
      }
      for (std::size_t l = of + 1; l < layers_.size(); ++l) {
        const PlainLayer& layer = layers_[l];
        std::vector<double> next(batch.count * layer.out);
        for (std::size_t s = 0; s < batch.count; ++s) {
          for (std::size_t o = 0; o < layer.out; ++o) {
            double sum = 0.0;
            for (std::size_t i = 0; i < layer.in; ++i) {
              sum += tangent[s * layer.in + i] * layer.w[i * layer.out + o];
            }
            next[s * layer.out + o] = sum * layer.f.slope(pass.z[l][s * layer.out + o]);
          }
        }
        multiply_adds_ += batch.count * layer.w.size();
        tangent = std::move(next);
      }
      const std::vector<double> slopes = OutputSlopes(batch, pass);
      double derivative = 0.0;
      for (std::size_t n = 0; n < slopes.size(); ++n) derivative += slopes[n] * tangent[n];
      gradient.push_back(derivative);
    }
  }
  return gradient;
}

}  // namespace lanegrad
