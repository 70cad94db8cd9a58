/// @file
/// The IDX format of MNIST and its descendants, plain or gzip.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_IDX_H_
#define LANEGRAD_NETWORK_IDX_H_

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "network/dataset.h"

namespace lanegrad {

/// One IDX file: an array of unsigned bytes with up to three dimensions.
struct IdxArray {
  std::vector<std::size_t> shape;   ///< Sizes, slowest first.
  std::vector<std::uint8_t> bytes;  ///< Product of the sizes.
};

/// Reads an IDX file of unsigned bytes, gzip or plain. `dimensions` is what the
/// caller expects (3 for images, 1 for labels). Throws DataError for a file that
/// is absent, truncated, of another magic, too long, or damaged under its gzip
/// checksum; the message names the file, what was found and what was expected.
IdxArray ReadIdx(const std::filesystem::path& path, std::size_t dimensions);

/// Reads a data set from a directory that holds the four files of MNIST,
/// `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, `t10k-...`, each plain
/// or `.gz` (a dot before `idx` is accepted too). Images of any size; labels
/// 0 .. 255. Throws DataError, also where counts or image sizes disagree.
Dataset ReadIdxDirectory(const std::filesystem::path& directory);

/// Where Debian's package dataset-fashion-mnist puts its files.
inline constexpr const char* kFashionMnistDirectory = "/usr/share/datasets/fashion-mnist";

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_IDX_H_
