// SPDX-License-Identifier: Apache-2.0
#include "network/initial_weights.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

#include "network/hash.h"
#include "network/parameters.h"
#include "network/settings.h"

namespace lanegrad {
namespace {

constexpr std::string_view kImported = "imported:";
constexpr std::size_t kDigits = 32;

}  // namespace

std::string InitialWeights::Initializer() const {
  Hasher hasher;
  for (const std::size_t size : layers) hasher.Add(std::uint64_t{size});
  hasher.Add(numbers.data(), numbers.size() * sizeof(float));
  return fmt::format("{}{}", kImported, hasher.Hex());
}

bool IsImported(std::string_view initializer) {
  if (!initializer.starts_with(kImported)) return false;
  const std::string_view digits = initializer.substr(kImported.size());
  return digits.size() == kDigits && digits.find_first_not_of("0123456789abcdef") == digits.npos;
}

void SetInitialWeights(Network& network, const ResolvedSettings& resolved,
                       const InitialWeights* weights) {
  const std::string& initializer = resolved.settings.initializer;
  if (weights == nullptr && !IsImported(initializer)) {
    const std::uint64_t seed = SeedOr(resolved.settings.weight_seed, resolved.settings.seed);
    network.Initialize(resolved.initializers, seed);
    network.InitializeBiases(resolved.bias_initializer, seed);
    return;
  }
  if (weights == nullptr) {
    throw UsageError(
        fmt::format("initializer '{}' stands for weights of a file: train --import FILE brings "
                    "them",
                    initializer));
  }
  const std::string own = weights->Initializer();
  if (own != initializer || weights->numbers.size() != CountNumbers(network, Numbers::kWeights)) {
    throw UsageError(fmt::format("initializer must be '{}', that of the weights given, not '{}'",
                                 own, initializer));
  }
  PutNumbers(network, Numbers::kWeights, weights->numbers);
}

}  // namespace lanegrad
