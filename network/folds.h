/// @file
/// Folds of cross-validation: which samples a run is judged by, so that in the end each was once.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_FOLDS_H_
#define LANEGRAD_NETWORK_FOLDS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "kernels/random.h"
#include "network/dataset.h"

namespace lanegrad {

/// One of several folds.
struct Fold {
  std::size_t number = 0;  ///< From 1.
  std::size_t of = 0;      ///< How many there are; 0: no cross-validation.
};

/// Settings::fold of a run that is not one of cross-validation.
inline constexpr std::string_view kNoFold = "none";

/// At most so many folds.
inline constexpr std::size_t kMostFolds = 1000;

/// Reads "none" or "2/5", the second of five folds. Throws UsageError.
Fold ReadFold(std::string_view text);
/// What ReadFold() reads back.
std::string FoldText(const Fold& fold);

/// All samples in random order, then class by class: whoever takes every k-th of them takes the
/// same share of each class, to one sample. Of a regression in random order alone.
std::vector<std::uint32_t> StratifiedOrder(const Samples& samples, RandomStream random);

/// How many of `count` samples are in a fold: the folds are equal to one sample, the first ones
/// being the larger.
std::size_t FoldSize(const Fold& fold, std::size_t count);

/// Whether each sample is in the fold. `stratified`: the place in StratifiedOrder() decides, modulo
/// the folds, with an order that depends on `seed` alone; else folds are runs of neighbours, the
/// first ones first.
std::vector<bool> InFold(const Fold& fold, const Samples& samples, bool stratified,
                         std::uint64_t seed);

/// Moves a share of the training samples, rounded, of each class the same, to the empty test set:
/// always the same ones. Throws DataError where either would be empty.
void MoveToTest(Dataset& data, double share);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_FOLDS_H_
