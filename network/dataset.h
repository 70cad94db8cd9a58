/// @file
/// Labelled samples in memory, as they are read: bytes or floats.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_DATASET_H_
#define LANEGRAD_NETWORK_DATASET_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "kernels/ahead.h"
#include "kernels/matrix.h"

namespace lanegrad {

/// Data that cannot be used: absent, damaged or contradictory. Programs end
/// with exit code 3 and this one line, which says what, where and what would be
/// right.
class DataError : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// Samples of one set, with a class label each, or of a regression with a number. Either
/// `bytes` (images: a feature is byte / 255, correctly rounded) or `values` (anything
/// else) is filled, row after row.
struct Samples {
  std::size_t count = 0;             ///< Samples.
  std::size_t features = 0;          ///< Numbers a sample.
  std::vector<std::uint8_t> bytes;   ///< count x features, or empty.
  std::vector<float> values;         ///< count x features, or empty.
  std::vector<std::uint8_t> labels;  ///< count, each < classes; of a regression all 0.
  std::vector<float> targets = {};   ///< count, what a regression learns; or empty.

  /// Where the bytes of the samples `chosen` lie, for someone to ask for them ahead; of floats
  /// nothing, since only bytes are read onto large pages (idx.h).
  RowsAhead Ahead(std::span<const std::uint32_t> chosen) const;
};

/// A data set: what to learn from, and what to be judged by, once.
struct Dataset {
  std::string name;                      ///< "fashion-mnist", "xor", ...
  std::string source;                    ///< Directory, or the generator's settings.
  std::string checksum;                  ///< 128-bit XXH3 over every sample and label, in hex.
  std::size_t classes = 0;               ///< Labels are 0 .. classes - 1. Of a regression 1.
  std::size_t width = 0;                 ///< Of an image, in pixels; 0 where not an image.
  std::size_t height = 0;                ///< Of an image, in pixels; 0 where not an image.
  Samples train;                         ///< To learn from; validation is split from it.
  Samples test;                          ///< To be read once, at the end.
  std::vector<std::string> class_names;  ///< By label; empty where unknown.
  Samples validation = {};  ///< To choose by, where these have a set of their own; or none.
  std::string target = {};  ///< What a regression learns is called; empty: classes are learned.

  /// Whether a number is learned, and not a class.
  bool regression() const { return !train.targets.empty(); }
};

/// Fills Dataset::checksum from everything that a run can see.
void SetChecksum(Dataset& data);

/// How many of the samples `chosen` have each of `classes` labels. Throws DataError for a
/// label that is no class.
std::vector<std::size_t> CountClasses(std::span<const std::uint8_t> labels,
                                      std::span<const std::uint32_t> chosen, std::size_t classes);

/// Copies chosen samples into a batch, ready for the kernels:
///
///     x(r, j) = feature j of sample chosen[r],   y(r, c) = 1 where c is its label, else 0
///
/// for the rows of `rows`; padding columns become zero. x.cols == features,
/// y.cols >= classes (or 1 column for two classes: y = label). Of a regression y has one
/// column, the targets. Cost: one read of
/// the samples, one write of the panels; bytes are divided by 255 on the way.
void Gather(const Samples& samples, std::span<const std::uint32_t> chosen, Range rows, Panels x,
            Panels y);

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_DATASET_H_
