/// @file
/// The tensors in a safetensors file, before anything is known of what they are for.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_WEIGHTS_TENSOR_FILE_H_
#define LANEGRAD_EXPERIMENTS_WEIGHTS_TENSOR_FILE_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace lanegrad {

/// An array of floats in a file.
struct StoredTensor {
  std::vector<std::uint64_t> shape;  ///< No size is 0; a number alone has none.
  std::string_view bytes;            ///< Row by row, little-endian, not aligned.
};

/// What a file holds, by name. Refers to its bytes.
struct TensorFile {
  std::map<std::string, StoredTensor, std::less<>> tensors;  ///< The arrays.
  std::map<std::string, std::string, std::less<>> about;     ///< The metadata.
};

/// Reads the header of a safetensors file. Throws DataError, which begins with `name`,
/// where the bytes are not such a file, damaged or truncated, and where a tensor is not of
/// dtype F32: numbers are read as they are, or not at all. The tensors must be the
/// whole of what follows the header, each byte once, as the format demands.
TensorFile UnpackTensors(std::string_view bytes, std::string_view name);

/// Text out of a file, for a message: quoted, on one line, of bearable length.
std::string Quoted(std::string_view text);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_WEIGHTS_TENSOR_FILE_H_
