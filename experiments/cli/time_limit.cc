// SPDX-License-Identifier: Apache-2.0
#include "experiments/cli/time_limit.h"

#include <fmt/format.h>

#include <cstdlib>

#include "network/settings.h"

namespace lanegrad {

double ParseTimeLimit(std::string_view flag, std::string_view text) {
  double seconds = 0.0;
  double unit_before = 1e9;
  std::string rest(text);
  bool good = !rest.empty();
  while (good && !rest.empty()) {
    const std::size_t digits = rest.find_first_not_of("0123456789.");
    const char unit = digits == rest.npos ? '?' : rest[digits];
    const double worth = unit == 's' ? 1.0 : unit == 'm' ? 60.0 : unit == 'h' ? 3600.0 : 0.0;
    char* end = nullptr;
    const double count = std::strtod(rest.c_str(), &end);
    // Each unit once, the larger ones first.
    good = worth > 0.0 && worth < unit_before && digits > 0 && end == rest.c_str() + digits;
    seconds += count * worth;
    unit_before = worth;
    if (good) rest.erase(0, digits + 1);
  }
  if (!good || !(seconds > 0.0)) {
    throw UsageError(
        fmt::format("{} must be a time above 0 like 60s, 10m or 1h30m, not '{}'", flag, text));
  }
  return seconds;
}

std::string SecondsText(double seconds) { return fmt::format("{:.10g}\u00a0s", seconds); }

void AddTimeLimits(CommandLine& line, TimeLimits& limits) {
  line.Option(
      "--limit", [&](const std::string& text) { limits.all = ParseTimeLimit("--limit", text); },
      "none", "end after this time, such as 10m or 1h30m; the same command goes on", "TIME");
  line.Option(
      "--run-limit",
      [&](const std::string& text) { limits.run = ParseTimeLimit("--run-limit", text); }, "none",
      "end each run after this time, such as 60s; it is recorded as out of time, and counts as "
      "guessing",
      "TIME");
  line.Flag("--retry-out-of-time", limits.retry,
            "run again what is recorded as out of time; without it, the record stands");
}

}  // namespace lanegrad
