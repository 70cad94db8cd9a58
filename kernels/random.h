/// @file
/// Counter-based random numbers: a value is a function of seed, stream and
/// index, and of nothing else. No state, hence no order and no threads in it.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_KERNELS_RANDOM_H_
#define LANEGRAD_KERNELS_RANDOM_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace lanegrad {

/// What a stream of random numbers is for. One seed gives every purpose its own
/// independent stream; the numbers are part of the numeric specification.
enum class Stream : std::uint32_t {
  kWeights = 1,    ///< Initial weights; the index says which layer and element.
  kShuffle = 2,    ///< Order of the samples in an epoch.
  kSplit = 3,      ///< Which samples are held out for validation.
  kData = 4,       ///< Synthetic data sets.
  kNoise = 5,      ///< Noise on inputs and labels.
  kDropout = 6,    ///< Dropout masks.
  kBootstrap = 7,  ///< Resampling in statistics.
  kSearch = 8,     ///< Which settings a search tries.
};

/// Philox 4x32-10: four random words of a counter and a key. [Salmon et al.
/// 2011, "Parallel random numbers: as easy as 1, 2, 3", section 3.3]
std::array<std::uint32_t, 4> Philox(std::array<std::uint32_t, 4> counter,
                                    std::array<std::uint32_t, 2> key);

/// A reader of one stream: word i depends on (seed, stream, substream, i) only.
/// The counter is (i / 4, substream low, substream high, stream), the key is
/// the seed's two halves. Copies are cheap; reading costs 1/4 Philox a word.
class RandomStream {
 public:
  /// The stream `stream` of `seed`; `substream` says which epoch, layer, ...
  RandomStream(std::uint64_t seed, Stream stream, std::uint64_t substream = 0);
  std::uint32_t Word();    ///< The next 32 random bits.
  std::uint64_t Word64();  ///< The next 64 random bits: two words, low first.
  /// Uniform in [0, 1): the top 24 bits of a word over 2^24, exact in float.
  float Uniform();
  /// Uniform in [0, bound): the high half of a 64-bit word times `bound`, whose
  /// bias is below bound / 2^64. `bound` > 0.
  std::uint64_t Below(std::uint64_t bound);
  /// Standard normal, by the polar method of Marsaglia [1964], in double from
  /// correctly rounded operations only, then rounded once: the same bits
  /// everywhere.
  float Normal();

 private:
  std::array<std::uint32_t, 4> counter_;
  std::array<std::uint32_t, 2> key_;
  std::array<std::uint32_t, 4> block_;
  std::size_t used_ = 4;
};

/// Writes a random order of 0 .. n-1 (Fisher-Yates; the last place first).
/// Cost: n words, random access into 4n bytes.
void Permutation(RandomStream stream, std::uint32_t* order, std::size_t n);

}  // namespace lanegrad

#endif  // LANEGRAD_KERNELS_RANDOM_H_
