// SPDX-License-Identifier: Apache-2.0
//
// A batch of pictures from where they lie: bytes to numbers in panels, floats to panels. From
// 128 pictures, which lie in the second cache; and from anywhere in 60 000, which lie in none
// that is a core's own. An element is a number; read are samples, written is the batch.
#include <fmt/format.h>

#include <map>
#include <memory>

#include "bench/suite.h"
#include "kernels/gather.h"
#include "kernels/matrix.h"
#include "kernels/random.h"

namespace lanegrad {
namespace {

constexpr std::size_t kRows = 128, kFeatures = 784;

// Samples are made once and shared: they are read only.
template <class T>
const std::vector<T>& SamplesOf(std::size_t count) {
  static std::map<std::size_t, std::vector<T>> made;
  std::vector<T>& samples = made[count];
  if (samples.empty()) {
    samples.resize(count * kFeatures);
    RandomStream random(1, Stream::kData);
    for (T& each : samples) each = static_cast<T>(random.Word() >> 24);
  }
  return samples;
}

template <class T>
struct Operands {
  const std::vector<T>& samples;
  std::vector<std::uint32_t> order;  // batches, one after the other
  std::size_t next = 0;
  Matrix x = Matrix(kRows, kFeatures);
  std::vector<float> rows = std::vector<float>(kRows * kFeatures);

  explicit Operands(std::size_t count) : samples(SamplesOf<T>(count)), order(count) {
    Permutation(RandomStream(1, Stream::kShuffle), order.data(), count);
  }
  const std::uint32_t* Batch() {
    const std::uint32_t* batch = order.data() + next;
    next = next + 2 * kRows <= order.size() ? next + kRows : 0;
    return batch;
  }
};

template <class T>
Work WorkOf(std::size_t count) {
  const double numbers = static_cast<double>(kRows * kFeatures);
  return {.elements = numbers,
          .read_bytes = numbers * sizeof(T),
          .written_bytes = numbers * sizeof(float),
          .memory_bytes = static_cast<double>(count * kFeatures * sizeof(T)) + 4.0 * numbers};
}

template <class T>
Subject Ours(std::size_t count) {
  const auto of = std::make_shared<Operands<T>>(count);
  return {
      .work = WorkOf<T>(count),
      .run =
          [of] {
            if constexpr (sizeof(T) == 1) {
              GatherBytes(of->samples.data(), kFeatures, of->Batch(), {0, kRows}, of->x.view());
            } else {
              GatherFloats(of->samples.data(), kFeatures, of->Batch(), {0, kRows}, of->x.view());
            }
          },
      .result =
          [of] {
            std::vector<double> all;
            for (std::size_t i = 0; i < kRows * kFeatures; ++i) {
              all.push_back(static_cast<double>(of->x(i / kFeatures, i % kFeatures)));
            }
            return all;
          }};
}

Subject Theirs(const CompiledLoops& loops, std::size_t count) {
  const auto of = std::make_shared<Operands<std::uint8_t>>(count);
  return {.work = WorkOf<std::uint8_t>(count),
          .run =
              [of, gather = loops.gather] {
                gather(of->samples.data(), kFeatures, of->Batch(), kRows, of->rows.data());
              },
          .result = [of] { return std::vector<double>(of->rows.begin(), of->rows.end()); }};
}

const bool kRegistered = [] {
  for (const std::size_t count : {std::size_t{128}, std::size_t{60000}}) {
    const std::string shape = fmt::format("{}x{}_of_{}", kRows, kFeatures, count);
    const auto bytes = [=] { return Ours<std::uint8_t>(count); };
    RegisterOnTargets("gather/bytes", shape, bytes);
    RegisterCompiled("gather/bytes", shape, bytes,
                     [=](const CompiledLoops& loops) { return Theirs(loops, count); });
    RegisterOnTargets("gather/floats", shape, [=] { return Ours<float>(count); });
  }
  return true;
}();

}  // namespace
}  // namespace lanegrad
