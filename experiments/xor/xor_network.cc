// SPDX-License-Identifier: Apache-2.0
//
// A network that learns xor, in plain loops.
#include "experiments/xor/xor_network.h"

#include <cmath>
#include <stdexcept>

#include "kernels/random.h"

namespace lanegrad {
namespace {

void Forward(const XorNetwork& network, const ActivationSweep& hidden,
             const ActivationSweep& output, XorPass& pass) {
  const std::size_t width = network.width;
  for (std::size_t s = 0; s < kXorRows; ++s) {
    for (std::size_t j = 0; j < width; ++j) {
      pass.z1[s * width + j] = network.b1[j] + kXorInputs[s][0] * network.w1[j] +
                               kXorInputs[s][1] * network.w1[width + j];
    }
  }
  hidden(pass.z1.data(), kXorRows * width, pass.a1.data(), pass.slopes1.data());
  for (std::size_t s = 0; s < kXorRows; ++s) {
    float z = network.b2;
    for (std::size_t j = 0; j < width; ++j) z += pass.a1[s * width + j] * network.w2[j];
    pass.z2[s] = z;
  }
  output(pass.z2.data(), kXorRows, pass.a2.data(), pass.slopes2.data());
}

// [xor-step]
void Step(XorNetwork& network, const XorNetwork& gradient, float rate) {
  for (std::size_t k = 0; k < 2 * network.width; ++k) network.w1[k] -= rate * gradient.w1[k];
  for (std::size_t j = 0; j < network.width; ++j) network.w2[j] -= rate * gradient.w2[j];
  if (!network.biases) return;
  for (std::size_t j = 0; j < network.width; ++j) network.b1[j] -= rate * gradient.b1[j];
  network.b2 -= rate * gradient.b2;
}
// [xor-step]

std::size_t DeadUnits(const XorNetwork& network, const XorPass& pass) {
  std::size_t dead = 0;
  for (std::size_t j = 0; j < network.width; ++j) {
    bool flat = true;
    for (std::size_t s = 0; s < kXorRows; ++s) {
      flat = flat && pass.slopes1[s * network.width + j] == 0.0f;
    }
    dead += flat;
  }
  return dead;
}

void Gradient(const XorNetwork& network, const XorPass& pass, XorLoss loss, XorNetwork& gradient) {
  const std::size_t width = network.width;
  for (std::size_t k = 0; k < 2 * width; ++k) gradient.w1[k] = 0.0f;
  for (std::size_t j = 0; j < width; ++j) gradient.b1[j] = gradient.w2[j] = 0.0f;
  gradient.b2 = 0.0f;
  // [xor-gradient]
  for (std::size_t s = 0; s < kXorRows; ++s) {
    const float error = pass.a2[s] - kXorTargets[s];
    // Cross-entropy of a sigmoid: the slope cancels.
    const float delta2 = loss == XorLoss::kCrossEntropy ? error / kXorRows
                                                        : 2.0f * error * pass.slopes2[s] / kXorRows;
    for (std::size_t j = 0; j < width; ++j) {
      const float delta1 = delta2 * network.w2[j] * pass.slopes1[s * width + j];
      gradient.w2[j] += pass.a1[s * width + j] * delta2;
      gradient.w1[j] += kXorInputs[s][0] * delta1;
      gradient.w1[width + j] += kXorInputs[s][1] * delta1;
      gradient.b1[j] += delta1;
    }
    gradient.b2 += delta2;
  }
  // [xor-gradient]
}

}  // namespace

XorNetwork MakeXorNetwork(std::size_t width, Activation activation, XorStart start,
                          std::uint64_t seed) {
  if (width == 0 || width > kXorMaxWidth) {
    throw std::invalid_argument("a network for xor has 1 to 16 hidden units");
  }
  XorNetwork network = {.width = width, .activation = activation};
  network.biases = start != XorStart::kArticle;
  const auto draw = [&](RandomStream& random, std::size_t in, std::size_t out) {
    const float u = random.Uniform();
    if (start != XorStart::kGlorot) return u;
    return (2.0f * u - 1.0f) * std::sqrt(6.0f / static_cast<float>(in + out));
  };
  RandomStream first(seed, Stream::kWeights, 0), second(seed, Stream::kWeights, 1);
  for (std::size_t k = 0; k < 2 * width; ++k) network.w1[k] = draw(first, 2, width);
  for (std::size_t j = 0; j < width; ++j) network.w2[j] = draw(second, width, 1);
  return network;
}

XorPass Forward(const XorNetwork& network) {
  XorPass pass;
  Forward(network, SweepOf(network.activation), SweepOf(Activation::Named("sigmoid")), pass);
  return pass;
}

XorNetwork Gradient(const XorNetwork& network, const XorPass& pass, XorLoss loss) {
  XorNetwork gradient = network;
  Gradient(network, pass, loss, gradient);
  return gradient;
}

double XorError(const std::array<float, kXorRows>& answers) {
  double sum = 0.0;
  for (std::size_t s = 0; s < kXorRows; ++s) {
    const double error = static_cast<double>(answers[s]) - static_cast<double>(kXorTargets[s]);
    sum += error * error;
  }
  return sum / kXorRows;
}

bool Learned(const std::array<float, kXorRows>& answers, float margin) {
  for (std::size_t s = 0; s < kXorRows; ++s) {
    // Written so that NaN is not within any margin.
    if (!(std::fabs(answers[s] - kXorTargets[s]) <= margin)) return false;
  }
  return true;
}

XorEnding EndingOf(const std::array<float, kXorRows>& answers, float tolerance) {
  // The mean of its group's targets is what a network answers that cannot tell the group apart.
  const auto matches = [&](std::size_t group) {
    float sum = 0.0f, count = 0.0f;
    for (std::size_t s = 0; s < kXorRows; ++s) {
      if ((group >> s & 1) == 0) continue;
      sum += kXorTargets[s];
      count += 1.0f;
    }
    for (std::size_t s = 0; s < kXorRows; ++s) {
      const float expected = (group >> s & 1) != 0 ? sum / count : kXorTargets[s];
      if (!(std::fabs(answers[s] - expected) <= tolerance)) return false;
    }
    return true;
  };
  if (matches(0b1111)) return XorEnding::kHalves;
  for (const std::size_t group : {0b0111u, 0b1011u, 0b1101u, 0b1110u}) {
    if (matches(group)) return XorEnding::kTriple;
  }
  // A pair of equal targets would be right.
  for (const std::size_t group : {0b0011u, 0b0101u, 0b1010u, 0b1100u}) {
    if (matches(group)) return XorEnding::kPair;
  }
  return XorEnding::kOther;
}

// [xor-train]
XorEnd Train(XorNetwork& network, XorLoss loss, float rate, std::size_t steps) {
  const ActivationSweep hidden = SweepOf(network.activation);
  const ActivationSweep output = SweepOf(Activation::Named("sigmoid"));
  XorPass pass;
  XorNetwork gradient = network;
  XorEnd end;
  for (;; ++end.steps) {
    Forward(network, hidden, output, pass);
    end.learned = Learned(pass.a2);
    if (end.learned || end.steps == steps) break;
    Gradient(network, pass, loss, gradient);
    Step(network, gradient, rate);
  }
  end.answers = pass.a2;
  end.dead = DeadUnits(network, pass);
  return end;
}
// [xor-train]

XorNetwork Rounded(const XorNetwork& network, int decimals) {
  XorNetwork rounded = network;
  float scale = 1.0f;
  for (int d = 0; d < decimals; ++d) scale *= 10.0f;
  const auto round = [scale](float& weight) {
    // Adding zero turns a rounded -0 into 0.
    weight = std::nearbyint(weight * scale) / scale + 0.0f;
  };
  for (float& weight : rounded.w1) round(weight);
  for (float& weight : rounded.b1) round(weight);
  for (float& weight : rounded.w2) round(weight);
  round(rounded.b2);
  return rounded;
}

}  // namespace lanegrad
