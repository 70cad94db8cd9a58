/// @file
/// A small trained network that the figures of chapter 6.1 describe, change and rebuild.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_MOON_NETWORK_H_
#define LANEGRAD_DOCS_MOON_NETWORK_H_

#include "experiments/definition/description.h"

namespace lanegrad {

/// Sides of the square of the plane that is looked at; its corners are bytes 0 and 255.
inline constexpr double kMoonLeft = -1.6, kMoonBottom = -1.85, kMoonSide = 4.2;

/// The description of 2-8-2 with tanh, trained to tell two half circles apart, for inputs from 0 to
/// 1 over that square: as Answer() reads bytes. Cost: some tens of milliseconds.
Description MoonDescription();

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_MOON_NETWORK_H_
