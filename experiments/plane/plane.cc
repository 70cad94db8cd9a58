// SPDX-License-Identifier: Apache-2.0
#include "experiments/plane/plane.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "kernels/elementary.h"

namespace lanegrad {
namespace {

constexpr std::string_view kLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-";

// The values of all layers in the middle of each pixel.
Workspace OverPlane(const Network& network, const PlaneGrid& grid) {
  const std::size_t pixels = grid.side * grid.side;
  const auto side = static_cast<double>(grid.side);
  Matrix x(pixels, 2);
  for (std::size_t k = 0; k < pixels; ++k) {
    const std::size_t row = k / grid.side, column = k % grid.side;
    const double across = (static_cast<double>(column) + 0.5) / side;
    const double down = (static_cast<double>(row) + 0.5) / side;
    x(k, 0) = static_cast<float>(grid.left + (grid.right - grid.left) * across);
    x(k, 1) = static_cast<float>(grid.top - (grid.top - grid.bottom) * down);
  }
  Workspace space = network.MakeWorkspace(pixels, false);
  network.Forward(x.view(), pixels, space);
  return space;
}

std::size_t Largest(const Matrix& outputs, std::size_t row) {
  std::size_t largest = 0;
  for (std::size_t j = 1; j < outputs.cols(); ++j) {
    if (outputs(row, j) > outputs(row, largest)) largest = j;
  }
  return largest;
}

}  // namespace

std::vector<double> UnitOverPlane(const Network& network, const PlaneGrid& grid, std::size_t layer,
                                  std::size_t unit) {
  if (layer >= network.layers().size() || unit >= network.layers()[layer].out()) {
    throw std::out_of_range("no such unit");
  }
  const Workspace space = OverPlane(network, grid);
  std::vector<double> values;
  for (std::size_t k = 0; k < grid.side * grid.side; ++k) {
    values.push_back(space.values[layer](k, unit));
  }
  return values;
}

std::vector<double> AnswerOverPlane(const Network& network, const PlaneGrid& grid) {
  const Workspace space = OverPlane(network, grid);
  const Matrix& outputs = space.values.back();
  std::vector<double> values;
  for (std::size_t k = 0; k < grid.side * grid.side; ++k) {
    if (outputs.cols() == 1) {
      values.push_back(2.0 * outputs(k, 0) - 1.0);
    } else if (outputs.cols() == 2) {
      values.push_back(static_cast<double>(outputs(k, 1)) - outputs(k, 0));
    } else {
      values.push_back(2.0 * static_cast<double>(Largest(outputs, k)) /
                           static_cast<double>(outputs.cols() - 1) -
                       1.0);
    }
  }
  return values;
}

double BestLine(const Samples& samples, std::size_t directions) {
  if (samples.features != 2 || samples.values.empty()) throw DataError("not points of a plane");
  constexpr double kPi = 3.141592653589793;
  const double all = static_cast<double>(samples.count);
  double best = 0.0;
  std::vector<std::pair<double, int>> projected(samples.count);
  // [best-line]
  for (std::size_t d = 0; d < directions; ++d) {
    const double angle = kPi * static_cast<double>(d) / static_cast<double>(directions);
    const double x = Cosine(angle), y = Cosine(angle - 0.5 * kPi);
    for (std::size_t s = 0; s < samples.count; ++s) {
      projected[s] = {x * samples.values[2 * s] + y * samples.values[2 * s + 1], samples.labels[s]};
    }
    std::sort(projected.begin(), projected.end());
    // Sweep the line across: class 0 before it and class 1 behind it are right, or the reverse.
    double right = 0.0;
    for (const auto& [place, label] : projected) right += label;
    best = std::max({best, right / all, 1.0 - right / all});
    for (std::size_t s = 0; s < samples.count; ++s) {
      right += projected[s].second == 0 ? 1.0 : -1.0;
      if (s + 1 < samples.count && projected[s].first == projected[s + 1].first) continue;
      best = std::max({best, right / all, 1.0 - right / all});
    }
  }
  // [best-line]
  return best;
}

Network Folded(const Network& network) {
  const std::size_t inputs = network.inputs();
  // [fold]
  // Row `inputs` is the bias: it goes through all layers as an input that is always 1.
  std::vector<std::vector<double>> product(inputs + 1, std::vector<double>(inputs, 0.0));
  for (std::size_t i = 0; i < inputs; ++i) product[i][i] = 1.0;
  for (std::size_t l = 0; l < network.layers().size(); ++l) {
    const Layer& layer = network.layers()[l];
    if (l + 1 < network.layers().size() && layer.activation.info().name != "identity") {
      throw std::invalid_argument("only layers without activation can be multiplied out");
    }
    for (std::size_t i = 0; i <= inputs; ++i) {
      std::vector<double> next(layer.out());
      for (std::size_t j = 0; j < layer.out(); ++j) {
        for (std::size_t k = 0; k < layer.in(); ++k) next[j] += product[i][k] * layer.weights(k, j);
        if (i == inputs) next[j] += layer.bias[j];
      }
      product[i] = std::move(next);
    }
  }
  // [fold]
  const std::size_t sizes[] = {inputs, network.outputs()};
  Network folded(sizes, Activation::Named("identity"),
                 Output{.activation = network.layers().back().activation, .head = network.head()});
  Layer& only = folded.layers()[0];
  for (std::size_t j = 0; j < network.outputs(); ++j) {
    for (std::size_t i = 0; i < inputs; ++i) {
      only.weights(i, j) = static_cast<float>(product[i][j]);
    }
    only.bias[j] = static_cast<float>(product[inputs][j]);
  }
  return folded;
}

std::vector<std::size_t> Answers(const Network& network, const Samples& samples) {
  if (samples.features != 2 || samples.values.empty()) throw DataError("not points of a plane");
  Matrix x(samples.count, 2);
  for (std::size_t s = 0; s < samples.count; ++s) {
    x(s, 0) = samples.values[2 * s];
    x(s, 1) = samples.values[2 * s + 1];
  }
  Workspace space = network.MakeWorkspace(samples.count, false);
  network.Forward(x.view(), samples.count, space);
  const Matrix& outputs = space.values.back();
  std::vector<std::size_t> answers;
  for (std::size_t s = 0; s < samples.count; ++s) {
    answers.push_back(outputs.cols() == 1 ? outputs(s, 0) > 0.5f : Largest(outputs, s));
  }
  return answers;
}

std::string LevelText(std::span<const double> values, double low, double high) {
  std::string text;
  for (const double value : values) {
    const double level = (value - low) / (high - low) * static_cast<double>(kLetters.size());
    const double most = static_cast<double>(kLetters.size() - 1);
    text += kLetters[level > 0.0 ? static_cast<std::size_t>(std::min(level, most)) : 0];
  }
  return text;
}

std::vector<double> Levels(std::string_view text, double low, double high) {
  std::vector<double> values;
  for (const char letter : text) {
    const std::size_t level = kLetters.find(letter);
    if (level == kLetters.npos) throw DataError("a letter that is no level of a picture");
    values.push_back(low + (high - low) * (static_cast<double>(level) + 0.5) /
                               static_cast<double>(kLetters.size()));
  }
  return values;
}

}  // namespace lanegrad
