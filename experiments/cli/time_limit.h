/// @file
/// Times on a command line: "60s", "10m", "1h30m".
// SPDX-License-Identifier: Apache-2.0
#ifndef LANEGRAD_EXPERIMENTS_CLI_TIME_LIMIT_H_
#define LANEGRAD_EXPERIMENTS_CLI_TIME_LIMIT_H_

#include <limits>
#include <string>
#include <string_view>

#include "experiments/cli/command_line.h"

namespace lanegrad {

/// How long work may take, in seconds; infinite: as long as it does.
struct TimeLimits {
  double all = std::numeric_limits<double>::infinity();  ///< All of a command: `--limit`.
  double run = std::numeric_limits<double>::infinity();  ///< Each run: `--run-limit`.
  bool retry = false;  ///< Whether runs whose record says that they ran out of time are run again.
};

/// Reads "90s", "10m", "2h", "1h30m", "0.5s", and returns seconds. Throws UsageError, which begins
/// with `flag`, for anything else and for no time at all.
double ParseTimeLimit(std::string_view flag, std::string_view text);

/// "60 s", "0.5 s": seconds as they were asked for.
std::string SecondsText(double seconds);

/// Adds `--limit`, `--run-limit` and `--retry-out-of-time`.
void AddTimeLimits(CommandLine& line, TimeLimits& limits);

}  // namespace lanegrad

#endif  // LANEGRAD_EXPERIMENTS_CLI_TIME_LIMIT_H_
