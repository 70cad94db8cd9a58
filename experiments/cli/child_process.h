/// @file
/// Another program, run to its end.
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CLI_CHILD_PROCESS_H_
#define LANEGRAD_EXPERIMENTS_CLI_CHILD_PROCESS_H_

#include <string>
#include <vector>

namespace lanegrad {

/// How a program ended.
struct ChildEnd {
  int exit_code = 0;   ///< Its exit code.
  std::string output;  ///< What it wrote to standard output.
  std::string said;    ///< The last line of its standard error.
};

/// Runs `command` as RunChild() does and returns how it ended, whatever its exit code. Throws
/// DataError where it cannot be started or is killed.
ChildEnd RunToEnd(const std::vector<std::string>& command);

/// Runs `command` (a path or a name in PATH, then its arguments) and returns what it
/// wrote to standard output; it reads nothing. Its output goes to temporary files that
/// nobody else sees, so that no pipe can fill up and slow it. Throws DataError where it
/// cannot be started, is killed, or ends with another exit code than 0, which the
/// message names together with the last line of its standard error.
std::string RunChild(const std::vector<std::string>& command);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CLI_CHILD_PROCESS_H_
