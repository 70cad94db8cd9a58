/// @file
/// Small networks whose weights were chosen by hand, for figures in which something can be moved.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_DOCS_HAND_NETWORKS_H_
#define LANEGRAD_DOCS_HAND_NETWORKS_H_

#include <array>
#include <string_view>
#include <vector>

#include "experiments/explanations/attribution.h"
#include "network/network.h"

namespace lanegrad {

/// Chapter 3.1: 2-2-1, two sigmoids and a linear output.
Network ForwardNetwork();
/// The inputs at which the figure of that chapter begins.
inline constexpr std::array<float, 2> kForwardInputs = {0.6f, 0.2f};

/// Chapter 5.4: a network of relu with two pixels, whose decision anybody can state.
struct PixelNetwork {
  std::string_view rule;  ///< "either pixel is enough".
  Network network;        ///< One linear output.
};

/// All of them, the one at which the figure begins first.
std::vector<PixelNetwork> PixelNetworks();

/// What a map says of both pixels of the picture (x1, x2), beside a picture of which both are
/// `reference`. Of occlusion, a patch is one pixel.
std::array<double, 2> PixelMapOf(MapKind kind, const Network& network, std::array<float, 2> x,
                                 float reference);

/// The output of a network of two inputs.
double OutputAt(const Network& network, std::array<float, 2> x);

}  // namespace lanegrad

#endif  // LANEGRAD_DOCS_HAND_NETWORKS_H_
