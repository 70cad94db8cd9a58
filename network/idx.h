/// @file
/// The IDX format of MNIST and its descendants, plain or gzip.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_IDX_H_
#define LANEGRAD_NETWORK_IDX_H_

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "network/dataset.h"

namespace lanegrad {

/// One IDX file: an array of unsigned bytes with one or three dimensions.
struct IdxArray {
  std::vector<std::size_t> shape;   ///< Sizes, slowest first.
  std::vector<std::uint8_t> bytes;  ///< Product of the sizes.
};

/// Reads IDX from memory: four bytes of magic (0, 0, 8 for unsigned bytes, number
/// of dimensions), each size in four bytes, highest first, then the elements.
/// `dimensions` is what the caller expects, `name` stands in messages. Throws
/// DataError where magic, type, dimensions or length are wrong. Asks for large pages for what
/// is larger than a processor keeps the addresses of.
IdxArray ParseIdx(std::span<const std::uint8_t> content, std::size_t dimensions,
                  std::string_view name);

/// Reads a whole file, through gzip where it is compressed. Throws DataError for
/// one that is absent, unreadable, truncated or damaged under its checksum.
std::vector<std::uint8_t> ReadMaybeGzip(const std::filesystem::path& path);

/// The path of one of the four files, under whichever of its names it is there: `set` is
/// "train" or "t10k", `kind` "images" or "labels". Throws DataError where it is not.
std::filesystem::path FindIdxFile(const std::filesystem::path& directory, std::string_view set,
                                  std::string_view kind);

/// Reads a data set from a directory that holds the four files of MNIST,
/// `train-images-idx3-ubyte`, `train-labels-idx1-ubyte`, `t10k-...`, each plain
/// or `.gz` (a dot before `idx` is accepted too). Images of any size; labels
/// 0 .. 255. Throws DataError, also where counts or image sizes disagree.
Dataset ReadIdxDirectory(const std::filesystem::path& directory);

/// The samples of one set of such a directory, to choose settings by: of the files that begin with
/// `validation-`, or where there are none with `train-`. Throws DataError.
Samples ReadIdxValidation(const std::filesystem::path& directory);

/// Where Debian's package dataset-fashion-mnist puts its files.
inline constexpr const char* kFashionMnistDirectory = "/usr/share/datasets/fashion-mnist";
/// Dataset::checksum of its 70,000 images and labels.
inline constexpr const char* kFashionMnistChecksum = "d977fdbaa31d310b545ba3266df649f4";

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_IDX_H_
