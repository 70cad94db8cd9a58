/// @file
/// A product's numeric specification, for tests that compare bits.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_TESTS_SPECIFIED_SUM_H_
#define LANEGRAD_TESTS_SPECIFIED_SUM_H_

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "kernels/gemm.h"

namespace lanegrad {

/// The sum of left(k) * right(k), as gemm.h states it, written as plainly as it can be.
template <class Left, class Right>
float SpecifiedSum(std::size_t terms, Left left, Right right) {
  float total = 0.0f;
  for (std::size_t block = 0; block < terms; block += kSumBlock) {
    float sum = 0.0f;
    for (std::size_t k = block; k < std::min(terms, block + kSumBlock); ++k) {
      sum = std::fma(left(k), right(k), sum);
    }
    total = block == 0 ? sum : total + sum;
  }
  return total;
}

}  // namespace lanegrad

#endif  // LANEGRAD_TESTS_SPECIFIED_SUM_H_
