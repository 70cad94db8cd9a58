/// @file
/// Searches over several settings at once: which values are tried, whatever came of others.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RUNS_SEARCH_H_
#define LANEGRAD_EXPERIMENTS_RUNS_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "network/settings.h"

namespace lanegrad {

/// What is searched for, and how long.
struct Search {
  std::vector<std::string> settings;  ///< Their names, in the order of SettingsFields().
  std::size_t budget = 30;            ///< Settings that are tried, the same number for each cell.
  std::uint64_t seed = 1;             ///< Of the sequence.
};

/// Reads names, "rate,momentum,weight_decay": with dashes or underscores, in any order, each once.
/// They come back in the order of SettingsFields(). Throws UsageError for one that cannot be
/// searched for, with those that can, and UnknownName for one that there is not.
std::vector<std::string> ParseTuned(std::string_view list);

/// Number `index` (from 0) of a coordinate of a scrambled Halton sequence, in [0, 1): the digits of
/// the index in the base of `dimension` (the primes 2, 3, 5, ...), each permuted at random by its
/// place, mirrored at the point. Every point is uniform, and any first points of the sequence are
/// spread evenly: more budget goes on with the same points. The same bits everywhere. [Halton 1960;
/// Owen 2017, "A randomized Halton algorithm in R", arXiv:1706.02808, section 3]
/// Throws std::out_of_range beyond the 13th dimension. Cost: about 54 / log2(base) permutations.
double ScrambledHalton(std::uint64_t seed, std::size_t dimension, std::uint64_t index);

/// The value at `place`, a share from 0 to 1 of the way through a range.
double ValueAt(const SearchRange& range, double place);
/// The place of a value: the inverse of ValueAt(). Below 0 or above 1 where it lies outside.
double PlaceOf(const SearchRange& range, double value);

/// "0.001 to 30, logarithmic".
std::string RangeText(const SearchRange& range);

/// The settings that are tried in a cell, in the order of the sequence, values rounded to four
/// digits so that they are short to write. Coordinate i of all cells belongs to the same setting,
/// and all use the same points, each in its own ranges. A setting without effect on the cell is
/// left as it was. `resolved` is `cell`, resolved.
std::vector<Settings> SettingsToTry(const Search& search, const Settings& cell,
                                    const Settings& resolved);

/// Settings in words: "rate 0.1, momentum 0.93", without what has no effect on them. `settings` are
/// resolved; `searched` names what is said, or is empty: the rate.
std::string TriedText(const Settings& settings, std::span<const std::string> searched);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RUNS_SEARCH_H_
