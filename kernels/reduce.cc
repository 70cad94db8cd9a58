// SPDX-License-Identifier: Apache-2.0
//
// Plain loops: they run once an epoch over a number a sample, and their order is
// their meaning.
#include "kernels/reduce.h"

#include <bit>
#include <cmath>

namespace lanegrad {

double Sum(std::span<const double> terms) {
  double sums[16] = {};
  for (std::size_t i = 0; i < terms.size(); ++i) sums[i % 16] += terms[i];
  for (std::size_t half = 8; half > 0; half /= 2) {
    for (std::size_t i = 0; i < half; ++i) sums[i] += sums[i + half];
  }
  return sums[0];
}

std::size_t CountCorrect(ConstPanels output, const std::uint8_t* labels, Range rows,
                         float threshold) {
  std::size_t correct = 0;
  for (std::size_t r = rows.begin; r < rows.end; ++r) {
    if (output.cols == 1) {
      const float a = output.At(r, 0);
      if (!std::isnan(a)) correct += static_cast<std::size_t>((a > threshold) == (labels[r] != 0));
      continue;
    }
    std::size_t best = 0;
    float largest = output.At(r, 0);
    bool nan = std::isnan(largest);
    for (std::size_t c = 1; c < output.cols; ++c) {
      const float a = output.At(r, c);
      nan |= std::isnan(a);
      if (a > largest) {
        largest = a;
        best = c;
      }
    }
    correct += static_cast<std::size_t>(!nan && best == labels[r]);
  }
  return correct;
}

bool AllFinite(const float* values, std::size_t n) {
  // The exponent is all ones in infinities and NaNs alone.
  std::uint32_t bad = 0;
  for (std::size_t i = 0; i < n; ++i) {
    const std::uint32_t exponent = std::bit_cast<std::uint32_t>(values[i]) & 0x7f800000u;
    bad |= static_cast<std::uint32_t>(exponent == 0x7f800000u);
  }
  return bad == 0;
}

}  // namespace lanegrad
