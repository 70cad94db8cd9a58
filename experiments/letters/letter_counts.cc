// SPDX-License-Identifier: Apache-2.0
#include "experiments/letters/letter_counts.h"

#include <algorithm>
#include <numbers>
#include <stdexcept>

#include "kernels/elementary.h"

namespace lanegrad {
namespace {

// 27^13 < 2^62: the last `length` letters as a number.
std::uint64_t Code(std::span<const std::uint8_t> history, std::size_t length) {
  std::uint64_t code = 0;
  for (const std::uint8_t letter : history.last(length)) code = code * kLetters + letter;
  return code;
}

}  // namespace

LetterCounts::LetterCounts(std::span<const std::uint8_t> text, std::size_t order)
    : tables_(order + 1) {
  if (order > 12) throw std::invalid_argument("histories have 12 letters at most");
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (std::size_t length = 0; length <= std::min(i, order); ++length) {
      Seen& seen = tables_[length][Code(text.first(i), length)];
      if (seen.counts[text[i]]++ == 0) ++seen.kinds;
      ++seen.all;
    }
  }
}

// [witten-bell]
double LetterCounts::Probability(std::span<const std::uint8_t> history, std::uint8_t next) const {
  double probability = 1.0 / static_cast<double>(kLetters);
  for (std::size_t length = 0; length <= std::min(history.size(), order()); ++length) {
    const auto found = tables_[length].find(Code(history, length));
    if (found == tables_[length].end()) break;  // nor has a longer one been seen
    const Seen& seen = found->second;
    const double kinds = seen.kinds;
    probability = (seen.counts[next] + kinds * probability) / (seen.all + kinds);
  }
  return probability;
}
// [witten-bell]

double BitsPerLetter(const LetterCounts& counts, std::span<const std::uint8_t> text,
                     std::size_t skip) {
  if (text.size() <= skip) throw std::invalid_argument("no letters to be judged by");
  double sum = 0.0;
  for (std::size_t i = skip; i < text.size(); ++i) {
    sum -= Logarithm(counts.Probability(text.first(i), text[i]));
  }
  return sum / (std::numbers::ln2 * static_cast<double>(text.size() - skip));
}

double Perplexity(double bits) { return Exponential(bits * std::numbers::ln2); }

}  // namespace lanegrad
