// SPDX-License-Identifier: Apache-2.0
#include "experiments/back_propagation/gradient_cost.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "experiments/back_propagation/plain_network.h"
#include "kernels/random.h"
#include "network/stopwatch.h"

namespace lanegrad {
namespace {

// A plain network of sigmoids and mean squared error, whose every bit is the project's own.
PlainNetwork Sigmoids(std::span<const std::size_t> sizes) {
  const std::vector<Curve> f(sizes.size(), PortableSigmoid());
  PlainNetwork network(sizes, f, Loss::Named("mse"));
  RandomStream random(1, Stream::kWeights);
  for (double* each : network.Parameters()) *each = static_cast<double>(random.Normal());
  return network;
}

PlainBatch Random(std::size_t count, std::size_t in, std::size_t out) {
  PlainBatch batch = {.count = count, .x = {}, .y = {}};
  RandomStream random(1, Stream::kData);
  for (std::size_t k = 0; k < count * in; ++k) batch.x.push_back(random.Normal());
  for (std::size_t k = 0; k < count * out; ++k) {
    batch.y.push_back(static_cast<double>(random.Below(2)));
  }
  return batch;
}

double Largest(std::span<const double> g) {
  double largest = 0.0;
  for (const double each : g) largest = std::max(largest, std::fabs(each));
  return largest;
}

double Deviation(std::span<const double> g, std::span<const double> from) {
  double error = 0.0;
  for (std::size_t k = 0; k < g.size(); ++k) error = std::max(error, std::fabs(g[k] - from[k]));
  return error / Largest(from);
}

// The least of eleven times of a body, in seconds, each over a millisecond or more: whatever else
// the machine does can only add to a time.
template <class Body>
double Seconds(const Body& body) {
  std::vector<double> times;
  for (int repetition = 0; repetition < 11; ++repetition) {
    const double begin = Now();
    double calls = 0.0;
    do {
      body();
      calls += 1.0;
    } while (Now() - begin < 1e-3);
    times.push_back((Now() - begin) / calls);
  }
  return *std::min_element(times.begin(), times.end());
}

}  // namespace

void MeasurePasses(std::span<const std::size_t> sizes, Measurement& row) {
  const PlainNetwork plain = Sigmoids(sizes);
  const PlainBatch one = Random(1, sizes.front(), sizes.back());
  const PlainPass pass = plain.Forward(one);
  const std::uint64_t forward = plain.multiply_adds();
  plain.BackPropagate(one, pass);
  row.values.Set("forward", static_cast<double>(forward));
  row.values.Set("backward", static_cast<double>(plain.multiply_adds() - forward));

  constexpr std::size_t kBatch = 64;
  Network network(sizes, Activation::Named("sigmoid"), Activation::Named("sigmoid"));
  network.Initialize(Initializer::Named("glorot_uniform"), 1);
  network.Prepare(Optimizer::Named("sgd"));
  Matrix x(kBatch, sizes.front()), y(kBatch, sizes.back());
  RandomStream random(1, Stream::kData);
  for (std::size_t s = 0; s < kBatch; ++s) {
    for (std::size_t i = 0; i < sizes.front(); ++i) x(s, i) = random.Uniform();
    y(s, s % sizes.back()) = 1.0f;
  }
  Workspace space = network.MakeWorkspace(kBatch);
  std::vector<double> losses(kBatch);
  const double ahead = Seconds([&] { network.Forward(x.view(), kBatch, space); });
  const double back = Seconds([&] {
    network.Evaluate(Loss::Named("mse"), y.view(), {0, kBatch}, 1.0 / kBatch, losses.data(), space);
    network.Backward(kBatch, space);
    network.Update(Optimizer::Named("sgd"), {.rate = 1e-6f}, x.view(), kBatch, space);
  });
  row.machine.Set("forward_ns", 1e9 * ahead / kBatch);
  row.machine.Set("backward_ns", 1e9 * back / kBatch);
}

void MeasureCost(std::size_t n, Measurement& row) {
  const std::size_t sizes[] = {n, n, n};
  PlainNetwork network = Sigmoids(sizes);
  const PlainBatch batch = Random(1, n, n);
  std::uint64_t before = 0;
  const auto counted = [&] {
    const std::uint64_t now = network.multiply_adds(), count = now - before;
    before = now;
    return static_cast<double>(count);
  };
  const auto by_recursion = [&] { return network.BackPropagate(batch, network.Forward(batch)); };
  const auto by_differences = [&] { return network.Differences(batch, 1e-5); };
  const auto by_forward_mode = [&] { return network.ForwardMode(batch); };

  row.values.Set("parameters", static_cast<double>(network.ParameterCount()));
  network.Forward(batch);
  row.values.Set("forward", counted());
  const std::vector<double> recursion = by_recursion();
  row.values.Set("back_propagation", counted());
  const std::vector<double> differences = by_differences();
  row.values.Set("differences", counted());
  const std::vector<double> forward_mode = by_forward_mode();
  row.values.Set("forward_mode", counted());
  row.values.Set("differences_error", Deviation(differences, recursion));
  row.values.Set("forward_mode_error", Deviation(forward_mode, recursion));
  row.machine.Set("back_propagation_s", Seconds(by_recursion));
  row.machine.Set("differences_s", Seconds(by_differences));
  row.machine.Set("forward_mode_s", Seconds(by_forward_mode));
}

void MeasureStep(int exponent, Measurement& row) {
  constexpr std::size_t kSizes[] = {4, 8, 3}, kCount = 5;
  PlainNetwork plain = Sigmoids(kSizes);
  PlainBatch batch = Random(kCount, 4, 3);
  Network network(kSizes, Activation::Named("sigmoid"), Activation::Named("sigmoid"));
  Matrix x(kCount, 4), y(kCount, 3);
  for (std::size_t s = 0; s < kCount; ++s) {
    for (std::size_t i = 0; i < 4; ++i) x(s, i) = static_cast<float>(batch.x[s * 4 + i]);
    for (std::size_t j = 0; j < 3; ++j) y(s, j) = static_cast<float>(batch.y[s * 3 + j]);
  }
  std::vector<float*> floats;  // in the order of Parameters()
  for (Layer& layer : network.layers()) {
    for (std::size_t i = 0; i < layer.in(); ++i) {
      for (std::size_t j = 0; j < layer.out(); ++j) floats.push_back(&layer.weights(i, j));
    }
    for (std::size_t j = 0; j < layer.out(); ++j) floats.push_back(&layer.bias[j]);
  }
  const std::vector<double*> doubles = plain.Parameters();
  for (std::size_t k = 0; k < floats.size(); ++k) *floats[k] = static_cast<float>(*doubles[k]);
  Workspace space = network.MakeWorkspace(kCount, false);
  const auto float_loss = [&] {
    double losses[kCount], sum = 0.0;
    network.Forward(x.view(), kCount, space);
    network.Evaluate(Loss::Named("mse"), y.view(), {0, kCount}, 1.0, losses, space);
    for (const double each : losses) sum += each;
    return static_cast<float>(sum / kCount);  // a loss in float is what a float program has
  };

  double h = 1.0;
  for (int e = 0; e < exponent; ++e) h /= 10.0;
  const std::vector<double> right = plain.BackPropagate(batch, plain.Forward(batch));
  const double loss = plain.MeanLoss(batch);
  std::vector<double> one_sided, central_float;
  for (std::size_t k = 0; k < doubles.size(); ++k) {
    const double saved = *doubles[k];
    *doubles[k] = saved + h;
    one_sided.push_back((plain.MeanLoss(batch) - loss) / h);
    *doubles[k] = saved;

    const float saved_float = *floats[k];
    *floats[k] = saved_float + static_cast<float>(h);
    const double above = float_loss(), up = *floats[k];
    *floats[k] = saved_float - static_cast<float>(h);
    const double apart = up - static_cast<double>(*floats[k]);
    central_float.push_back(apart > 0.0 ? (above - static_cast<double>(float_loss())) / apart
                                        : 0.0);
    *floats[k] = saved_float;
  }
  row.values.Set("central", Deviation(plain.Differences(batch, h), right));
  row.values.Set("one_sided", Deviation(one_sided, right));
  row.values.Set("central_float", Deviation(central_float, right));
}

}  // namespace lanegrad
