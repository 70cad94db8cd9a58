// SPDX-License-Identifier: Apache-2.0
#include "experiments/letters/letter_network.h"

#include <algorithm>
#include <array>
#include <sstream>
#include <stdexcept>

#include "kernels/elementary.h"
#include "kernels/matrix.h"
#include "kernels/random.h"

namespace lanegrad {

// [letter-samples]
Samples LetterSamples(std::span<const std::uint8_t> text, std::size_t context) {
  if (text.size() <= context) throw std::invalid_argument("a text is longer than its context");
  Samples samples;
  samples.count = text.size() - context;
  samples.features = context * kLetters;
  samples.bytes.assign(samples.count * samples.features, 0);
  for (std::size_t i = 0; i < samples.count; ++i) {
    for (std::size_t j = 0; j < context; ++j) {
      samples.bytes[i * samples.features + j * kLetters + text[i + j]] = 255;
    }
    samples.labels.push_back(text[i + context]);
  }
  return samples;
}
// [letter-samples]

// [write]
Letters Write(const Network& network, std::span<const std::uint8_t> start, double temperature,
              std::size_t count, std::uint64_t seed) {
  const std::size_t context = network.inputs() / kLetters;
  if (start.size() < context) throw std::invalid_argument("too few letters to go on from");
  Letters text(start.end() - static_cast<std::ptrdiff_t>(context), start.end());
  RandomStream chance(seed, Stream::kNoise);
  Workspace space = network.MakeWorkspace(1, false);
  Matrix x(1, network.inputs());
  for (std::size_t written = 0; written < count; ++written) {
    for (std::size_t j = 0; j < network.inputs(); ++j) x(0, j) = 0.0f;
    for (std::size_t j = 0; j < context; ++j) x(0, j * kLetters + text[written + j]) = 1.0f;
    network.Forward(x.view(), 1, space);
    std::array<double, kLetters> weight{};
    double most = space.values.back()(0, 0), sum = 0.0;
    for (std::size_t c = 1; c < kLetters; ++c) {
      most = std::max(most, static_cast<double>(space.values.back()(0, c)));
    }
    for (std::size_t c = 0; c < kLetters; ++c) {
      weight[c] = Exponential((space.values.back()(0, c) - most) / temperature);
      sum += weight[c];
    }
    double left = sum * static_cast<double>(chance.Uniform());
    std::size_t next = 0;
    while (next + 1 < kLetters && left >= weight[next]) left -= weight[next++];
    text.push_back(static_cast<std::uint8_t>(next));
  }
  text.erase(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(context));
  return text;
}
// [write]

double KnownWordShare(std::span<const std::uint8_t> text, const std::set<std::string>& known) {
  const auto first = std::find(text.begin(), text.end(), 0);
  const auto last = std::find(text.rbegin(), text.rend(), 0).base();
  if (first >= last) return 0.0;
  std::istringstream words(ToText(std::span(first, last)));
  std::size_t all = 0, right = 0;
  for (std::string word; words >> word; ++all) right += known.count(word);
  return all == 0 ? 0.0 : static_cast<double>(right) / static_cast<double>(all);
}

}  // namespace lanegrad
