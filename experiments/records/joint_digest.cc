// SPDX-License-Identifier: Apache-2.0
#include "experiments/records/joint_digest.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "network/hash.h"

namespace lanegrad {

std::string JointDigest(const std::map<std::string, std::string>& digest_of_key) {
  const auto without = std::count_if(digest_of_key.begin(), digest_of_key.end(),
                                     [](const auto& each) { return each.second.empty(); });
  if (without > 0) {
    return fmt::format("none ({} of {} ran out of time)", without, digest_of_key.size());
  }
  Hasher hasher;
  for (const auto& [key, digest] : digest_of_key) {
    hasher.Add(std::string_view(key));
    hasher.Add(std::string_view(digest));
  }
  return hasher.Hex();
}

}  // namespace lanegrad
