// SPDX-License-Identifier: Apache-2.0
#include "experiments/back_propagation/gradient_check.h"

#include <algorithm>
#include <cmath>

#include "experiments/back_propagation/plain_network.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

constexpr std::size_t kUnits = 4, kSamples = 3;
constexpr double kStep = 1e-4;  // the error of a difference is of the order of its square
// Twice the agreement that a smooth loss leaves between steps h and h / 2.
constexpr double kKink = 1e-6;
constexpr double kSmallStep = 1e-4;

// A network with random weights, in float and the same in double, and a batch for both.
struct Case {
  Case(const Combination& of, std::uint64_t seed)
      : loss(of.loss),
        network(std::vector<std::size_t>(4, kUnits), of.hidden, of.output),
        plain(Draw(seed), of.loss),
        x(kSamples, kUnits),
        y(kSamples, kUnits) {
    RandomStream random(seed, Stream::kData);
    batch.count = kSamples;
    for (std::size_t s = 0; s < kSamples; ++s) {
      for (std::size_t j = 0; j < kUnits; ++j) {
        x(s, j) = 2.0f * random.Uniform() - 1.0f;
        y(s, j) = s == j ? 1.0f : 0.0f;
        batch.x.push_back(x(s, j));
        batch.y.push_back(y(s, j));
      }
    }
  }

  // The gradient by the kernels, in the order of the plain network.
  std::vector<double> Kernels() {
    Workspace space = network.MakeWorkspace(kSamples);
    std::vector<double> losses(kSamples);
    network.Forward(x.view(), kSamples, space);
    network.Evaluate(loss, y.view(), {0, kSamples}, 1.0 / kSamples, losses.data(), space);
    network.Backward(kSamples, space);
    std::vector<double> all;
    for (std::size_t l = 0; l < network.layers().size(); ++l) {
      Matrix w(kUnits, kUnits);
      Array b(kPanel);
      network.Gradient(x.view(), kSamples, space, l, w.view(), b.data());
      for (std::size_t i = 0; i < kUnits; ++i) {
        for (std::size_t j = 0; j < kUnits; ++j) all.push_back(w(i, j));
      }
      for (std::size_t j = 0; j < kUnits; ++j) all.push_back(b[j]);
    }
    return all;
  }

  Loss loss;
  Network network;
  PlainNetwork plain;
  PlainBatch batch;

 private:
  const Network& Draw(std::uint64_t seed) {
    network.Initialize(Initializer::Named("glorot_normal"), seed);
    RandomStream random(seed, Stream::kWeights, network.layers().size());
    for (Layer& layer : network.layers()) {
      for (std::size_t j = 0; j < kUnits; ++j) layer.bias[j] = 0.5f * random.Normal();
    }
    return network;
  }

 public:
  Matrix x, y;
};

// Differences with the places where they are no derivatives.
struct Judged {
  std::vector<double> gradient;
  std::vector<bool> kink;
};

double Largest(const std::vector<double>& g) {
  double largest = 0.0;
  for (const double each : g) largest = std::max(largest, std::fabs(each));
  return largest;
}

Judged Differences(Case& each) {
  Judged judged;
  const std::vector<double> coarse = each.plain.Differences(each.batch, kStep);
  judged.gradient = each.plain.Differences(each.batch, 0.5 * kStep);
  const double scale = Largest(judged.gradient);
  for (std::size_t k = 0; k < coarse.size(); ++k) {
    judged.kink.push_back(!(std::fabs(coarse[k] - judged.gradient[k]) <= kKink * scale));
  }
  return judged;
}

// The largest error where the judge has a derivative, as a share of its largest element.
double Error(const std::vector<double>& g, const std::vector<double>& judge,
             const std::vector<bool>& kink) {
  double error = 0.0;
  for (std::size_t k = 0; k < g.size(); ++k) {
    if (!kink.empty() && kink[k]) continue;
    error = std::max(error, std::fabs(g[k] - judge[k]));
  }
  const double scale = Largest(judge);
  return scale > 0.0 ? error / scale : error;
}

double Dot(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0.0;
  for (std::size_t k = 0; k < a.size(); ++k) sum += a[k] * b[k];
  return sum;
}

