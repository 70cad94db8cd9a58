/// @file
/// Small data sets made from random streams: every machine makes the same bits.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_SYNTHETIC_H_
#define LANEGRAD_NETWORK_SYNTHETIC_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "network/dataset.h"

namespace lanegrad {

/// What to make.
struct SyntheticSettings {
  std::size_t train = 1000;  ///< Training samples.
  std::size_t test = 1000;   ///< Test samples.
  std::uint64_t seed = 1;    ///< Of the data, not of a run.
  float noise = 0.1f;        ///< Standard deviation of the noise on each feature.
};

/// A generator: one struct in synthetic.cc, one row here.
struct SyntheticInfo {
  std::string_view name;                      ///< As `--data` spells it.
  std::string_view summary;                   ///< One line.
  Dataset (*make)(const SyntheticSettings&);  ///< Makes it.
  std::string_view checksum;  ///< Of what it makes from default settings, on any machine.
};

/// Every generator there is.
std::span<const SyntheticInfo> SyntheticSets();

/// Loads data by what `--data` says: the name of a generator, or a directory of
/// IDX files. Throws DataError where it is neither, naming the near miss.
Dataset LoadData(std::string_view data, const SyntheticSettings& settings = {});

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_SYNTHETIC_H_
