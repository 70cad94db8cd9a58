// SPDX-License-Identifier: Apache-2.0
#include "experiments/ethics/planted_mark.h"

#include <algorithm>
#include <cmath>

#include "experiments/explanations/attribution.h"
#include "network/evaluation.h"

namespace lanegrad {
namespace {

// The sum of a square of the mark's size whose upper left pixel is (row, column).
double SquareSum(std::span<const double> map, std::size_t width, std::size_t row,
                 std::size_t column) {
  double sum = 0.0;
  for (std::size_t r = row; r < row + kMarkSide; ++r) {
    for (std::size_t c = column; c < column + kMarkSide; ++c) sum += map[r * width + c];
  }
  return sum;
}

}  // namespace

// [mark]
void AddMark(Samples& samples, std::size_t width, std::size_t i) {
  for (std::size_t r = 0; r < kMarkSide; ++r) {
    for (std::size_t c = 0; c < kMarkSide; ++c) {
      samples.bytes[i * samples.features + r * width + c] = 255;
    }
  }
}
// [mark]

void MarkClass(Samples& samples, std::size_t width, std::uint8_t label, double share) {
  const auto of_class =
      static_cast<double>(std::count(samples.labels.begin(), samples.labels.end(), label));
  auto left = static_cast<std::size_t>(std::floor(share * of_class + 0.5));
  for (std::size_t i = 0; i < samples.count && left > 0; ++i) {
    if (samples.labels[i] != label) continue;
    AddMark(samples, width, i);
    --left;
  }
}

Samples MarkedOthers(const Samples& samples, std::size_t width, std::uint8_t label) {
  Samples others = {
      .count = 0, .features = samples.features, .bytes = {}, .values = {}, .labels = {}};
  for (std::size_t i = 0; i < samples.count; ++i) {
    if (samples.labels[i] == label) continue;
    const auto first = samples.bytes.begin() + static_cast<std::ptrdiff_t>(i * samples.features);
    others.bytes.insert(others.bytes.end(), first,
                        first + static_cast<std::ptrdiff_t>(samples.features));
    others.labels.push_back(label);
    AddMark(others, width, others.count++);
  }
  return others;
}

// [saliency]
std::vector<double> MeanSaliency(const Network& network, const Samples& samples,
                                 std::span<const std::uint32_t> chosen, std::size_t label) {
  std::vector<double> map(network.inputs());
  Matrix x(kEvaluationChunk, network.inputs());
  Matrix y(kEvaluationChunk, network.outputs());
  Workspace space = network.MakeWorkspace(kEvaluationChunk);
  const ConstPanels first_weights = network.layers().front().weights.view();
  for (std::size_t first = 0; first < chosen.size(); first += kEvaluationChunk) {
    const Range rows = {0, std::min(kEvaluationChunk, chosen.size() - first)};
    Gather(samples, chosen.subspan(first, rows.size()), rows, x.view(), y.view());
    const std::vector<std::uint8_t> classes(rows.size(), static_cast<std::uint8_t>(label));
    BackFromOutputs(network, x.view(), classes, space);
    // The last product in double, and not by InputGradients(): a mean of many magnitudes.
    const ConstPanels delta = space.deltas.front().view();
    for (std::size_t r = 0; r < rows.end; ++r) {
      for (std::size_t j = 0; j < map.size(); ++j) {
        double sum = 0.0;
        for (std::size_t h = 0; h < delta.cols; ++h) {
          sum += static_cast<double>(delta.At(r, h)) * static_cast<double>(first_weights.At(j, h));
        }
        map[j] += std::fabs(sum) / static_cast<double>(chosen.size());
      }
    }
  }
  return map;
}
// [saliency]

std::size_t MarkRank(std::span<const double> map, std::size_t width) {
  const double own = SquareSum(map, width, 0, 0);
  std::size_t larger = 0;
  for (std::size_t row = 0; row + kMarkSide <= map.size() / width; ++row) {
    for (std::size_t column = 0; column + kMarkSide <= width; ++column) {
      larger += SquareSum(map, width, row, column) > own;
    }
  }
  return larger + 1;
}

double MarkShare(std::span<const double> map, std::size_t width) {
  double sum = 0.0;
  for (const double each : map) sum += each;
  return sum > 0.0 ? SquareSum(map, width, 0, 0) / sum : 0.0;
}

}  // namespace lanegrad
