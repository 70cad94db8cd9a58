/// @file
/// One digest of many: what two machines compare whole experiments by.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RECORDS_JOINT_DIGEST_H_
#define LANEGRAD_EXPERIMENTS_RECORDS_JOINT_DIGEST_H_

#include <map>
#include <string>

namespace lanegrad {

/// A digest over the digests of records, by growing key, so that the order in which they were
/// finished does not matter.
std::string JointDigest(const std::map<std::string, std::string>& digest_of_key);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RECORDS_JOINT_DIGEST_H_
