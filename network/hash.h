/// @file
/// Digests: 128-bit XXH3 over bytes in one order on every machine.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_NETWORK_HASH_H_
#define LANEGRAD_NETWORK_HASH_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace lanegrad {

/// The 128-bit XXH3 of `bytes`, as 32 lower-case hexadecimal digits.
std::string Hash128(std::string_view bytes);

/// The 64-bit XXH3 of `bytes`, as 16 lower-case hexadecimal digits.
std::string Hash64(std::string_view bytes);

/// A digest of many things, added one after the other. Numbers go in as
/// little-endian bytes, every NaN as the same one; strings with their length
/// first, so that "ab", "c" and "a", "bc" differ.
class Hasher {
 public:
  Hasher();
  ~Hasher();
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;
  void Add(const void* data, std::size_t bytes);  ///< Bytes as they are.
  void Add(std::string_view text);                ///< Length and bytes.
  void Add(float value);                          ///< Four bytes.
  void Add(double value);                         ///< Eight bytes.
  void Add(std::uint64_t value);                  ///< Eight bytes.
  std::string Hex() const;                        ///< 32 digits of all so far.

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace lanegrad

#endif  // LANEGRAD_NETWORK_HASH_H_
