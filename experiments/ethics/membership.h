/// @file
/// Membership inference: can one tell from its loss whether a sample was learned from?
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_ETHICS_MEMBERSHIP_H_
#define LANEGRAD_EXPERIMENTS_ETHICS_MEMBERSHIP_H_

#include <cstdint>
#include <span>
#include <vector>

#include "network/dataset.h"
#include "network/network.h"

namespace lanegrad {

/// The loss of each sample of `chosen`. Cost: one forward pass.
std::vector<double> SampleLosses(const Network& network, Loss loss, const Samples& samples,
                                 std::span<const std::uint32_t> chosen);

/// The probability that a random member has a smaller loss than a random other, equal ones
/// counting one half: the area under the curve of true by false positives. One half is guessing.
/// Cost: sorting. [Hanley and McNeil 1982]
double AreaUnderCurve(const std::vector<double>& members, const std::vector<double>& others);

/// The share of members that an attacker names who calls member whatever has a loss of at most
/// `threshold`, minus the share of others that he names as well. [Yeom et al. 2018]
double Advantage(std::span<const double> members, std::span<const double> others, double threshold);

/// The largest share of members that a threshold names while it names at most `share` of the
/// others. [Carlini et al. 2022]
double TruePositives(std::span<const double> members, std::vector<double> others, double share);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_ETHICS_MEMBERSHIP_H_
