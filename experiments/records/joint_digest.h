/// @file
/// One digest over many: one line to compare two machines by.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_RECORDS_JOINT_DIGEST_H_
#define LANEGRAD_EXPERIMENTS_RECORDS_JOINT_DIGEST_H_

#include <map>
#include <string>

namespace lanegrad {

/// A digest over the digests of records, by their keys; keys sort themselves, so that the order
/// in which records were finished does not matter. Of records some of which have none, since they
/// ran out of time, there is no digest: "none (2 of 30 ran out of time)".
std::string JointDigest(const std::map<std::string, std::string>& digest_of_key);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_RECORDS_JOINT_DIGEST_H_