// The loss after a step of a small length along -g; the network is left as it was.
double LossAfterStep(Case& each, const std::vector<double>& g) {
  const double length = std::sqrt(Dot(g, g));
  if (!(length > 0.0)) return each.plain.MeanLoss(each.batch);
  const PlainNetwork before = each.plain;
  const std::vector<double*> parameters = each.plain.Parameters();
  for (std::size_t k = 0; k < g.size(); ++k) *parameters[k] -= kSmallStep * g[k] / length;
  const double loss = each.plain.MeanLoss(each.batch);
  each.plain = before;
  return loss;
}

}  // namespace

// [legal]
std::vector<Combination> LegalCombinations(const Loss& loss, std::size_t stride) {
  std::vector<Combination> legal;
  std::size_t turn = 0;
  for (const std::string_view name : OutputNames()) {
    const Output output = Output::Named(name);
    if (!Accepts(loss, output)) continue;
    for (const ActivationInfo& hidden : Activations()) {
      if (turn++ % stride == 0) legal.push_back({Activation::Named(hidden.name), loss, output});
    }
  }
  return legal;
}
// [legal]

void MeasureGradients(const Loss& loss, std::size_t stride, Measurement& row) {
  double numbers = 0.0, kinks = 0.0, recursion_right = 0.0, kernels_right = 0.0;
  double recursion_error = 0.0, kernels_error = 0.0;
  const std::vector<Combination> all = LegalCombinations(loss, stride);
  for (std::size_t c = 0; c < all.size(); ++c) {
    Case each(all[c], c + 1);
    const Judged judge = Differences(each);
    const std::vector<double> recursion =
        each.plain.BackPropagate(each.batch, each.plain.Forward(each.batch));
    const double by_recursion = Error(recursion, judge.gradient, judge.kink);
    const double by_kernels = Error(each.Kernels(), recursion, {});
    numbers += static_cast<double>(recursion.size());
    kinks += static_cast<double>(std::count(judge.kink.begin(), judge.kink.end(), true));
    recursion_right += by_recursion <= kGradientTolerance;
    kernels_right += by_kernels <= kGradientTolerance;
    recursion_error = std::max(recursion_error, by_recursion);
    kernels_error = std::max(kernels_error, by_kernels);
  }
  row.values.Set("combinations", static_cast<double>(all.size()));
  row.values.Set("numbers", numbers);
  row.values.Set("kinks", kinks);
  row.values.Set("recursion_right", recursion_right);
  row.values.Set("kernels_right", kernels_right);
  row.machine.Set("recursion_error", recursion_error);
  row.machine.Set("kernels_error", kernels_error);
}

void MeasureMistake(GradientMistake mistake, std::size_t stride, Measurement& row) {
  double combinations = 0.0, changed = 0.0, small = 0.0;
  double differences = 0.0, cosine = 0.0, loss = 0.0;
  for (const LossInfo& info : Losses()) {
    for (const Combination& of : LegalCombinations(Loss::Named(info.name), stride)) {
      Case each(of, static_cast<std::uint64_t>(++combinations));
      const PlainPass pass = each.plain.Forward(each.batch);
      const std::vector<double> right = each.plain.BackPropagate(each.batch, pass);
      const std::vector<double> faulty = each.plain.BackPropagate(each.batch, pass, mistake);
      if (Error(faulty, right, {}) <= 1e-12) continue;
      const Judged judge = Differences(each);
      changed += 1.0;
      small += Error(faulty, right, {}) <= kGradientTolerance;
      differences += !(Error(faulty, judge.gradient, judge.kink) <= kGradientTolerance);
      const double lengths = std::sqrt(Dot(faulty, faulty) * Dot(judge.gradient, judge.gradient));
      cosine += !(Dot(faulty, judge.gradient) >= 0.999 * lengths && lengths > 0.0);
      loss += !(LossAfterStep(each, faulty) < each.plain.MeanLoss(each.batch));
    }
  }
  row.values.Set("combinations", combinations);
  row.values.Set("changed", changed);
  row.values.Set("within_tolerance", small);
  row.values.Set("caught_by_differences", differences);
  row.values.Set("caught_by_cosine", cosine);
  row.values.Set("caught_by_loss", loss);
}

}  // namespace lanegrad
