// SPDX-License-Identifier: Apache-2.0
#include "experiments/losses/calibration.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "kernels/elementary.h"
#include "network/evaluation.h"

namespace lanegrad {

void Calibration::Add(std::span<const double> probabilities, std::size_t label) {
  const auto top = std::max_element(probabilities.begin(), probabilities.end());
  const double sure = *top;
  const bool correct = static_cast<std::size_t>(top - probabilities.begin()) == label;
  ++samples;
  confidence += sure;
  right += correct;
  for (std::size_t k = 0; k < probabilities.size(); ++k) {
    const double error = probabilities[k] - (k == label ? 1.0 : 0.0);
    squares += error * error;
  }
  surprise -= Logarithm(std::max(probabilities[label], 1e-30));
  const double place = std::clamp(sure, 0.0, 1.0) * static_cast<double>(kConfidenceBins);
  const std::size_t bin = std::min(kConfidenceBins - 1, static_cast<std::size_t>(place));
  bin_count[bin] += 1.0;
  bin_confidence[bin] += sure;
  bin_right[bin] += correct;
}

double Calibration::ExpectedError() const {
  double sum = 0.0;
  for (std::size_t bin = 0; bin < kConfidenceBins; ++bin) {
    sum += std::fabs(bin_right[bin] - bin_confidence[bin]);
  }
  return sum / static_cast<double>(samples);
}

std::vector<double> SoftmaxOf(std::span<const double> logits) {
  const double largest = *std::max_element(logits.begin(), logits.end());
  std::vector<double> p;
  double sum = 0.0;
  for (const double z : logits) {
    p.push_back(Exponential(z - largest));
    sum += p.back();
  }
  for (double& each : p) each /= sum;
  return p;
}

Calibration Calibrate(const Network& network, const Samples& samples) {
  Calibration calibration;
  std::vector<std::uint32_t> chosen(samples.count);
  std::iota(chosen.begin(), chosen.end(), 0u);
  Matrix x(kEvaluationChunk, network.inputs()), y(kEvaluationChunk, network.outputs());
  Workspace space = network.MakeWorkspace(kEvaluationChunk, false);
  std::vector<double> outputs(network.outputs());
  for (std::size_t first = 0; first < samples.count; first += kEvaluationChunk) {
    const Range rows = {0, std::min(kEvaluationChunk, samples.count - first)};
    Gather(samples, std::span(chosen).subspan(first, rows.size()), rows, x.view(), y.view());
    network.Forward(x.view(), rows.size(), space);
    for (std::size_t r = 0; r < rows.end; ++r) {
      for (std::size_t k = 0; k < outputs.size(); ++k) outputs[k] = space.values.back()(r, k);
      calibration.Add(network.head() ? outputs : SoftmaxOf(outputs), samples.labels[first + r]);
    }
  }
  return calibration;
}

}  // namespace lanegrad
