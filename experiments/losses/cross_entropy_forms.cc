// SPDX-License-Identifier: Apache-2.0
#include "experiments/losses/cross_entropy_forms.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "experiments/losses/calibration.h"
#include "experiments/losses/single_output.h"
#include "kernels/activation.h"
#include "kernels/elementary.h"
#include "kernels/matrix.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

double NaturalLogarithm(double x) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  return x > 0.0 ? Logarithm(x) : x == 0.0 ? -kInfinity : std::numeric_limits<double>::quiet_NaN();
}

float SigmoidFloat(float z) {
  float a = 0.0f, slope = 0.0f;
  Activate(Activation::Named("sigmoid"), &z, 1, &a, &slope);
  return a;
}

}  // namespace

// [written]
double WrittenCrossEntropy(double a, double y) {
  return -(y * NaturalLogarithm(a) + (1.0 - y) * NaturalLogarithm(1.0 - a));
}
// [written]

double FirstFailure(bool in_float, int most) {
  for (int z = 1; z <= most; ++z) {
    for (const double signed_z : {double(z), -double(z)}) {
      const double a = in_float ? SigmoidFloat(static_cast<float>(signed_z))
                                : 1.0 / (1.0 + Exponential(-signed_z));
      const double rest = in_float ? static_cast<double>(1.0f - static_cast<float>(a)) : 1.0 - a;
      for (const double y : {0.0, 1.0}) {
        const double loss = -(y * NaturalLogarithm(a) + (1.0 - y) * NaturalLogarithm(rest));
        if (!std::isfinite(loss)) return z;
      }
    }
  }
  return 0.0;
}

double KernelErrorUpTo(int most) {
  double largest = 0.0;
  for (int z = 20; z <= most; ++z) {
    const float logits[] = {static_cast<float>(z), static_cast<float>(-z)};
    const float targets[] = {0.0f, 1.0f};
    for (const double loss :
         EvaluateEach(Loss::Named("binary_cross_entropy"), logits, targets).losses) {
      const double error = std::fabs(loss - (z + Exponential(-z)));
      largest = std::isfinite(error) ? std::max(largest, error) : error;
    }
  }
  return largest;
}

double ShareComputable(std::string_view activation) {
  std::size_t finite = 0, all = 0;
  for (int i = -160; i <= 160; ++i, ++all) {
    const float z = 0.125f * static_cast<float>(i);
    float a = 0.0f, slope = 0.0f;
    Activate(Activation::Named(activation), &z, 1, &a, &slope);
    finite +=
        std::isfinite(WrittenCrossEntropy(a, 0.0)) && std::isfinite(WrittenCrossEntropy(a, 1.0));
  }
  return static_cast<double>(finite) / static_cast<double>(all);
}

TwoCrossEntropies CompareCrossEntropies(std::size_t classes, std::size_t samples,
                                        std::uint64_t seed) {
  RandomStream random(seed, Stream::kData);
  TwoCrossEntropies result;
  const Loss softmax = Loss::Named("softmax_cross_entropy");
  Matrix logits(1, classes), targets(1, classes);
  for (std::size_t s = 0; s < samples; ++s) {
    std::vector<double> z(classes);
    for (std::size_t k = 0; k < classes; ++k) {
      logits(0, k) = 2.0f * random.Normal();
      targets(0, k) = 0.0f;
      z[k] = logits(0, k);
    }
    const std::size_t label = random.Below(classes);
    targets(0, label) = 1.0f;
    double several = 0.0, written = 0.0;
    Evaluate(softmax, logits.view(), targets.view(), {0, 1}, 1.0, &several, {}, {});
    const std::vector<double> p = SoftmaxOf(z);
    if (classes == 2) {
      written =
          WrittenCrossEntropy(1.0 / (1.0 + Exponential(z[0] - z[1])), static_cast<double>(label));
    } else {
      for (std::size_t k = 0; k < classes; ++k) written += WrittenCrossEntropy(p[k], k == label);
    }
    result.binary += written / static_cast<double>(samples);
    result.softmax += several / static_cast<double>(samples);
    result.largest_difference = std::max(result.largest_difference, std::fabs(written - several));
  }
  return result;
}

}  // namespace lanegrad
