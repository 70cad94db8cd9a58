/// @file
/// A data set of two inputs, made rather than read.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_TESTS_MOONS_H_
#define LANEGRAD_TESTS_MOONS_H_

#include "network/synthetic.h"

namespace lanegrad {

/// Two moons, made once a program.
inline const Dataset& Moons() {
  static const Dataset data = LoadData("moons");
  return data;
}

}  // namespace lanegrad

#endif  // LANEGRAD_TESTS_MOONS_H_
