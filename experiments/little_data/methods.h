/// @file
/// Who takes part in chapter 5.3: a network without anything against overfitting, the same with
/// one regulariser each, and a network without hidden layer.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_LITTLE_DATA_METHODS_H_
#define LANEGRAD_EXPERIMENTS_LITTLE_DATA_METHODS_H_

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "network/settings.h"

namespace lanegrad {

/// One way to train.
struct Method {
  std::string_view name;                       ///< "dropout"; the setting of its rows.
  std::string_view label;                      ///< "dropout", in figures.
  std::string_view strength;                   ///< What its two strengths are, in words.
  std::vector<double> strengths;               ///< Weak and strong; empty: it has none.
  void (*apply)(Settings&, double) = nullptr;  ///< Sets a strength; null: nothing to set.
  bool shifts = false;                         ///< Learns from shifted copies as well.
  bool stops_early = false;                    ///< Needs held-out samples to the end.
  bool regulariser() const { return !strengths.empty(); }  ///< Whether it is one.
};

/// All: "none", "linear", then the regularisers.
std::span<const Method> Methods();
/// That of a name. Throws std::invalid_argument where there is none.
const Method& MethodNamed(std::string_view name);

/// What is tried: a rate, and a strength where there is one.
struct LittleTrial {
  double rate = 0.0;      ///< Learning rate.
  double strength = 0.0;  ///< Of the regulariser.
};

/// Six trials of every method, in one range of rates: six rates; or three, each in the middle of
/// two of those, with two strengths.
std::vector<LittleTrial> TrialsOf(const Method& method);
/// How many they are.
inline constexpr std::size_t kTrials = 6;

/// An image, and so many copies of it less one, make the data of shifts.
inline constexpr std::size_t kCopies = 5;

/// The settings of a trial: 784-64-10 with ReLU, or 784-10, by plain descent in batches of 32,
/// with a rate that falls to zero along a cosine.
/// Of shifts, an epoch goes over every copy, and there are fewer of them, so that all methods see
/// as many samples. `passes` is a multiple of kCopies.
Settings SettingsOf(const Method& method, const LittleTrial& trial, std::size_t passes);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_LITTLE_DATA_METHODS_H_
