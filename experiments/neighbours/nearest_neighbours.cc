// SPDX-License-Identifier: Apache-2.0
#include "experiments/neighbours/nearest_neighbours.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "kernels/gemm.h"
#include "kernels/matrix.h"

namespace lanegrad {
namespace {

constexpr float kCentre = 128.0f;
constexpr std::size_t kBlock = 256;  // questions at once: their products stay in the cache

// Rows of `range`, 128 taken off every byte.
Matrix Centred(const Samples& samples, Range range) {
  Matrix centred(range.size(), samples.features);
  for (std::size_t row = 0; row < range.size(); ++row) {
    const std::uint8_t* bytes = samples.bytes.data() + (range.begin + row) * samples.features;
    for (std::size_t j = 0; j < samples.features; ++j) {
      centred(row, j) = static_cast<float>(bytes[j]) - kCentre;
    }
  }
  return centred;
}

std::vector<float> SquaredNorms(const Matrix& rows) {
  std::vector<float> norms(rows.rows());
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    for (std::size_t j = 0; j < rows.cols(); ++j) norms[row] += rows(row, j) * rows(row, j);
  }
  return norms;
}

void Check(const Samples& samples) {
  if (samples.bytes.size() != samples.count * samples.features ||
      samples.features > kMostNeighbourFeatures) {
    throw DataError(
        fmt::format("neighbours are sought among bytes, at most {} a sample; here are "
                    "{} features of {} samples",
                    kMostNeighbourFeatures, samples.features, samples.count));
  }
}

// The k nearest so far, nearest first.
class Nearest {
 public:
  explicit Nearest(std::size_t k) : k_(k) {}
  // [keep-nearest]
  void Offer(double distance, std::uint32_t sample) {
    if (found_.size() == k_ && distance >= found_.back().distance) return;
    if (found_.size() == k_) found_.pop_back();
    const auto place =
        std::upper_bound(found_.begin(), found_.end(), distance,
                         [](double d, const Found& each) { return d < each.distance; });
    found_.insert(place, {distance, sample});
  }
  // [keep-nearest]
  std::vector<std::uint32_t> Take() const {
    std::vector<std::uint32_t> samples;
    for (const Found& each : found_) samples.push_back(each.sample);
    return samples;
  }

 private:
  struct Found {
    double distance;
    std::uint32_t sample;
  };
  std::size_t k_;
  std::vector<Found> found_;
};

}  // namespace

std::vector<std::vector<std::uint32_t>> NearestNeighbours(const Samples& known,
                                                          const Samples& asked, std::size_t k) {
  Check(known);
  Check(asked);
  const Matrix all = Centred(known, {0, known.count});
  const std::vector<float> norms = SquaredNorms(all);
  std::vector<std::vector<std::uint32_t>> nearest;
  for (std::size_t begin = 0; begin < asked.count; begin += kBlock) {
    const Range block = {begin, std::min(begin + kBlock, asked.count)};
    const Matrix questions = Centred(asked, block);
    Matrix products(block.size(), known.count);
    // [neighbour-distances]
    // |x - t|^2 = |x|^2 - 2 x.t + |t|^2, of which |x|^2 is the same for all t: it decides nothing.
    MultiplyByTransposed(questions.view(), all.view(), {0, block.size()},
                         {0, PanelCount(known.count)}, products.view());
    for (std::size_t row = 0; row < block.size(); ++row) {
      Nearest found(std::min(k, known.count));
      for (std::size_t t = 0; t < known.count; ++t) {
        found.Offer(static_cast<double>(norms[t]) - 2.0 * static_cast<double>(products(row, t)),
                    static_cast<std::uint32_t>(t));
      }
      nearest.push_back(found.Take());
    }
    // [neighbour-distances]
  }
  return nearest;
}

std::uint8_t Vote(std::span<const std::uint32_t> neighbours, std::span<const std::uint8_t> labels) {
  std::array<std::size_t, std::numeric_limits<std::uint8_t>::max() + 1> votes = {};
  for (const std::uint32_t each : neighbours) ++votes[labels[each]];
  std::uint8_t best = labels[neighbours.front()];
  for (const std::uint32_t each : neighbours) {
    if (votes[labels[each]] > votes[best]) best = labels[each];
  }
  return best;
}

std::vector<double> NeighbourAccuracies(const Samples& known, const Samples& asked,
                                        std::span<const std::size_t> ks) {
  const std::vector<std::vector<std::uint32_t>> nearest =
      NearestNeighbours(known, asked, ks.back());
  std::vector<double> accuracies;
  for (const std::size_t k : ks) {
    std::size_t right = 0;
    for (std::size_t i = 0; i < asked.count; ++i) {
      const auto voters =
          std::span<const std::uint32_t>(nearest[i]).first(std::min(k, nearest[i].size()));
      right += Vote(voters, known.labels) == asked.labels[i] ? 1 : 0;
    }
    accuracies.push_back(static_cast<double>(right) / static_cast<double>(asked.count));
  }
  return accuracies;
}

}  // namespace lanegrad
