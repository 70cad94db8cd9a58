// SPDX-License-Identifier: Apache-2.0
#include "network/confusion.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "network/evaluation.h"

namespace lanegrad {
namespace {

// What the loss itself makes of outputs, for a reader: the softmax of a row, or of each the
// sigmoid; else they stay.
bool MakeProbabilities(const Network& network, Loss loss, Range rows, Panels outputs) {
  if (loss.info().outputs == Outputs::kLogits && loss.info().min_outputs > 1) {
    Apply(Head::Named("softmax"), rows, outputs);
    return true;
  }
  if (loss.info().outputs == Outputs::kLogits) {
    const Activation sigmoid = Activation::Named("sigmoid");
    for (std::size_t r = rows.begin; r < rows.end; ++r) {
      for (std::size_t j = 0; j < outputs.cols; ++j) {
        float& output = outputs.At(r, j);
        float slope;
        Activate(sigmoid, &output, 1, &output, &slope);
      }
    }
    return true;
  }
  return network.head() && network.head()->info().name == "softmax";
}

// The class that a row of outputs names; none where one is not a number.
std::optional<std::size_t> NamedBy(ConstPanels outputs, std::size_t row, float threshold) {
  if (outputs.cols == 1) {
    const float output = outputs.At(row, 0);
    if (std::isnan(output)) return {};
    return output > threshold ? 1 : 0;
  }
  std::size_t largest = 0;
  for (std::size_t j = 0; j < outputs.cols; ++j) {
    const float output = outputs.At(row, j);
    if (std::isnan(output)) return {};
    if (output > outputs.At(row, largest)) largest = j;
  }
  return largest;
}

// What the network says of a class. Of one output, `probability`: that of class 1.
float SaysOf(ConstPanels outputs, std::size_t row, std::size_t label, bool probability) {
  if (outputs.cols > 1) return outputs.At(row, label);
  const float one = outputs.At(row, 0);
  return probability && label == 0 ? 1.0f - one : one;
}

// A mistake, and how far it is from right.
struct Miss {
  Mistake mistake;
  float distance = 0.0f;
};

bool Worse(const Miss& a, const Miss& b) {
  if (a.distance != b.distance) return a.distance > b.distance;
  return a.mistake.sample < b.mistake.sample;
}

}  // namespace

std::size_t Confusion::OfClass(std::size_t label) const {
  std::size_t sum = 0;
  for (std::size_t named = 0; named < classes; ++named) sum += Count(label, named);
  return sum;
}

std::size_t Confusion::Named(std::size_t named) const {
  std::size_t sum = 0;
  for (std::size_t label = 0; label < classes; ++label) sum += Count(label, named);
  return sum;
}

double Confusion::Recall(std::size_t label) const {
  return static_cast<double>(Count(label, label)) / static_cast<double>(OfClass(label));
}

double Confusion::Precision(std::size_t named) const {
  return static_cast<double>(Count(named, named)) / static_cast<double>(Named(named));
}

Confusion Confuse(const Network& network, Loss loss, const Samples& samples, std::size_t most,
                  const InputScaling& scaling, std::span<const std::uint32_t> chosen) {
  Confusion confusion;
  confusion.classes = std::max<std::size_t>(2, network.outputs());
  confusion.counts.resize(confusion.classes * confusion.classes);
  std::vector<Miss> misses;
  std::vector<std::uint32_t> all(chosen.begin(), chosen.end());
  if (chosen.empty()) {
    all.resize(samples.count);
    std::iota(all.begin(), all.end(), 0u);
  }
  Matrix x(kEvaluationChunk, network.inputs()), y(kEvaluationChunk, network.outputs());
  Workspace space = network.MakeWorkspace(kEvaluationChunk, false);
  const float threshold = loss.info().threshold;
  for (std::size_t first = 0; first < all.size(); first += kEvaluationChunk) {
    const Range rows = {0, std::min(kEvaluationChunk, all.size() - first)};
    const auto chunk = std::span(all).subspan(first, rows.size());
    Gather(samples, chunk, rows, x.view(), y.view());
    scaling.Apply(rows, x.view());
    network.Forward(x.view(), rows.size(), space);
    const Panels outputs = space.values.back().view();
    const std::size_t kept = misses.size();
    for (std::size_t r = 0; r < rows.end; ++r) {
      const std::optional<std::size_t> named = NamedBy(outputs, r, threshold);
      if (!named) continue;
      const std::uint8_t label = samples.labels[chunk[r]];
      ++confusion.counts[label * confusion.classes + *named];
      if (*named == label) continue;
      const float distance = outputs.cols == 1 ? std::fabs(outputs.At(r, 0) - threshold)
                                               : outputs.At(r, *named) - outputs.At(r, label);
      misses.push_back(
          {{.sample = chunk[r], .label = label, .named = static_cast<std::uint8_t>(*named)},
           distance});
    }
    confusion.probabilities = MakeProbabilities(network, loss, rows, outputs);
    for (std::size_t i = kept; i < misses.size(); ++i) {
      Mistake& mistake = misses[i].mistake;
      // Samples are in increasing order in a chunk, as they are in `all`.
      const auto place = std::lower_bound(chunk.begin(), chunk.end(), mistake.sample);
      const auto r = static_cast<std::size_t>(place - chunk.begin());
      mistake.named_output = SaysOf(outputs, r, mistake.named, confusion.probabilities);
      mistake.label_output = SaysOf(outputs, r, mistake.label, confusion.probabilities);
    }
  }
  most = std::min(most, misses.size());
  std::partial_sort(misses.begin(), misses.begin() + static_cast<std::ptrdiff_t>(most),
                    misses.end(), Worse);
  for (std::size_t i = 0; i < most; ++i) confusion.mistakes.push_back(misses[i].mistake);
  return confusion;
}

}  // namespace lanegrad
