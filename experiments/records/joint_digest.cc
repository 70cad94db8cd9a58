// SPDX-License-Identifier: Apache-2.0
#include "experiments/records/joint_digest.h"

#include <string_view>

#include "network/hash.h"

namespace lanegrad {

std::string JointDigest(const std::map<std::string, std::string>& digest_of_key) {
  Hasher hasher;
  for (const auto& [key, digest] : digest_of_key) {
    hasher.Add(std::string_view(key));
    hasher.Add(std::string_view(digest));
  }
  return hasher.Hex();
}

}  // namespace lanegrad
